"""One example forward and backward as one frozen record: its layout, plan, steps and formulas."""

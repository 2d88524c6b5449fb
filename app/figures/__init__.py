"""Figures: records in, Plotly figures and their table twins out; plain data, so that making one loads no Plotly."""

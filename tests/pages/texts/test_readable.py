from __future__ import annotations

import pytest

from app.core.functions.activations import ACTIVATIONS
from app.core.functions.losses import LOSSES
from app.pages.readable import readable


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"z^{(1)}_{1} = w^{(1)}_{11} x_{1} + b^{(1)}_{1}", "z⁽¹⁾₁ = w⁽¹⁾₁₁ x₁ + b⁽¹⁾₁"),
        (r"4 = 1 \cdot 1 + (-2) \cdot (-1) + 1", "4 = 1 · 1 + (−2) · (−1) + 1"),
        (r"a^{(1)}_{1} = \sigma\left(z^{(1)}_{1}\right)", "a⁽¹⁾₁ = σ(z⁽¹⁾₁)"),
        (r"\frac{\partial l}{\partial a^{(3)}_{1}} = a^{(3)}_{1} - \hat{y}_{1}", "∂l/∂a⁽³⁾₁ = a⁽³⁾₁ − ŷ₁"),
        (r"\sigma'(z^{(2)}_{1})", "σ′(z⁽²⁾₁)"),
        (r"a = \frac{1}{1 + e^{-z}}", "a = 1/(1 + e^(−z))"),
        (r"l = \tfrac12 \sum_k y_k", "l = 1/2 Σₖ yₖ"),
        (r"\tfrac1n \sum", "1/n Σ"),
        (r"1.2 \times 10^{-9}", "1.2 × 10⁻⁹"),
        (r"\begin{pmatrix} 1 & -2 \\ -1 & 1 \end{pmatrix}", "(1, −2; −1, 1)"),
        (r"{W^{(3)}}^{\top} \frac{\partial l}{\partial \mathbf{z}^{(3)}}", "W⁽³⁾ᵀ ∂l/∂z⁽³⁾"),
        (r"w^{(1)}_{12,3}", "w⁽¹⁾₁₂,₃"),
        (r"l = -\left[\hat{y}_{1} \ln a^{(2)}_{1}\right]", "l = −[ŷ₁ ln a⁽²⁾₁]"),
        (r"\tilde{w}^{(1)}_{11}", "w\u0303⁽¹⁾₁₁"),
    ],
)
def test_a_formula_reads_as_one_line_of_text(latex: str, text: str) -> None:
    assert readable(latex) == text.replace("ŷ", "y\u0302")


def test_no_command_of_a_registry_is_left_over() -> None:
    for entry in (*ACTIVATIONS.values(), *LOSSES.values()):
        for latex in (entry.formula, entry.derivative_formula):
            assert not set(readable(latex)) & set("\\{}_&"), latex


def test_what_is_cut_off_is_read_as_far_as_it_goes() -> None:
    assert readable(r"\frac{1}{") == "1/"
    assert readable(r"x_{") == "x"

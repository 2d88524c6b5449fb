"""What the server answers about one number of a trace, its paths to the loss, and the trace as a program.

Like ``documents``, these models only document.
"""

from __future__ import annotations

from pydantic import Field

from ..wire.outgoing.documents import UNHELD, Document, Vector
from .schemas import Language, Phase


class Curve(Document):
    """The loss as a function of one number."""

    values: Vector = Field(description="81 values of the number, evenly spread, the present one in the middle.")
    losses: Vector = Field(description="The loss at each of them, everything else as it is.")


class CentralDifference(Document):
    """A derivative from two losses."""

    h: float = Field(description="How far the number is moved to either side.")
    numeric: float | None = Field(description="The difference of the two losses by the distance between them." + UNHELD)
    relative_error: float | None = Field(
        description="How far that is from the analytic derivative, by their size." + UNHELD
    )
    kink: bool = Field(description="Whether the two losses lie on different sides of a kink.")
    secant: Vector = Field(description="The loss at −h and the loss at +h.")


class DerivativeView(Document):
    """The loss around one number, and its derivative there, twice."""

    pointer: str = Field(description="Address of the number in the trace.")
    gradient_pointer: str = Field(description="Address of the derivative in the trace.")
    value: float = Field(description="The number.")
    analytic: float | None = Field(description="The derivative by backpropagation." + UNHELD)
    numeric: float | None = Field(
        description="The derivative by central difference, as gradient-check takes it." + UNHELD
    )
    relative_error: float | None = Field(
        description="Their difference by their size, as gradient-check takes it." + UNHELD
    )
    kink: bool = Field(description="Whether that central difference straddles a kink, so that the two may differ.")
    loss: float | None = Field(description="The loss of this example." + UNHELD)
    curve: Curve = Field(description="The loss around the number, to max(1, |value|) on either side.")
    errors: list[CentralDifference] = Field(
        description="Central differences for h from 1 to 1e-13, two to a decade: first h² counts, then rounding."
    )


class Factor(Document):
    """One number along a path."""

    pointer: str = Field(description="Its address in the trace.")
    value: float | None = Field(description="The number." + UNHELD)


class PathToLoss(Document):
    """One way from a parameter to the loss."""

    units: list[int] = Field(
        description="The unit it goes through in each layer, from the one that receives the weight to the last layer."
    )
    output: int = Field(
        description="The output it ends at: the last of units, or with softmax any of them, since each a depends on "
        "every z."
    )
    factors: list[Factor] = Field(
        description="What stands along it: the value at the weight's input (none for a bias), then gain and weight in "
        "turn, in a softmax layer ∂a/∂z, at the end ∂l/∂a of the output."
    )
    product: float | None = Field(
        description="The product of the factors: what this path adds to the derivative." + UNHELD
    )


class PathsToLoss(Document):
    """All ways from a parameter to the loss."""

    pointer: str = Field(description="Address of the parameter in the trace.")
    gradient_pointer: str = Field(description="Address of its derivative in the trace.")
    count: int | None = Field(
        description="How many paths there are; null from 2^53 on, where JSON numbers stop being exact."
    )
    count_text: str = Field(description="The same in decimal digits, however many.")
    limit: int = Field(description="Up to how many paths are listed.")
    listed: bool = Field(description="Whether they are; if not, paths is empty and sum null.")
    paths: list[PathToLoss] = Field(description="The paths.")
    sum: float | None = Field(
        description="The sum of their products. null: they are not listed, or float64 cannot hold it (NaN, ±∞)."
    )
    analytic: float | None = Field(description="The derivative by backpropagation, which the sum equals." + UNHELD)


class Mark(Document):
    """Which lines of a program do one step of the trace (at granularity layer)."""

    first_line: int = Field(description="The first of the lines, from 1.")
    last_line: int = Field(description="The last of them.")
    phase: Phase = Field(description="The phase of the step.")
    operation: str = Field(description="What the step does.")
    layer: int | None = Field(description="The computing layer it belongs to, from 0; null for a loss.")
    variable: str | None = Field(
        description="The variable that then holds what the step made; null where the program has none for it."
    )
    writes: list[str] = Field(description="Addresses in the trace of what the step makes, whole arrays.")


class ProgramText(Document):
    """A trace request as a program."""

    language: Language = Field(description="What it is written with.")
    code: str = Field(description="The program; it runs as it stands.")
    marks: list[Mark] = Field(description="Where in it each step is done, in the order of the steps.")

"""What the server answers, described field by field for the OpenAPI document.

These models only document: answers are written by orjson straight from the core's records, without a second validation.
A number that float64 cannot hold is null.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ..network.schemas import ActivationName, LossName
from ..wire.outgoing.documents import UNHELD, Document, Matrix, Vector
from .schemas import Phase, RuleName


class TraceLayer(Document):
    """One computing layer: its parameters, what the forward pass made, what the backward pass made."""

    activation: ActivationName = Field(description="Activation function.")
    slope: float | None = Field(default=None, description="With leaky_relu: its slope left of 0.")
    w: Matrix = Field(description="Weights, row = receiving unit, column = sending unit.")
    b: Vector = Field(description="Biases.")
    z: Vector = Field(description="Pre-activations z = w·a + b.")
    a: Vector = Field(description="Activations a = σ(z).")
    gain: Vector | None = Field(description="σ'(z), one per unit; null for softmax.")
    jacobian: Matrix | None = Field(description="∂a/∂z of softmax, row = a, column = z; else null.")
    dl_da: Vector = Field(description="∂l/∂a.")
    dl_dz: Vector = Field(description="∂l/∂z.")
    dl_dw: Matrix = Field(description="∂l/∂w, in the shape of w.")
    dl_db: Vector = Field(description="∂l/∂b.")


class LossValue(Document):
    """The loss of the example."""

    name: LossName = Field(description="Loss function.")
    value: float | None = Field(
        description="l, the loss of this example." + UNHELD[:-1] + ", or in a session it is not computed yet."
    )


class UpdatedLayer(Document):
    """The parameters of one layer after the update."""

    w: Matrix = Field(description="w − η ∂l/∂w, with momentum w + Δ, or w if frozen.")
    b: Vector = Field(description="b − η ∂l/∂b, with momentum b + Δ, or b if frozen.")


class ChangedLayer(Document):
    """By how much the update changed the parameters of one layer."""

    w: Matrix = Field(description="μ Δ_prev − η ∂l/∂w, or 0 if frozen.")
    b: Vector = Field(description="μ Δ_prev − η ∂l/∂b, or 0 if frozen.")


class Change(Document):
    """By how much an update changed the parameters: what the next request may send as previous_change."""

    layers: list[ChangedLayer] = Field(description="The computing layers in forward order.")


class Updated(Document):
    """One update of gradient descent, every parameter from the old ones."""

    layers: list[UpdatedLayer] = Field(description="The layers with their new parameters.")
    change: Change | None = Field(default=None, description="Δ of each parameter; only with momentum.")
    loss: float | None = Field(
        description="The loss of the same example after the update."
        + UNHELD[:-1]
        + ", or in a session it is not computed yet."
    )


class Counts(Document):
    """Multiplications on the wires: of a value by a weight, or of an input value by ∂l/∂z."""

    forward: int = Field(description="In one forward pass.")
    backward: int = Field(description="In one backward sweep to ∂l/∂z of every unit.")
    products: int = Field(description="For ∂l/∂w of every weight, once every ∂l/∂z is known: one product each.")
    gradient: int = Field(description="For the whole gradient by backpropagation: backward and products together.")
    naive_recursion: int = Field(
        description="For ∂l/∂z of every unit by recursion for each unit, remembering nothing; to compare with backward."
    )
    finite_differences: int = Field(
        description="For the whole gradient by two forward passes for each weight and bias; to compare with gradient."
    )


class Part(Document):
    """A piece of a formula that reads differently in symbols and in numbers."""

    tex: str = Field(description="What stands there among the symbols, as LaTeX; may be empty.")
    at: str | None = Field(
        default=None,
        description="Address of the number it stands for: in the trace, or /learning_rate, or /terms/i. Of a vector or "
        "matrix the address of the whole.",
    )
    form: Literal["factor", "addend"] | None = Field(
        default=None,
        description="How the number is written: a factor in parentheses if it is negative; an addend after a + or, if "
        "it is negative, after a - and without its own sign; else as it is.",
    )
    numbers: str | list[str | Cell] | None = Field(
        default=None,
        description="What stands there among the numbers, if not the number at the address itself: a text, or the "
        "texts and the numbers of a written-out vector or matrix.",
    )


class Cell(Document):
    """A number within a written-out vector or matrix."""

    at: str = Field(description="Address of the number.")


class WordsNumber(Document):
    """A number that stands nowhere in the trace."""

    number: float | None = Field(description="The number; null where it is not computed.")


class WordsList(Document):
    """Several numbers of the trace."""

    pointers: list[str] = Field(alias="list", description="Their addresses.")


class WordsSubscript(Document):
    """An index that is written below a letter."""

    subscript: int = Field(description="The index, from 1.")


class WordsName(Document):
    """An activation or a loss."""

    name: str = Field(description="Its name in the catalogue.")


class StepWords(Document):
    """A sentence without its language: a key among the texts of the pages, and what to fill in."""

    key: str = Field(description="Key of the text, such as step.weighted_sum.tie; the same in every language.")
    params: dict[str, int | str | WordsNumber | WordsList | WordsSubscript | WordsName | StepWords] = Field(
        description="What to fill in, by name. A whole number as it is; a text: the address of a number of the trace; "
        "an object: a number that stands nowhere in it, several numbers, an index, a name, or a sentence within the "
        "sentence."
    )


class Step(Document):
    """One elementary operation."""

    index: int = Field(description="Its place among the steps, from 0.")
    phase: Phase = Field(description="The part of the walk it belongs to.")
    operation: str = Field(description="What is done: weighted_sum, activation, loss, amplify, …")
    layer: int | None = Field(description="The computing layer it belongs to, from 0; null where it belongs to none.")
    unit: int | None = Field(description="The unit of the layer it belongs to, from 0; null where it belongs to none.")
    reads: list[str] = Field(description="Addresses of the numbers it needs, as JSON Pointers into the trace.")
    writes: list[str] = Field(description="Addresses of the numbers it makes.")
    value: Vector = Field(description="The numbers at writes, in order.")
    formula: str = Field(description="The operation in symbols, as LaTeX.")
    numbers: str = Field(description="The same with the numbers in it, as LaTeX.")
    part_of: str | None = Field(
        default=None, description="Among terms: the sum that a product or an addition is part of."
    )
    right_formula: str | None = Field(
        default=None, description="With a rule, in steps that follow it: what the right formula would be."
    )
    parts: list[str | Part] | None = Field(
        default=None,
        description="On request: the formula from left to right. A text stands in symbols and in numbers alike.",
    )
    words: StepWords | None = Field(default=None, description="On request: the sentence that the step deserves.")
    products: int | None = Field(
        default=None,
        description="On request: how many multiplications it does, of those that counts counts; those of all steps of "
        "the phases forward, backward and gradient add up to counts.forward, counts.backward and counts.products.",
    )
    sources: list[list[int]] | None = Field(
        default=None,
        description="On request, in a step whose numbers are not each made of all that it reads: for each of its "
        "writes the places, from 0, of those of its reads that it is made of.",
    )


class TraceState(Document):
    """Everything one example makes in a network."""

    x: Vector = Field(description="Input.")
    target: Vector = Field(description="Target ŷ.")
    signal: Vector | None = Field(
        default=None, description="What entered the reversed network instead of the loss's ∂l/∂y; only if it was given."
    )
    momentum: float | None = Field(default=None, description="Momentum μ; only if it was given.")
    previous_change: Change | None = Field(default=None, description="Δ_prev, as given or 0; only with momentum.")
    layers: list[TraceLayer] = Field(description="Computing layers in forward order.")
    loss: LossValue = Field(description="The loss of this example.")
    dl_dx: Vector = Field(description="∂l/∂x.")
    updated: Updated | None = Field(default=None, description="The update; only with a learning rate.")
    counts: Counts = Field(description="How many multiplications the ways to the gradient need.")


class SpoiltNumber(Document):
    """A number that a wrong rule spoils."""

    pointer: str = Field(description="Its address in the trace.")
    value: float | None = Field(description="The wrong number, as in the trace." + UNHELD)
    right: float | None = Field(description="The right one." + UNHELD)
    difference: float | None = Field(description="The wrong one less the right one." + UNHELD)


class Trace(TraceState):
    """Everything one example makes in a network, and the walk to it step by step."""

    rule: RuleName | None = Field(default=None, description="The wrong rule that was followed; only if one was named.")
    differs: list[SpoiltNumber] | None = Field(
        default=None,
        description="With a rule: every number that differs from the right one, beyond float64's rounding.",
    )

    steps: list[Step] = Field(description="The elementary operations in order; empty for steps: none.")


class SessionCreated(Document):
    """A new session."""

    id: str = Field(description="The session's id.")
    cursor: int = Field(description="Number of steps done: 0.")
    total: int = Field(description="Number of all steps.")
    phase: Phase = Field(description="Phase of the step that comes next; at the end, of the last one.")


class SessionMoved(Document):
    """Where a session stands after a move."""

    cursor: int = Field(description="Number of steps done, from 0 to total.")
    total: int = Field(description="Number of all steps.")
    phase: Phase = Field(description="Phase of the step that comes next; at the end, of the last one.")
    executed: list[Step] = Field(description="The steps that this move did; none if it went back.")


class SessionSteps(Document):
    """Some of the steps that a session has done, as a move gives them."""

    first: int = Field(alias="from", description="Place of the first of them, from 0.")
    to: int = Field(description="Place behind the last of them.")
    cursor: int = Field(description="Number of steps done, from 0 to total.")
    total: int = Field(description="Number of all steps.")
    steps: list[Step] = Field(description="The steps.")


class SessionState(SessionCreated):
    """A session and what is computed by now."""

    cursor: int = Field(description="Number of steps done, from 0 to total.")
    last_step: Step | None = Field(description="The step done last; null at the start.")
    trace: TraceState = Field(description="The trace, null in place of every value not computed yet.")


class Gradients(Document):
    """∂/∂w and ∂/∂b of one layer."""

    dl_dw: Matrix = Field(description="In the shape of w.")
    dl_db: Vector = Field(description="In the shape of b.")


class ExampleGradients(Document):
    """The gradients of one example's loss."""

    layers: list[Gradients] = Field(description="By layer.")


class Batch(Document):
    """What many examples make in one network."""

    outputs: Matrix = Field(description="Outputs y, one row per example.")
    losses: Vector = Field(description="The loss of each example.")
    total_loss: float | None = Field(description="L, the sum of the losses." + UNHELD)
    cost: float | None = Field(description="C, the mean of the losses." + UNHELD)
    layers: list[Gradients] = Field(description="The gradients of the total loss, by layer.")
    examples: list[ExampleGradients] | None = Field(
        default=None, description="The gradients of each example's loss; only with per_example."
    )


class GradientCheckRow(Document):
    """One parameter's derivative, twice."""

    pointer: str = Field(description="Address of the derivative in the trace.")
    analytic: float | None = Field(description="By backpropagation." + UNHELD)
    numeric: float | None = Field(description="By central difference." + UNHELD)
    relative_error: float | None = Field(description="Their difference by their size." + UNHELD)
    kink: bool = Field(description="Whether the two sides lie on different sides of a kink, so that they may differ.")


class GradientCheck(Document):
    """Backpropagation held against finite differences."""

    rule: RuleName | None = Field(default=None, description="The wrong rule that was followed; only if one was named.")
    method: Literal["central_difference"] = Field(description="How the numeric derivatives are taken.")
    parameters: list[GradientCheckRow] = Field(description="Every weight and bias.")
    max_relative_error: float | None = Field(description="The largest relative error of those without a kink." + UNHELD)
    tolerance: float = Field(description="The relative error up to which the two count as equal.")
    passed: bool = Field(description="Whether no parameter without a kink is beyond it.")

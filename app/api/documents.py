"""What the server answers, described field by field for the OpenAPI document.

These models only document: answers are written by orjson straight from the core's records, without a second validation.
A number that float64 cannot hold is null.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from . import schemas
from .schemas import ActivationName, LossName, Phase, RuleName

UNHELD: Final = " null: float64 cannot hold it (NaN, ±∞)."
Number = Annotated[
    float | None, Field(description="null: float64 cannot hold it (NaN, ±∞); in a session also: not computed yet.")
]
Vector = list[Number]
Matrix = list[Vector]
Bounds = Annotated[list[float], Field(min_length=2, max_length=2)]


class Document(BaseModel):
    """A JSON object that the server sends."""

    model_config = ConfigDict(extra="allow")


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


class Title(Document):
    """A text in both languages."""

    en: str = Field(description="In English.")
    zh: str = Field(description="In Chinese.")


class Entry(Document):
    """What every entry of the catalogue says of itself."""

    name: str = Field(description="Its name in requests.")
    title: Title = Field(description="Its name for people.")
    parameters: dict[str, float] = Field(description="Its parameters by name, with their defaults.")
    parameter_limits: dict[str, Bounds] = Field(
        description="By the same names the smallest and the largest value allowed."
    )


class FormulaEntry(Entry):
    """A way to draw weights, or an update rule."""

    formula: str = Field(description="It as LaTeX.")


class Kink(Document):
    """A place without a derivative."""

    at: float = Field(description="The z, or for a loss the y − ŷ.")
    derivative: float = Field(description="The derivative that is taken there.")


class FunctionEntry(FormulaEntry):
    """A function with its derivative."""

    derivative: str = Field(description="Its derivative as LaTeX.")
    kinks: list[Kink] = Field(description="Where it has no derivative.")


class ActivationCurve(Document):
    """Samples of a curve to be drawn, to five digits."""

    reach: float = Field(description="The |z| up to which a picture shows what is characteristic of it.")
    z: list[float] = Field(description="Where the samples are; beyond, the curve goes on as a straight line.")
    a: list[float] = Field(description="The function there, with the default parameters.")
    by: dict[str, list[float]] = Field(
        description="By parameter: what each a grows by for each unit that the parameter is more than its default."
    )


class ActivationEntry(FunctionEntry):
    """An activation function."""

    label: Title = Field(description="A short name, for pictures.")
    aliases: list[str] = Field(
        description="What it is called elsewhere; a request may name it so. Case, spaces, - and _ do not count."
    )
    last_layer_only: bool = Field(description="Whether it may stand in the last layer only.")
    reads_whole_layer: bool = Field(description="Whether each a depends on all z of its layer.")
    bounds: list[float] | None = Field(description="The least and the largest a; null if it has no such bounds.")
    curve: ActivationCurve | None = Field(description="Samples of its curve; null if it reads the whole layer.")


class LossEntry(FunctionEntry):
    """A loss function."""

    outputs: list[ActivationName] = Field(description="The output activations it can be taken of; empty for all.")


class SeenByCheck(Document):
    """What a gradient check sees of a wrong rule."""

    caught: bool = Field(description="Whether it finds the rule where the rule applies.")
    why: Title = Field(description="Why, or why not.")


class ConventionEntry(Document):
    """A convention of another book, by which some numbers have another sign."""

    name: str = Field(description="Its name, as a request and a notation's option have it.")
    title: Title = Field(description="What it is, in a few words.")
    description: Title = Field(description="What it does to the numbers.")


class SlipEntry(Entry):
    """A slip that a learner's number may come from."""

    description: Title = Field(description="What goes wrong.")


class RuleEntry(SlipEntry):
    """A named wrong rule of the backward pass."""

    formula: str = Field(description="The wrong step as LaTeX.")
    right_formula: str = Field(description="The right one.")
    needs: Title = Field(description="What a request must have for the rule to apply; empty texts if nothing.")
    notice: Title = Field(description="How the bug comes about and how to notice it.")
    check: SeenByCheck = Field(description="Whether a gradient check finds it.")
    several_examples: bool = Field(description="Whether it shows over several examples only, and so in no trace.")


class DatasetEntry(Entry):
    """A data set."""

    description: Title = Field(description="What it is.")
    kind: Literal["classification", "regression"] = Field(description="What is to be learnt.")
    source: str | None = Field(description="Where it comes from; null for a made one.")
    licence: str | None = Field(description="Under which licence it may be used; null for a made one.")
    feature_names: list[str] = Field(description="Names of the columns of x.")
    class_names: list[str] = Field(description="Names of the classes; empty for regression.")


class Catalog(Document):
    """What there is to choose from, and how much of it."""

    activations: list[ActivationEntry] = Field(description="Activation functions.")
    losses: list[LossEntry] = Field(description="Loss functions.")
    initializers: list[FormulaEntry] = Field(description="Ways to draw weights.")
    optimizers: list[FormulaEntry] = Field(description="Update rules.")
    schedules: list[FormulaEntry] = Field(description="How the learning rate changes while training.")
    reductions: list[FormulaEntry] = Field(
        description="What the g of an optimizer is: the mean or the sum over a batch."
    )
    datasets: list[DatasetEntry] = Field(description="Data sets.")
    rules: list[RuleEntry] = Field(description="Wrong rules that a trace's backward pass may follow.")
    slips: list[SlipEntry] = Field(description="Slips that a diagnosis knows besides the rules.")
    conventions: list[ConventionEntry] = Field(description="Conventions of other books that a diagnosis knows.")
    limits: dict[str, int] = Field(description="Limits by name; an error that refuses a request names the one it met.")


class PresetSummary(Document):
    """One preset in the list."""

    name: str = Field(description="Its name in the path.")
    title: Title = Field(description="Its title.")
    description: Title = Field(description="What it shows.")


class Published(Document):
    """A number that the source printed."""

    pointer: str = Field(description="Its address in the trace.")
    value: float = Field(description="The number as printed.")
    digits: int = Field(description="Decimal places that were printed.")
    agrees: bool = Field(description="Whether the recomputed number rounds to it.")
    remark: Title | None = Field(default=None, description="Why not, if it does not; else null.")


class Preset(PresetSummary):
    """A ready-made trace request."""

    source: str = Field(description="Where it comes from.")
    request: schemas.TraceRequest = Field(description="The trace request.")
    published: list[Published] | None = Field(default=None, description="What the source printed.")

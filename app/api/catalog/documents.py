"""What the catalogue and the presets answer, field by field; these models only document."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ..course.rule_documents import ConventionEntry
from ..network.schemas import ActivationName, LossName
from ..trace import schemas
from ..wire.outgoing.documents import Bounds, Document, Title


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
    shares: bool = Field(description="Whether the a of a layer are shares of a whole: none below 0, adding up to 1.")
    bounds: list[float] | None = Field(description="The least and the largest a; null if it has no such bounds.")
    curve: ActivationCurve | None = Field(description="Samples of its curve; null if it reads the whole layer.")


class LossEntry(FunctionEntry):
    """A loss function."""

    outputs: list[ActivationName] = Field(description="The output activations it can be taken of; empty for all.")
    least_outputs: int = Field(description="With fewer outputs it does not tell every target from every other.")
    uses_target: bool = Field(description="Whether it looks at the target: without, there is nothing to learn by it.")


class SeenByCheck(Document):
    """What a gradient check sees of a wrong rule."""

    caught: bool = Field(description="Whether it finds the rule where the rule applies.")
    why: Title = Field(description="Why, or why not.")


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


class UsualEnd(Document):
    """How a network usually ends, by what it is to learn."""

    kind: Literal["classification", "regression"] = Field(description="What is to be learnt.")
    outputs: int | None = Field(description="Of how many outputs; null: of any number.")
    activation: ActivationName = Field(description="The output activation.")
    loss: LossName = Field(description="The loss.")


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
    usual_ends: list[UsualEnd] = Field(
        description="For each kind of data the usual output activation and loss; the first that fits is meant."
    )
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

"""What POST /training is sent, field by field; what depends on several fields is checked in ``setup``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Final, Literal, Protocol

from pydantic import BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler, ValidationInfo, field_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticKnownError

from ...core.functions.choices import Choices
from ...core.functions.datasets import MADE_SETS
from ...core.functions.optimizers import OPTIMIZERS
from ...core.functions.schedules import SCHEDULES
from ...library.datasets import DATASETS
from ..network.schemas import ActivationName, InitializerName, LossName, Network, ReductionName, check_slope
from ..wire.documenting import documented
from ..wire.incoming.validation import Body
from ..wire.incoming.values import MAX_SEED, OneOf, StopAtFirst, Vector

DatasetName = Annotated[str, OneOf(dict.fromkeys([*MADE_SETS, *DATASETS]))]
OptimizerName = Annotated[str, OneOf(OPTIMIZERS)]
Rows = Annotated[list[Vector], StopAtFirst(), Field(min_length=1)]
Names = Annotated[list[str], StopAtFirst(), Field(min_length=1)]
ScheduleName = Annotated[str, OneOf(SCHEDULES)]

DIGITS: Final[dict[str, Any]] = {
    "sizes": [64, 16, 10],
    "activation": "relu",
    "output_activation": "softmax",
    "initializer": "he_uniform",
    "dataset": {"name": "digits", "test_fraction": 0.2},
    "loss": "cross_entropy",
    "optimizer": {"name": "adam", "learning_rate": 0.01},
    "batch_size": 32,
    "epochs": 30,
    "seed": 7,
    "record_every": 1,
}
XOR: Final[dict[str, Any]] = {
    "sizes": [2, 4, 1],
    "activation": "tanh",
    "output_activation": "sigmoid",
    "xs": [[0, 0], [0, 1], [1, 0], [1, 1]],
    "targets": [[0], [1], [1], [0]],
    "loss": "binary_cross_entropy",
    "optimizer": {"name": "momentum", "learning_rate": 0.5, "momentum": 0.9},
    "epochs": 50,
    "keep": False,
}


class Standardise(Body):
    """Which columns are shifted and scaled to mean 0 and deviation 1 over the examples trained on."""

    inputs: bool | None = Field(
        default=None, description="Each column of x; by default as where standardise is not sent at all."
    )
    targets: bool = Field(
        default=False,
        description="Each target of a regression. The network then answers in deviations from the mean; cost, total "
        "loss and exports are in the targets' own units all the same. Targets that name classes (class_names, one-hot, "
        "0 and 1 of a sigmoid output), and those of a loss of probabilities or of output_sum, are always left alone.",
    )


def _switch_or_parts(value: Any) -> Any:
    """True and false stand for the inputs alone, as they did before targets could be standardised."""
    if isinstance(value, (bool, Standardise)):
        return value
    if not isinstance(value, dict):
        raise PydanticKnownError("bool_type")
    return Standardise.model_validate(value)


StandardiseChoice = Annotated[bool | Standardise, BeforeValidator(_switch_or_parts)]


def names_in(choice: bool | Standardise | None) -> int:
    """How many names of fields stand in it."""
    return choice.name_count() if isinstance(choice, Standardise) else 0


class DatasetChoice(Body):
    """A data set of the catalogue."""

    name: DatasetName = Field(description="A name in the catalogue's datasets.")
    n: int | None = Field(default=None, description="How many examples; made sets only.")
    noise: float | None = Field(default=None, description="Standard deviation of the noise; made sets only.")
    seed: int | None = Field(
        default=None, ge=0, le=MAX_SEED, description="Seed of the examples and of what is held out; by default seed."
    )
    test_fraction: float = Field(default=0.0, ge=0, le=0.9, description="The share of the examples that is held out.")
    standardise: StandardiseChoice | None = Field(
        default=None,
        description="Which columns are shifted and scaled to mean 0 and deviation 1 over those trained on; true or "
        "false speaks of x alone. By default x of measured sets is, not that of made ones, whose scale fits already.",
    )

    def name_count(self) -> int:
        """Its own names and those of standardise."""
        return len(self.model_fields_set) + names_in(self.standardise)


class Tunable(Protocol):
    """A registry entry with parameters."""

    @property
    def choices(self) -> Choices:
        """What may be tuned."""


def parameters_described(entries: Mapping[str, Tunable]) -> JsonSchemaValue:
    """The parameters of all entries as properties of one JSON object, each with whose it is and its default."""
    described: JsonSchemaValue = {}
    for name in dict.fromkeys(each for entry in entries.values() for each in entry.choices.defaults):
        having = {word: entry.choices for word, entry in entries.items() if name in entry.choices.defaults}
        defaults = {word: choices.defaults[name] for word, choices in having.items()}
        bounds = [choices.limits[name] for choices in having.values()]
        said = ", ".join(f"{word} (by default {value:g})" for word, value in defaults.items())
        described[name] = {
            "type": "number",
            "minimum": min(low for low, _ in bounds),
            "maximum": max(high for _, high in bounds),
            "description": f"Of {said}.",
        }
    return described


class WithParameters(Body):
    """A choice by name, with parameters that depend on it."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, float]
    entries: ClassVar[Mapping[str, Tunable]]
    """What there is to choose from, and the parameters of each."""

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """With every parameter by its name: a client's type cannot say "any other name, but only numbers"."""
        described = handler(schema)
        within = handler.resolve_ref_schema(described)
        within["properties"].update(parameters_described(cls.entries))
        within["additionalProperties"] = False
        return described


class OptimizerChoice(WithParameters):
    """An optimizer, its learning rate, and those of its parameters (catalogue: optimizers) that are not as there."""

    entries = OPTIMIZERS

    name: OptimizerName = Field(description="A name in the catalogue's optimizers.")
    learning_rate: float = Field(description="Learning rate η, more than 0.")


class ScheduleChoice(WithParameters):
    """How η changes from epoch to epoch: step has every and factor, cosine has floor."""

    entries = SCHEDULES

    name: ScheduleName = Field(description="constant, step or cosine.")


class Until(Body):
    """How far a piece of a training goes: exactly one of the three. A run that comes to its end before has finished."""

    epochs: int | None = Field(default=None, ge=1, description="So many epochs; one begun already counts as one.")
    batches: int | None = Field(default=None, ge=1, description="So many batches: updates of the parameters.")
    examples: int | None = Field(
        default=None, ge=1, description="So many examples; the parameters move where that completes a batch."
    )


class TrainingRequest(Body):
    """A network, examples, and how to train: exactly one of network and sizes, and one of dataset and xs."""

    model_config = documented(DIGITS, XOR)

    network: Network | None = Field(default=None, description="Where to start, in numbers.")
    sizes: Annotated[list[Annotated[int, Field(ge=1)]], StopAtFirst(), Field(min_length=2)] | None = Field(
        default=None, description="Units per layer of a network to be drawn as by POST /networks, from seed."
    )
    activation: ActivationName | None = Field(default=None, description="With sizes: of every hidden layer.")
    output_activation: ActivationName | None = Field(default=None, description="With sizes: of the last layer.")
    slope: float | None = Field(
        default=None, description="With sizes and leaky_relu: its slope left of 0, from 0 to 1; by default 0.01."
    )
    initializer: InitializerName = Field(default="xavier_uniform", description="With sizes: how weights are drawn.")
    dataset: DatasetChoice | None = Field(default=None, description="A data set by name.")
    xs: Rows | None = Field(default=None, description="Inputs of one's own, one row per example.")
    targets: Rows | None = Field(default=None, description="Targets to xs, one row per example.")
    test_xs: Rows | None = Field(default=None, description="Inputs held out, beside xs.")
    test_targets: Rows | None = Field(default=None, description="Targets to test_xs.")
    standardise: StandardiseChoice = Field(
        default=False,
        description="Beside xs: which columns are shifted and scaled to mean 0 and deviation 1 over xs and targets, "
        "those held out by the same numbers; true or false speaks of x alone.",
    )
    feature_names: Names | None = Field(default=None, description="Beside xs: a name for each input.")
    class_names: Names | None = Field(
        default=None, description="Beside xs: a name for each output, or for 0 and 1 if there is one output."
    )
    loss: LossName = Field(description="Loss function of one example.")
    optimizer: OptimizerChoice = Field(description="What is done with the gradient.")
    schedule: ScheduleChoice | None = Field(default=None, description="How η changes; by default not at all.")
    batch_size: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="Examples per update; null for all of them."
    )
    reduction: ReductionName = Field(
        default="mean",
        description="What a step follows: mean, the gradient ∇C of its batch's cost, or sum, the gradient ∇L of its "
        "batch's total loss, which is as many times as long as the batch has examples (catalogue: reductions).",
    )
    epochs: int = Field(default=100, ge=0, description="How often every example is used.")
    seed: int = Field(default=0, ge=0, le=MAX_SEED, description="Seed of all that is random: the same gives the same.")
    l1: float = Field(default=0.0, ge=0, description="Weight of the penalty Σ|w|.")
    l2: float = Field(default=0.0, ge=0, description="Weight of the penalty ½Σw².")
    freeze: Annotated[list[Literal["w", "b"]], StopAtFirst(), Field(max_length=2)] = Field(
        default_factory=list, description="What is left alone: w, b or both."
    )
    record_every: int = Field(default=1, ge=1, description="θ is sent at every so many epochs, the first and the last.")
    keep: bool = Field(
        default=True, description="Whether the server keeps the run, for GET /runs; only then can it be continued."
    )
    until: Until | None = Field(default=None, description="Where the run pauses; null: it goes on to its end.")

    @field_validator("slope")
    @classmethod
    def _has_a_slope(cls, slope: float | None, info: ValidationInfo) -> float | None:
        names = [str(info.data[name]) for name in ("activation", "output_activation") if info.data.get(name)]
        return check_slope(slope, names) if names else slope

    def name_count(self) -> int:
        """Its own names and those of the objects inside."""
        inner = (self.network, self.dataset, self.optimizer, self.schedule, self.until)
        names = sum(each.name_count() for each in inner if each is not None)
        return len(self.model_fields_set) + names + names_in(self.standardise)


class ContinueRequest(Body):
    """How a run that was stopped goes on; an empty object takes it to its end."""

    model_config = documented({}, {"until": {"epochs": 1}})

    until: Until | None = Field(default=None, description="Where it pauses again; null: it goes on to its end.")
    epochs: int | None = Field(
        default=None,
        ge=1,
        description="A new number of epochs in all, so that also a finished run can go on; null: as it was.",
    )
    after: int | None = Field(
        default=None,
        ge=-1,
        le=MAX_SEED,
        description="The last epoch whose record the caller has: later ones that are kept come first, earlier ones "
        "not again; -1 for all. Null: the records begin where the run goes on.",
    )

    def name_count(self) -> int:
        """Its own names and those of until."""
        return len(self.model_fields_set) + (0 if self.until is None else self.until.name_count())

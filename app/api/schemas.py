"""What clients send: the request bodies, described field by field.

What depends on several fields at once (shapes that chain, a loss that fits the output) is checked in ``shapes``; the
limits, which are settings, in ``limits``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    ConfigDict,
    FailFast,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
    field_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, PydanticKnownError, core_schema

from ..core.functions.activations import ACTIVATIONS, key_of, named, nearest, refusal
from ..core.functions.initializers import INITIALIZERS
from ..core.functions.losses import LOSSES
from ..core.mistakes.conventions import CONVENTIONS
from ..core.mistakes.rules.registry import RULES
from ..core.record.plan import GRANULARITIES, PHASES
from ..snippets import COST_LANGUAGES, LANGUAGES
from . import examples
from .validation import Body

MAX_SEED = 2**53 - 1


def _written(pattern: str, error: Literal["int_parsing", "float_parsing"]) -> Callable[[object], object]:
    """What checks that a text of a query is a number as JSON writes it; ``+1.0`` and ``1_0`` are none."""

    def check(text: object) -> object:
        if isinstance(text, str) and not re.fullmatch(pattern, text, re.ASCII):
            raise PydanticKnownError(error)
        return text

    return check


WholeInQuery = Annotated[int, BeforeValidator(_written(r"-?(0|[1-9]\d*)", "int_parsing"))]
NumberInQuery = Annotated[float, BeforeValidator(_written(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", "float_parsing"))]


def open_set(names: Sequence[str]) -> JsonSchemaValue:
    """The JSON Schema of a word that is one of these today; the description of a field says what it names."""
    return {"type": "string", "x-extensible-enum": list(names), "examples": [names[0]]}


class OneOf:
    """An annotation on ``str``: one of the names of a registry, so that a new entry needs no change here."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names in their order."""
        self.names = list(names)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """As a ``Literal`` of these names would be."""
        return core_schema.literal_schema(self.names)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """As an open set: a registry grows, and a client made today must not fail at a name of tomorrow."""
        return open_set(self.names)


class OneActivation(OneOf):
    """The name of an activation, or a word from elsewhere for it, such as ``ReLU`` or ``swish``: ours is put in."""

    def __init__(self) -> None:
        """Take the names of the registry."""
        super().__init__(ACTIVATIONS)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Ours pass; of the others ours are looked up, and what is none is told which there are."""
        names = core_schema.str_schema()
        return core_schema.no_info_after_validator_function(self._ours, names)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Described by our names alone."""
        return open_set(self.names)

    @staticmethod
    def _ours(word: str) -> str:
        if word in ACTIVATIONS:
            return word
        ours = named(word)
        if ours is None:
            raise unknown_activation(word)
        return ours


def unknown_activation(word: str) -> PydanticCustomError:
    """The error of a word that names no activation: which there are, and which it looks like."""
    known = {"names": ", ".join(ACTIVATIONS), "nearest": nearest(word) or "", "why": refusal(word)}
    return PydanticCustomError("unknown_activation", "{names}", known)


def check_slope(slope: float | None, activations: Iterable[str]) -> float | None:
    """A slope is for an activation that has one, and inside its limits. Raises ``PydanticCustomError``."""
    if slope is None:
        return slope
    for name in activations:
        bounds = ACTIVATIONS[name].choices.limits.get("slope")
        if bounds is not None:
            if bounds[0] <= slope <= bounds[1]:
                return slope
            raise PydanticCustomError("out_of_range", "{low}{high}", {"low": bounds[0], "high": bounds[1]})
    sloped = [entry.name for entry in ACTIVATIONS.values() if "slope" in entry.choices.defaults]
    raise PydanticCustomError("no_slope", "{names}", {"names": ", ".join(sloped)})


def with_slope(name: str, slope: float | None) -> str:
    """The key of an activation; the slope counts if it has one."""
    return key_of(name, {"slope": slope}) if slope is not None and ACTIVATIONS[name].at else name


ActivationName = Annotated[str, OneActivation()]
LossName = Annotated[str, OneOf(LOSSES)]
InitializerName = Annotated[str, OneOf(INITIALIZERS)]
Granularity = Annotated[str, OneOf(GRANULARITIES)]
Phase = Annotated[str, OneOf(PHASES)]
ConventionName = Annotated[str, OneOf(CONVENTIONS)]
RuleName = Annotated[str, OneOf(RULES)]
Language = Annotated[str, OneOf(LANGUAGES)]
CostLanguage = Annotated[str, OneOf(COST_LANGUAGES)]


class StopAtFirst(FailFast):
    """``FailFast`` that may be part of a union, for which Python wants a hash."""

    def __hash__(self) -> int:
        """All of them are alike."""
        return hash(self.fail_fast)


# A list stops at its first wrong value: a body of a million strings must not become a million errors.
Vector = Annotated[list[float], StopAtFirst(), Field(min_length=1)]
Matrix = Annotated[list[Vector], StopAtFirst(), Field(min_length=1)]


def documented(*bodies: dict[str, Any]) -> ConfigDict:
    """Model configuration that carries whole examples into the OpenAPI document."""
    return ConfigDict(json_schema_extra={"examples": list(bodies)})


class Layer(Body):
    """One computing layer."""

    w: Matrix = Field(description="Weights: one row per unit of this layer, one column per value it receives.")
    b: Vector = Field(
        default_factory=lambda given: [0.0] * len(given.get("w", ())),
        description="Biases, one per unit; without them they are all 0.",
    )
    activation: ActivationName = Field(
        description="Activation function; softmax only in the last layer. Names from elsewhere, such as ReLU or swish, "
        "are understood; the answer has ours."
    )
    slope: float | None = Field(
        default=None, description="With leaky_relu: its slope left of 0, from 0 to 1; by default 0.01."
    )

    @field_validator("slope")
    @classmethod
    def _has_a_slope(cls, slope: float | None, info: ValidationInfo) -> float | None:
        return check_slope(slope, [info.data["activation"]]) if "activation" in info.data else slope

    @property
    def key(self) -> str:
        """The key of the activation, with its slope."""
        return self.activation if self.slope is None else with_slope(self.activation, self.slope)


class Network(Body):
    """A fully connected feedforward network of explicit numbers."""

    model_config = documented(examples.LECTURE_NETWORK)

    layers: Annotated[list[Layer], FailFast(), Field(min_length=1)] = Field(
        description="Computing layers in forward order; the first receives x."
    )

    def name_count(self) -> int:
        """``layers``, and the names in each of them."""
        return 1 + sum([len(layer.model_fields_set) for layer in self.layers])


class LayerChange(Body):
    """By how much the parameters of one layer changed."""

    w: Matrix = Field(description="The change of each weight, in the shape of the layer's w.")
    b: Vector = Field(description="The change of each bias.")


class ParameterChange(Body):
    """By how much the parameters of a network changed."""

    layers: Annotated[list[LayerChange], FailFast(), Field(min_length=1)] = Field(
        description="One for each computing layer, in forward order."
    )

    def name_count(self) -> int:
        """``layers``, and the names in each of them."""
        return 1 + sum([len(layer.model_fields_set) for layer in self.layers])


class PassRequest(Body):
    """What a forward and a backward pass need besides the example."""

    network: Network = Field(description="The network.")
    loss: LossName = Field(
        description="Loss function: cross_entropy needs softmax or sigmoid outputs, binary_cross_entropy sigmoid ones."
    )
    steps: Granularity = Field(default="unit", description="How fine the steps of the answer are; none for no steps.")
    learning_rate: float | None = Field(
        default=None, description="Learning rate η. With it one update of gradient descent is part of the trace."
    )
    momentum: float | None = Field(
        default=None,
        ge=0,
        lt=1,
        description="Momentum μ, with a learning rate only: the update is Δ = μ Δ_prev − η ∂l/∂w and w + Δ. PyTorch's "
        "v = μ v + ∂l/∂w and w − η v is the same with Δ = −η v, as long as η stays.",
    )
    previous_change: ParameterChange | None = Field(
        default=None,
        description="With momentum: Δ_prev, by how much the update before this one changed each weight and bias; the "
        "change in the answer to that update can be sent as it is. By default all 0.",
    )
    freeze: Annotated[list[Literal["w", "b"]], FailFast(), Field(max_length=2)] = Field(
        default_factory=list, description="What gradient descent leaves alone: w, b or both."
    )
    signal: Vector | None = Field(
        default=None,
        description="A signal of one's own to send into the reversed network in place of the loss's ∂l/∂y, one number "
        "per unit of the last layer; not together with a learning rate.",
    )
    rule: RuleName | None = Field(
        default=None,
        description="A wrong rule for the backward pass to follow, one of the catalogue's rules; for a trace and a "
        "gradient check only.",
    )

    def name_count(self) -> int:
        """Its own names, those of the network and those of the change."""
        change = self.previous_change.name_count() if self.previous_change else 0
        return len(self.model_fields_set) + self.network.name_count() + change


class TraceRequest(PassRequest):
    """One example to send through a network, forward and backward."""

    model_config = documented(examples.TRACE)

    x: Vector = Field(description="Input, one number per column of the first layer's w.")
    target: Vector = Field(description="Target ŷ, one number per unit of the last layer.")


class NetworkRequest(Body):
    """A network to be drawn at random."""

    model_config = documented(examples.NETWORK)

    sizes: Annotated[list[Annotated[int, Field(ge=1)]], FailFast(), Field(min_length=2)] = Field(
        description="Units per layer, the input layer first."
    )
    activation: ActivationName = Field(description="Activation of every hidden layer; not softmax.")
    output_activation: ActivationName = Field(description="Activation of the last layer.")
    slope: float | None = Field(
        default=None, description="With leaky_relu: its slope left of 0, from 0 to 1; by default 0.01."
    )
    initializer: InitializerName = Field(
        default="xavier_uniform", description="How the weights are drawn; biases are 0."
    )
    seed: int = Field(
        default=0, ge=0, le=MAX_SEED, description="Seed of the random numbers: the same request gives the same network."
    )

    @field_validator("slope")
    @classmethod
    def _has_a_slope(cls, slope: float | None, info: ValidationInfo) -> float | None:
        names = [info.data.get(name) for name in ("activation", "output_activation")]
        return slope if None in names else check_slope(slope, [str(name) for name in names])


class Move(Body):
    """Where to go in a session: exactly one of by, to and phase; and perhaps from where."""

    model_config = documented(examples.MOVE)

    by: int | None = Field(default=None, description="So many steps on, or back if negative.")
    to: int | None = Field(default=None, description="To the moment at which so many steps are done.")
    phase: Phase | None = Field(default=None, description="To just before the first step of this phase.")
    cursor: int | None = Field(
        default=None,
        description="Where the session stands as the client knows it. If it stands elsewhere, it is not moved and the "
        "answer is 409: so a move whose answer was lost can be asked for again and is done once. null: from wherever "
        "it stands.",
    )


class DerivativeRequest(Body):
    """One number of a trace request to look at the loss around."""

    model_config = documented(examples.DERIVATIVE)

    request: TraceRequest = Field(
        description="The example and its network; steps, learning_rate and freeze play no part, signal is refused."
    )
    pointer: str = Field(
        description="Address of a weight, a bias or an input in the trace, such as /layers/0/w/0/1, /layers/0/b/0 or "
        "/x/0."
    )

    def name_count(self) -> int:
        """Its own names and those of the request inside."""
        return len(self.model_fields_set) + self.request.name_count()


class PathsRequest(Body):
    """One parameter of a trace request whose paths to the loss are wanted."""

    model_config = documented(examples.PATHS)

    request: TraceRequest = Field(description="The example and its network; with a signal, the paths end at it.")
    pointer: str = Field(
        description="Address of a weight or a bias in the trace, such as /layers/0/w/0/1 or /layers/0/b/0."
    )

    def name_count(self) -> int:
        """Its own names and those of the request inside."""
        return len(self.model_fields_set) + self.request.name_count()


class CodeRequest(Body):
    """A trace request to be written as a program."""

    model_config = documented(examples.CODE)

    request: TraceRequest = Field(description="What the program computes; steps plays no part.")
    language: Language = Field(description="What the program is written with.")

    def name_count(self) -> int:
        """Its own names and those of the request inside."""
        return len(self.model_fields_set) + self.request.name_count()


class BatchRequest(Body):
    """Many examples to send through a network at once."""

    model_config = documented(examples.BATCH)

    network: Network = Field(description="The network.")
    xs: Matrix = Field(description="Inputs, one row per example.")
    targets: Matrix = Field(description="Targets, one row per example.")
    loss: LossName = Field(description="Loss function of one example.")
    per_example: bool = Field(default=False, description="Whether to give the gradients of every example too.")

    def name_count(self) -> int:
        """Its own names and those of the network."""
        return len(self.model_fields_set) + self.network.name_count()

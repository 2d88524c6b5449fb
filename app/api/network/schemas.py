"""What clients send that is a network, or is to become one.

What depends on several fields at once (shapes that chain, a loss that fits the output) is checked in ``shapes``; the
limits, which are settings, in ``limits``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import (
    FailFast,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
    field_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ...core.functions.activations import ACTIVATIONS, key_of, named, nearest, refusal
from ...core.functions.initializers import INITIALIZERS
from ...core.functions.losses import LOSSES
from ...core.functions.reductions import REDUCTIONS
from ..wire.documenting import documented
from ..wire.incoming.validation import Body
from ..wire.incoming.values import MAX_SEED, Matrix, OneOf, Vector, open_set
from . import examples


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


ReductionName = Annotated[str, OneOf(REDUCTIONS)]

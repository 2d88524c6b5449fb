"""What clients send: the request bodies, described field by field.

What depends on several fields at once (shapes that chain, a loss that fits the output) is checked in ``shapes``; the
limits, which are settings, in ``limits``.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import (
    FailFast,
    Field,
)

from ...core.mistakes.rules.registry import RULES
from ...core.record.plan import GRANULARITIES, PHASES
from ...core.record.steps import DETAILS
from ...snippets import LANGUAGES
from ..network.schemas import LossName, Network
from ..wire.documenting import documented
from ..wire.incoming.validation import Body
from ..wire.incoming.values import Matrix, OneOf, Vector
from . import examples

Granularity = Annotated[str, OneOf(GRANULARITIES)]
Detail = Annotated[str, OneOf(DETAILS)]
Phase = Annotated[str, OneOf(PHASES)]
RuleName = Annotated[str, OneOf(RULES)]
Language = Annotated[str, OneOf(LANGUAGES)]


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
    details: Annotated[list[Detail], FailFast(), Field(max_length=len(DETAILS))] = Field(
        default_factory=list,
        description="What each step says of itself besides: parts (its formula piece by piece, each with the address "
        "of its number), words (the sentence it deserves), products (how many of the counted multiplications it does), "
        "sources (what each of its numbers is made of).",
        examples=[["parts", "words"]],
    )


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

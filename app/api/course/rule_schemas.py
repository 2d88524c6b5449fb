"""What clients send about wrong rules: a learner's number to be diagnosed, a training with a bug."""

from __future__ import annotations

from typing import Annotated

from pydantic import (
    FailFast,
    Field,
)

from ...core.mistakes.conventions import CONVENTIONS
from ...core.mistakes.diagnosis import MAX_DIGITS
from ..network.schemas import LossName, Network, ReductionName
from ..trace.schemas import PassRequest, TraceRequest
from ..wire.documenting import documented
from ..wire.incoming.validation import Body
from ..wire.incoming.values import Matrix, OneOf, Vector
from . import rule_examples

MAX_GIVEN = 200
MAX_STEPS, MAX_LAYERS, MAX_UNITS, MAX_EXAMPLES, MAX_PASSES = 500, 4, 8, 32, 3000
"""Every unit's operations are gone through one by one: small enough to end within a few seconds."""


class DiagnosedRequest(PassRequest):
    """One example, or several put together, that a learner has a number of."""

    model_config = documented(rule_examples.BATCHED)

    x: Vector | None = Field(default=None, description="Input of one example.")
    target: Vector | None = Field(default=None, description="Its target ŷ.")
    xs: Matrix | None = Field(default=None, description="In place of x: the inputs of several examples, one row each.")
    targets: Matrix | None = Field(default=None, description="In place of target: their targets, one row each.")
    reduction: ReductionName | None = Field(
        default=None,
        description="Of several examples: whether the gradients of the batch are the mean of the examples' (null: as "
        "mean) or their sum.",
    )

    def example(self, number: int | None = None) -> TraceRequest:
        """As the request for the trace of its example, or of one of several."""
        rest = {name: getattr(self, name) for name in PassRequest.model_fields}
        x, target = self.x or [], self.target or []
        if number is not None:
            x, target = self.several[number]
        return TraceRequest.model_construct(x=x, target=target, **rest)

    @property
    def several(self) -> list[tuple[list[float], list[float]]]:
        """Inputs and targets of several examples; none if it is one."""
        return list(zip(self.xs or [], self.targets or [], strict=False))


class DiagnoseRequest(Body):
    """A learner's answer for one number of a trace."""

    model_config = documented(rule_examples.DIAGNOSIS)

    request: DiagnosedRequest = Field(
        description="The example, or several, and the network, without a rule; steps says of which steps the answer "
        "gives the index (none: unit)."
    )
    pointer: str = Field(
        description="Address of the number, one that is computed. Of one example as in the trace: /layers/0/z/0. Of "
        "several: /layers/0/dl_dw/0/1 or /layers/0/dl_db/0 of the batch, /cost, /total_loss, or of one of them "
        "/examples/2/layers/1/dl_dz/0."
    )
    answer: float = Field(description="The learner's number.")
    digits: int = Field(
        ge=0,
        le=MAX_DIGITS,
        description="Decimal places of the answer: 0.0123 has 4, and 3 has 0, if no more were meant.",
    )
    given: Annotated[dict[str, float], Field(max_length=MAX_GIVEN)] = Field(
        default_factory=dict,
        description="The learner's own earlier numbers, by address: a number that is right, going on from them, is "
        f"told from a wrong one. At most {MAX_GIVEN}; those that the number asked for does not depend on play no part.",
    )
    conventions: Annotated[list[ConventionName], FailFast(), Field(max_length=len(CONVENTIONS))] = Field(
        default_factory=list,
        description="The conventions of the learner's book, of the catalogue's conventions: by them the answer and the "
        "given numbers are read.",
    )

    def name_count(self) -> int:
        """Its own names, those of the request inside, and the addresses of the given numbers."""
        return len(self.model_fields_set) + self.request.name_count() + len(self.given)


class RuleTrainingRequest(Body):
    """A small network to be trained twice: rightly, and by a wrong rule."""

    model_config = documented(rule_examples.RULE_TRAINING)

    network: Network = Field(
        description=f"Where both trainings start: at most {MAX_LAYERS} layers of at most {MAX_UNITS} units."
    )
    xs: Matrix = Field(description=f"Inputs, one row per example, at most {MAX_EXAMPLES}.")
    targets: Matrix = Field(description="Targets, one row per example.")
    loss: LossName = Field(description="Loss function of one example.")
    learning_rate: float = Field(description="Learning rate η; a step is θ ← θ − η g.")
    reduction: ReductionName = Field(
        default="mean",
        description="What the right descent follows, as in POST /training: mean, g = ∇C of the cost, or sum, g = ∇L of "
        "the total loss. The rule mean_over_examples takes the one for the other.",
    )
    steps: int = Field(
        ge=1, le=MAX_STEPS, description=f"Steps, each through all examples; steps × examples at most {MAX_PASSES}."
    )

    def name_count(self) -> int:
        """Its own names and those of the network."""
        return len(self.model_fields_set) + self.network.name_count()


ConventionName = Annotated[str, OneOf(CONVENTIONS)]

"""What clients send about wrong rules: a learner's number to be diagnosed, a training with a bug."""

from __future__ import annotations

from pydantic import Field

from ..core.diagnosis import MAX_DIGITS
from . import rule_examples
from .schemas import LossName, Matrix, Network, TraceRequest, documented
from .training_schemas import ReductionName
from .validation import Body

MAX_STEPS, MAX_LAYERS, MAX_UNITS, MAX_EXAMPLES, MAX_PASSES = 500, 4, 8, 32, 3000
"""Every unit's operations are gone through one by one: small enough to end within a few seconds."""


class DiagnoseRequest(Body):
    """A learner's answer for one number of a trace."""

    model_config = documented(rule_examples.DIAGNOSIS)

    request: TraceRequest = Field(
        description="The example and its network, without a rule; steps says of which steps the answer gives the index "
        "(none: unit)."
    )
    pointer: str = Field(description="Address of the number in the trace, one that is computed, such as /layers/0/z/0.")
    answer: float = Field(description="The learner's number.")
    digits: int = Field(
        ge=0,
        le=MAX_DIGITS,
        description="Decimal places of the answer: 0.0123 has 4, and 3 has 0, if no more were meant.",
    )

    def name_count(self) -> int:
        """Its own names and those of the request inside."""
        return len(self.model_fields_set) + self.request.name_count()


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

"""What a training is given and what it reports: plain frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ..arrays import Array, ShapeError, frozen
from ..functions.choices import Choices
from ..functions.losses import LOSSES
from ..functions.optimizers import OPTIMIZERS
from ..functions.reductions import REDUCTIONS
from ..functions.schedules import SCHEDULES
from ..network import Network

FREEZABLE = ("w", "b")


def _no_parameters() -> Mapping[str, float]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Recipe:
    """How to train; plain values, hashable, and together with network and examples all that decides the outcome.

    A step follows the gradient of the **cost** of its batch (the mean, so that η means the same for every batch size),
    or with the reduction ``"sum"`` that of its **total loss**; plus that of the penalties l1 Σ|w| + l2/2 Σw², which are
    on weights only. With one example per batch both are the step of the trace.

    Attributes:
        loss: a name in ``LOSSES``.
        optimizer: a name in ``OPTIMIZERS``.
        learning_rate: η > 0.
        parameters: of the optimizer; those not named are as in the registry.
        schedule: a name in ``SCHEDULES``: how η changes from epoch to epoch.
        schedule_parameters: likewise.
        reduction: a name in ``REDUCTIONS``: whether a step follows the mean or the sum over its batch.
        batch_size: examples per step; None or more than there are: all of them.
        epochs: how many times every example is used.
        seed: of the order in which mini-batches are drawn.
        l1: weight of the penalty Σ|w|.
        l2: weight of the penalty ½Σw².
        freeze: what is left alone, ``"w"`` or ``"b"``.
        record_every: θ is kept at every so many epochs, and at the first and the last.
    """

    loss: str
    optimizer: str = "gradient_descent"
    learning_rate: float = 0.1
    parameters: Mapping[str, float] = field(default_factory=_no_parameters)
    schedule: str = "constant"
    schedule_parameters: Mapping[str, float] = field(default_factory=_no_parameters)
    reduction: str = "mean"
    batch_size: int | None = None
    epochs: int = 100
    seed: int = 0
    l1: float = 0.0
    l2: float = 0.0
    freeze: tuple[str, ...] = ()
    record_every: int = 1

    def __post_init__(self) -> None:
        """Refuse what no training can follow.

        Raises:
            KeyError: a name that is in no registry; the message names those there are.
            ValueError: a number outside its limits.
        """
        for kind, name, registry in (
            ("loss", self.loss, LOSSES),
            ("optimizer", self.optimizer, OPTIMIZERS),
            ("schedule", self.schedule, SCHEDULES),
            ("reduction", self.reduction, REDUCTIONS),
        ):
            if name not in registry:
                raise KeyError(f"no {kind} {name!r}; there are {', '.join(registry)}")
        settled: tuple[tuple[str, Choices, Mapping[str, float]], ...] = (
            (self.optimizer, OPTIMIZERS[self.optimizer].choices, self.parameters),
            (self.schedule, SCHEDULES[self.schedule].choices, self.schedule_parameters),
        )
        for owner, choices, chosen in settled:
            choices.settle(owner, chosen)
        for name, value, allowed in (
            ("learning_rate", self.learning_rate, self.learning_rate > 0),
            ("batch_size", self.batch_size, self.batch_size is None or self.batch_size > 0),
            ("epochs", self.epochs, self.epochs >= 0),
            ("l1", self.l1, self.l1 >= 0),
            ("l2", self.l2, self.l2 >= 0),
            ("record_every", self.record_every, self.record_every > 0),
            ("freeze", self.freeze, set(self.freeze) <= set(FREEZABLE)),
        ):
            if not allowed:
                raise ValueError(f"{name}: {value!r} is not possible")

    def __hash__(self) -> int:
        """From all fields; the mappings count by their items."""
        return hash(
            tuple(
                frozenset(value.items()) if isinstance(value, Mapping) else value
                for value in (getattr(self, name) for name in self.__dataclass_fields__)
            )
        )

    def rate(self, epoch: int) -> float:
        """η of an epoch, counted from 0."""
        schedule = SCHEDULES[self.schedule]
        chosen = schedule.choices.settle(self.schedule, self.schedule_parameters)
        return schedule.rate(self.learning_rate, epoch, self.epochs, chosen)


@dataclass(frozen=True, eq=False)
class Examples:
    """N examples, read-only.

    Attributes:
        xs: shape (N, n_0), as the network is given them.
        targets: shape (N, n_L), as the network is asked for them.
        unit: of each target, how much 1 is in the target's own unit, shape (n_L,); None where it is 1.
    """

    xs: Array
    targets: Array
    unit: Array | None = None

    def __post_init__(self) -> None:
        """Take frozen float64 copies.

        Raises:
            ShapeError: no examples, no matrix, or not as many targets as inputs.
        """
        object.__setattr__(self, "xs", frozen(self.xs))
        object.__setattr__(self, "targets", frozen(self.targets))
        if self.unit is not None:
            object.__setattr__(self, "unit", frozen(self.unit))
        for name in ("xs", "targets"):
            shape = getattr(self, name).shape
            if len(shape) != 2 or not shape[0]:
                raise ShapeError(f"/{name}", f"expected a matrix with one row per example, got the shape {shape}")
        if len(self.xs) != len(self.targets):
            raise ShapeError("/targets", f"expected {len(self.xs)} rows, one per example, got {len(self.targets)}")

    def require_fit(self, network: Network) -> None:
        """Check that the network takes these.

        Raises:
            ShapeError: the network has another number of inputs or outputs.
        """
        for name, got, expected in (
            ("xs", self.xs.shape[1], network.sizes[0]),
            ("targets", self.targets.shape[1], network.sizes[-1]),
        ):
            if got != expected:
                raise ShapeError(f"/{name}/0", f"expected {expected} numbers per example, got {got}")


@dataclass(frozen=True, eq=False)
class EpochRecord:
    """The state after an epoch; epoch 0 is the state before training.

    ``total_loss`` and ``cost`` are of the loss alone; penalties, if any, are part of what training drives down but not
    of these.

    Attributes:
        epoch: how many epochs lie behind.
        total_loss: the sum of the losses over the examples trained on, in the targets' own units.
        cost: their mean.
        test_total_loss: the sum over the examples held out; None if there are none.
        test_cost: their mean.
        train_accuracy: the share of the examples trained on that are classified correctly; None for regression.
        test_accuracy: the same of the examples held out; None also if there are none.
        gradient_norms: per layer ‖∂L/∂w‖₂ of the total loss that training drives down.
        gain_means: per layer the mean of |σ'(z)| over units and examples; of softmax that of ∂a_i/∂z_i.
        theta: θ in the order of ``Network.theta``, read-only, at the epochs recorded; else None.
        standardised_cost: the cost between outputs and targets as the network has them, which is what training drives
            down; None where the targets are not standardised, and the cost is just that.
        standardised_test_cost: the same of the examples held out.
    """

    epoch: int
    total_loss: float
    cost: float
    test_total_loss: float | None
    test_cost: float | None
    train_accuracy: float | None
    test_accuracy: float | None
    gradient_norms: tuple[float, ...]
    gain_means: tuple[float, ...]
    theta: Array | None
    standardised_cost: float | None = None
    standardised_test_cost: float | None = None


NOT_FINITE: Mapping[str, str] = MappingProxyType(
    {
        "loss": "the loss is not finite",
        "gradient": "the gradient is not finite",
        "parameters": "the parameters are not finite",
    }
)
"""What may have left the finite numbers, each with a sentence in English."""


class Diverged(Exception):
    """Training has left the finite numbers.

    Attributes:
        epoch: the epoch after which it was seen.
        code: a name in ``NOT_FINITE``.
        reason: its sentence.
        last: the last finite record, always with its θ; None if the very start is not finite.
    """

    def __init__(self, epoch: int, code: str, last: EpochRecord | None) -> None:
        """Keep all of it; ``str(error)`` says epoch and reason."""
        super().__init__(f"epoch {epoch}: {NOT_FINITE[code]}")
        self.epoch = epoch
        self.code = code
        self.reason = NOT_FINITE[code]
        self.last = last


@dataclass(frozen=True)
class Progress:
    """Where a step has led to.

    Attributes:
        epoch: how many epochs are complete.
        batch: which batch of its epoch the step belongs to, counted from 0.
        batches: how many batches an epoch has.
        examples: the places of the batch's examples that have been used so far.
        updated: whether θ has moved: the batch is complete.
    """

    epoch: int
    batch: int
    batches: int
    examples: tuple[int, ...]
    updated: bool

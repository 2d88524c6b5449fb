"""What training answers, described field by field: the data of each event, and the runs that are kept."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ...core.training.verdicts import VERDICTS
from ..network.schemas import LossName, Network
from ..wire.incoming.values import OneOf
from ..wire.outgoing.documents import Document, Finite, Title
from .schemas import Standardise, TrainingRequest

State = Literal["running", "finished", "diverged", "stopped"]

ROWS = "Places in the data set, or in xs, of the examples trained on, from 0."
TEST_ROWS = "Places of those held out, in the data set or in test_xs."
SHIFT = "The network is given (x - shift) / scale, column by column of x."
SCALE = "See shift; all 1 where nothing was standardised."
TARGET_SHIFT = "What the network answers is target_shift + target_scale · output, target by target."
TARGET_SCALE = "See target_shift; all 1 where targets are not standardised."
VERDICT = "What went wrong, as the record shows; null: nothing that is known of."
STANDARDISED = "Whether targets are standardised."


class EpochRecord(Document):
    """Data of the event ``epoch``: the state after an epoch."""

    epoch: int = Field(description="How many epochs lie behind; 0 is the state before training.")
    total_loss: float = Field(
        description="Sum of the losses over the examples trained on, without penalties, in the targets' own units."
    )
    cost: float = Field(description="Their mean.")
    test_total_loss: float | None = Field(description="Sum over the examples held out; null if there are none.")
    test_cost: float | None = Field(description="Their mean; null likewise.")
    train_accuracy: float | None = Field(
        description="Share of the examples trained on that is classified correctly; null for regression."
    )
    test_accuracy: float | None = Field(description="The same of those held out; null also if there are none.")
    gradient_norms: list[float] = Field(
        description="Per layer ‖∂L/∂w‖ of the total loss that training drives down, standardised if the targets are."
    )
    gain_means: list[float] = Field(description="Per layer the mean of |σ'(z)|.")
    theta: list[float] | None = Field(description="All parameters, of each layer w row by row, then b; or null.")
    standardised_cost: float | None = Field(
        default=None,
        description="Cost between outputs and targets as the network has them, which is what training drives down; "
        "null where targets are not standardised, and cost is just that.",
    )
    standardised_test_cost: float | None = Field(
        default=None, description="The same over the examples held out; null likewise."
    )


class Started(Document):
    """Data of the event ``started``, the first."""

    run: str | None = Field(description="Id under which the run is kept; null if it is not.")
    network: Network = Field(description="The network before training.")
    engine: str = Field(
        description="What runs small networks: numpy, or the compiled loops and the processor's vector registers that "
        "they are for. On one machine with one engine, the same request gives the same numbers to the last bit."
    )
    epochs: int = Field(description="How many epochs there will be.")
    examples: int = Field(description="How many examples are trained on.")
    test_examples: int = Field(description="How many are held out.")
    completed: int = Field(description="How many epochs are complete already; more than 0 where a run is continued.")
    rows: list[int] = Field(description=ROWS)
    test_rows: list[int] = Field(description=TEST_ROWS)
    shift: list[float] = Field(description=SHIFT)
    scale: list[float] = Field(description=SCALE)
    target_shift: list[float] = Field(description=TARGET_SHIFT)
    target_scale: list[float] = Field(description=TARGET_SCALE)
    standardised_targets: bool = Field(description=STANDARDISED)


class GivenExamples(Document):
    """The examples in their own units."""

    xs: list[list[float]] = Field(description="Inputs trained on.")
    targets: list[list[float]] = Field(description="Targets to xs.")
    test_xs: list[list[float]] = Field(description="Inputs held out; empty if there are none.")
    test_targets: list[list[float]] = Field(description="Targets to test_xs.")


class Examples(Document):
    """The data of a training as its network sees it."""

    xs: list[list[float]] = Field(description="Inputs trained on, standardised if that was asked for.")
    targets: list[list[float]] = Field(description="Targets to xs, standardised if that was asked for.")
    test_xs: list[list[float]] = Field(description="Inputs held out; empty if there are none.")
    test_targets: list[list[float]] = Field(description="Targets to test_xs.")
    labels: list[int] | None = Field(description="The class of each of xs, a place in class_names; null: regression.")
    test_labels: list[int] | None = Field(description="The same of test_xs; null: regression.")
    feature_names: list[str] = Field(description="The columns of x.")
    class_names: list[str] = Field(description="The classes; empty for regression.")
    rows: list[int] = Field(description=ROWS)
    test_rows: list[int] = Field(description=TEST_ROWS)
    shift: list[float] = Field(description=SHIFT)
    scale: list[float] = Field(description=SCALE)
    target_shift: list[float] = Field(description=TARGET_SHIFT)
    target_scale: list[float] = Field(description=TARGET_SCALE)
    standardised_targets: bool = Field(description=STANDARDISED)
    given: GivenExamples | None = Field(description="The same examples in their own units; null if they are the same.")


class StandardisedParts(Document):
    """Whether inputs are standardised, and whether targets."""

    inputs: bool = Field(description="Whether inputs are.")
    targets: bool = Field(description=STANDARDISED)


class Units(Document):
    """How the numbers of a run's network come from those of its data."""

    standardised: StandardisedParts = Field(description="What is standardised.")
    feature_names: list[str] = Field(description="The columns of x.")
    shift: list[float] = Field(description=SHIFT)
    scale: list[float] = Field(description=SCALE)
    target_shift: list[float] = Field(description=TARGET_SHIFT)
    target_scale: list[float] = Field(description=TARGET_SCALE)
    standardised_targets: bool = Field(description=STANDARDISED)


class Preview(Document):
    """All of a training before its first step."""

    network: Network = Field(description="The network before training.")
    examples: Examples = Field(description="What it would be trained on, and what would be held out.")
    record: EpochRecord = Field(description="The record of epoch 0, with its theta.")


class Example(Document):
    """One example of a run at one epoch: a body for POST /trace."""

    network: Network = Field(description="The network after that epoch.")
    x: list[float] = Field(description="Inputs, standardised if the run's are.")
    target: list[float] = Field(description="Target, standardised if the run's are.")
    loss: LossName = Field(description="The run's loss function.")


class DescentPath(Document):
    """The path of descent of a run."""

    epochs: list[int] = Field(description="Some of its recorded_epochs, the first and the last among them.")
    thetas: list[list[float]] = Field(
        description="θ at each of them, one row per epoch: of each layer w row by row, then b."
    )


class Progress(Document):
    """Data of the event ``progress``: where a piece of so many batches or examples has led to."""

    epoch: int = Field(description="How many epochs are complete.")
    batch: int = Field(description="Which batch of its epoch was worked on last, from 0.")
    batches: int = Field(description="How many batches an epoch has.")
    examples: list[int] = Field(description="Places in xs of the examples of that batch that have been used.")
    updated: bool = Field(description="Whether the parameters have moved: the batch is complete.")
    record: EpochRecord = Field(description="The state as it is now, with its theta.")


class Keeping(Document):
    """Data of the event ``keeping``: the store cannot be written now, or can again. Nothing is lost meanwhile."""

    kept: bool = Field(description="Whether all of the run so far is in the store.")
    pending: int = Field(description="Records that wait in memory to be written.")


class DatasetRemedy(Document):
    """What changes in the choice of a data set."""

    standardise: Standardise = Field(description="Its new standardise.")


class Remedy(Document):
    """A patch of the request, to be merged into it (RFC 7396)."""

    standardise: Standardise | None = Field(default=None, description="Beside xs: its new standardise.")
    dataset: DatasetRemedy | None = Field(default=None, description="With a data set.")


class Verdict(Document):
    """What went wrong with a training, as its record shows."""

    code: Annotated[str, OneOf(VERDICTS)] = Field(
        description="A stable word. unscaled_data: inputs or targets beyond 1000 as the network has them, and the "
        "training has diverged, or is after ten epochs (with saturated units at once) no better than the mean answer."
    )
    since_epoch: int = Field(description="The epoch from which on it is so.")
    evidence: dict[str, float] = Field(description="The numbers that say so, by name.")
    remedy: Remedy = Field(description="What mends it.")
    title: Title = Field(description="In a few words.")
    detail: Title = Field(description="In a sentence or two.")


class VerdictChange(Document):
    """Data of the event ``verdict``: from now on there is one, or no longer."""

    verdict: Verdict | None = Field(description=VERDICT)


class Finished(Document):
    """Data of the event ``finished``, the last of a training that came to its end."""

    epoch: int = Field(description="The last epoch.")
    last: EpochRecord = Field(description="Its record.")
    kept: bool = Field(description="Whether all of the run is in the store.")
    verdict: Verdict | None = Field(description=VERDICT)


class Diverged(Document):
    """Data of the event ``diverged``: training has left the finite numbers."""

    epoch: int = Field(description="The epoch after which it was seen.")
    code: Literal["loss", "gradient", "parameters"] = Field(description="What is not finite.")
    reason: str = Field(description="The same as a sentence, in English.")
    last: EpochRecord | None = Field(description="The last finite record, with its theta; null: not even the start.")
    kept: bool = Field(description="Whether all of the run is in the store.")
    verdict: Verdict | None = Field(description=VERDICT)


class Stopped(Document):
    """Data of the event ``stopped``: paused before its end. A run that is kept can be continued."""

    epoch: int = Field(description="How many epochs were complete.")
    reason: Literal["until", "client", "server", "time_limit", "error", "abandoned"] = Field(description="Why.")
    detail: str = Field(description="The same as a sentence, in English.")
    kept: bool = Field(description="Whether all of the run is in the store.")
    verdict: Verdict | None = Field(description=VERDICT)


Event = Started | EpochRecord | Progress | Keeping | VerdictChange | Finished | Diverged | Stopped
"""The data of one event of a training."""


class Ending(Document):
    """The last event of a run: its name, and its data."""

    event: Literal["finished", "diverged", "stopped"] = Field(description="Its name.")
    epoch: int = Field(description="How many epochs were complete.")
    kept: bool = Field(description="Whether all of the run is in the store.")
    code: str | None = Field(default=None, description="Of diverged: what is not finite.")
    reason: str | None = Field(default=None, description="Why it was stopped, or what is not finite.")
    detail: str | None = Field(default=None, description="Of stopped: the reason as a sentence.")
    last: EpochRecord | None = Field(default=None, description="Of finished and diverged: the last finite record.")


class RunSummary(Document):
    """One run, without its records."""

    id: str = Field(description="Its id.")
    state: State = Field(description="Whether it still runs, or how it ended.")
    started_at: float = Field(description="When it began, in seconds since 1970.")
    ended_at: float | None = Field(description="When it ended, or last paused; null while it runs.")
    last_epoch: int | None = Field(description="The last epoch whose parameters are kept; null if none is yet.")
    request: TrainingRequest = Field(description="The body that was sent; in the list without xs, targets and network.")


class RunList(Document):
    """All runs that are kept."""

    runs: list[RunSummary] = Field(description="The newest first.")


class Run(RunSummary):
    """One run with the record of every epoch."""

    network: Network = Field(description="The network before training.")
    ending: Ending | None = Field(description="Its last event; null while it runs, or if the server was killed.")
    verdict: Verdict | None = Field(description=VERDICT[:-1] + ", or it still runs.")
    progress: Progress | None = Field(description="Where it stands inside an epoch; null at the end of one.")
    records: list[EpochRecord] = Field(
        description="The records of all epochs so far, or of the page that was asked for; theta always null."
    )
    next: str | None = Field(description="Path of the next page of records; null if there are no more by now.")
    recorded_epochs: list[int] = Field(description="The epochs whose network is kept: GET /runs/{id}/network?epoch=.")


FollowedEvent = RunSummary | EpochRecord | Finished | Diverged | Stopped
"""The data of one event of a run that is followed."""


class DatasetExamples(Document):
    """The examples of a data set."""

    name: str = Field(description="Name.")
    title: Title = Field(description="Its name for people.")
    kind: Literal["classification", "regression"] = Field(description="What is to be learnt.")
    xs: list[Finite] = Field(description="Inputs, one row per example.")
    targets: list[Finite] = Field(description="Targets: one number per class, 1 at its own; the value for regression.")
    labels: list[int] | None = Field(description="The class of each example, a place in class_names; else null.")
    feature_names: list[str] = Field(description="The columns of xs.")
    class_names: list[str] = Field(description="The classes; empty for regression.")
    parameters: dict[str, float] = Field(description="n, noise and seed as used; empty for measured data.")
    source: str | None = Field(description="Who published it; null for made data.")
    licence: str | None = Field(description="Under which licence; null for made data.")

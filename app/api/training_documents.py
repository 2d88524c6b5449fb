"""What training answers, described field by field: the data of each event, and the runs that are kept."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from .documents import Document
from .schemas import Network

State = Literal["running", "finished", "diverged", "stopped"]


class EpochRecord(Document):
    """Data of the event ``epoch``: the state after an epoch."""

    epoch: int = Field(description="How many epochs lie behind; 0 is the state before training.")
    total_loss: float = Field(description="Sum of the losses over the examples trained on, without penalties.")
    cost: float = Field(description="Their mean.")
    test_total_loss: float | None = Field(description="Sum over the examples held out; null if there are none.")
    test_cost: float | None = Field(description="Their mean.")
    accuracy: float | None = Field(description="Share of those held out that is classified rightly; null: regression.")
    train_accuracy: float | None = Field(description="The same of the examples trained on.")
    gradient_norms: list[float] = Field(description="Per layer ‖∂L/∂w‖ of the total loss.")
    gain_means: list[float] = Field(description="Per layer the mean of |σ'(z)|.")
    theta: list[float] | None = Field(description="All parameters, of each layer w row by row, then b; or null.")


class Started(Document):
    """Data of the event ``started``, the first."""

    run: str | None = Field(description="Id under which the run is kept; null if it is not.")
    network: Network = Field(description="The network before training.")
    epochs: int = Field(description="How many epochs there will be.")
    examples: int = Field(description="How many examples are trained on.")
    test_examples: int = Field(description="How many are held out.")
    rows: list[int] = Field(description="Places in the data set of the examples trained on, from 0.")
    test_rows: list[int] = Field(description="Places of those held out, in the data set or in test_xs.")
    shift: list[float] = Field(description="The network is given (x - shift) / scale, column by column of x.")
    scale: list[float] = Field(description="See shift; all 1 where nothing was standardised.")


class Finished(Document):
    """Data of the event ``finished``, the last of a training that came to its end."""

    epoch: int = Field(description="The last epoch.")
    last: EpochRecord = Field(description="Its record.")
    kept: bool = Field(description="Whether all of the run is in the store.")


class Diverged(Document):
    """Data of the event ``diverged``: training has left the finite numbers."""

    epoch: int = Field(description="The epoch after which it was seen.")
    reason: str = Field(description="What is not finite.")
    last: EpochRecord | None = Field(description="The last finite record, with its theta; null: not even the start.")
    kept: bool = Field(description="Whether all of the run is in the store.")


class Stopped(Document):
    """Data of the event ``stopped``: ended before its end."""

    epoch: int = Field(description="How many epochs were complete.")
    reason: Literal["client", "server", "time_limit", "error"] = Field(description="Who ended it.")
    detail: str = Field(description="The same as a sentence.")
    kept: bool = Field(description="Whether all of the run is in the store.")


Event = Started | EpochRecord | Finished | Diverged | Stopped
"""The data of one event of a training."""


class RunSummary(Document):
    """One run, without its records."""

    id: str = Field(description="Its id.")
    state: State = Field(description="Whether it still runs, or how it ended.")
    started_at: float = Field(description="When it began, in seconds since 1970.")
    ended_at: float | None = Field(description="When it ended; null while it runs.")
    last_epoch: int | None = Field(description="The last epoch whose parameters are kept; null if none is yet.")
    request: dict[str, Any] = Field(description="The body that was sent; in the list without xs, targets and network.")


class RunList(Document):
    """All runs that are kept."""

    runs: list[RunSummary] = Field(description="The newest first.")


class Run(RunSummary):
    """One run with the record of every epoch."""

    network: Network = Field(description="The network before training.")
    ending: Finished | Diverged | Stopped | None = Field(description="Data of its last event; null if there was none.")
    records: list[EpochRecord] = Field(description="The records of all epochs so far, theta always null.")
    recorded_epochs: list[int] = Field(description="The epochs whose network is kept: GET /runs/{id}/network?epoch=.")

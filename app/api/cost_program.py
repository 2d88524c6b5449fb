"""A cost over many examples as a program: what is asked for, and what the answer looks like."""

from __future__ import annotations

from typing import Any, Final, Literal

import numpy as np
from pydantic import Field

from ..snippets import DATA_FILE, Question
from . import examples
from .documents import Document
from .problems import InputError, invalid
from .schemas import CostLanguage, LossName, Network, documented
from .shapes import FIRST, LAST, Errors, check_loss, core_network, lay_out, misfit, ragged
from .training_schemas import ReductionName, Rows
from .validation import Body

INLINE: Final[dict[str, Any]] = {
    "network": examples.LECTURE_NETWORK,
    "xs": [[1, -1], [0, 0], [-1, 0]],
    "targets": [[1, 0], [1, 0], [0, 1]],
    "loss": "half_squared_error",
    "language": "numpy",
}
FROM_FILE: Final[dict[str, Any]] = {
    "network": examples.CLASSIFIER["network"],
    "xs": [[0.8, -0.4], [-1, 0.5]],
    "targets": [[0, 1], [1, 0]],
    "test_xs": [[0.3, 0.3]],
    "test_targets": [[1, 0]],
    "loss": "cross_entropy",
    "language": "pytorch",
    "data": "file",
}


class CostProgramRequest(Body):
    """A network and its data, of which a program is to compute the cost."""

    model_config = documented(INLINE, FROM_FILE)

    network: Network = Field(description="The network.")
    xs: Rows = Field(description="Inputs as the network sees them, one row per example.")
    targets: Rows = Field(description="Targets, one row per example.")
    test_xs: Rows | None = Field(default=None, description="Inputs held out; their cost is computed too.")
    test_targets: Rows | None = Field(default=None, description="Targets of those held out; with test_xs only.")
    loss: LossName = Field(description="Loss function of one example.")
    reduction: ReductionName = Field(
        default="mean", description="What the training's steps followed, as in POST /training; a comment says so."
    )
    language: CostLanguage = Field(description="What the program is written with.")
    data: Literal["inline", "file"] = Field(
        default="inline",
        description=f"Whether the data stand in the program, or it reads them from {DATA_FILE} beside it.",
    )

    def name_count(self) -> int:
        """Its own names and those of the network."""
        return len(self.model_fields_set) + self.network.name_count()


class CostProgram(Document):
    """A cost over many examples as a program."""

    language: CostLanguage = Field(description="What it is written with.")
    code: str = Field(description="The program; it runs as it stands, beside its data if it reads them from a file.")
    file: str | None = Field(
        description="The file of JSON it reads, with xs, targets and where they were given test_xs and test_targets; "
        "null if the data stand in the program."
    )


def sizes_of(request: CostProgramRequest) -> tuple[int, ...]:
    """Units per layer of the network of a request.

    Raises:
        Problem: the request does not hold together.
    """
    errors: Errors = []
    sizes = lay_out(request.network, [], errors)
    if (request.test_xs is None) != (request.test_targets is None):
        missing = "/test_targets" if request.test_targets is None else "/test_xs"
        errors.append(InputError(missing, "missing", "Expected test_xs and test_targets together, or neither."))
    for prefix, xs, targets in (
        ("/", request.xs, request.targets),
        ("/test_", request.test_xs or [], request.test_targets or []),
    ):
        errors += ragged(xs, sizes[0], FIRST, f"{prefix}xs")
        errors += ragged(targets, sizes[-1], LAST, f"{prefix}targets")
        if xs and targets and len(targets) != len(xs):
            errors.append(misfit(f"{prefix}targets", len(xs), "one per row of the inputs", len(targets)))
    check_loss(request.network, request.loss, errors)
    if errors:
        raise invalid(errors)
    return sizes


def question_of(request: CostProgramRequest) -> Question:
    """A checked request in the words of the snippets."""
    network = core_network(request.network)
    has_test = request.test_xs is not None
    return Question(
        network,
        request.loss,
        np.array(request.xs, dtype=np.float64),
        np.array(request.targets, dtype=np.float64),
        np.array(request.test_xs, dtype=np.float64) if has_test else None,
        np.array(request.test_targets, dtype=np.float64) if has_test else None,
        request.data == "file",
        request.reduction,
    )

"""A cost over many examples as a program: what is asked for, and what the answer looks like."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

import numpy as np
from pydantic import (
    Field,
)

from ...core.training.scaling import VALUE_LOSSES
from ...snippets.cost_code import COST_LANGUAGES, DATA_FILE, Question
from ..network import examples as network_examples
from ..network.schemas import LossName, ReductionName
from ..network.shapes import Errors, check_loss, core_network
from ..wire.documenting import documented
from ..wire.incoming.values import OneOf
from ..wire.outgoing.documents import Document
from ..wire.problems import InputError, invalid
from .network_and_data import NetworkAndData, laid_out, scalings

INLINE: Final[dict[str, Any]] = {
    "network": network_examples.LECTURE_NETWORK,
    "xs": [[1, -1], [0, 0], [-1, 0]],
    "targets": [[1, 0], [1, 0], [0, 1]],
    "loss": "half_squared_error",
    "language": "numpy",
}
FROM_FILE: Final[dict[str, Any]] = {
    "network": network_examples.CLASSIFIER_NETWORK,
    "xs": [[0.8, -0.4], [-1, 0.5]],
    "targets": [[0, 1], [1, 0]],
    "test_xs": [[0.3, 0.3]],
    "test_targets": [[1, 0]],
    "loss": "cross_entropy",
    "language": "pytorch",
    "data": "file",
}


class CostProgramRequest(NetworkAndData):
    """A network and its data, of which a program is to compute the cost."""

    model_config = documented(INLINE, FROM_FILE)

    loss: LossName = Field(description="Loss function of one example.")
    reduction: ReductionName = Field(
        default="mean", description="What the training's steps followed, as in POST /training; a comment says so."
    )
    language: CostLanguage = Field(description="What the program is written with.")
    data: Literal["inline", "file"] = Field(
        default="inline",
        description=f"Whether the data stand in the program, or it reads them from {DATA_FILE} beside it.",
    )


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
    sizes = laid_out(request, errors)
    _, of_targets = scalings(request.scaling)
    if of_targets is not None and request.loss not in VALUE_LOSSES:
        errors.append(InputError("/scaling", "loss_does_not_fit", f"The targets of {request.loss} have no scale."))
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
        *scalings(request.scaling),
    )


CostLanguage = Annotated[str, OneOf(COST_LANGUAGES)]

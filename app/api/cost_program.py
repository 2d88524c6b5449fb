"""A cost over many examples as a program: what is asked for, and what the answer looks like."""

from __future__ import annotations

from typing import Any, Final, Literal

import numpy as np
from pydantic import Field

from ..core.scaling import VALUE_LOSSES, Scaling
from ..snippets import DATA_FILE, Question
from . import examples
from .documents import Document
from .problems import InputError, invalid
from .schemas import CostLanguage, LossName, Network, Vector, documented
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


class ScalingChoice(Body):
    """How the network's numbers come from those of the data, as GET /runs/{id}/examples tells it."""

    shift: Vector = Field(description="The network is given (x - shift) / scale, column by column of x.")
    scale: Vector = Field(description="See shift; more than 0.")
    target_shift: Vector = Field(description="It is asked for (target - target_shift) / target_scale.")
    target_scale: Vector = Field(description="See target_shift; more than 0.")


class CostProgramRequest(Body):
    """A network and its data, of which a program is to compute the cost."""

    model_config = documented(INLINE, FROM_FILE)

    network: Network = Field(description="The network.")
    xs: Rows = Field(
        description="Inputs, one row per example: as the network has them, or with scaling in their own units."
    )
    targets: Rows = Field(description="Targets, one row per example.")
    test_xs: Rows | None = Field(default=None, description="Inputs held out; their cost is computed too.")
    test_targets: Rows | None = Field(default=None, description="Targets of those held out; with test_xs only.")
    loss: LossName = Field(description="Loss function of one example.")
    reduction: ReductionName = Field(
        default="mean", description="What the training's steps followed, as in POST /training; a comment says so."
    )
    language: CostLanguage = Field(description="What the program is written with.")
    scaling: ScalingChoice | None = Field(
        default=None,
        description="With it the program standardises by itself: xs and targets, and so cost, are in their own "
        "units. Null: the data are as the network has them.",
    )
    data: Literal["inline", "file"] = Field(
        default="inline",
        description=f"Whether the data stand in the program, or it reads them from {DATA_FILE} beside it.",
    )

    def name_count(self) -> int:
        """Its own names and those of the objects inside."""
        inner = 0 if self.scaling is None else self.scaling.name_count()
        return len(self.model_fields_set) + self.network.name_count() + inner


class CostProgram(Document):
    """A cost over many examples as a program."""

    language: CostLanguage = Field(description="What it is written with.")
    code: str = Field(description="The program; it runs as it stands, beside its data if it reads them from a file.")
    file: str | None = Field(
        description="The file of JSON it reads, with xs, targets and where they were given test_xs and test_targets; "
        "null if the data stand in the program."
    )


def _of_scaling(request: CostProgramRequest, sizes: tuple[int, ...]) -> Errors:
    """What is wrong with the scaling of a request."""
    scaling = request.scaling
    errors: Errors = []
    if scaling is None:
        return errors
    if (
        request.loss not in VALUE_LOSSES
        and Scaling(np.array(scaling.target_shift), np.array(scaling.target_scale)).changes
    ):
        errors.append(InputError("/scaling", "loss_does_not_fit", f"The targets of {request.loss} have no scale."))
    for prefix, count, what in (("", sizes[0], FIRST), ("target_", sizes[-1], LAST)):
        for name in (f"{prefix}shift", f"{prefix}scale"):
            if len(getattr(scaling, name)) != count:
                errors.append(misfit(f"/scaling/{name}", count, what, len(getattr(scaling, name))))
        for place, value in enumerate(getattr(scaling, f"{prefix}scale")):
            if value <= 0:
                errors.append(InputError(f"/scaling/{prefix}scale/{place}", "too_small", "Expected more than 0."))
    return errors


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
    errors += _of_scaling(request, sizes)
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
        *_scalings(request.scaling),
    )


def _scalings(chosen: ScalingChoice | None) -> tuple[Scaling | None, Scaling | None]:
    """Of x and of the targets; None where nothing changes, so that the program need not mention it."""
    if chosen is None:
        return None, None
    both = (chosen.shift, chosen.scale), (chosen.target_shift, chosen.target_scale)
    inputs, targets = (Scaling(np.array(shift), np.array(scale)) for shift, scale in both)
    return inputs if inputs.changes else None, targets if targets.changes else None

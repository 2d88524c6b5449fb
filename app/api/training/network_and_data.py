"""A network and the data that it was trained on, in the data's own units: what programs and fit plots are asked of."""

from __future__ import annotations

import numpy as np
from pydantic import Field

from ...core.training.scaling import Scaling
from ..network.schemas import Network
from ..network.shapes import FIRST, LAST, Errors, lay_out, misfit, ragged
from ..wire.incoming.validation import Body
from ..wire.incoming.values import Vector
from ..wire.problems import InputError
from .schemas import Rows


class ScalingChoice(Body):
    """How the network's numbers come from those of the data, as GET /runs/{id}/examples tells it."""

    shift: Vector = Field(description="The network is given (x - shift) / scale, column by column of x.")
    scale: Vector = Field(description="See shift; more than 0.")
    target_shift: Vector = Field(description="It is asked for (target - target_shift) / target_scale.")
    target_scale: Vector = Field(description="See target_shift; more than 0.")


class NetworkAndData(Body):
    """A network, examples, and how the network's numbers come from theirs."""

    network: Network = Field(description="The network.")
    xs: Rows = Field(
        description="Inputs, one row per example: as the network has them, or with scaling in their own units."
    )
    targets: Rows = Field(description="Targets, one row per example, likewise.")
    test_xs: Rows | None = Field(default=None, description="Inputs held out; what is asked for is said of them too.")
    test_targets: Rows | None = Field(default=None, description="Targets of those held out; with test_xs only.")
    scaling: ScalingChoice | None = Field(
        default=None,
        description="With it the server standardises by itself: xs, targets and what is said of them are in their own "
        "units. Null: the data are as the network has them.",
    )

    def name_count(self) -> int:
        """Its own names and those of the objects inside."""
        inner = 0 if self.scaling is None else self.scaling.name_count()
        return len(self.model_fields_set) + self.network.name_count() + inner


def _of_scaling(scaling: ScalingChoice | None, sizes: tuple[int, ...]) -> Errors:
    """What is wrong with the scaling of a request."""
    errors: Errors = []
    for prefix, count, what in (("", sizes[0], FIRST), ("target_", sizes[-1], LAST)) if scaling is not None else ():
        for name in (f"{prefix}shift", f"{prefix}scale"):
            if len(getattr(scaling, name)) != count:
                errors.append(misfit(f"/scaling/{name}", count, what, len(getattr(scaling, name))))
        for place, value in enumerate(getattr(scaling, f"{prefix}scale")):
            if value <= 0:
                errors.append(InputError(f"/scaling/{prefix}scale/{place}", "too_small", "Expected more than 0."))
    return errors


def laid_out(request: NetworkAndData, errors: Errors) -> tuple[int, ...]:
    """Units per layer of the network of a request; what does not hold together is added to the errors."""
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
    errors += _of_scaling(request.scaling, sizes)
    return sizes


def scalings(chosen: ScalingChoice | None) -> tuple[Scaling | None, Scaling | None]:
    """Of x and of the targets; None where nothing changes, so that the program need not mention it."""
    if chosen is None:
        return None, None
    both = (chosen.shift, chosen.scale), (chosen.target_shift, chosen.target_scale)
    inputs, targets = (Scaling(np.array(shift), np.array(scale)) for shift, scale in both)
    return inputs if inputs.changes else None, targets if targets.changes else None

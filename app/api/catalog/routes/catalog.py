"""What there is to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import cache, lru_cache
from typing import Annotated, Any

import numpy as np
from fastapi import Query, Request
from starlette.responses import Response

from ....core.functions.activations import ACTIVATIONS, Activation, derivative, samples
from ....core.functions.choices import NONE, Choices
from ....core.functions.initializers import INITIALIZERS
from ....core.functions.losses import LOSSES, Loss
from ....core.functions.optimizers import OPTIMIZERS
from ....core.functions.reductions import REDUCTIONS
from ....core.functions.schedules import SCHEDULES
from ....core.functions.usual import USUAL_ENDS
from ....core.mistakes.conventions import CONVENTIONS
from ....core.mistakes.rules.misconception import Misconception
from ....core.mistakes.rules.registry import RULES
from ....core.mistakes.rules.rule import Rule
from ....core.mistakes.slips import BATCH_SLIPS, SLIPS
from ....library.datasets import ALL_SETS
from ...services import ServicesHere
from ...wire.documenting import errors
from ...wire.incoming.fields import wanted_of
from ...wire.outgoing.encoding import encode
from ...wire.outgoing.lasting import NOT_MODIFIED, Lasting
from ...wire.routing import json_router
from .. import documents

router = json_router("Catalogue")


def activation_entry(entry: Activation) -> dict[str, Any]:
    """One activation function; at a kink, the derivative that is used there."""
    return {
        **described(entry),
        "derivative": entry.derivative_formula,
        "label": dict(entry.label),
        "aliases": list(entry.aliases),
        "last_layer_only": entry.last_layer_only,
        "reads_whole_layer": entry.reads_whole_layer,
        "shares": entry.shares,
        "bounds": entry.bounds,
        "curve": samples(entry),
        "kinks": [{"at": z, "derivative": float(derivative(entry.name, np.array([z]))[0])} for z in entry.kinks],
    }


def loss_entry(entry: Loss) -> dict[str, Any]:
    """One loss function; a kink is a value of y - target, with the derivative that is used there."""
    return {
        **described(entry),
        "derivative": entry.derivative_formula,
        "outputs": list(entry.outputs),
        "least_outputs": entry.least_outputs,
        "uses_target": entry.uses_target,
        "kinks": [{"at": y, "derivative": float(entry.derivative(y, y, y, 0.0, np))} for y in entry.kinks],
    }


def described(entry: Any) -> dict[str, Any]:
    """What every registry entry that is a formula says of itself."""
    return {
        "name": entry.name,
        "title": dict(entry.title),
        "formula": entry.formula,
        **tunable(getattr(entry, "choices", NONE)),
    }


def tunable(choices: Choices) -> dict[str, Any]:
    """The parameters of an entry: what they are by default, and from where to where they may go."""
    return {
        "parameters": dict(choices.defaults),
        "parameter_limits": {name: list(bounds) for name, bounds in choices.limits.items()},
    }


def dataset_entry(entry: Any) -> dict[str, Any]:
    """One data set; a real one with where it comes from, a made one (whose source is null) with what it is made by."""
    return {
        "name": entry.name,
        "title": dict(entry.title),
        "description": dict(entry.description),
        "kind": entry.kind,
        "source": getattr(entry, "source", None),
        "licence": getattr(entry, "licence", None),
        "feature_names": list(entry.feature_names),
        "class_names": list(entry.class_names),
        **tunable(entry.choices),
    }


def misconception_entry(entry: Misconception) -> dict[str, Any]:
    """A wrong way of calculating; of a rule also its formulas, where it applies, and whether a check finds it."""
    described: dict[str, Any] = {
        "name": entry.name,
        "title": dict(entry.title),
        "description": dict(entry.description),
        **tunable(NONE),
    }
    if isinstance(entry, Rule):
        described |= {
            "formula": entry.formula,
            "right_formula": entry.right_formula,
            "needs": dict(entry.needs),
            "notice": dict(entry.notice),
            "check": {"caught": entry.caught, "why": dict(entry.check)},
            "several_examples": entry.several_examples,
        }
    return described


def catalog(limits: Mapping[str, int]) -> dict[str, Any]:
    """The whole catalogue; everything in it comes from a registry or a setting."""
    batch_only = (entry for name, entry in BATCH_SLIPS.items() if name not in RULES)
    return {
        "activations": [activation_entry(entry) for entry in ACTIVATIONS.values()],
        "losses": [loss_entry(entry) for entry in LOSSES.values()],
        "initializers": [described(entry) for entry in INITIALIZERS.values()],
        "optimizers": [described(entry) for entry in OPTIMIZERS.values()],
        "schedules": [described(entry) for entry in SCHEDULES.values()],
        "reductions": [described(entry) for entry in REDUCTIONS.values()],
        "datasets": [dataset_entry(entry) for entry in ALL_SETS.values()],
        "rules": [misconception_entry(entry) for entry in RULES.values()],
        "slips": [misconception_entry(entry) for entry in (*SLIPS.values(), *batch_only)],
        "conventions": [
            {"name": entry.name, "title": dict(entry.title), "description": dict(entry.description)}
            for entry in CONVENTIONS.values()
        ],
        "usual_ends": [asdict(entry) for entry in USUAL_ENDS],
        "limits": dict(limits),
    }


FIELDS = tuple(documents.Catalog.model_fields)
Fields = Annotated[
    str | None,
    Query(
        description="The parts of the catalogue that are wanted, separated by commas. By default, and if null, all.",
        examples=[",".join(FIELDS)],
    ),
]
MOST_KEPT = 32
"""Selections of parts that are kept, written and compressed; others are written when they are asked for."""


@cache
def _catalog(limits: tuple[tuple[str, int], ...]) -> Mapping[str, Any]:
    return catalog(dict(limits))


@lru_cache(maxsize=MOST_KEPT)
def _answer(limits: tuple[tuple[str, int], ...], wanted: frozenset[str]) -> Lasting:
    return Lasting.of(encode({name: part for name, part in _catalog(limits).items() if name in wanted}))


@router.get(
    "/catalog",
    response_model=documents.Catalog,
    responses={**NOT_MODIFIED, **errors()},
    summary="Everything there is to choose from",
)
async def get_catalog(services: ServicesHere, request: Request, fields: Fields = None) -> Response:
    """All registries by name, from activations to data sets, with their formulas in LaTeX; and the limits."""
    wanted = frozenset(FIELDS) if fields is None else wanted_of(fields, FIELDS)
    return _answer(tuple(services.limits.items()), wanted).response(request.scope)

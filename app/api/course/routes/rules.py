"""Training by a wrong rule, laid over training done rightly."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from fastapi import Body, Path
from starlette.responses import Response

from ....core.mistakes.rules.registry import RULES
from ....core.mistakes.rules.rule import DoesNotApply, Rule
from ....core.mistakes.rules.training import histories
from ....core.training.recipe import Examples
from ....looking import look_up
from ...bounds.limits import check_network
from ...network.shapes import FIRST, LAST, Errors, check_loss, core_network, lay_out, misfit, ragged
from ...services import ServicesHere
from ...wire.documenting import INPUT, errors, named
from ...wire.outgoing.encoding import encode
from ...wire.problems import NOT_FOUND, TOO_BUSY, InputError, Problem, invalid
from ...wire.routing import JSONBytes, json_router
from .. import rule_documents, rule_examples
from ..rule_schemas import MAX_EXAMPLES, MAX_LAYERS, MAX_PASSES, MAX_UNITS, RuleTrainingRequest

router = json_router("Course")

TrainingBody = Annotated[
    RuleTrainingRequest,
    Body(openapi_examples=named(lecture=("The lecture's network", rule_examples.RULE_TRAINING))),
]
Name = Annotated[str, Path(description="Name of a rule, as in the catalogue.", examples=["no_hidden_gain"])]


def check(body: RuleTrainingRequest) -> tuple[int, ...]:
    """Units per layer of the network of a request that holds together.

    Raises:
        Problem: it does not, or is too large.
    """
    errors_: Errors = []
    sizes = lay_out(body.network, [], errors_)
    errors_ += ragged(body.xs, sizes[0], FIRST, "/xs")
    errors_ += ragged(body.targets, sizes[-1], LAST, "/targets")
    if len(body.targets) != len(body.xs):
        errors_.append(misfit("/targets", len(body.xs), "one per row of xs", len(body.targets)))
    check_loss(body.network, body.loss, errors_)
    for pointer, came, most, what in (
        ("/network/layers", len(sizes) - 1, MAX_LAYERS, "layers"),
        ("/network/layers", max(sizes), MAX_UNITS, "units in a layer, the inputs included"),
        ("/xs", len(body.xs), MAX_EXAMPLES, "examples"),
        ("/steps", body.steps * min(len(body.xs), MAX_EXAMPLES), MAX_PASSES, "steps × examples"),
    ):
        if came > most:
            detail = f"Expected at most {most} {what}; got {came}."
            errors_.append(InputError(pointer, "too_large", detail, {"most": most}))
    if errors_:
        raise invalid(errors_)
    return sizes


def answer(rule: Rule, body: RuleTrainingRequest) -> bytes:
    """Both histories as JSON."""
    network = core_network(body.network)
    try:
        data = Examples(np.array(body.xs), np.array(body.targets))
        made = histories(rule, network, data, body.loss, body.learning_rate, body.reduction, body.steps, look_up)
    except DoesNotApply as refusal:
        raise invalid([InputError("/network", "rule_does_not_apply", str(refusal))]) from None
    return encode({"rule": rule.name, "right": made.right, "wrong": made.wrong})


@router.post(
    "/rules/{name}/training",
    response_model=rule_documents.RuleTraining,
    responses=errors(*INPUT, NOT_FOUND, TOO_BUSY),
    summary="Train with a bug beside training without",
)
def post_rule_training(name: Name, body: TrainingBody, services: ServicesHere) -> Response:
    """The cost before and after every step of two descents from the same start: one right, one by the rule."""
    rule = RULES.get(name)
    if rule is None:
        raise Problem(NOT_FOUND, "No rule has this name; the catalogue lists all rules.")
    check_network(check(body), services.limits, "/network/layers")
    return JSONBytes(answer(rule, body))

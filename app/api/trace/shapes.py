"""What several fields of a request must have in common, and the way from a checked request to the core's terms.

One pass over the lists both checks that the shapes chain and lays the numbers out flat, in the order in which the
core keeps what is given: x, target, then of each layer w row by row and b,
then with momentum μ and the previous change in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, pairwise

from ...core.mistakes.rules.registry import RULES
from ...core.mistakes.rules.rule import DoesNotApply, Rule
from ...core.record.layout import Structure, layout
from ...core.record.parameter import NoParameter, Parameter, parameter_at
from ..network.shapes import FIRST, LAST, Errors, check_loss, lay_out, misfit, ragged
from ..wire.problems import InputError, Problem, invalid
from .schemas import BatchRequest, PassRequest, TraceRequest


def structure_of(request: TraceRequest, ruled: bool = False) -> tuple[Structure, list[float]]:
    """The structure of a trace request and its given numbers, flat.

    Args:
        request: the request.
        ruled: whether it may name a wrong rule; what cannot follow one must not look as if it did.

    Raises:
        Problem: the request does not hold together.
    """
    errors: Errors = []
    signal = request.signal
    given = [*request.x, *request.target] if signal is None else [*request.x, *request.target, *signal]
    sizes = lay_out(request.network, given, errors)
    if len(request.x) != sizes[0]:
        errors.append(misfit("/x", sizes[0], FIRST, len(request.x)))
    if len(request.target) != sizes[-1]:
        errors.append(misfit("/target", sizes[-1], LAST, len(request.target)))
    if signal is not None and len(signal) != sizes[-1]:
        errors.append(misfit("/signal", sizes[-1], LAST, len(signal)))
    if signal is not None and request.learning_rate is not None:
        detail = "Expected no learning rate beside a signal of one's own: what comes back is no gradient to descend."
        errors.append(InputError("/learning_rate", "not_with_signal", detail))
    if request.rule is not None and not ruled:
        errors.append(InputError("/rule", "rule_does_not_fit", "Expected no rule here: this asks for what is right."))
    given += moved(request, sizes, errors)
    check_loss(request.network, request.loss, errors)
    if errors:
        raise invalid(errors)
    freeze = tuple(sorted(set(request.freeze))) if request.freeze else ()
    activations = tuple([layer.key for layer in request.network.layers])
    learning = request.learning_rate is not None
    moving = request.momentum is not None
    return Structure(sizes, activations, request.loss, learning, freeze, signal is not None, moving), given


def moved(request: TraceRequest, sizes: Sequence[int], errors: Errors) -> list[float]:
    """μ and the previous change, flat; note in ``errors`` what does not go together, or where the shapes differ."""
    momentum, previous = request.momentum, request.previous_change
    if momentum is None:
        if previous is not None:
            detail = "Expected a momentum beside a previous change: it says how much of that change goes on."
            errors.append(InputError("/previous_change", "needs_momentum", detail))
        return []
    if request.learning_rate is None:
        detail = "Expected a learning rate beside a momentum: without one there is no update."
        errors.append(InputError("/momentum", "needs_learning_rate", detail))
    if request.rule is not None:
        detail = "Expected no momentum beside a wrong rule: the rules know plain gradient descent only."
        errors.append(InputError("/momentum", "not_with_rule", detail))
    shapes = list(pairwise(sizes))
    if previous is None:
        return [momentum, *[0.0] * sum(after * (before + 1) for before, after in shapes)]
    if len(previous.layers) != len(shapes):
        reason = "one per computing layer"
        errors.append(misfit("/previous_change/layers", len(shapes), reason, len(previous.layers)))
        return []
    flat = [momentum]
    for index, (layer, (before, after)) in enumerate(zip(previous.layers, shapes, strict=True)):
        pointer = f"/previous_change/layers/{index}"
        for name, rows in (("w", layer.w), ("b", layer.b)):
            if len(rows) != after:
                errors.append(misfit(f"{pointer}/{name}", after, "one per unit of the layer", len(rows)))
        errors += ragged(layer.w, before, "one per column of the layer's w", f"{pointer}/w")
        flat += [*chain.from_iterable(layer.w), *layer.b]
    return flat


def without_update(structure: Structure, given: list[float]) -> tuple[Structure, list[float]]:
    """The structure and the given numbers of the same passes without an update: it plays no part in what is asked."""
    still = structure._replace(learning=False, freeze=(), momentum=False)
    return still, given[: layout(still).given_count]


def without_momentum(request: PassRequest) -> None:
    """Refuse momentum where the update is that of plain gradient descent. Raises ``Problem``."""
    for name in ("momentum", "previous_change"):
        if getattr(request, name) is not None:
            detail = "Expected no momentum here: the mistakes known are those of plain gradient descent."
            raise invalid([InputError(f"/{name}", "not_with_rule", detail)])


@contextmanager
def inside(pointer: str) -> Iterator[None]:
    """Have the errors found in an object that stands at ``pointer`` of the body point there."""
    try:
        yield
    except Problem as problem:
        errors = [
            InputError(pointer + each.pointer, each.code, each.detail, each.params) for each in problem.errors or ()
        ]
        raise Problem(problem.kind, problem.detail, errors=errors, headers=problem.headers, **problem.members) from None


def parameter_of(structure: Structure, pointer: str, inputs: bool) -> Parameter:
    """The weight, bias or (if ``inputs``) input of x that a request names.

    Raises:
        Problem: there is none at this address.
    """
    try:
        parameter = parameter_at(structure.sizes, pointer)
    except NoParameter:
        parameter = None
    if parameter is None or (parameter.name == "x" and not inputs):
        wanted = "a weight, a bias or an input" if inputs else "a weight or a bias"
        detail = f"Expected the address of {wanted} of this network, such as /layers/0/w/0/0; there is none here."
        raise invalid([InputError("/pointer", "no_such_parameter", detail)])
    return parameter


def without_signal(request: TraceRequest) -> None:
    """Refuse a signal where the loss's own derivatives are asked for. Raises ``Problem``."""
    if request.signal is not None:
        detail = "Expected no signal here: this asks for the derivatives of the loss."
        raise invalid([InputError("/signal", "signal_does_not_fit", detail)])


def rule_of(name: str, structure: Structure) -> Rule:
    """The rule that a request names.

    Raises:
        Problem: it would change nothing in this network.
    """
    rule = RULES[name]
    try:
        rule.require(structure)
    except DoesNotApply as refusal:
        raise invalid([InputError("/rule", "rule_does_not_apply", str(refusal))]) from None
    return rule


def computed_position(structure: Structure, pointer: str) -> int:
    """The position of the computed number that a request names.

    Raises:
        Problem: there is none at this address.
    """
    spans = layout(structure)
    position = spans.position.get(pointer, -1)
    if position < spans.given_count:
        detail = (
            "Expected the address of a number that the trace of this request computes, such as /layers/0/z/0; there is "
            "none here."
        )
        raise invalid([InputError("/pointer", "no_such_number", detail)])
    return position


def check_batch_shapes(request: BatchRequest) -> tuple[int, ...]:
    """Units per layer of the network of a batch request.

    Raises:
        Problem: the request does not hold together.
    """
    errors: Errors = []
    sizes = lay_out(request.network, [], errors)
    errors += ragged(request.xs, sizes[0], FIRST, "/xs")
    errors += ragged(request.targets, sizes[-1], LAST, "/targets")
    if len(request.targets) != len(request.xs):
        errors.append(misfit("/targets", len(request.xs), "one per row of xs", len(request.targets)))
    check_loss(request.network, request.loss, errors)
    if errors:
        raise invalid(errors)
    return sizes

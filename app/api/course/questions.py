"""From a request for a diagnosis to the question that the core answers, for one example or several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from ...core.arrays import Array
from ...core.functions.reductions import REDUCTIONS, Reduction
from ...core.mistakes.ways import Question
from ...core.record.layout import Layout, Structure, layout
from ...core.record.plan import count_steps
from ...core.record.trace import trace_of
from ..bounds.limits import Limits, check_gradient_check, check_network, check_steps, parameter_count
from ..network.shapes import Errors
from ..trace.schemas import BatchRequest
from ..trace.shapes import check_batch_shapes, computed_position, inside, structure_of, without_momentum
from ..wire.problems import InputError, invalid, over_limit
from .rule_schemas import DiagnosedRequest, DiagnoseRequest

OF_ONE = re.compile(r"/examples/(0|[1-9]\d{0,6})(/.+)")
OF_ALL = {"/cost": ("/loss/value", "mean"), "/total_loss": ("/loss/value", "sum")}
GRADIENT = re.compile(r"/layers/\d+/(dl_dw|dl_db)/.+")


class Place(NamedTuple):
    """Where a number of several examples stands.

    Attributes:
        pointer: its address within the trace of an example.
        example: of which example it is; None for one of all together.
        reduction: how those of all examples are put together; None for one of one example.
    """

    pointer: str
    example: int | None = None
    reduction: Reduction | None = None


def question_of(body: DiagnoseRequest, limits: Limits) -> Question:
    """The question that a request asks.

    Raises:
        Problem: the request does not hold together, or asks for too much.
    """
    request = body.request
    with inside("/request"):
        _check_kind(request)
        without_momentum(request)
        several = request.xs is not None
        if several:
            xs, targets = request.xs or [], request.targets or []
            check_batch_shapes(
                BatchRequest.model_construct(network=request.network, xs=xs, targets=targets, loss=request.loss)
            )
        structure, given = structure_of(request.example(0 if several else None))
        check_network(structure.sizes, limits, "/network/layers")
        check_gradient_check(structure.sizes, limits)
        check_steps(count_steps(structure, granularity_of(request)), limits)
        examples = len(request.several) or 1
        _check_examples(structure, examples, limits)
        own = [structure_of(request.example(number))[1] for number in range(1, examples)]
    records = [trace_of(structure, each, request.learning_rate) for each in (given, *own)]
    numbers = np.stack([record.values for record in records], axis=1)
    if not several:
        position = computed_position(structure, body.pointer)
        return Question(records[0], numbers, position, given=_given(body.given, structure, 1, None, several))
    place = _place(body.pointer, request, examples)
    position = computed_position(structure, place.pointer)
    if place.example is not None:
        record, numbers = records[place.example], numbers[:, [place.example]]
        stands = _given(body.given, structure, examples, place.example, several)
        return Question(record, numbers, position, given=stands)
    stands = _given(body.given, structure, examples, None, several)
    return Question(records[0], numbers, position, place.reduction, stands)


def granularity_of(request: DiagnosedRequest) -> str:
    """Of the steps whose index the answer gives."""
    return "unit" if request.steps == "none" else request.steps


def address(question: Question, body: DiagnoseRequest, pointer: str, example: int = 0) -> str:
    """The address of a number of an example as the client writes it."""
    if body.request.xs is None:
        return pointer
    one = OF_ONE.fullmatch(body.pointer)
    return f"/examples/{int(one[1]) if one else example}{pointer}"


def _check_kind(request: DiagnosedRequest) -> None:
    """Let pass one example or several. Raises ``Problem``."""
    errors: Errors = []
    one, other = (("/x", "/target"), ("/xs", "/targets"))
    wanted, unwanted = (one, other) if request.xs is None and request.targets is None else (other, one)
    for pointer in wanted:
        if getattr(request, pointer[1:]) is None:
            errors.append(InputError(pointer, "missing", "Expected this field, but it is missing."))
    for pointer in unwanted:
        if getattr(request, pointer[1:]) is not None:
            errors.append(InputError(pointer, "not_with_several", "Expected no single example beside several."))
    if wanted == other:
        for name in ("learning_rate", "signal"):
            if getattr(request, name) is not None:
                detail = "Expected this for one example only: of several the losses and their gradients are diagnosed."
                errors.append(InputError(f"/{name}", "not_with_several", detail))
    elif request.reduction is not None:
        detail = "Expected no reduction for one example: there is nothing to put together."
        errors.append(InputError("/reduction", "not_with_one", detail))
    if errors:
        raise invalid(errors)


def _check_examples(structure: Structure, examples: int, limits: Limits) -> None:
    """Hold the parameters of all examples together against the limit of a gradient check. Raises ``Problem``."""
    numbers = examples * parameter_count(structure.sizes)
    if numbers > limits["checked_parameters"]:
        came = f"{examples} examples with the parameters of this network make {numbers}"
        raise over_limit("checked_parameters", limits["checked_parameters"], came, "/xs")


def _place(pointer: str, request: DiagnosedRequest, examples: int) -> Place:
    """What a pointer into several examples means. Raises ``Problem``."""
    if pointer in OF_ALL:
        within, reduction = OF_ALL[pointer]
        return Place(within, reduction=REDUCTIONS[reduction])
    one = OF_ONE.fullmatch(pointer)
    if one and int(one[1]) < examples:
        return Place(one[2], example=int(one[1]))
    if GRADIENT.fullmatch(pointer):
        return Place(pointer, reduction=REDUCTIONS[request.reduction or "mean"])
    detail = (
        "Expected the address of a gradient of the batch such as /layers/0/dl_dw/0/1, /cost, /total_loss, or of a "
        "number of one example such as /examples/0/layers/0/z/0; there is none here."
    )
    raise invalid([InputError("/pointer", "no_such_number", detail)])


def _given(
    given: Mapping[str, float], structure: Structure, examples: int, only: int | None, several: bool
) -> dict[int, Array]:
    """The learner's earlier numbers by position, one for each example; of ``only`` one if it is said which.

    Raises:
        Problem: one of the addresses has no computed number.
    """
    found: dict[int, Array] = {}
    for position, example, value in _positions(given, structure, examples, several):
        if only not in (None, example):
            continue
        stands = found.setdefault(position, np.full(1 if only is not None else examples, np.nan))
        stands[0 if only is not None else example] = value
    return found


def _positions(
    given: Mapping[str, float], structure: Structure, examples: int, several: bool
) -> Iterator[tuple[int, int, float]]:
    spans = layout(structure)
    for pointer, value in given.items():
        one = OF_ONE.fullmatch(pointer) if several else None
        if several and not one and (pointer in OF_ALL or _is_computed(spans, pointer, gradient=True)):
            continue
        example, within = (int(one[1]), one[2]) if one else (0, pointer)
        if (several and not one) or example >= examples or not _is_computed(spans, within):
            detail = (
                "Expected addresses of numbers that are computed, each written as pointer is; one is no such address."
            )
            raise invalid([InputError("/given", "no_such_number", detail)])
        yield spans.position[within], example, value


def _is_computed(spans: Layout, pointer: str, gradient: bool = False) -> bool:
    """Whether a number of a trace has this address; with ``gradient`` one that a batch has as well."""
    if gradient and not GRADIENT.fullmatch(pointer):
        return False
    return spans.position.get(pointer, -1) >= spans.given_count

"""People's own tables: how a file is read, and the examples in it."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import Response

from ...tables.columns.coding import MISSINGS
from ...tables.examples import Chosen, examples_of
from ...tables.guess import TASKS, guessed
from ...tables.reading import read_table
from ...tables.rows.decoding import ENCODINGS
from ...tables.rows.records import DELIMITERS
from ...tables.table import DECIMALS, GROUPINGS, LANGUAGES, Bounds, Choices, Table
from ...tables.words.saying import Refused, TooMuch
from ..bounds.limits import Limits
from ..services import ServicesHere
from ..wire.documenting import errors
from ..wire.incoming.values import WholeInQuery
from ..wire.outgoing.encoding import encode, in_parts
from ..wire.problems import (
    BODY_TOO_LARGE,
    LIMIT_EXCEEDED,
    NOT_A_TABLE,
    TOO_BUSY,
    UNSUPPORTED_MEDIA_TYPE,
    VALIDATION,
    over_limit,
)
from ..wire.routing import JSONBytes, JSONParts, json_router, read, require_media_type
from . import documents
from .documents import BODY
from .queries import codings, name_or_mark, refused, wanted

router = json_router("Tables")

MOST_SKIPPED = 10_000
TAKEN = frozenset(media_type.encode() for media_type in documents.MEDIA_TYPES)
FAILURES = errors(NOT_A_TABLE, VALIDATION, LIMIT_EXCEEDED, BODY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, TOO_BUSY)


def reading(
    delimiter: Annotated[
        str | None,
        Query(
            examples=["comma"],
            description=f"What separates the cells: {', '.join(DELIMITERS)}, or the mark itself; else guessed.",
        ),
    ] = None,
    decimal: Annotated[
        str | None,
        Query(examples=["point"], description="The decimal mark: point or comma, or the mark itself; else guessed."),
    ] = None,
    grouping: Annotated[
        str | None,
        Query(
            examples=["none"],
            description=f"What groups thousands: {', '.join(GROUPINGS)}, or the mark itself; else any but the other.",
        ),
    ] = None,
    header: Annotated[
        str | None,
        Query(examples=["true"], description="Whether the first row has the names: true or false; else guessed."),
    ] = None,
    skip: Annotated[
        WholeInQuery | None,
        Query(ge=0, le=MOST_SKIPPED, examples=[0], description="Rows of the file above the table; else guessed."),
    ] = None,
    encoding: Annotated[
        str | None,
        Query(examples=["utf-8"], description=f"How letters are written: {', '.join(ENCODINGS)}; else guessed."),
    ] = None,
    language: Annotated[
        str, Query(examples=["en"], description="Language of the names given to columns without one: en or zh.")
    ] = "en",
) -> Choices:
    """How the file is to be read, as the query says it. Raises ``Problem``."""
    heads = {"true": True, "false": False}
    return Choices(
        delimiter=name_or_mark("delimiter", delimiter, DELIMITERS),
        decimal=name_or_mark("decimal", decimal, DECIMALS),
        grouping=name_or_mark("grouping", grouping, GROUPINGS),
        header=None if header is None else heads[wanted("header", header, heads)],
        skip=skip,
        encoding=None if encoding is None else wanted("encoding", encoding.lower(), ENCODINGS),
        language=wanted("language", language, LANGUAGES),
    )


def choosing(
    target: Annotated[
        list[str] | None,
        Query(
            examples=[["price"]], description="Name of the target's column; several for several outputs; else guessed."
        ),
    ] = None,
    inputs: Annotated[
        list[str] | None,
        Query(
            examples=[["area_m2", "garden"]], description="Name of a column to learn from, once for each; else guessed."
        ),
    ] = None,
    unused: Annotated[
        list[str] | None,
        Query(examples=[["rooms"]], description="Name of a column to leave out of the guessed inputs, once for each."),
    ] = None,
    task: Annotated[
        str | None,
        Query(examples=["regression"], description="What is learnt: classification or regression; else guessed."),
    ] = None,
    coding: Annotated[
        list[str] | None,
        Query(
            examples=[["garden=zero_one"]],
            description="How words become numbers: zero_one or one_hot for all; or for one column its name, = and "
            "number, zero_one or one_hot. By default two words are 0 and 1, and more are an input each.",
        ),
    ] = None,
    missing: Annotated[
        str,
        Query(
            examples=["mean"],
            description="What is done where an input is missing: drop the row, or put in the mean of the column.",
        ),
    ] = "drop",
) -> Chosen:
    """What is to be learnt from what, as the query says it. Raises ``Problem``."""
    every, own = codings(coding or [])
    return Chosen(
        targets=target,
        inputs=inputs,
        unused=unused or [],
        task=None if task is None else wanted("task", task, TASKS),
        coding=every,
        codings=own,
        missing=wanted("missing", missing, MISSINGS),
    )


Reading = Annotated[Choices, Depends(reading)]
Choosing = Annotated[Chosen, Depends(choosing)]


def table_of(raw: bytes, choices: Choices, limits: Limits) -> Table:
    """The file as a table. Raises ``Problem``."""
    try:
        return read_table(raw, choices, Bounds(limits["table_rows"], limits["table_columns"]))
    except Refused as error:
        raise refused(error) from None
    except TooMuch as error:
        what = error.limit.removeprefix("table_")
        raise over_limit(error.limit, limits[error.limit], f"this table has {error.count} {what}") from None


def description(raw: bytes, choices: Choices, limits: Limits) -> bytes:
    """How a file was read, as JSON."""
    table = table_of(raw, choices, limits)
    return encode(documents.table_document(table, guessed(table)))


def learnt(raw: bytes, choices: Choices, chosen: Chosen, limits: Limits) -> list[bytes]:
    """The examples of a file, as JSON."""
    table = table_of(raw, choices, limits)
    try:
        made = examples_of(table, chosen, limits["batch_numbers"])
    except Refused as error:
        raise refused(error) from None
    except TooMuch as error:
        came = f"the examples of this table are {error.count} numbers"
        raise over_limit(error.limit, limits[error.limit], came) from None
    for name, count, what in (
        ("units", len(made.feature_names), "inputs"),
        ("units", len(made.class_names), "classes"),
    ):
        if count > limits[name]:
            raise over_limit(name, limits[name], f"this choice has {count} {what}")
    return list(in_parts(documents.examples_document(made)))


async def raw_body(request: Request) -> bytes:
    """The bytes of the file. Raises ``Problem`` if they are declared as something else."""
    require_media_type(request.scope, TAKEN)
    return await read(request)


@router.post(
    "/tables",
    response_model=documents.TableDocument,
    responses=FAILURES,
    openapi_extra=BODY,
    summary="Read a table",
)
async def post_table(request: Request, services: ServicesHere, choices: Reading) -> Response:
    """What a file is as a table: encoding, separator, decimal mark, header, its columns and their kinds, and a guess.

    The body is the file. Every guess can be overruled by the query, and what was guessed is said in notes.
    """
    raw = await raw_body(request)
    return JSONBytes(await services.work.run(description, raw, choices, services.limits))


@router.post(
    "/tables/examples",
    response_model=documents.TableExamples,
    responses=FAILURES,
    openapi_extra=BODY,
    summary="The examples of a table",
)
async def post_table_examples(request: Request, services: ServicesHere, choices: Reading, chosen: Choosing) -> Response:
    """Inputs and targets as POST /training takes them, with names, and every row that is left out with its reason.

    The body is the file. Target, inputs and task are those that are guessed unless the query says otherwise.
    """
    raw = await raw_body(request)
    return JSONParts(await services.work.run(partial(learnt, raw, choices, chosen), services.limits))

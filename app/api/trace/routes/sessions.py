"""Stepping on the server: a trace request kept, and how far its steps have been walked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Body, Path, Query, Request
from starlette.responses import Response

from ....core.record.layout import Structure
from ....core.record.plan import Plan, count_steps, plan
from ....core.record.steps import Step, known_after, steps
from ....core.record.trace import Trace, trace_of
from ....store.contract import Session
from ...bounds.limits import check_network, check_steps
from ...services import Services, ServicesHere
from ...wire.clients import client_of
from ...wire.documenting import INPUT, errors, named
from ...wire.incoming.values import WholeInQuery
from ...wire.outgoing.encoding import encode, in_parts
from ...wire.problems import (
    SESSION_MOVED,
    SESSION_NOT_FOUND,
    STORE_UNAVAILABLE,
    TOO_BUSY,
    VALIDATION,
    InputError,
    Problem,
    invalid,
)
from ...wire.routing import PREFIX, JSONBytes, JSONParts, json_response, json_router
from .. import documents, schemas
from ..encoding import MOST_STEPS
from ..example_session import SESSION, SessionRoute
from ..shapes import structure_of
from .trace import TraceBody

router = json_router("Sessions", PREFIX + "/sessions", SessionRoute)

IdInPath = Annotated[
    str,
    Path(
        description="Id of a session, as POST /api/v1/sessions gave it. The session of the example is everybody's, to "
        "try this with, and always there.",
        examples=[SESSION],
    ),
]
MoveBody = Annotated[
    schemas.Move,
    Body(
        openapi_examples=named(
            on=("One step on", {"by": 1}),
            back=("One step back", {"by": -1}),
            to=("To a moment", {"to": 17}),
            phase=("To the start of a phase", {"phase": "backward"}),
        )
    ),
]
FirstStep = Annotated[
    WholeInQuery, Query(alias="from", description="Place of the first step wanted, from 0.", examples=[0])
]
LastStep = Annotated[
    WholeInQuery | None,
    Query(description="Place behind the last one; by default, and if null, all that are done.", examples=[0]),
]
STORE = (STORE_UNAVAILABLE, TOO_BUSY)


@dataclass(frozen=True)
class Walk:
    """The steps of one session's request."""

    request: schemas.TraceRequest
    structure: Structure
    given: list[float]

    @classmethod
    def of(cls, document: bytes) -> Walk:
        """From a stored request."""
        request = schemas.TraceRequest.model_validate_json(document)
        return cls(request, *structure_of(request))

    @property
    def plan(self) -> Plan:
        """All operations of the walk."""
        return plan(self.structure, self.request.steps)

    def trace(self) -> Trace:
        """The whole record; a pure function of the request."""
        return trace_of(self.structure, self.given, self.request.learning_rate)

    def steps(self, start: int, stop: int) -> list[Step]:
        """The steps ``start`` … ``stop`` - 1."""
        return steps(self.trace(), self.request.steps, start, stop, self.request.details)

    def phase(self, cursor: int) -> str:
        """The phase of the step that comes next; at the end, of the last one."""
        operations = self.plan.operations
        return operations[min(cursor, len(operations) - 1)].phase

    def destination(self, move: schemas.Move, cursor: int) -> int:
        """Where a move from ``cursor`` ends: at an end if it would go beyond it."""
        if move.phase is not None:
            wanted = self.start(move.phase)
        elif move.to is not None:
            wanted = move.to
        else:
            wanted = cursor + (move.by or 0)
        return max(0, min(wanted, len(self.plan)))

    def start(self, phase: str) -> int:
        """The cursor just before the first step of ``phase``. Raises ``Problem`` if the walk has no such phase."""
        starts = self.plan.phase_starts
        if phase not in starts:
            detail = (
                f"Expected a phase of this session ({', '.join(starts)}); without a learning rate there is no update."
            )
            raise invalid([InputError("/phase", "not_a_choice", detail)])
        return starts[phase]


def check_steps_wanted(request: schemas.TraceRequest) -> None:
    """Refuse a session without steps. Raises ``Problem``."""
    if request.steps == "none":
        raise invalid([InputError("/steps", "not_a_choice", "A session needs steps: layer, unit or term; got none.")])


def check_move(move: schemas.Move) -> None:
    """Refuse a move that names no destination or two. Raises ``Problem``."""
    named = [name for name in ("by", "to", "phase") if getattr(move, name) is not None]
    if len(named) != 1:
        detail = f"Expected exactly one of by, to and phase; got {len(named)} of them."
        raise invalid([InputError("", "not_exactly_one", detail)])


def create(services: Services, walk: Walk, owner: str) -> dict[str, Any]:
    """Store a new session."""
    session = services.sessions.create(walk.request.model_dump_json(exclude_none=True).encode(), owner)
    return {"id": session.id, "cursor": 0, "total": len(walk.plan), "phase": walk.phase(0)}


def move(services: Services, session_id: str, wanted: schemas.Move) -> list[bytes]:
    """Move a session and give the steps that were done."""
    walks: list[Walk] = []

    def destination(session: Session) -> int:
        if wanted.cursor is not None and wanted.cursor != session.cursor:
            detail = f"The session stands at {session.cursor}, not at the cursor that the move names."
            raise Problem(SESSION_MOVED, detail, cursor=session.cursor)
        walks.append(Walk.of(session.document))
        return walks[0].destination(wanted, session.cursor)

    before, after = services.sessions.move(session_id, destination)
    (walk,) = walks
    executed = walk.steps(before.cursor, after.cursor) if after.cursor > before.cursor else []
    document = {
        "cursor": after.cursor,
        "total": len(walk.plan),
        "phase": walk.phase(after.cursor),
        "executed": executed,
    }
    return list(in_parts(document)) if len(executed) > MOST_STEPS else [encode(document)]


def executed(services: Services, session_id: str, first: int, to: int | None) -> list[bytes]:
    """Steps that a session has done, once more. Raises ``Problem`` for those that it has not."""
    session = services.sessions.get(session_id)
    walk = Walk.of(session.document)
    last = session.cursor if to is None else to
    if not 0 <= first <= last <= session.cursor:
        detail = f"Expected 0 ≤ from ≤ to ≤ {session.cursor}, the steps that are done."
        raise invalid([InputError("", "invalid_parameter", detail)])
    document = {
        "from": first,
        "to": last,
        "cursor": session.cursor,
        "total": len(walk.plan),
        "steps": walk.steps(first, last) if last > first else [],
    }
    return list(in_parts(document)) if last - first > MOST_STEPS else [encode(document)]


def state(services: Services, session_id: str) -> bytes:
    """A session and the trace as far as it is computed."""
    session = services.sessions.get(session_id)
    walk = Walk.of(session.document)
    trace = walk.trace()
    granularity = walk.request.steps
    cursor = session.cursor
    last = walk.steps(cursor - 1, cursor)[0] if cursor else None
    return encode(
        {
            "id": session.id,
            "cursor": cursor,
            "total": len(walk.plan),
            "phase": walk.phase(cursor),
            "last_step": last,
            "trace": trace.document(known_after(walk.structure, granularity, cursor)),
        }
    )


@router.post(
    "",
    status_code=201,
    response_model=documents.SessionCreated,
    responses=errors(*INPUT, *STORE),
    summary="Start a session",
)
async def post_sessions(body: TraceBody, services: ServicesHere, request: Request) -> Response:
    """Keep a trace request on the server and walk through its steps from there; forgotten after a day without use."""
    walk = Walk(body, *structure_of(body))
    check_network(walk.structure.sizes, services.limits, "/network/layers")
    check_steps_wanted(body)
    check_steps(count_steps(walk.structure, body.steps), services.limits)
    session = await services.store_work.run(create, services, walk, client_of(request.scope))
    location = request.app.url_path_for("get_session", id=session["id"])
    return json_response(session, 201, {"Location": f"{request.scope.get('root_path', '')}{location}"})


@router.post(
    "/{id}/step",
    response_model=documents.SessionMoved,
    responses=errors(*INPUT, SESSION_NOT_FOUND, SESSION_MOVED, *STORE),
    summary="Walk on or back",
)
async def post_session_step(id: IdInPath, body: MoveBody, services: ServicesHere) -> Response:
    """Move by a number of steps, to a moment, or to a phase; past an end it stops there."""
    check_move(body)
    return JSONParts(await services.store_work.run(move, services, id, body))


@router.get(
    "/{id}/steps",
    response_model=documents.SessionSteps,
    responses=errors(SESSION_NOT_FOUND, VALIDATION, *STORE),
    summary="Steps that were done, again",
)
async def get_session_steps(
    id: IdInPath, services: ServicesHere, first: FirstStep = 0, to: LastStep = None
) -> Response:
    """What moves have answered as executed, as often as it is asked for; the session stays where it is."""
    return JSONParts(await services.store_work.run(executed, services, id, first, to))


@router.get(
    "/{id}",
    response_model=documents.SessionState,
    responses=errors(SESSION_NOT_FOUND, *STORE),
    summary="Where a session stands",
)
async def get_session(id: IdInPath, services: ServicesHere) -> Response:
    """The cursor, the last step, and the trace with every value not computed yet as null."""
    return JSONBytes(await services.store_work.run(state, services, id))


@router.delete("/{id}", status_code=204, responses=errors(SESSION_NOT_FOUND, *STORE), summary="End a session")
async def delete_session(id: IdInPath, services: ServicesHere) -> Response:
    """Forget a session."""
    await services.store_work.run(services.sessions.delete, id)
    return Response(status_code=204)

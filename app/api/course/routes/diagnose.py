"""Where a learner's number comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Body
from starlette.responses import Response

from ....core.mistakes.conventions import Convention
from ....core.mistakes.diagnosis import Diagnosis, Match, diagnose_question
from ....core.mistakes.rules.misconception import Misconception
from ....core.mistakes.ways import Question
from ....looking import look_up
from ...services import ServicesHere
from ...wire.documenting import INPUT, errors, named
from ...wire.outgoing.encoding import encode
from ...wire.problems import TOO_BUSY
from ...wire.routing import JSONBytes, json_router
from .. import rule_documents, rule_examples
from ..questions import address, granularity_of, question_of
from ..rule_schemas import DiagnoseRequest

router = json_router("Course")

VERDICTS = {"right": "right", "sign_of_zero": "right", "rounding": "right_but_rounded", "follows": "follows"}
DiagnoseBody = Annotated[
    DiagnoseRequest,
    Body(
        openapi_examples=named(
            gain=("σ′ left out at the output", rule_examples.DIAGNOSIS),
            bias=("A bias forgotten", rule_examples.DIAGNOSIS_OF_Z),
            carried_on=("Right, going on from a wrong z", rule_examples.DIAGNOSIS_CARRIED_ON),
            convention=("δ as target − output", rule_examples.DIAGNOSIS_BY_CONVENTION),
            batch=("The sum over three examples where the mean is asked for", rule_examples.DIAGNOSIS_OF_A_BATCH),
        )
    ),
]


def together(texts: Iterable[Mapping[str, str]], joints: Mapping[str, str]) -> dict[str, str]:
    """One text out of those of two mistakes, in each language."""
    listed = list(texts)
    return {language: joint.join(each[language] for each in listed) for language, joint in joints.items()}


def described(mistakes: tuple[Misconception, ...]) -> dict[str, Any]:
    """Names and texts of a mistake, or of two made together."""
    return {
        "name": mistakes[0].name,
        "rule": mistakes[0].name,
        "rules": [each.name for each in mistakes],
        "title": together((each.title for each in mistakes), {"en": " + ", "zh": " + "}),
        "description": together((each.description for each in mistakes), {"en": " ", "zh": ""}),
    }


def convention(entry: Convention) -> dict[str, Any]:
    """A convention as JSON."""
    return {"name": entry.name, "title": dict(entry.title), "description": dict(entry.description)}


def document(question: Question, body: DiagnoseRequest, found: Diagnosis, example: int = 0) -> dict[str, Any]:
    """A diagnosis as JSON."""

    def match(each: Match) -> dict[str, Any]:
        return {
            **described(each.misconceptions),
            "value": each.value,
            "step": each.step,
            "pointer": None if each.pointer is None else address(question, body, each.pointer, example),
            "conventions": [convention(entry) for entry in each.conventions],
        }

    answer = {
        "verdict": VERDICTS.get(found.finding, "wrong"),
        "finding": found.finding,
        "expected": found.expected,
        "misconceptions": [match(each) for each in found.matches],
        "conventions": [convention(entry) for entry in found.conventions],
    }
    return answer


def answer(question: Question, body: DiagnoseRequest) -> dict[str, Any]:
    """The whole answer."""
    accepted = bool(body.conventions)
    found = diagnose_question(
        replace(question, look_up=look_up), body.answer, body.digits, granularity_of(body.request), accepted
    )
    first = found.first_wrong
    wrong = None
    if first is not None:
        pointer = question.record.layout.addresses[first.position]
        wrong = {
            "pointer": address(question, body, pointer, first.example),
            **document(question, body, first.diagnosis, first.example),
        }
    return {**document(question, body, found), "first_wrong": wrong}


@router.post(
    "/diagnose",
    response_model=rule_documents.Diagnosis,
    responses=errors(*INPUT, TOO_BUSY),
    summary="Say where a learner's number comes from",
)
def post_diagnose(body: DiagnoseBody, services: ServicesHere) -> Response:
    """Right, right but for rounding, right going on from a wrong number, or wrong, with every mistake that gives it.

    A mistake is named only if it gives just this number; of two together at most, and only where that can hardly be
    chance. No match, no claim.
    """
    return JSONBytes(encode(answer(question_of(body, services.limits), body)))

"""What the server answers about wrong rules. Like ``documents``, these models only document."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ...core.mistakes.diagnosis import FINDINGS
from ..trace.schemas import RuleName
from ..wire.incoming.values import OneOf
from ..wire.outgoing.documents import UNHELD, Document, Title

Costs = list[float]


class MatchingMisconception(Document):
    """A mistake, or two made together, that give just the learner's number."""

    name: str = Field(description="Name of the first in the catalogue, under rules or slips.")
    rule: str = Field(description="The same name.")
    rules: list[str] = Field(description="The names of all, one or two, in the order in which they are made.")
    title: Title = Field(description="What was done, in a few words.")
    description: Title = Field(description="What goes wrong, in a sentence or two.")
    value: float = Field(description="The number that one gets by it, not rounded.")
    step: int | None = Field(
        description="Index of the first step on the way to the number whose value it makes wrong; null if the mistake "
        "is made where the numbers of several examples are put together."
    )
    pointer: str | None = Field(description="Address of the first number that it makes wrong; null likewise.")
    conventions: list[ConventionEntry] = Field(description="Conventions by which the number has to be read besides.")


class Judged(Document):
    """What a number tells."""

    verdict: Literal["right", "right_but_rounded", "follows", "wrong"] = Field(
        description="right: the expected number to all the digits given; right_but_rounded: what one gets by carrying "
        "only that many digits through the steps, or off by one in the last digit; follows: right, going on from the "
        "given numbers, of which one is wrong."
    )
    finding: Annotated[str, OneOf(FINDINGS)] = Field(
        description="The verdict in more detail: right, sign_of_zero (right, but −0 was written for 0), rounding, "
        "follows, convention (right as another book defines it, see conventions; the verdict is wrong unless the "
        "request names the convention), misconception (wrong, and misconceptions say how), wrong (and nobody knows "
        "why)."
    )
    expected: float | None = Field(description="The right number." + UNHELD)
    misconceptions: list[MatchingMisconception] = Field(
        description="All that give just this number at the digits given, the simplest first; empty for a right answer."
    )
    conventions: list[ConventionEntry] = Field(description="Those by which the number is right.")


class FirstWrong(Judged):
    """The first of the learner's earlier numbers that is wrong."""

    pointer: str = Field(description="Its address.")


class Diagnosis(Judged):
    """What a learner's answer tells."""

    first_wrong: FirstWrong | None = Field(
        description="Of the given numbers that the answer depends on the first that is wrong; null if there is none."
    )


class RuleTraining(Document):
    """The same training twice."""

    rule: RuleName = Field(description="The wrong rule.")
    right: Costs = Field(
        description="The cost before the first step and after each, following ∇C, or with the reduction sum ∇L."
    )
    wrong: Costs = Field(
        description="Likewise, following the rule. A list that is shorter than steps + 1 has left the finite numbers."
    )


class ConventionEntry(Document):
    """A convention of another book, by which some numbers have another sign."""

    name: str = Field(description="Its name, as a request and a notation's option have it.")
    title: Title = Field(description="What it is, in a few words.")
    description: Title = Field(description="What it does to the numbers.")

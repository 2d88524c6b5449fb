"""What the server answers about wrong rules. Like ``documents``, these models only document."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..core.diagnosis import FINDINGS
from .documents import UNHELD, Document, Title
from .schemas import OneOf, RuleName

Costs = list[float]


class MatchingMisconception(Document):
    """A misconception that gives just the learner's number."""

    name: str = Field(description="Its name in the catalogue, under rules or slips.")
    rule: str = Field(description="The same name.")
    title: Title = Field(description="What was done, in a few words.")
    description: Title = Field(description="What goes wrong, in a sentence or two.")
    value: float = Field(description="The number that one gets by it, not rounded.")
    step: int = Field(description="Index of the first step on the way to the number whose value it makes wrong.")
    pointer: str = Field(description="Address of the first number that it makes wrong.")


class Diagnosis(Document):
    """What a learner's number tells."""

    verdict: Literal["right", "right_but_rounded", "wrong"] = Field(
        description="right: the expected number to all the digits given; right_but_rounded: what one gets by carrying "
        "only that many digits through the steps, or off by one in the last digit."
    )
    finding: Annotated[str, OneOf(FINDINGS)] = Field(
        description="The verdict in more detail: right, sign_of_zero (right, but −0 was written for 0), rounding, "
        "misconception (wrong, and misconceptions say how), wrong (and nobody knows why)."
    )
    expected: float | None = Field(description="The right number." + UNHELD)
    misconceptions: list[MatchingMisconception] = Field(
        description="All that give just this number at the digits given; empty for a right answer."
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

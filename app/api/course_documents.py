"""What the course's operations answer, described field by field."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from .documents import Document, Title

TaskKind = Literal["reach", "predict", "point", "walk", "choose", "train"]


class SceneSummary(Document):
    """One scene in the list."""

    name: str = Field(description="Its name, unique in the lesson; a link may start at it.")
    title: Title = Field(description="Its title.")
    task: TaskKind | None = Field(description="What kind of task it has; null for none.")


class WorksheetOfLesson(Document):
    """Which worksheets go with a lesson."""

    level: int = Field(description="Their level, as in GET /practice.")


class LessonHead(Document):
    """What the list and the lesson itself have in common."""

    name: str = Field(description="Its name in the path.")
    topics: list[str] = Field(description="Codes of the lecture's topics that it teaches.")
    exercised: list[str] = Field(description="Codes that its tasks exercise.")
    minutes: int = Field(description="How long it takes, about.")
    worksheet: WorksheetOfLesson | None = Field(description="Worksheets that go with it; null for none.")
    title: Title = Field(description="Its title.")
    summary: Title = Field(description="What one knows afterwards.")


class LessonSummary(LessonHead):
    """One lesson in the list."""

    scenes: list[SceneSummary] = Field(description="Its scenes in order.")


class Topic(Document):
    """One topic of the lecture."""

    code: str = Field(description="Its code, A1 … D9.")
    taught: list[str] = Field(description="Lessons that teach it.")
    exercised: list[str] = Field(description="Lessons that have a task on it.")


class LessonList(Document):
    """The course."""

    lessons: list[LessonSummary] = Field(description="In the order of the course.")
    topics: list[Topic] = Field(description="Every topic of the lecture.")


class Said(Document):
    """What a scene says in one language; a segment is text, a number of the trace, LaTeX, a term, a fact, or strong."""

    title: str = Field(description="Its title.")
    text: list[list[dict[str, Any]]] = Field(description="Paragraphs of segments.")
    task: list[dict[str, Any]] | None = Field(description="What is to be done.")
    hint: list[dict[str, Any]] | None = Field(description="Help.")
    done: list[dict[str, Any]] | None = Field(description="What is said once it is done.")
    options: list[list[dict[str, Any]]] = Field(description="What may be chosen, for a task of the kind choose.")
    columns: list[list[dict[str, Any]]] = Field(description="Headings of its table; empty if it has none.")
    rows: list[list[list[dict[str, Any]]]] = Field(description="The table's cells, each a line of segments.")
    common: bool = Field(description="Whether all its columns have one scale, so that any two of its numbers compare.")


class Lesson(LessonHead):
    """One lesson whole; each scene also has the fields of its script."""

    scenes: list[dict[str, Any]] = Field(
        description="Each scene: its script, the trace request it shows (null in the Lab), and told by language."
    )
    facts: dict[str, Any] = Field(description="Published numbers used in the texts, each with its source.")
    teacher: dict[str, Any] = Field(description="Goal, usual misunderstandings and questions, by language.")


class Term(Document):
    """One term."""

    name: str = Field(description="By which lessons link to it.")
    symbol: str = Field(description="LaTeX; empty if it has none.")
    title: Title = Field(description="Its name.")
    text: Title = Field(description="What it means.")
    elsewhere: Title | None = Field(default=None, description="What other books call or write it.")
    lesson: str | None = Field(default=None, description="The lesson that explains it.")


class Glossary(Document):
    """All terms."""

    terms: list[Term] = Field(description="In the order of the course.")


class Asked(Document):
    """A number to be worked out."""

    pointer: str = Field(description="Its address in the trace.")
    symbol: str = Field(description="LaTeX.")


class Practice(Document):
    """An exercise to be computed by hand."""

    level: int = Field(description="How hard.")
    seed: int = Field(description="Its seed.")
    request: dict[str, Any] = Field(description="The trace request, without the answers.")
    asked: list[Asked] = Field(description="What is to be worked out, in the order in which it is computed.")
    digits: int = Field(description="Decimal places to which an answer must be right.")

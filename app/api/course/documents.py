"""What the course's operations answer, described field by field."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ..trace import schemas
from ..trace.schemas import Granularity, Language
from ..wire.outgoing.documents import Document, Title

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


class Segment(Document):
    """A piece of a sentence: exactly one of text, pointer, tex, term, fact, strong and code says what it is."""

    text: str | None = Field(default=None, description="Plain words.")
    pointer: str | None = Field(default=None, description="The number at this address of the scene's trace.")
    tex: str | None = Field(default=None, description="A formula as LaTeX.")
    term: str | None = Field(default=None, description="A word that the glossary explains, by its name there.")
    fact: str | None = Field(default=None, description="A published number, by its name in facts.")
    strong: str | None = Field(default=None, description="Words that matter.")
    code: str | None = Field(default=None, description="Words of a program.")
    value: float | None = Field(default=None, description="With pointer: the number itself, where it is known already.")
    digits: int | None = Field(default=None, description="With pointer: how many decimal places are shown.")
    scenes: list[str] | None = Field(default=None, description="With pointer: the other scenes whose number it is.")


Line = list[Segment]


class Said(Document):
    """What a scene says in one language; a segment is text, a number of the trace, LaTeX, a term, a fact, or strong."""

    title: str = Field(description="Its title.")
    text: list[Line] = Field(description="Paragraphs of segments.")
    task: Line | None = Field(description="What is to be done; null for nothing.")
    hint: Line | None = Field(description="Help; null for none.")
    done: Line | None = Field(description="What is said once it is done; null for nothing.")
    options: list[Line] = Field(description="What may be chosen, for a task of the kind choose.")
    columns: list[Line] = Field(description="Headings of its table; empty if it has none.")
    rows: list[list[Line]] = Field(description="The table's cells, each a line of segments.")
    common: bool = Field(description="Whether all its columns have one scale, so that any two of its numbers compare.")


class Task(Document):
    """What a scene asks for, with the fields of its kind."""

    kind: TaskKind = Field(description="What kind of task it is.")
    topics: list[str] = Field(description="Codes of the topics that it exercises.")
    pointer: str | None = Field(default=None, description="Of predict, reach and walk: the number it is about.")
    digits: int | None = Field(default=None, description="Of predict: decimal places that the answer needs.")
    relation: str | None = Field(default=None, description="Of reach and train: > or <, as the number is to be.")
    value: float | None = Field(default=None, description="Of reach and train: more or less than this.")
    accept: list[str] | None = Field(default=None, description="Of point: addresses, any of which is right.")
    answer: int | None = Field(default=None, description="Of choose: the place of the right option, from 0.")
    field: str | None = Field(default=None, description="Of train: the field of the epoch's record that is meant.")


class LabScene(Document):
    """What a scene shows of the Lab."""

    setup: str = Field(description="Which of the Lab's examples.")
    view: str = Field(description="The tab below its network.")


class SaidByLanguage(Document):
    """What a scene says."""

    en: Said = Field(description="In English.")
    zh: Said = Field(description="In Chinese.")


class Scene(Document):
    """One scene: its script, as docs/lessons.md describes it, and what it says."""

    name: str = Field(description="Its name, unique in the lesson.")
    preset: str | None = Field(default=None, description="The preset that its trace request is made from.")
    change: dict[str, float] | None = Field(default=None, description="Numbers that differ from the preset's.")
    steps: Granularity | None = Field(default=None, description="How fine the steps are.")
    view: str | None = Field(default=None, description="forward, reversed or both.")
    at: str | None = Field(default=None, description="The walk stands just after the step that computes this number.")
    lit: list[str] | None = Field(default=None, description="Numbers that are lit up.")
    touch: list[str] | None = Field(default=None, description="What the learner may change.")
    code: Language | None = Field(default=None, description="The program that is shown below the stage.")
    lab: LabScene | None = Field(default=None, description="What is shown of the Lab instead of a trace.")
    task: Task | None = Field(default=None, description="What is to be done.")
    request: schemas.TraceRequest | None = Field(description="The trace request it shows; null in the Lab.")
    told: SaidByLanguage = Field(description="What it says.")


class Fact(Document):
    """A published number."""

    value: str = Field(description="As it was printed.")
    source: str = Field(description="By whom.")


class TeacherNotes(Document):
    """What a teacher wants to know of a lesson."""

    goal: str = Field(description="What pupils can do afterwards.")
    misunderstandings: list[str] = Field(description="What they often get wrong.")
    questions: list[str] = Field(description="What to ask them.")


class TeacherNotesByLanguage(Document):
    """The same in both languages."""

    en: TeacherNotes = Field(description="In English.")
    zh: TeacherNotes = Field(description="In Chinese.")


class Lesson(LessonHead):
    """One lesson whole; each scene also has the fields of its script."""

    scenes: list[Scene] = Field(description="Its scenes in order.")
    facts: dict[str, Fact] = Field(description="Published numbers used in the texts, by name.")
    teacher: TeacherNotesByLanguage = Field(description="What a teacher wants to know.")


class Term(Document):
    """One term."""

    name: str = Field(description="By which lessons link to it.")
    symbol: str = Field(description="LaTeX; empty if it has none.")
    title: Title = Field(description="Its name.")
    text: Title = Field(description="What it means.")
    elsewhere: Title | None = Field(
        default=None, description="What other books call or write it; null where nothing else."
    )
    lesson: str | None = Field(default=None, description="The lesson that explains it; null if none does.")


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
    request: schemas.TraceRequest = Field(description="The trace request, without the answers.")
    asked: list[Asked] = Field(description="What is to be worked out, in the order in which it is computed.")
    digits: int = Field(description="Decimal places to which an answer must be right.")

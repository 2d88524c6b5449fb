import json
import re
from pathlib import Path

import pytest

from app.core.mistakes.practice import LEVELS
from app.core.record.steps import steps
from app.library.glossary import glossary
from app.library.lessons import (
    LANGUAGES,
    LESSONS,
    TASKS,
    lesson,
    lesson_names,
    record_of,
    records_of,
    request_of,
    summaries,
    told,
    topics_of,
    whole,
)
from app.library.rich_text import MARKS, number_at, pointers_in, segments
from app.snippets import LANGUAGES as PROGRAMS

CODES = {
    *(f"A{number}" for number in range(1, 11)),
    *(f"B{number}" for number in range(1, 5)),
    *(f"C{number}" for number in range(1, 4)),
    *(f"D{number}" for number in range(1, 10)),
}
each_lesson = pytest.mark.parametrize("name", lesson_names())
NUMBER = re.compile(r"(?<![\w₀-₉])\d+\.\d+")
"""A decimal number in running text; whole numbers count things and name layers."""


def strings(value):
    """All strings in lists and tables, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def texts_of(found, language):
    """Every text of a lesson with where it stands."""
    texts = found["texts"][language]
    yield "title", texts["title"]
    yield "summary", texts["summary"]
    for name, said in texts["scenes"].items():
        for field, value in said.items():
            for text in strings(value):
                yield f"{name}.{field}", text


@each_lesson
def test_script_and_texts_name_the_same_scenes(name):
    found = lesson(name)
    scenes = [scene["name"] for scene in found["scenes"]]
    assert len(set(scenes)) == len(scenes) > 0
    for language in LANGUAGES:
        texts = found["texts"][language]
        assert list(texts["scenes"]) == scenes
        assert {"goal", "misunderstandings", "questions"} == set(texts["teacher"])
        for scene in found["scenes"]:
            said = texts["scenes"][scene["name"]]
            assert said["title"]
            assert said["text"]
            assert ("task" in scene) == ("task" in said) == ("done" in said) == ("hint" in said)


@each_lesson
def test_both_languages_tell_the_same_numbers(name):
    found = lesson(name)
    by_place = [{place: sorted(pointers_in(text)) for place, text in texts_of(found, each)} for each in LANGUAGES]
    joined = [{place.partition(".")[0]: set() for place in places} for places in by_place]
    for places, scenes in zip(by_place, joined, strict=True):
        for place, pointers in places.items():
            scenes[place.partition(".")[0]].update(pointers)
    assert joined[0] == joined[1]


@each_lesson
def test_every_decimal_number_in_a_text_comes_from_a_trace_a_fact_or_the_task(name):
    found = lesson(name)
    given = {str(scene["task"]["value"]) for scene in found["scenes"] if "value" in scene.get("task", {})}
    for language in LANGUAGES:
        for place, text in texts_of(found, language):
            spoken = MARKS.sub(lambda mark: mark["tex"] or mark["strong"] or "", text)
            assert set(NUMBER.findall(spoken)) <= given, (language, place)


@each_lesson
def test_every_pointer_of_a_script_is_a_number_of_its_trace(name):
    for scene in lesson(name)["scenes"]:
        record = record_of(scene)
        task = scene.get("task", {})
        if record is None:
            assert task.get("kind", "train") in {"train", "choose"}
            continue
        for pointer in (*scene.get("lit", ()), *task.get("accept", ()), *([scene["at"]] if "at" in scene else ())):
            number_at(record, pointer)
        if "pointer" in task:
            number_at(record, task["pointer"])


@each_lesson
def test_a_task_has_the_fields_of_its_kind_and_topics_of_the_course(name):
    found = lesson(name)
    assert set(found["topics"]) <= CODES
    for scene in found["scenes"]:
        if "task" not in scene:
            continue
        task = scene["task"]
        assert set(task) == {"kind", "topics", *TASKS[task["kind"]]}
        assert set(task["topics"]) <= CODES
        assert task["topics"]
        if task["kind"] == "choose":
            counts = {len(found["texts"][language]["scenes"][scene["name"]]["options"]) for language in LANGUAGES}
            assert len(counts) == 1
            assert 0 <= task["answer"] < counts.pop()


@each_lesson
def test_a_number_to_be_reached_is_not_there_yet(name):
    relations = {">": float.__gt__, "<": float.__lt__}
    for scene in lesson(name)["scenes"]:
        task = scene.get("task", {})
        if task.get("kind") == "reach":
            now = number_at(record_of(scene), task["pointer"])
            assert not relations[task["relation"]](now, float(task["value"]))


@each_lesson
def test_a_number_to_be_predicted_or_walked_to_is_not_shown_where_the_scene_begins(name):
    for scene in lesson(name)["scenes"]:
        task = scene.get("task", {})
        if task.get("kind") not in {"predict", "walk"}:
            continue
        written = {
            pointer: step["index"]
            for step in steps(record_of(scene), scene.get("steps", "unit"))
            for pointer in step["writes"]
        }
        assert written[task["pointer"]] > written.get(scene.get("at"), -1)


@each_lesson
def test_a_lesson_can_be_told_whole(name):
    for scene in whole(lesson(name))["scenes"]:
        for language in LANGUAGES:
            assert scene["told"][language]["text"]


def test_a_change_is_made_in_the_request_and_nowhere_else():
    scene = {"preset": "lecture-1-1", "change": {"/layers/0/w/0/1": 5, "/x/0": 2}}
    request = request_of(scene)
    assert request["network"]["layers"][0]["w"][0] == [1, 5]
    assert request["x"] == [2, -1]
    assert request_of({"preset": "lecture-1-1"})["x"] == [1, -1]


def test_a_text_is_cut_at_its_marks():
    record = record_of({"preset": "lecture-1-1"})
    cut = segments(
        "z is {/layers/0/z/0:2}, so $a$ [[gain|amplifies]] **little**; {=alexnet} %", record, {"alexnet": "16.4"}
    )
    assert cut == [
        {"text": "z is "},
        {"pointer": "/layers/0/z/0", "value": 4.0, "digits": 2},
        {"text": ", so "},
        {"tex": "a"},
        {"text": " "},
        {"term": "gain", "text": "amplifies"},
        {"text": " "},
        {"strong": "little"},
        {"text": "; "},
        {"fact": "alexnet", "text": "16.4"},
        {"text": " %"},
    ]


def test_a_number_that_is_not_there_is_named():
    record = record_of({"preset": "lecture-1-1"})
    with pytest.raises(KeyError, match="/layers/9/z/0"):
        segments("{/layers/9/z/0}", record)
    with pytest.raises(KeyError, match="without a trace"):
        segments("{/layers/0/z/0}", None)
    with pytest.raises(KeyError, match="no lesson 'nothing'; there are"):
        lesson("nothing")


def test_every_topic_of_the_lecture_is_taught_and_exercised():
    topics = {code: (taught, exercised) for code, taught, exercised in topics_of(summaries())}
    assert set(topics) == CODES
    for code, (taught, exercised) in topics.items():
        assert taught, code
        assert exercised, code


@each_lesson
def test_a_term_that_a_text_links_to_is_in_the_glossary(name):
    known = {term["name"] for term in glossary()}
    found = lesson(name)
    for language in LANGUAGES:
        for _, text in texts_of(found, language):
            assert {mark["term"] for mark in MARKS.finditer(text) if mark["term"]} <= known


def test_the_glossary_leads_to_lessons_that_there_are():
    terms = glossary()
    assert len({term["name"] for term in terms}) == len(terms)
    for term in terms:
        assert term["lesson"] in lesson_names()
        assert set(term["title"]) == set(term["text"]) == set(LANGUAGES)


def test_the_weight_said_to_matter_most_does():
    [scene] = [scene for scene in lesson("gradient-descent")["scenes"] if scene["name"] == "gradient"]
    record = record_of(scene)
    slopes = {pointer: abs(number_at(record, pointer)) for pointer in record.layout.position if "/dl_dw/" in pointer}
    [said] = scene["task"]["accept"]
    assert max(slopes, key=slopes.__getitem__) == said.replace("/w/", "/dl_dw/")


def test_the_guide_for_teachers_names_every_field_that_lessons_have():
    guide = (Path(__file__).parents[2] / "docs" / "lessons.md").read_text("utf-8")
    named = set(re.findall(r"`([a-z_]+)`", guide))
    for name in lesson_names():
        script = json.loads((next(LESSONS.glob(f"*-{name}")) / "lesson.json").read_text("utf-8"))
        assert set(script) <= named
        for scene in script["scenes"]:
            assert set(scene) <= named
            assert set(scene.get("task", ())) <= named
    for kind, fields in TASKS.items():
        assert {kind, *fields} <= named


@each_lesson
def test_a_program_is_named_by_a_language_there_is_and_worksheets_by_a_level_there_is(name):
    found = lesson(name)
    assert found.get("worksheet", {"level": min(LEVELS)})["level"] in LEVELS
    assert {scene["code"] for scene in found["scenes"] if "code" in scene} <= set(PROGRAMS)


def test_numbers_of_folders_are_unique():
    numbers = [path.name.partition("-")[0] for path in LESSONS.iterdir()]
    assert len(set(numbers)) == len(numbers) == len(lesson_names())


def test_told_gives_the_trace_of_its_own_scene():
    found = lesson("function-set")
    scene = found["scenes"][0]
    said = told(found, scene, "en", records_of(found))
    shown = [segment for paragraph in said.text for segment in paragraph if "pointer" in segment]
    assert not shown
    first = [segment for cell in said.rows[0] for segment in cell if "pointer" in segment]
    assert [segment["pointer"] for segment in first] == ["/layers/2/a/0", "/layers/2/a/1"]
    values = [record_of(scene).layers[2].a, record_of({"preset": "lecture-0-0"}).layers[2].a]
    for row, expected in zip(said.rows, values, strict=False):
        assert [segment["value"] for cell in row for segment in cell if "pointer" in segment] == list(expected)


def test_numbers_of_several_scenes_can_be_added_up_or_averaged():
    losses = {name: record_of({"preset": name}) for name in ("lecture-1-1", "lecture-0-0")}
    names = "lecture-1-1+lecture-0-0"
    added, mean = segments(f"{{{names}/loss/value}}{{mean:{names}/loss/value:2}}", None, {}, losses)
    expected = losses["lecture-1-1"].loss + losses["lecture-0-0"].loss
    assert added == {"pointer": "/loss/value", "value": expected, "digits": 3, "scenes": names.split("+")}
    assert mean["value"] == expected / 2
    assert mean["digits"] == 2
    with pytest.raises(KeyError, match="nowhere"):
        segments("{nowhere/loss/value}", None, {}, losses)


@each_lesson
def test_a_table_has_a_cell_for_every_heading_and_a_network_is_there_to_be_named(name):
    found = lesson(name)
    named = set()
    for language in LANGUAGES:
        for _, text in texts_of(found, language):
            named.update(part for mark in MARKS.finditer(text) for part in (mark["scenes"] or "").split("+"))
        for said in found["texts"][language]["scenes"].values():
            for row in said.get("table", {"rows": []})["rows"]:
                assert len(row) == len(said["table"]["columns"])
    assert set(found.get("networks", {})) <= named


def test_the_training_set_has_as_many_examples_as_the_lesson_on_loss_says():
    setups = (Path(__file__).parents[2] / "static" / "js" / "lab" / "setups.js").read_text("utf-8")
    held_out = float(re.search(r"HELD_OUT = ([\d.]+);", setups)[1])
    circles = int(re.search(r'dataset: \{ name: "circles", n: (\d+)', setups)[1])
    assert circles * (1 - held_out) == 240
    for language in LANGUAGES:
        said = lesson("loss")["texts"][language]["scenes"]["driven-down"]
        assert "240" in said["text"][0]
        assert "240" in said["done"]


def test_seven_layers_need_nearly_as_many_multiplications_as_the_right_option_says():
    found = lesson("two-cases")
    [scene] = [scene for scene in found["scenes"] if scene["name"] == "growing"]
    counted = number_at(records_of(found)["seven"], "/counts/naive_recursion")
    options = [int(text.split()[-1]) for text in found["texts"]["en"]["scenes"]["growing"]["options"]]
    assert 0.9 * options[scene["task"]["answer"]] < counted < options[scene["task"]["answer"]]
    assert min(options, key=lambda each: abs(each - counted)) == options[scene["task"]["answer"]]


PHASES = ("forward", "loss", "backward", "gradient", "update")
PHASE_OF = {
    "z": "forward",
    "a": "forward",
    "gain": "backward",
    "jacobian": "backward",
    "dl_da": "backward",
    "dl_dz": "backward",
    "dl_dw": "gradient",
    "dl_db": "gradient",
}
"""The phase that writes each number of a layer; weights and biases are given."""


def phase_of(pointer: str) -> str:
    first, *rest = pointer.removeprefix("/").split("/")
    if first == "layers":
        return PHASE_OF.get(rest[1], "forward")
    return {"loss": "loss", "dl_dx": "backward", "updated": "update"}.get(first, "forward")


@each_lesson
def test_a_lesson_shows_a_beginning_of_the_walk_and_tells_only_what_it_shows(name):
    script = lesson(name)
    shows, tells = script["shows"], script.get("tells", script["shows"])
    assert tuple(shows) == PHASES[: len(shows)]
    assert set(tells) <= set(shows)
    for language in LANGUAGES:
        assert script["texts"][language]["can"]


@each_lesson
def test_all_that_a_scene_is_about_is_shown_by_its_lesson(name):
    script = lesson(name)
    for scene in script["scenes"]:
        if "lab" in scene:
            continue
        task = scene.get("task", {})
        about = [*scene.get("lit", ()), *task.get("accept", ())]
        about += [pointer for pointer in (scene.get("at"), task.get("pointer")) if pointer]
        assert {phase_of(pointer) for pointer in about} <= set(script["shows"]), scene["name"]
        if "backward" not in script["shows"]:
            assert scene.get("view") == "forward", scene["name"]


def test_what_has_been_shown_is_not_taken_away_again_and_in_the_end_all_is_told():
    told = [set(lesson(name).get("tells", lesson(name)["shows"])) for name in lesson_names()]
    assert "backward" not in set().union(*told[: lesson_names().index("reversed-neuron")])
    assert all("loss" not in tells for tells in told[: lesson_names().index("loss")])
    assert told[-1] == set(PHASES)

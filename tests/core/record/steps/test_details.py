"""What a step says of itself: parts, products, sources and words, held against its formula, the counts and the plan."""

from collections import Counter
from math import isfinite

import pytest

from app.core.functions.losses import LOSSES
from app.core.mistakes.rules.registry import RULES
from app.core.mistakes.rules.walk import follow, ruled_steps
from app.core.network import Network
from app.core.record.operations.numerals import AT_PLACE, Place, latex
from app.core.record.operations.scene import VALUES_SHOWN, largest, magnitude, ties
from app.core.record.plan import GRANULARITIES, plan
from app.core.record.steps import DETAILS, each_step, known_after, numbers_of, steps
from app.core.record.trace import trace

from .test_steps import LECTURE
from .test_written_steps import WIDE, output_of, small

WALKED = GRANULARITIES[1:]


def records():
    network = LECTURE
    for loss in LOSSES:
        yield trace(small("tanh", output_of(loss)), [1.0, -2.0], [1.0, 0.0], loss, learning_rate=0.5)
    yield trace(small("relu", "softmax"), [1.0, -2.0], [0.25, 0.5], "half_squared_error", signal=[0.5, -1.0])
    yield trace(network, [1.0, -1.0], [1.0, 0.0], "half_squared_error", learning_rate=0.5, momentum=0.9)
    wide = Network.from_lists([{"w": [WIDE] * 9, "b": [0.0] * 9, "activation": "softmax"}])
    yield trace(wide, WIDE, [0.0] * 8 + [1.0], "cross_entropy", learning_rate=0.1)


RECORDS = list(records())


def value_of(record, granularity):
    """A function from the address of a number to that number."""
    numbers, layout = numbers_of(record, granularity), record.layout

    def value(pointer):
        if pointer == "/learning_rate":
            return numbers[layout.size]
        if pointer.startswith("/terms/"):
            return numbers[layout.size + 1 + int(pointer.split("/")[2])]
        return numbers[layout.position[pointer]]

    return value


def symbols_of(parts):
    """The line of symbols, as a client puts it together."""
    line = ""
    for part in parts:
        if isinstance(part, str):
            line += part
        else:
            line += ("+ " if part.get("form") == "addend" else "") + part["tex"]
    return line


def numbers_line(parts, value):
    """The line of numbers, as a client puts it together."""

    def shown(part):
        if isinstance(part, str):
            return part
        inside = part.get("numbers")
        if inside is not None:
            return inside if isinstance(inside, str) else "".join(map(shown, inside))
        if "at" not in part:
            return part["tex"]
        return AT_PLACE[Place[part.get("form", "bare").upper()]](latex(value(part["at"])))

    return "".join(map(shown, parts))


@pytest.mark.parametrize("granularity", WALKED)
def test_parts_joined_are_the_formula_and_with_the_numbers_in_them_the_numbers(granularity):
    for record in RECORDS:
        value = value_of(record, granularity)
        for step in steps(record, granularity, details=["parts"]):
            assert symbols_of(step["parts"]) == step["formula"]
            assert numbers_line(step["parts"], value) == step["numbers"]
            beside = zip(step["parts"], step["parts"][1:], strict=False)
            assert not any(isinstance(p, str) and isinstance(q, str) for p, q in beside)


@pytest.mark.parametrize("name", ["no_output_gain", "sign_flipped", "untransposed", "own_activation", "gain_at_a"])
def test_the_parts_of_a_wrong_step_are_those_of_its_own_formula(name):
    record = trace(LECTURE, [1.0, -1.0], [1.0, 0.0], "half_squared_error", learning_rate=0.5)
    ruled = follow(record, RULES[name])
    for granularity in WALKED:
        wrong = ruled_steps(ruled, granularity, DETAILS)
        made = {
            pointer: number for step in wrong for pointer, number in zip(step["writes"], step["value"], strict=True)
        }
        right = value_of(ruled.trace, granularity)

        def value(pointer, made=made, right=right):
            return made[pointer] if pointer in made else right(pointer)

        for step in wrong:
            assert symbols_of(step["parts"]) == step["formula"]
            assert numbers_line(step["parts"], value) == step["numbers"]
            for own in step.get("sources", []):
                assert set(own) <= set(range(len(step["reads"])))


def test_a_whole_matrix_names_itself_and_each_of_its_numbers():
    (first, *_) = steps(RECORDS[0], "layer", details=["parts"])
    assert first["parts"][2] == {
        "tex": "W^{(1)}",
        "at": "/layers/0/w",
        "numbers": [
            r"\begin{pmatrix} ",
            {"at": "/layers/0/w/0/0"},
            " & ",
            {"at": "/layers/0/w/0/1"},
            r" \\ ",
            {"at": "/layers/0/w/1/0"},
            " & ",
            {"at": "/layers/0/w/1/1"},
            r" \end{pmatrix}",
        ],
    }


def test_the_symbol_of_a_gain_stands_for_the_gain():
    gains = [step for step in steps(RECORDS[0], "unit", details=["parts"]) if step["operation"] == "gain"]
    step = next(step for step in gains if step["layer"] == 0)
    assert step["parts"][2]["at"] == step["writes"][0]
    assert step["parts"][2]["numbers"] == r"\tanh'\left("
    assert step["parts"][3] == {"tex": "", "at": step["reads"][0]}


@pytest.mark.parametrize("granularity", WALKED)
def test_the_products_of_the_steps_of_a_phase_add_up_to_what_is_counted(granularity):
    for record in RECORDS:
        spent = Counter()
        for step in steps(record, granularity, details=["products"]):
            spent[step["phase"]] += step["products"]
        counts = record.counts
        assert spent["forward"] == counts["forward"]
        assert spent["backward"] == counts["backward"]
        assert spent["gradient"] == counts["products"]
        assert spent["loss"] == spent["update"] == 0


def test_the_numbers_of_a_whole_layer_are_made_of_what_the_units_of_it_read():
    for record in RECORDS:
        layout = record.layout
        single = {}
        for operation in plan(layout.structure, "term").operations:
            if operation.part_of is None:
                for position in operation.writes:
                    single[layout.addresses[position]] = [layout.addresses[each] for each in operation.reads]
        for operation in plan(layout.structure, "unit").operations:
            if len(operation.writes) == 1:
                single[layout.addresses[operation.writes[0]]] = [layout.addresses[each] for each in operation.reads]
        for granularity in ("layer", "unit"):
            for step in steps(record, granularity, details=["sources"]):
                everything = [range(len(step["reads"]))] * len(step["writes"])
                for written, places in zip(step["writes"], step.get("sources", everything), strict=True):
                    assert [step["reads"][place] for place in places] == single[written]


def test_a_step_whose_numbers_are_each_made_of_all_that_it_reads_says_nothing_of_it():
    softmax = steps(RECORDS[-1], "unit", details=["sources"])
    assert not any("sources" in step for step in softmax if step["operation"] in ("activation", "gain"))
    assert not any("sources" in step for step in steps(RECORDS[0], "term", details=["sources"]))


@pytest.mark.parametrize("granularity", WALKED)
def test_a_sentence_speaks_only_of_what_is_given_or_done(granularity):
    """Each address in it is known once its step is done; it needs nothing from later on."""

    def addresses(params):
        for param in params.values():
            if isinstance(param, str):
                yield param
            elif isinstance(param, dict):
                yield from param.get("list", ())
                yield from addresses(param.get("params", {}))

    for record in RECORDS:
        for step in steps(record, granularity, details=["words"]):
            known = known_after(record.layout.structure, granularity, step["index"] + 1)
            for pointer in addresses(step["words"]["params"]):
                assert record.layout.position[pointer] in known, (step["words"], pointer)


def test_only_what_is_asked_for_is_said():
    plain = steps(RECORDS[0], "unit")
    assert not any(set(DETAILS) & set(step) for step in plain)
    (step,) = each_step(RECORDS[0], "unit", 3, 4, ["products", "words"])
    assert set(step) - set(plain[3]) == {"products", "words"}
    assert {name: step[name] for name in plain[3]} == plain[3]


def test_two_sizes_that_differ_by_rounding_only_are_a_tie():
    assert ties([1.0, -1.0 - 2**-52, 0.5]) == {"ties": 2, "size": {"number": 1.0 + 2**-52}}
    assert ties([1.0, -1.1]) == {}
    assert ties([float("inf"), float("inf")]) == {}
    assert largest([1.0, float("nan"), -3.0]) == 1
    assert magnitude([1.0, float("inf")]) == {"number": None}


def test_a_long_list_is_its_first_numbers_its_last_one_and_the_largest():
    assert VALUES_SHOWN < 9
    words = next(step["words"] for step in steps(RECORDS[-1], "layer", details=["words"]))
    assert words["key"] == "step.weighted_sum.layer"
    listed = words["params"]["values"]
    assert listed["key"] == "list.long.tie"
    assert listed["params"]["start"] == {"list": ["/layers/0/z/0", "/layers/0/z/1", "/layers/0/z/2"]}
    assert listed["params"]["end"] == "/layers/0/z/8"
    assert listed["params"]["ties"] == 9
    assert isfinite(listed["params"]["size"]["number"])

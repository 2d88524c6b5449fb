"""Worked examples that came later: recomputed here weight by weight, without the core, and with the source's slips."""

from math import exp

import pytest

from app.library.presets import agrees, preset, run
from app.library.rich_text import number_at


def sigmoid(z):
    return 1 / (1 + exp(-z))


def worked(request, round_after=lambda name, value: value, through_new_weights=False):
    """One update of a network with one hidden layer and one output, by its own formulas, as one does it on paper.

    Args:
        request: the trace request of the example.
        round_after: what the source did to an intermediate number before it went on with it.
        through_new_weights: whether the hidden layer's error came back through weights that were already updated.
    """
    hidden, output = request["network"]["layers"]
    x, rate = request["x"], request["learning_rate"]
    found = {}
    sums = [
        sum(w * each for w, each in zip(row, x, strict=True)) + b
        for row, b in zip(hidden["w"], hidden["b"], strict=True)
    ]
    a = [round_after("a", sigmoid(z)) for z in sums]
    z = sum(w * each for w, each in zip(output["w"][0], a, strict=True)) + output["b"][0]
    y = round_after("y", sigmoid(z))
    slope = round_after("slope", (y - request["target"][0]) * y * (1 - y))
    new = [w - rate * slope * each for w, each in zip(output["w"][0], a, strict=True)]
    back = new if through_new_weights else output["w"][0]
    slopes = [slope * w * each * (1 - each) for w, each in zip(back, a, strict=True)]
    found |= {f"/layers/0/z/{i}": each for i, each in enumerate(sums)}
    found |= {f"/layers/0/a/{i}": each for i, each in enumerate(a)}
    found |= {"/layers/1/z/0": z, "/layers/1/a/0": y, "/layers/1/dl_dz/0": slope}
    found |= {f"/layers/0/dl_dz/{i}": each for i, each in enumerate(slopes)}
    found |= {f"/updated/layers/1/w/0/{i}": each for i, each in enumerate(new)}
    for i, row in enumerate(hidden["w"]):
        found |= {f"/updated/layers/0/w/{i}/{j}": w - rate * slopes[i] * x[j] for j, w in enumerate(row)}
    if "b" not in request.get("freeze", ()):
        found |= {f"/updated/layers/0/b/{i}": b - rate * slopes[i] for i, b in enumerate(hidden["b"])}
        found["/updated/layers/1/b/0"] = output["b"][0] - rate * slope
    return found


@pytest.mark.parametrize("name", ["han-kamber", "much-copied"])
def test_ours_is_what_the_formulas_give_on_paper(name):
    found = preset(name)
    record, expected = run(found["request"]), worked(found["request"])
    assert {row["pointer"] for row in found["published"]} <= set(expected)
    for pointer, value in expected.items():
        assert number_at(record, pointer) == pytest.approx(value, rel=1e-12, abs=1e-15)


def test_all_of_han_and_kambers_numbers_agree_but_for_the_sign_of_the_error_terms():
    rows = preset("han-kamber")["published"]
    assert [row["pointer"] for row in rows if not row["agrees"]] == [
        "/layers/1/dl_dz/0",
        "/layers/0/dl_dz/1",
        "/layers/0/dl_dz/0",
    ]
    rounded = worked(preset("han-kamber")["request"], lambda name, value: round(value, 3) if name in "ay" else value)
    for row in rows:
        sign = -1 if "dl_dz" in row["pointer"] else 1
        assert agrees(f"{row['value']:.{row['digits']}f}", sign * rounded[row["pointer"]])


def test_the_much_copied_example_is_met_with_its_roundings_and_through_the_already_updated_weights():
    """So every remark on it is true, also that its very last number was cut off."""
    places = {"a": 4, "y": 2, "slope": 4}

    def as_there(name, value):
        # 0.68027 was taken as 0.68; the error −0.04064… as −0.0406, as rounding has it.
        return 0.68 if name == "a" and round(value, 2) == 0.68 else round(value, places[name])

    request, rows = preset("much-copied")["request"], preset("much-copied")["published"]
    theirs = worked(request, as_there, through_new_weights=True)
    right_way = worked(request, as_there)
    for row in rows:
        printed = f"{row['value']:.{row['digits']}f}"
        sign = -1 if "dl_dz" in row["pointer"] else 1
        value = sign * theirs[row["pointer"]]
        if row["pointer"] == "/updated/layers/0/w/1/1":
            assert int(value * 1e4) / 1e4 == row["value"]
            assert not agrees(printed, value)
        else:
            assert agrees(printed, value), row["pointer"]
        if row["pointer"].startswith("/updated/layers/0/"):
            assert not agrees(printed, right_way[row["pointer"]]), "the roundings alone do not explain it"
            assert "already updated" in row["remark"]["en"]
    assert sum(not row["agrees"] for row in rows) == 7

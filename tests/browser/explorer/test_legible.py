"""What a step has written can be read: in sight and large enough, on every screen, in networks up to 10-10-10."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.browser.conftest import Visits
from tests.browser.hands.explorer import Explorer

DESKS = [(1280, 720), (1366, 768), (1440, 900), (1920, 1080)]
PROJECTORS = [(1024, 768), (1280, 720), (1920, 1080)]
DESK_PIXELS, PROJECTOR_PIXELS = 12, 20
GRADIENT_DONE = 45

# Of each number on the stage that is computed and shown: its pointer and the height of its type in pixels; 0 if any
# part of it lies outside the stage.
SEEN = """() => {
  const stage = document.querySelector("#stage").getBoundingClientRect();
  return [...document.querySelectorAll("#stage [data-pointer][data-value]")].flatMap((each) => {
    const box = each.getBoundingClientRect();
    if (box.width === 0) return [];
    const across = box.left >= stage.left - 1 && box.right <= stage.right + 1;
    const down = box.top >= stage.top - 1 && box.bottom <= stage.bottom + 1;
    const matrix = each.getScreenCTM();
    return [[each.dataset.pointer, across && down ? parseFloat(getComputedStyle(each).fontSize) * matrix.d : 0]];
  });
}"""


def seen(page: Explorer) -> dict[str, float]:
    """The largest type in which each number is shown."""
    found: dict[str, float] = {}
    for pointer, pixels in page.page.evaluate(SEEN):
        found[pointer] = max(pixels, found.get(pointer, 0.0))
    return found


def numbers_of_the_lecture() -> set[str]:
    """All z, a, ∂l/∂z and ∂l/∂w of a 2-2-2-2 network."""
    units = {
        f"/layers/{layer}/{name}/{unit}" for layer in range(3) for name in ("z", "a", "dl_dz") for unit in range(2)
    }
    wires = {f"/layers/{layer}/dl_dw/{row}/{column}" for layer in range(3) for row in range(2) for column in range(2)}
    return units | wires


@pytest.mark.parametrize("size", DESKS, ids=str)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_when_the_gradient_is_done_all_of_it_is_in_sight(visits: Visits, size: tuple[int, int], language: str) -> None:
    page = visits.visit(f"/?lang={language}#v1;at={GRADIENT_DONE}", size=size).ready().at(GRADIENT_DONE)
    shown = seen(page)
    small = {pointer: shown.get(pointer, 0.0) for pointer in numbers_of_the_lecture()}
    assert {pointer: pixels for pointer, pixels in small.items() if pixels < DESK_PIXELS} == {}


@pytest.mark.parametrize("size", PROJECTORS, ids=str)
def test_on_a_projector_all_of_it_is_in_sight_from_the_last_row(visits: Visits, size: tuple[int, int]) -> None:
    page = visits.visit(f"/#v1;at={GRADIENT_DONE}", size=size).ready().at(GRADIENT_DONE)
    page.press("projector")
    page.page.wait_for_timeout(200)
    shown = seen(page)
    small = {pointer: shown.get(pointer, 0.0) for pointer in numbers_of_the_lecture()}
    assert {pointer: pixels for pointer, pixels in small.items() if pixels < PROJECTOR_PIXELS} == {}


def link_to(sizes: list[int]) -> str:
    """A link to a tanh network with weights of many lengths."""
    count = sum(below * above + above for below, above in pairwise(sizes))
    theta = ",".join(f"{0.83 * (-1) ** index * (1 + index % 7) / (3 + index % 5):.4f}" for index in range(count))
    act = ",".join(["tanh"] * (len(sizes) - 1))
    x = ",".join(f"{0.3 + 0.1 * index:.1f}" for index in range(sizes[0]))
    target = ",".join("0.5" for _ in range(sizes[-1]))
    network = f"sizes={'-'.join(map(str, sizes))};act={act};theta={theta}"
    return f"/#v1;{network};x={x};target={target};loss=half_squared_error;rate=0.5"


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)], ids=str)
@pytest.mark.parametrize("sizes", [[2, 2, 2, 2], [3, 4, 4, 2], [1, 8, 1], [10, 10, 10]], ids=str)
def test_every_number_that_a_step_writes_is_in_sight_while_it_is_written(
    visits: Visits, sizes: list[int], size: tuple[int, int]
) -> None:
    page = visits.visit(link_to(sizes), size=size).ready()
    requested = page.request()
    page.page.mouse.move(0, 0)  # What is pointed at would have its numbers shown instead.
    trace = page.page.request.post(f"{visits.home}/api/v1/trace", data=requested).json()
    wrong = {}
    for index, step in enumerate(trace["steps"]):
        page.page.keyboard.press("ArrowRight")
        page.at(index + 1)
        shown = seen(page)
        hidden = {each: shown.get(each, 0.0) for each in step["writes"] if shown.get(each, 0.0) < DESK_PIXELS}
        if hidden:
            wrong[index, step["operation"]] = hidden
    assert wrong == {}

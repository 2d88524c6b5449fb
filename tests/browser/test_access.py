"""Everyone: nothing for axe to find, no page wider than the screen, targets large enough."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, Visits
from tests.server import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PHONE = (390, 844)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TABS = {"code": ".line", "values": "table", "history": ".panel-note", "inspect": ".inspector-rows"}
"""Each tab of the right column, and something in it that is there when it has come."""
RUN = """async tags => {
  const { violations } = await axe.run(document, {
    runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'],
  });
  return violations.map(({ id, nodes }) => [id, nodes.slice(0, 4).map(n => `${n.target}: ${n.failureSummary}`)]);
}"""


# Each two of size, scheme and language meet once.
@pytest.mark.parametrize(
    ("size", "scheme", "language"),
    [(DESK, "light", "en"), (DESK, "dark", "zh"), (PHONE, "light", "zh"), (PHONE, "dark", "en")],
    ids=["desk-light-en", "desk-dark-zh", "phone-light-zh", "phone-dark-en"],
)
def test_axe_finds_nothing(visits: Visits, size: tuple[int, int], scheme: str, language: str) -> None:
    link = f"/#v1;preset=lecture-1-1;at=40;view=both;lang={language};select=/layers/0/w/0/1"
    page = visits.visit(link, size=size, color_scheme=scheme, bypass_csp=True).ready().at(40)
    page.page.add_script_tag(path=AXE)
    for tab, shows in TABS.items():
        expect(page.tab(tab).locator(shows).first).to_be_visible()
        page.unfold()
        assert page.page.evaluate(RUN, TAGS) == [], f"in {tab}"
    for opener, closer in [("network", None), ("presets", None), ("settings", None), ("share", "close-share")]:
        page.press(opener)
        assert page.page.evaluate(RUN, TAGS) == [], f"with {opener} open"
        if closer:
            page.press(closer)
        else:
            page.page.keyboard.press("Escape")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("preset", ["lecture-1-1", "handwritten-digit"])
def test_a_small_screen_scrolls_down_only(visits: Visits, language: str, preset: str) -> None:
    page = visits.visit(f"/#v1;preset={preset};lang={language};at=9", size=PHONE, has_touch=True).ready()
    page.unfold()
    assert page.page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    page.press("step")
    page.at(10)
    box = page.page.locator(".timeline-bar").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] == pytest.approx(PHONE[1], abs=1)


def test_zoomed_to_twice_the_size_nothing_is_lost(visits: Visits) -> None:
    page = visits.visit("/#v1;preset=lecture-1-1;at=9", size=(720, 450)).ready()
    assert page.page.evaluate("document.documentElement.scrollWidth") == 720
    for action in ("play", "step", "undo", "apply-update", "share", "projector", "network", "presets"):
        control = page.page.locator(f"[data-action='{action}']").first
        control.scroll_into_view_if_needed()
        expect(control).to_be_in_viewport()


def test_every_control_can_be_hit(visits: Visits) -> None:
    page = visits.visit("/#v1;preset=lecture-1-1", size=PHONE).ready()
    small = page.page.evaluate(
        """() => [...document.querySelectorAll('button, select, input, a.tool, summary')]
          .filter(e => e.checkVisibility())
          .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect().width, e.getBoundingClientRect().height])
          .filter(([, width, height]) => Math.min(width, height) < 24)"""
    )
    assert small == []


@pytest.mark.parametrize(
    ("path", "whole"),
    [("/#v1;preset=lecture-1-1;at=40;select=/layers/0/w/0/1", 32), ("/lab", 48)],
    ids=["explorer", "lab"],
)
def test_no_button_pressed_by_keyboard_loses_the_focus(visits: Visits, path: str, whole: int) -> None:
    page = visits.visit(path).page
    buttons = page.locator("main button:visible")
    # Panels are drawn one after the other: so many buttons has the whole page.
    expect(buttons.nth(whole - 1)).to_be_attached()
    pressed = lost = 0
    for place in range(whole):
        button = buttons.nth(place)
        # The row of buttons may have become shorter, and not all have something to do.
        if place >= buttons.count() or not button.is_enabled():
            continue
        button.focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(150)
        lost += page.evaluate("document.activeElement === document.body")
        pressed += 1
        page.keyboard.press("Escape")
    assert pressed > 20
    assert lost == 0

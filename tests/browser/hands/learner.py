"""A learner in a lesson: with a mouse, with a finger, with a keyboard and nothing else."""

from __future__ import annotations

from typing import Any, Protocol

from playwright.sync_api import FrameLocator, Locator, Page, expect

Scene = dict[str, Any]

FOCUSED = """selector => {
  const focused = document.activeElement;
  if (!focused?.matches(selector)) return false;
  const { left, top, width, height } = focused.getBoundingClientRect();
  const seen = document.elementFromPoint(left + width / 2, top + height / 2);
  if (!focused.contains(seen)) throw new Error(`${selector} has the focus under ${seen?.outerHTML.slice(0, 120)}`);
  return true;
}"""
"""Whether the focus is there, and not hidden under something."""

PLAY, MEASURE = "[data-action='play']", "[data-action='measure']"
MOST_TABS = 60


class Learner(Protocol):
    """What a scene asks for, done in one way."""

    def answer(self, box: Locator, text: str) -> None:
        """Type a number and have it checked."""

    def choose(self, box: Locator, option: int) -> None:
        """Choose an answer by its place."""

    def point(self, box: Locator, pointer: str) -> None:
        """Point at a wire."""

    def change(self, box: Locator, pointer: str, value: float) -> None:
        """Give a number of the network another value."""

    def go_to_the_end(self) -> None:
        """Go through all steps."""

    def press_in_the_lab(self, control: str) -> None:
        """Press a button of the Lab inside the lesson."""

    def go_on(self, section: Locator) -> None:
        """On to the next scene."""


class Mouse:
    """Clicks, on the stage too."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def lab(self) -> FrameLocator:
        return self.page.frame_locator("#lab iframe")

    def press(self, target: Locator) -> None:
        target.click()

    def answer(self, box: Locator, text: str) -> None:
        box.locator("[data-action='answer']").fill(text)
        self.press(box.locator("[data-action='check']"))

    def choose(self, box: Locator, option: int) -> None:
        self.press(box.locator("[data-action='option']").nth(option))

    def point(self, box: Locator, pointer: str) -> None:
        self.press(self.page.locator(f"#stage [data-pointer='{pointer}']").first)

    def change(self, box: Locator, pointer: str, value: float) -> None:
        self.page.locator(f"#stage [data-editable='{pointer}']").first.dblclick()
        field = self.page.locator(".edit-in-place input")
        field.fill(str(value))
        field.press("Enter")

    def go_to_the_end(self) -> None:
        self.press(self.page.locator("#timeline [data-action='last']"))

    def press_in_the_lab(self, control: str) -> None:
        self.press(self.lab.locator(control))

    def go_on(self, section: Locator) -> None:
        self.press(section.locator(".scene-next a"))


class Touch(Mouse):
    """Taps; what may lie outside the part of the stage that a phone shows is taken from the list."""

    def press(self, target: Locator) -> None:
        target.tap()

    def unfold(self, box: Locator) -> Locator:
        keys = box.locator(".task-keys")
        if keys.get_attribute("open") is None:
            self.press(keys.locator("summary"))
        return keys

    def point(self, box: Locator, pointer: str) -> None:
        keys = self.unfold(box)
        keys.locator("[data-action='which']").select_option(pointer)
        self.press(keys.locator("[data-action='take']"))

    def change(self, box: Locator, pointer: str, value: float) -> None:
        keys = self.unfold(box)
        keys.locator("[data-action='which']").select_option(pointer)
        keys.locator("[data-action='value']").fill(str(value))
        self.press(keys.locator("[data-action='take']"))


class Keyboard:
    """Keys, and where the focus is; nothing is ever given the focus from outside."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tab_to(self, selector: str, *, back: bool = False) -> None:
        """Go with the tab key until the focus is there."""
        for _ in range(MOST_TABS):
            if self.page.evaluate(FOCUSED, selector):
                return
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"{selector} is not reached with the tab key")

    def type(self, text: str) -> None:
        """Replace what a field holds, and send it."""
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    @staticmethod
    def here(inside: str) -> str:
        return f".scene[data-present] {inside}"

    def answer(self, box: Locator, text: str) -> None:
        self.tab_to(self.here("[data-action='answer']"))
        self.type(text)

    def choose(self, box: Locator, option: int) -> None:
        place = self.here(f"li:nth-child({option + 1}) > [data-action='option']")
        below = box.locator("[data-action='option']:focus, li:has(~ li [data-action='option']:focus)").count()
        self.tab_to(place, back=below > option + 1)
        self.page.keyboard.press("Space")

    def pick(self, box: Locator, pointer: str) -> None:
        """Open the list that stands for the stage, and choose in it with the arrow keys."""
        keys = box.locator(".task-keys")
        if keys.get_attribute("open") is None:
            self.tab_to(self.here(".task-keys > summary"))
            self.page.keyboard.press("Enter")
        else:
            self.tab_to(self.here("[data-action='which']"), back=True)
        self.tab_to(self.here("[data-action='which']"))
        pointers = keys.locator("option").evaluate_all("options => options.map(option => option.value)")
        self.page.keyboard.press("Home")
        for _ in range(pointers.index(pointer)):
            self.page.keyboard.press("ArrowDown")
        expect(keys.locator("[data-action='which']")).to_have_value(pointer)

    def point(self, box: Locator, pointer: str) -> None:
        self.pick(box, pointer)
        self.tab_to(self.here("[data-action='take']"))
        self.page.keyboard.press("Enter")

    def change(self, box: Locator, pointer: str, value: float) -> None:
        self.pick(box, pointer)
        self.tab_to(self.here("[data-action='value']"))
        self.type(str(value))

    def go_to_the_end(self) -> None:
        self.page.keyboard.press("End")

    def press_in_the_lab(self, control: str) -> None:
        self.tab_to("#lab iframe")
        frame = self.page.frames[-1]
        for _ in range(MOST_TABS):
            if frame.evaluate("selector => document.activeElement?.matches(selector) ?? false", control):
                return self.page.keyboard.press("Space")
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{control} of the Lab is not reached with the tab key")

    def go_on(self, section: Locator) -> None:
        inside = self.page.evaluate("document.activeElement?.matches('#lab iframe') ?? false")
        self.tab_to(self.here(".scene-next a"), back=inside)
        self.page.keyboard.press("Enter")

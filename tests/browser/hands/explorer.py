"""The Explorer as a visitor handles it: by what stands on its controls, never by its insides."""

from __future__ import annotations

import json
import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

Numbers = dict[str, str | None]

READ = """root => [...document.querySelectorAll(root + ' [data-pointer]')]
  .map(e => [e.dataset.pointer, e.dataset.value ?? null, e.classList.contains('pending')])"""


class Explorer:
    """One open page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.stage = page.locator("#stage")

    def ready(self) -> Explorer:
        """Wait until what the visitor set is on the page."""
        expect(self.stage).to_have_attribute("data-state", "ready")
        return self

    def press(self, action: str) -> None:
        """Click the control of this action."""
        self.page.locator(f"[data-action='{action}']:visible").first.click()

    def preset(self, name: str) -> Explorer:
        """Choose a preset from the menu."""
        self.press("presets")
        self.page.locator(f".presets-menu [data-preset='{name}']").click()
        self.has_preset(name)
        return self.ready()

    def has_preset(self, name: str) -> None:
        """Wait until this preset is the one on the page."""
        expect(self.page.locator("[data-action='presets']")).to_have_attribute("data-preset", name)

    def at(self, done: int) -> Explorer:
        """Wait until so many steps are done."""
        expect(self.stage).to_have_attribute("data-step", str(done))
        return self

    def tab(self, name: str) -> Locator:
        """Open a tab of the right column; gives what it shows."""
        self.page.locator(f"[data-tab='{name}']").click()
        return self.page.locator(f"#part-{name}")

    def unfold(self) -> None:
        """Open every fold of the open tab."""
        folds = self.page.locator("#panels details:not([open]) > summary:visible")
        while folds.count():
            folds.first.click()

    @property
    def steps(self) -> int:
        return int(self.stage.get_attribute("data-steps") or 0)

    def numbers(self, root: str = "body") -> list[tuple[str, str | None, bool]]:
        """Every number on the page: its pointer, its full value if it is computed, and whether it is marked pending."""
        return [(pointer, value, pending) for pointer, value, pending in self.page.evaluate(READ, root)]

    def shown(self, pointer: str) -> set[str | None]:
        """What the stage shows at a pointer, wherever it shows it."""
        return {value for found, value, _ in self.numbers("#stage") if found == pointer}

    def picture(self) -> str:
        """The drawing as it stands."""
        drawing = self.page.locator("#stage svg.drawing").first
        return str(drawing.evaluate("e => e.outerHTML"))

    def edit(self, pointer: str, text: str) -> Locator:
        """Double-click a number on the stage and type another one; gives the field."""
        self.page.locator(f"#stage [data-pointer='{pointer}']").first.dblclick()
        field = self.page.locator(".edit-in-place input")
        field.fill(text)
        field.press("Enter")
        return field

    def link(self) -> str:
        """The link that the share dialog offers."""
        self.press("share")
        text = self.page.locator("[data-share='text']")
        expect(text).to_have_value(re.compile("#v=1"))
        value = text.input_value()
        self.press("close-share")
        return value

    def request(self) -> dict[str, Any]:
        """The trace request behind the page, as the share dialog gives it."""
        self.press("share")
        self.page.locator("[data-share-kind='json']").click()
        text = self.page.locator("[data-share='text']")
        expect(text).to_have_value(re.compile(r"^\{"))
        found: dict[str, Any] = json.loads(text.input_value())
        self.page.locator("[data-share-kind='link']").click()
        self.press("close-share")
        return found

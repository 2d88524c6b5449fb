"""The Lab as a visitor handles it: by what stands on its controls, never by its insides."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

DROP = """([text, name]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, { type: 'text/csv' }));
  for (const kind of ['dragover', 'drop'])
    document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""
FOCUSED = "() => document.activeElement?.dataset.action ?? ''"
TABS_AT_MOST = 150


class Lab:
    """One open page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def control(self, action: str) -> Locator:
        """The visible control of this action."""
        return self.page.locator(f"[data-action='{action}']:visible").first

    def press(self, action: str) -> None:
        """Click it."""
        self.control(action).click()

    def ready(self) -> Lab:
        """Wait until a network is on the page, with its numbers."""
        expect(self.page.locator(".epoch-number")).to_have_attribute("data-value", re.compile(r"\d"))
        return self

    @property
    def epoch(self) -> int:
        return int(self.page.locator(".epoch-number").get_attribute("data-value") or -1)

    def at(self, epoch: int) -> Lab:
        """Wait until everything shows this epoch."""
        expect(self.page.locator(".epoch-number")).to_have_attribute("data-value", str(epoch), timeout=30_000)
        return self

    def loss(self) -> str:
        """The loss of the chosen example, to the last digit."""
        shown = self.page.locator(".example-numbers .backward-value [data-value]")
        expect(shown).to_be_visible()
        return shown.get_attribute("data-value") or ""

    def drop(self, text: str, name: str = "flowers.csv") -> None:
        """Drop a file onto the page and use it as it was read."""
        self.page.evaluate(DROP, [text, name])
        self.press("use-own-data")
        expect(self.page.locator("dialog[open]")).to_have_count(0)
        self.ready()

    def view(self, name: str) -> Locator:
        """Open one of the views below the network."""
        self.page.locator(f"[data-lab-view='{name}']").click()
        panel = self.page.locator(f"#view-{name}")
        expect(panel).to_be_visible()
        return panel

    def tab_to(self, action: str, key: str = "Tab") -> None:
        """Walk by keyboard until the control of this action has the focus."""
        for _ in range(TABS_AT_MOST):
            self.page.keyboard.press(key)
            if self.page.evaluate(FOCUSED) == action:
                return
        raise AssertionError(f"no way to {action} with {key}")

    def save(self, action: str, folder: Path) -> Path:
        """Click what hands over a file; gives where it lies."""
        with self.page.expect_download() as handed:
            self.press(action)
        path = folder / handed.value.suggested_filename
        handed.value.save_as(path)
        return path

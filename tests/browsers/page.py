"""A page as a visitor handles it, by clicks and keys; what stands on it is read by script."""

from __future__ import annotations

import time
from typing import Any

from tests.browsers.drivers import ELEMENT, PATIENCE, Driver

KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "Home": "\ue011", "End": "\ue010", "ArrowLeft": "\ue012"}
KEYS |= {"ArrowRight": "\ue014", "Backspace": "\ue003", "Control": "\ue009", "PageDown": "\ue00f"}

# That a ResizeObserver is told of a change one frame later is no mistake, though browsers say it as one.
LISTEN = """
if (!window.seenWrong) {
  const wrong = (window.seenWrong = []);
  const note = (kind, ...words) => wrong.push(`${kind}: ${words.join(' ')}`);
  addEventListener('error', ({ message, filename, lineno }) =>
    message?.startsWith('ResizeObserver loop') || note('error', message, filename, lineno), true);
  addEventListener('unhandledrejection', (event) => note('rejection', event.reason, event.reason?.stack));
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    note('policy', violatedDirective, blockedURI));
  const said = console.error;
  console.error = (...words) => { note('console', ...words); said.apply(console, words); };
}"""
WRONG = """return [...(window.seenWrong ?? ['nobody listened']), ...performance.getEntriesByType('resource')
  .map((entry) => entry.name).filter((name) => /^https?:/.test(name) && new URL(name).origin !== location.origin)]"""
VISIBLE = """return [...document.querySelectorAll(arguments[0])]
  .find((each) => each.checkVisibility({ visibilityProperty: true })) ?? null"""
# Of parts of a drawing WebKit's driver knows no middle, and there a click on a number hits the box around it.
# Null while something else lies over it.
MIDDLE = """const each = arguments[0];
  each.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const { x, y, width, height } = each.getBoundingClientRect();
  const middle = [Math.round(x + width / 2), Math.round(y + height / 2)];
  const hit = document.elementFromPoint(...middle);
  const isOneDrawing = hit?.closest('svg g') && hit.closest('svg g') === each.closest('svg g');
  return hit && (isOneDrawing || each.contains(hit) || hit.contains(each)) ? middle : null"""
DRAWN = """(() => { const found = [...document.querySelectorAll('#stage [data-pointer]')]
  .map((each) => [each.dataset.pointer, each.dataset.value ?? null]);
  return found.length > 0 && found; })()"""


class Page:
    """What is open in a browser now."""

    def __init__(self, driver: Driver, home: str) -> None:
        self.driver = driver
        self.home = home
        self.wrong: list[str] = []

    def visit(self, path: str) -> Page:
        """Open a page of the server anew, also if only the part after # differs."""
        self.collect()
        self.driver.do("navigate", url="about:blank")
        self.driver.do("navigate", url=self.home + path)
        self.run(LISTEN)
        return self

    def reload(self) -> None:
        self.collect()
        self.driver.do("refresh")
        self.run(LISTEN)

    def collect(self) -> None:
        """Keep what went wrong on the page that is about to go."""
        if self.run("return location.protocol") == "http:":
            self.wrong += self.run(WRONG)

    def run(self, script: str, *given: Any) -> Any:
        return self.driver.do("execute", script=script, args=list(given))

    def until(self, expression: str, *given: Any) -> Any:
        """Wait until a JavaScript expression holds; gives its value."""
        end = time.monotonic() + PATIENCE
        while not (value := self.run(f"return {expression}", *given)):
            if time.monotonic() > end:
                shown = self.run("return document.body.innerText.slice(0, 600)")
                raise AssertionError(f"never became true: {expression} {given}; the page says: {shown}")
            time.sleep(0.03)
        return value

    def find(self, selector: str) -> str:
        """Wait for a visible element; gives its reference."""
        end = time.monotonic() + PATIENCE
        while (found := self.run(VISIBLE, selector)) is None:
            if time.monotonic() > end:
                raise AssertionError(f"nothing visible at {selector}")
            time.sleep(0.03)
        return str(found[ELEMENT])

    def click(self, selector: str, times: int = 1) -> None:
        """Click in its middle with a mouse, as soon as nothing covers it."""
        end = time.monotonic() + PATIENCE
        while (middle := self.run(MIDDLE, {ELEMENT: self.find(selector)})) is None:
            if time.monotonic() > end:
                raise AssertionError(f"something lies over {selector}")
            time.sleep(0.03)
        down, up = {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}
        there = {"type": "pointerMove", "duration": 0, "x": middle[0], "y": middle[1], "origin": "viewport"}
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}
        self.driver.do("act", actions=[{**mouse, "actions": [there, *times * [down, up]]}])

    def press(self, action: str) -> None:
        """Click the control of this action."""
        self.click(f"[data-action='{action}']")

    def double_click(self, selector: str) -> None:
        """Two clicks in its middle."""
        self.click(selector, times=2)

    def keys(self, *names: str) -> None:
        """Press keys one after another, wherever the focus is."""
        strokes = [{"type": kind, "value": KEYS.get(name, name)} for name in names for kind in ("keyDown", "keyUp")]
        self.driver.do("act", actions=[{"type": "key", "id": "keyboard", "actions": strokes}])

    def fill(self, selector: str, text: str) -> None:
        """Type over what stands in a field."""
        field = self.find(selector)
        self.run("arguments[0].focus(); arguments[0].select()", {ELEMENT: field})
        self.driver.do("type", id=field, text=text)

    def choose(self, selector: str, value: str) -> None:
        """Pick from a list; how a browser draws its own lists is no concern of ours."""
        self.run(
            "const [s, v] = arguments; s.value = v; for (const type of ['input', 'change'])"
            " s.dispatchEvent(new Event(type, { bubbles: true }))",
            {ELEMENT: self.find(selector)},
            value,
        )

    def attribute(self, selector: str, name: str, value: str) -> None:
        """Wait until an element's attribute is this."""
        self.until(
            "document.querySelector(arguments[0])?.getAttribute(arguments[1]) === arguments[2]", selector, name, value
        )

    def text(self, selector: str, part: str) -> None:
        """Wait until an element says this among other things."""
        self.until("document.querySelector(arguments[0])?.textContent.includes(arguments[1])", selector, part)

    def stage(self, step: int | None = None) -> Page:
        """Wait until the stage is up to date, and, if given, so many steps are done."""
        self.attribute("#stage", "data-state", "ready")
        if step is not None:
            self.attribute("#stage", "data-step", str(step))
        return self

    def numbers(self) -> dict[str, set[str | None]]:
        """What the stage shows at each pointer, wherever it shows it."""
        shown: dict[str, set[str | None]] = {}
        for pointer, value in self.until(DRAWN):
            shown.setdefault(pointer, set()).add(value)
        return shown

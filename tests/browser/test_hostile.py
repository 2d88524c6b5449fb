"""Two hundred hostile strings wherever a visitor's text is shown: they stay text, the policy has nothing to report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Visits
from tests.browser.hands.lab import Lab
from tests.server import Server

RUN = "ran()"
SEEDS = [
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<math><mtext><img src=x onerror={RUN}></mtext></math>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<iframe src=javascript:parent.{RUN}>",
    f"<a href=javascript:{RUN} autofocus onfocus={RUN}>x</a>",
    f"<input autofocus onfocus={RUN}>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<video><source onerror={RUN}></video>",
    f"<object data=javascript:{RUN}></object>",
    f"<embed src=javascript:{RUN}>",
    f"<body onload={RUN}>",
    "<base href=//elsewhere.test/>",
    "<meta http-equiv=refresh content=0;url=//elsewhere.test/>",
    "<link rel=stylesheet href=//elsewhere.test/x.css>",
    "<style>*{display:none}</style>",
    f"<form action=javascript:{RUN}><button autofocus>x",
    f"<template><img src=x onerror={RUN}></template>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"${{{RUN}}}",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    "{{ 7 * 7 }}{% include '/etc/passwd' %}",
    f"\\href{{javascript:{RUN}}}{{x}}",
    f"\\htmlData{{x=1}}{{\\url{{javascript:{RUN}}}}}",
    "\\def\\a{\\a\\a}\\a",
    "=HYPERLINK(0)",
    "__proto__",
    "constructor",
    "toString",
    "{name} {app.close}",
    "\u202edecimal\u202c",
    "\ufeff\u200b\u2028\u2029",
    "e\u0301" * 40,
    "%00%0d%0aSet-Cookie:x=1",
    "../../" * 12 + "etc/passwd",
]
WAYS_OUT = ["{}", '">{}<b x="', "'>{}<b x='", "--></textarea></title></script></style>{}", "]]>\\\"'}});{}//"]
STRINGS = [way.format(seed) for way in WAYS_OUT for seed in SEEDS]

WATCH = """
window.wrong = [];
window.ran = () => wrong.push('a script ran');
window.alert = window.ran;
document.addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) =>
  wrong.push(`policy: ${violatedDirective} ${sample}`));
addEventListener('error', ({ message }) => message?.startsWith('ResizeObserver') || wrong.push(`error: ${message}`));
addEventListener('unhandledrejection', ({ reason }) => wrong.push(`rejection: ${reason}`));
"""
FOREIGN = """root => {
  const made = 'iframe, object, embed, base, [autofocus], [srcdoc], img[src="x"], body style, [href^="//"]';
  const isAddress = (name) => ['href', 'src', 'action', 'data'].includes(name);
  const leads = (value) => /^\\s*(javascript|data:text)/i.test(value);
  const runs = ({ name, value }) => name.startsWith('on') || isAddress(name) && leads(value);
  const found = [...root.querySelectorAll('*')].filter((each) => [...each.attributes].some(runs));
  return [...root.querySelectorAll(made), ...found].map((each) => each.outerHTML.slice(0, 200));
}"""
FRAME = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
"""Time for one answer to a change of the page."""


def test_there_are_two_hundred() -> None:
    assert len(set(STRINGS)) == 200


@pytest.fixture
def visitor(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en-US", reduced_motion="reduce", base_url=server.url)
    context.add_init_script(WATCH)
    yield context
    context.close()


def test_what_watches_would_notice(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/gallery")
    page.evaluate(f"document.body.insertAdjacentHTML('beforeend', '<img src=x onerror={RUN}>')")
    page.wait_for_function("wrong.length > 0")
    assert page.evaluate("wrong[0]").startswith("policy: script-src")
    assert len(page.evaluate(f"({FOREIGN})(document)")) == 2
    page.evaluate(RUN)
    assert page.evaluate("wrong.at(-1)") == "a script ran"


def unharmed(page: Page) -> None:
    """Nothing ran, nothing was refused, nothing was made of any text."""
    page.evaluate(FRAME)
    assert page.evaluate("[...wrong]") == []
    assert page.evaluate(f"({FOREIGN})(document)") == []
    assert page.evaluate("({}).polluted") is None


FOLLOW = """async ([links, selector]) => {
  for (const link of links) {
    location.hash = link;
    await new Promise((done) => setTimeout(done, 12));
  }
  return document.querySelector(selector) !== null;
}"""
EXPLORER_FIELDS = """
preset sizes act theta x target loss rate signal view at select digits lang hide freeze rule from"""
LAB_FIELDS = """
data n noise data_seed test standardise own sizes hidden output init network loss opt rate schedule batch epochs seed
reduction freeze epoch example view twin.loss opt.momentum"""


def test_in_every_field_of_the_explorers_links(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/")
    expect(page.locator("#stage")).to_have_attribute("data-state", "ready")
    links = []
    for text in STRINGS:
        given = quote(text, safe="")
        links.append("&".join(["#v=1", f"{given}={given}", *(f"{name}={given}" for name in EXPLORER_FIELDS.split())]))
    page.evaluate(FOLLOW, [links, "#stage"])
    expect(page.locator(".notice").first).to_be_visible()
    unharmed(page)


def test_in_every_field_of_the_labs_links(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/lab")
    Lab(page).ready()
    links = []
    for text in STRINGS:
        given = quote(text, safe="")
        links.append("&".join(["#v=1", f"{given}={given}", *(f"{name}={given}" for name in LAB_FIELDS.split())]))
    links += [f"#setup={quote(text, safe='')}" for text in STRINGS[::5]] + [
        f"#run={quote(text, safe='')}" for text in STRINGS[::5]
    ]
    page.evaluate(FOLLOW, [links, "#network"])
    expect(page.locator(".notice").first).to_be_visible()
    unharmed(page)


DROP_ALL = """async (files) => {
  for (const [name, text] of files) {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], name, { type: 'application/json' }));
    for (const type of ['dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    await new Promise((done) => setTimeout(done, 8));
  }
}"""


def torn(text: str, kind: int) -> str:
    """A trace request with this text where a name, a number or a key belongs."""
    layer: dict[str, Any] = {"w": [[1, -2]], "b": [1], "activation": "relu"}
    request: dict[str, Any] = {
        "network": {"layers": [layer]},
        "x": [1, -1],
        "target": [1],
        "loss": "half_squared_error",
    }
    places = [(request, "loss"), (layer, "activation"), (layer, "w"), (request, text), (request, "x"), (layer, text)]
    target, key = places[kind % len(places)]
    target[key] = text
    return json.dumps(request) if kind % 7 else text


def test_in_the_names_and_contents_of_dropped_files(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/")
    expect(page.locator("#stage")).to_have_attribute("data-state", "ready")
    page.evaluate(DROP_ALL, [[f"{text}.json", torn(text, index)] for index, text in enumerate(STRINGS)])
    expect(page.locator(".notice").last).to_contain_text(STRINGS[-1])
    unharmed(page)


TYPE_ALL = """async ([field, texts]) => {
  const seen = new Set();
  for (const text of texts) {
    const input = document.querySelector(field);
    input.focus();
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.dispatchEvent(new Event('change', { bubbles: true }));
    if (input.form) input.form.requestSubmit();
    else input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await new Promise((done) => setTimeout(done, 4));
  }
}"""


def test_in_the_fields_for_numbers_and_answers(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/#v1;preset=lecture-1-1")
    expect(page.locator("#stage")).to_have_attribute("data-state", "ready")
    page.locator("#stage [data-pointer='/layers/0/w/0/1']").first.dblclick()
    page.evaluate(TYPE_ALL, [".edit-in-place input", STRINGS])
    expect(page.locator(".number-hint:visible")).to_contain_text("/etc/passwd")
    unharmed(page)
    page.goto("/course/feedforward#scene-zero-input")
    expect(page.locator("#scene-zero-input [data-action='answer']")).to_be_visible()
    page.evaluate(TYPE_ALL, ["#scene-zero-input [data-action='answer']", STRINGS])
    expect(page.locator("#scene-zero-input .task-status")).to_have_attribute("data-mood", "wrong")
    unharmed(page)
    page.goto("/lab")
    Lab(page).ready()
    page.evaluate(TYPE_ALL, ["#recipe input[type='text']", STRINGS])
    unharmed(page)


def cell(text: str) -> str:
    """As a spreadsheet writes it."""
    return '"' + text.replace('"', '""') + '"'


def table(texts: list[str]) -> str:
    """Two columns of numbers and one of classes, the first three texts their names."""
    names, classes = texts[:3], texts[3:]
    rows = [f"{at % 7},{at % 5},{cell(classes[at % len(classes)])}" for at in range(4 * len(classes))]
    return "\n".join([",".join(map(cell, names)), *rows])


def test_in_the_headers_cells_and_names_of_own_data(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/lab")
    lab = Lab(page).ready()
    shown = [text for text in STRINGS if text.strip()]
    for start in range(0, len(shown), 13):
        texts = shown[start : start + 13]
        lab.drop(table(texts), f"{texts[0]}.csv")
        unharmed(page)
    for view in ("features", "curves", "export"):
        lab.view(view)
        page.evaluate(FRAME)
    lab.press("runs")
    unharmed(page)


PARSED = """async (addresses) => {
  const found = [];
  for (const address of addresses) {
    const answer = await fetch(address);
    const text = await answer.text();
    const page = new DOMParser().parseFromString(text, 'text/html');
    const scripts = [...page.scripts].filter((each) => !each.src || each.textContent).map((each) => each.outerHTML);
    found.push([answer.status, scripts, FOREIGN(page)]);
  }
  return found;
}""".replace("FOREIGN", f"({FOREIGN})")


def test_in_the_addresses_of_the_pages(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/plain/lecture-1-1")
    addresses = []
    for index, text in enumerate(STRINGS):
        given = quote(text, safe="")
        addresses += [
            f"/plain/lecture-1-1?lang={given}&x0={given}&w0_0_0={given}&loss={given}&activation0={given}&{given}={given}",
            [f"/plain/{given}", f"/course/{given}", f"/worksheet?sheets={given}&seed={given}", f"/{given}"][index % 4],
        ]
    for address, (status, scripts, foreign) in zip(addresses, page.evaluate(PARSED, addresses), strict=True):
        assert status < 500, address
        assert scripts == [], address
        assert foreign == [], address
    unharmed(page)


def test_a_request_to_another_host_would_be_noticed(visits: Visits) -> None:
    page = visits.visit("/glossary", bypass_csp=True).page
    for address in ("http://elsewhere.test/x.css", "http://192.0.2.1/x.css"):
        page.evaluate("address => fetch(address).catch(() => null)", address)
        assert f"a request left the host: {address}" in visits.wrong
    visits.wrong.clear()

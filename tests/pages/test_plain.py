from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from app.library.presets import preset_names
from app.pages.i18n import catalogue
from app.resources import STATIC, TEMPLATES

from .node import run

PERMALINK = """
import { readFileSync } from "node:fs";
import { read } from "./static/js/state/links/permalink.js";
process.stdout.write(JSON.stringify(await read(JSON.parse(readFileSync(0, "utf8")))));
"""
LECTURE = "/plain/lecture-1-1"
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% raw %}",
    "' autofocus onfocus='alert(1)",
    "\x00\x1f\u202e\ud7ff",
    "9" * 5000,
)


class Page(HTMLParser):
    """The elements of a page with their attributes, and its visible text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for each, attributes in self.elements if each == tag]

    def field(self, name: str) -> dict[str, str | None]:
        (found,) = (each for each in self.all("input") + self.all("select") if each.get("name") == name)
        return found


def get(client: TestClient, path: str = LECTURE, status: int = 200, /, **query: str) -> Page:
    answer = client.get(path, params=query or None)
    assert answer.status_code == status
    return Page(answer.text)


def changed(client: TestClient, fields: dict[str, str], status: int = 200) -> Page:
    return get(client, f"{LECTURE}?{urlencode({'lang': 'en', **fields})}", status)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", preset_names())
def test_every_preset_can_be_walked_in_both_languages(client: TestClient, name: str, language: str) -> None:
    page = get(client, f"/plain/{name}", lang=language)
    (html,) = page.all("html")
    assert html["lang"] == {"en": "en", "zh": "zh-CN"}[language]
    assert ("Forward pass" in page.text) is (language == "en")
    assert len([each for each in page.all("li") if (each.get("id") or "").startswith("step-")]) > 5


@pytest.mark.parametrize("name", preset_names())
def test_headings_come_in_order_and_names_of_elements_once(client: TestClient, name: str) -> None:
    page = get(client, f"/plain/{name}", lang="en")
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    names = [attributes["id"] for _, attributes in page.elements if attributes.get("id")]
    assert len(names) == len(set(names))
    targets = {(each.get("href") or "")[1:] for each in page.all("a") if (each.get("href") or "").startswith("#")}
    assert targets <= set(names)
    assert {each.get("for") for each in page.all("label")} <= set(names)


def test_the_walk_speaks_the_numbers_of_the_lecture(client: TestClient) -> None:
    text = get(client, lang="en").text.replace("\u00a0", " ")
    for number in ("0.982", "0.1192", "0.8635", "0.6177", "0.8291", "0.4168", "−0.09028", "−0.003565"):
        assert number in text


def test_a_formula_is_readable_as_it_is_sent(client: TestClient) -> None:
    html = client.get(LECTURE).text
    assert ">z⁽¹⁾₁ = w⁽¹⁾₁₁ x₁ + w⁽¹⁾₁₂ x₂ + b⁽¹⁾₁</span>" in html
    assert 'data-tex="4 = 1 \\cdot 1 + (-2) \\cdot (-1) + 1"' in html


def test_the_language_is_that_of_the_address_the_cookie_or_the_browser(client: TestClient) -> None:
    def lang(headers: dict[str, str] | None = None, query: str = "") -> str | None:
        return Page(client.get(LECTURE + query, headers=headers).text).all("html")[0]["lang"]

    assert lang({"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}) == "zh-CN"
    assert lang({"Accept-Language": "fr"}) == "en"
    assert lang({"Accept-Language": "en", "Cookie": "lang=zh"}) == "zh-CN"
    assert lang({"Accept-Language": "en", "Cookie": "lang=zh"}, "?lang=en") == "en"


def test_a_language_chosen_in_the_address_is_remembered(client: TestClient) -> None:
    answer = client.get(LECTURE, params={"lang": "zh"})
    assert "lang=zh" in answer.headers["set-cookie"]
    assert answer.headers["content-language"] == "zh-CN"
    assert answer.headers["vary"] == "Accept-Language, Cookie, Accept-Encoding"
    follows = client.get(LECTURE)
    assert follows.headers["content-language"] == "zh-CN"
    assert "set-cookie" not in follows.headers


def test_each_language_links_to_the_other_with_everything_in_the_address(client: TestClient) -> None:
    page = changed(client, {"/x/0": "1/3"})
    links = {each["hreflang"]: each["href"] for each in page.all("link") if each.get("rel") == "alternate"}
    assert links == {"en": "?lang=en&/x/0=1/3", "zh-CN": "?lang=zh&/x/0=1/3"}


def test_a_changed_number_changes_the_walk_and_stays_as_typed(client: TestClient) -> None:
    page = changed(client, {"/x/0": "1/2", "/network/layers/0/w/0/1": "0,5", "/network/layers/0/b/0": "−3"})
    assert page.field("/x/0")["value"] == "1/2"
    assert page.field("/network/layers/0/w/0/1")["value"] == "0,5"
    # 1 · 0.5 + 0.5 · (−1) − 3
    assert "z = −3." in page.text.replace("\u00a0", " ")


def test_what_a_form_sends_unchanged_gives_the_same_walk(client: TestClient) -> None:
    page = get(client, lang="en")
    fields = {each["name"] or "": each["value"] or "" for each in page.all("input")}
    again = changed(client, fields)
    assert again.text == page.text


def test_another_granularity_has_other_steps(client: TestClient) -> None:
    counts = [
        len(
            [each for each in changed(client, {"/steps": name}).all("li") if (each.get("id") or "").startswith("step-")]
        )
        for name in ("layer", "unit", "term")
    ]
    assert counts == sorted(set(counts))


def test_without_a_learning_rate_there_is_no_update(client: TestClient) -> None:
    assert any(each.get("id") == "update" for each in changed(client, {"/learning_rate": "0.1"}).all("section"))
    assert not any(each.get("id") == "update" for each in changed(client, {"/learning_rate": ""}).all("section"))


def test_the_walk_leads_to_the_same_network_in_the_explorer(client: TestClient) -> None:
    def link(page: Page) -> str:
        (found,) = (each["href"] or "" for each in page.all("a") if (each.get("href") or "").startswith("../#v=1&"))
        return found

    assert link(get(client, lang="zh")) == "../#v=1&preset=lecture-1-1&steps=unit&lang=zh"
    read = run(PERMALINK, link(changed(client, {"/x/0": "1/3", "/learning_rate": ""})).partition("#")[2])
    assert not read["dropped"]
    assert read["linked"]["x"] == [1 / 3, -1]
    assert read["linked"]["theta"][:6] == [1, -2, -1, 1, 1, 0]
    assert read["linked"]["sizes"] == [2, 2, 2, 2]
    assert "rate" not in read["linked"]


def test_a_bad_number_is_named_at_its_field_and_nothing_typed_is_lost(client: TestClient) -> None:
    page = changed(client, {"/x/0": "abc", "/x/1": "0,25", "/network/layers/1/w/0/1": "1/0"}, 422)
    assert page.field("/x/0")["value"] == "abc"
    assert page.field("/x/0")["aria-invalid"] == "true"
    assert page.field("/x/1")["value"] == "0,25"
    assert "Input x₁: expected a number such as" in page.text
    assert "Weight w₁₂, layer 2: expected a number such as" in page.text
    described = page.field("/x/0")["aria-describedby"]
    assert any(attributes.get("id") == described for _, attributes in page.elements)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("/x/0", "1e999", "expected a finite number"),
        ("/x/0", "", "expected a number"),
        ("/loss", "guess", "expected one of the choices"),
        ("/steps", "none", "expected one of the choices"),
        ("/loss", "binary_cross_entropy", None),
        ("/network/layers/0/activation", "softmax", "Softmax may stand in the last layer only"),
        ("/network/layers/2/activation", "guess", "expected one of the choices"),
        ("/learning_rate", "fast", "Learning rate η: expected a number"),
    ],
)
def test_what_does_not_fit_is_said_in_words(client: TestClient, field: str, value: str, message: str | None) -> None:
    page = changed(client, {field: value}, 422 if message else 200)
    assert message is None or message in page.text


def test_a_loss_that_does_not_fit_names_the_outputs_it_needs(client: TestClient) -> None:
    fields = {"/loss": "cross_entropy", "/network/layers/2/activation": "tanh"}
    assert "Cross entropy needs an output layer with Softmax or Sigmoid" in changed(client, fields, 422).text
    page = get(client, f"{LECTURE}?{urlencode({'lang': 'zh', **fields})}", 422)
    assert "要求输出层使用" in page.text


def test_too_many_steps_for_a_page_are_refused_in_words(client: TestClient) -> None:
    page = get(client, "/plain/handwritten-digit?lang=en&/steps=term", 422)
    assert "choose a coarser walk" in page.text.lower()


def test_a_limit_of_the_server_is_said_in_words(strict: TestClient) -> None:
    assert "The server’s limit is 10 (weights and biases)" in get(strict, LECTURE, 422, lang="en").text
    assert "超出了服务器的限额：权重和偏置的个数最多为 10。" in get(strict, LECTURE, 422, lang="zh").text


def test_a_large_network_is_walked_by_layers_and_its_weights_are_folded(client: TestClient) -> None:
    page = get(client, "/plain/handwritten-digit", lang="en")
    assert not any((each.get("name") or "").startswith("/network/layers/0/w") for each in page.all("input"))
    assert len([each for each in page.all("input") if (each.get("name") or "").startswith("/x/")]) == 64
    assert len([each for each in page.all("details") if each.get("class") == "fold"]) == 2
    selected = [each["value"] for each in page.all("option") if "selected" in each]
    assert "layer" in selected


def test_values_of_no_field_are_left_out_and_counted(client: TestClient) -> None:
    page = changed(client, {"/x/7": "1", "/nonsense": "1", "other": "1"})
    assert "2 values in the address" in page.text


def test_published_numbers_stand_beside_ours_with_the_reason_where_they_differ(client: TestClient) -> None:
    text = get(client, "/plain/mazur", lang="en").text
    assert "0.291027924" in text
    assert "0.2910277737" in text
    assert "nothing published to compare" in get(client, "/plain/mazur?lang=en&/x/0=0.06").text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(client: TestClient, text: str) -> None:
    for field in ("/x/0", "/loss", "/steps", "/learning_rate", "/network/layers/0/activation", "lang", text):
        answer = client.get(LECTURE, params={field: text})
        assert answer.status_code in (200, 422)
        page = Page(answer.text)
        assert all(each.get("src") for each in page.all("script"))
        assert not page.all("img")
        assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    shown = Page(client.get(LECTURE, params={"/x/0": text}).text).field("/x/0")["value"] or ""
    assert text.replace("\x00", "").startswith(shown.replace("\ufffd", "").replace("\x00", "")[:20])
    assert len(shown) <= 200


def test_an_unknown_preset_is_a_page_with_the_known_ones(client: TestClient) -> None:
    answer = client.get("/plain/nothing", params={"lang": "en"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert f'href="../plain/{preset_names()[0]}?lang=en"' in answer.text


@pytest.mark.parametrize(
    "path", [LECTURE, "/plain/handwritten-digit", "/plain/x", "/problems", "/problems/validation", "/docs", "/"]
)
def test_a_page_has_nothing_inline_and_asks_no_other_host(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["content-type"].startswith("text/html")
    page = Page(answer.text)
    for tag, attributes in page.elements:
        assert tag != "style"
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        assert tag != "script" or attributes.get("src")
        for name in ("src", "href", "action"):
            assert "//" not in (attributes.get(name) or "")
            assert not (attributes.get(name) or "").startswith("/")


@pytest.mark.parametrize("path", [LECTURE, "/plain/x", "/problems/validation", "/docs", "/"])
def test_every_file_a_page_asks_for_is_there(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["content-type"].startswith("text/html")
    page = Page(answer.text)
    for tag, attributes in page.elements:
        address = attributes.get("src") or (attributes.get("href") if tag == "link" else None) or ""
        if "static/" in address:
            assert client.get("/" + address.lstrip("./")).status_code == 200, address


def test_every_font_that_katex_prefers_is_there() -> None:
    css = (STATIC / "vendor" / "katex" / "katex.min.css").read_text(encoding="utf-8")
    for font in re.findall(r"url\((fonts/[^)]+\.woff2)\)", css):
        assert (STATIC / "vendor" / "katex" / font).is_file(), font


def test_every_text_of_the_frame_can_change_in_place(client: TestClient) -> None:
    page = Page(client.get(LECTURE, params={"lang": "en"}).text)
    keys = [value for _, attributes in page.elements if (value := attributes.get("data-i18n"))]
    assert {"header.skip", "header.explore", "header.api", "header.language", "footer.about"} <= set(keys)
    assert set(keys) <= set(catalogue("en"))


def test_paper_has_a_style_of_its_own() -> None:
    css = (STATIC / "css" / "plain" / "plain.css").read_text(encoding="utf-8")
    printed = css[css.index("@media print") :]
    assert "size: A4" in css
    assert re.search(r"break-inside:\s*avoid", printed)
    assert re.search(r"\.change,[^{]*\{\s*display: none", printed)


def test_dark_is_dark_with_and_without_javascript_and_every_colour_has_both() -> None:
    css = (STATIC / "css" / "base" / "tokens.css").read_text(encoding="utf-8")
    assert re.search(r':root\[data-theme="dark"\] \{\s*color-scheme: dark;', css)
    assert re.search(r":root:not\(\[data-theme\]\) \{\s*color-scheme: light dark;", css)
    colours = re.findall(r"(?:#[0-9a-f]{6}|rgb\([^)]*\))", css)
    pairs = re.findall(r"light-dark\((#[0-9a-f]{6}|rgb\([^)]*\)), (#[0-9a-f]{6}|rgb\([^)]*\))\)", css)
    assert colours == [colour for pair in pairs for colour in pair]


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read_on_every_ground_and_drawing_seen(theme: str) -> None:
    css = (STATIC / "css" / "base" / "tokens.css").read_text(encoding="utf-8")
    pairs = re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", css)
    tokens = {name: light if theme == "light" else dark for name, light, dark in pairs}

    def contrast(one: str, other: str) -> float:
        light, dark = sorted((luminance(tokens[one]), luminance(tokens[other])), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    texts = [name for name in tokens if name.endswith("-text")] + ["ink", "soft"]
    for text in texts:
        for ground in ("paper", "card", "hover", "forward-tint", "backward-tint", "warning-tint"):
            assert contrast(text, ground) >= 4.5, (text, ground)
    for colour in ("positive", "negative", "forward", "backward"):
        assert contrast(colour, "paper") >= 3, colour


def test_no_template_shows_a_text_that_is_not_in_the_catalogue() -> None:
    for path in TEMPLATES.glob("*.html"):
        if path.name in ("docs.html", "problems.html"):
            continue
        bare = re.sub(
            r"\{#.*?#\}|\{% block (?:body_class|sheet).*?endblock %\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>",
            " ",
            path.read_text(encoding="utf-8"),
            flags=re.DOTALL,
        )
        assert not re.search(r"[A-Za-z]{3,}", unescape(bare)), path.name

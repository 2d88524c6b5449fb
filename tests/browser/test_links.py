"""Links from anywhere: what is wrong in them is named, and nothing of them ever runs."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits

WRITTEN = 500
"""Milliseconds after which the address has followed the page."""
SCRIPT = "<img src=x onerror=alert(1)>"
HOSTILE = [
    f"#v1;preset={quote(SCRIPT)}",
    f"#v1;{quote(SCRIPT)}={quote(SCRIPT)}",
    "#v1;preset=__proto__;view=constructor;lang=toString",
    "#v1;sizes=2-999999999-2;act=sigmoid,sigmoid;theta=1",
    "#v1;sizes=2-1;act=sigmoid;theta=1,NaN,1e999",
    "#v1;sizes=1-1;act=softmax;theta=1,0;x=1;target=1;loss=binary_cross_entropy",
    "#v1;sizes=2-2-2;act=softmax,softmax;theta=" + ",".join(["1"] * 12),
    "#v1;theta=~not-deflate;at=-5;digits=1e9",
    "#v1;preset=%E0%A4%A;at=;;;=;=x;select=/../../x",
    "#v99;view=both",
    "#v1;hide=" + "a" * 100_000,
]


@pytest.mark.parametrize("link", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_link_is_named_and_does_nothing(visits: Visits, link: str) -> None:
    page = visits.visit("/" + link).ready()
    page.page.on("dialog", lambda dialog: visits.note(f"a script ran: {dialog.message}"))
    expect(page.page.locator(".notice").first).to_be_visible()
    assert page.page.locator("img[src='x']").count() == 0
    assert page.steps > 0


def test_a_link_pasted_into_the_open_page_is_followed_and_back_and_forward_lead_along(visits: Visits) -> None:
    page = visits.visit("/#v1;preset=lecture-1-1;at=5").ready().at(5)
    page.page.evaluate("location.hash = '#v1;preset=mazur;at=3;view=forward'")

    def is_there() -> None:
        page.has_preset("mazur")
        page.ready().at(3)
        expect(page.page.locator("[data-view='forward']")).to_have_attribute("aria-pressed", "true")
        page.page.wait_for_url("**preset=mazur**lang=en**")

    is_there()
    page.page.go_back()
    page.has_preset("lecture-1-1")
    page.ready().at(5)
    page.page.wait_for_timeout(WRITTEN)
    page.page.go_forward()
    is_there()


def test_the_address_follows_the_page(visits: Visits) -> None:
    page = visits.visit("/#v1;preset=lecture-1-1").ready()
    page.page.locator("[data-view='reversed']").click()
    page.press("step")
    page.page.wait_for_url("**view=reversed**at=1**")
    page.page.reload()
    page.ready().at(1)
    expect(page.page.locator("[data-view='reversed']")).to_have_attribute("aria-pressed", "true")


def test_a_large_network_fits_into_a_link(visits: Visits) -> None:
    page = visits.visit("/#v1;preset=handwritten-digit").ready()
    page.edit("/layers/1/b/0", "0.5")
    page.ready()
    request = page.request()
    link = page.link()
    assert len(link) < 12_000
    there = visits.visit(link.removeprefix(visits.home)).ready()
    assert there.request() == request


def test_parts_of_the_page_can_be_left_out(visits: Visits) -> None:
    page = visits.visit("/#v1;preset=lecture-1-1;hide=header,toolbar,panels,timeline").ready()
    for hidden in (".site-header", ".toolbar", "#panels", ".timeline-bar"):
        expect(page.page.locator(hidden)).to_be_hidden()
    box = page.stage.bounding_box()
    assert box is not None
    assert box["width"] == 1440


def test_a_long_link_has_a_short_one_that_opens_the_same(visits: Visits) -> None:
    page = visits.visit("/#v=1&preset=handwritten-digit").ready()
    page.edit("/layers/1/b/0", "0.125")
    request = page.ready().request()
    page.press("share")
    section = page.page.locator(".short-link")
    expect(section).to_be_visible()
    section.locator("[data-action='make-short']").click()
    short = section.locator("[data-share='short']")
    expect(short).to_have_value(re.compile(r"/s/[\w-]{22}$"))
    other = visits.visit(short.input_value().removeprefix(visits.home)).ready()
    assert other.request() == request


def test_a_short_link_has_no_shorter_one(visits: Visits) -> None:
    page = visits.visit("/#v=1&preset=lecture-1-1").ready()
    page.press("share")
    expect(page.page.locator("[data-share='text']")).to_have_value(re.compile("#v=1"))
    expect(page.page.locator(".short-link")).to_be_hidden()


def test_a_short_link_that_is_gone_is_named(visits: Visits) -> None:
    visits.may_fail = True
    page = visits.visit("/#s=" + "x" * 22).ready()
    expect(page.page.locator(".notice")).to_contain_text("no such short link")
    assert page.steps > 0

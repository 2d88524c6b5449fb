from __future__ import annotations

import re

import pytest

from app.pages.i18n import LANGUAGES, accepted, catalogue, language_of, translator


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en;q=0.5, zh;q=0.7", "zh"),
        ("en-GB", "en"),
        ("fr, zh;q=0.2", "zh"),
        ("fr, *;q=0.5", "en"),
        ("zh;q=0, *", "en"),
        ("en;q=0, *;q=0.1", "zh"),
        ("de-DE", None),
        ("", None),
        ("zh;q=0", None),
        ("ZH-hant-tw ; q=1.0", "zh"),
        ("en;q=0.8,zh;q=0.8", "en"),
        ("zh;q=0.8,en;q=0.8", "zh"),
        ("en;q=7, zh;q=0.1", "zh"),
        ("xx;;;q=,\x00,zh", "zh"),
        ("," * 5000 + "zh", None),
    ],
)
def test_accept_language_is_weighed(header: str, language: str | None) -> None:
    assert accepted(header) == language


def test_the_address_wins_over_the_cookie_and_the_cookie_over_the_browser() -> None:
    assert language_of("zh", "en", "en") == "zh"
    assert language_of(None, "zh", "en") == "zh"
    assert language_of("klingon", "x", "zh") == "zh"
    assert language_of(None, None, None) == "en"


def test_both_catalogues_have_the_same_keys_and_gaps() -> None:
    en, zh = (catalogue(language) for language in LANGUAGES)
    assert en.keys() == zh.keys()
    for key in en:
        assert set(re.findall(r"\{\w+\}", en[key])) == set(re.findall(r"\{\w+\}", zh[key])), key


def test_a_missing_key_is_an_error_that_names_it() -> None:
    with pytest.raises(KeyError, match=r"no\.such"):
        translator("en")("no.such")


def test_a_text_may_stand_inside_another() -> None:
    text = translator("en")(
        "step.product.forward.zero", input={"key": "input.x", "params": {"sub": "₂"}}, w=1, unit=1, layer=1
    )
    assert text.startswith("Only 0 comes from input x₂.")

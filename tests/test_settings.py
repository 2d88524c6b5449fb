"""Settings come from the environment, when asked for, and list the limits."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import Settings, user_data_dir


def test_every_setting_is_an_environment_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BACKPROPSCOPE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("BACKPROPSCOPE_MAX_LAYERS", "7")
    monkeypatch.setenv("BACKPROPSCOPE_CORS_ORIGINS", '["https://a.example"]')
    settings = Settings()
    assert (settings.data_dir, settings.limits()["layers"]) == (tmp_path, 7)
    assert settings.cors_origins == ("https://a.example",)


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_every_limit_is_a_positive_whole_number() -> None:
    assert all(isinstance(value, int) and value > 0 for value in Settings().limits().values())


@pytest.mark.parametrize("value", ["0", "-1", "many"])
def test_a_limit_that_makes_no_sense_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("BACKPROPSCOPE_MAX_LAYERS", value)
    with pytest.raises(ValidationError):
        Settings()


@pytest.mark.parametrize("value", ["'self'; script-src *", "a\r\nSet-Cookie: b", ""])
def test_nothing_can_be_slipped_into_the_security_headers(value: str) -> None:
    with pytest.raises(ValidationError):
        Settings(frame_ancestors=value)


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"XDG_DATA_HOME": "/somewhere"}, Path("/somewhere/backpropscope")),
        ("linux", {}, Path("/home/learner/.local/share/backpropscope")),
        ("darwin", {}, Path("/home/learner/Library/Application Support/backpropscope")),
        ("win32", {}, Path("/home/learner/AppData/Local/backpropscope")),
    ],
)
def test_data_lies_where_the_system_keeps_it(
    monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], expected: Path
) -> None:
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": "/home/learner", **variables}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert user_data_dir() == expected

"""A browser's own EventSource follows a run: it gets all records, comes back once after the end, and then stops."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser

from app.api.training.schemas import XOR
from tests.server import Server

FOLLOW = """(id) => new Promise((resolve) => {
  const source = new EventSource(`/api/v1/runs/${id}/events`);
  const seen = { epochs: [], ends: 0, opened: 0 };
  source.addEventListener("open", () => (seen.opened += 1));
  source.addEventListener("epoch", ({ lastEventId }) => seen.epochs.push(Number(lastEventId)));
  source.addEventListener("finished", () => (seen.ends += 1));
  source.addEventListener("error", () => source.readyState === EventSource.CLOSED && resolve(seen));
})"""


def test_an_event_source_gets_everything_once_and_stops(browser: Browser, server: Server) -> None:
    trained = server.ask("POST", "/api/v1/training", {**XOR, "epochs": 50, "keep": True})
    run_id = trained.content.decode().partition('"run":"')[2].partition('"')[0]
    page = browser.new_page()
    statuses: list[int] = []
    page.on("response", lambda answer: statuses.append(answer.status) if answer.url.endswith("/events") else None)
    page.goto(f"{server.url}/plain")
    seen: dict[str, Any] = page.evaluate(FOLLOW, run_id)
    page.close()
    assert seen["epochs"] == list(range(51))
    assert (seen["ends"], seen["opened"]) == (1, 1)
    assert statuses == [200, 204]

"""A verdict on a training as JSON, with its remedy: a patch of the request, to be merged into it (RFC 7396)."""

from __future__ import annotations

from typing import Any

from ...core.training.verdicts import Verdict
from .setup import Plan


def verdict_document(verdict: Verdict | None, plan: Plan) -> dict[str, Any] | None:
    """What the server says of a training that went wrong; None if it says nothing."""
    if verdict is None:
        return None
    standardise = {
        "inputs": verdict.inputs or plan.data.scaling.changes,
        "targets": verdict.targets or plan.data.examples.unit is not None,
    }
    return {
        "code": verdict.code,
        "since_epoch": verdict.since_epoch,
        "evidence": dict(verdict.evidence),
        "remedy": {"dataset": {"standardise": standardise}} if plan.has_dataset else {"standardise": standardise},
        "title": dict(verdict.title),
        "detail": dict(verdict.detail),
    }

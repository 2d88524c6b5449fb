"""The client made by openapi-python-client; run in the folder that it was made in, with the server's address."""

from __future__ import annotations

import json
import sys
from typing import Any

from backpropscope_client import Client
from backpropscope_client.api.course import post_diagnose
from backpropscope_client.api.figures import post_curves
from backpropscope_client.api.runs import get_run, post_run_training
from backpropscope_client.api.sessions import post_session_step, post_sessions
from backpropscope_client.api.trace import post_trace
from backpropscope_client.api.training import post_training
from backpropscope_client.models import (
    ContinueRequest,
    CurvesRequest,
    DiagnoseRequest,
    Diagnosis,
    Move,
    PlotlyFigure,
    ProblemDetails,
    Run,
    SessionCreated,
    SessionMoved,
    Started,
    Trace,
    TraceRequest,
    TrainingRequest,
)

LECTURE: dict[str, Any] = {
    "network": {
        "layers": [
            {"w": [[1, -2], [-1, 1]], "b": [1, 0], "activation": "sigmoid"},
            {"w": [[2, -1], [-2, -1]], "b": [0, 0], "activation": "sigmoid"},
            {"w": [[3, -1], [-1, 4]], "b": [-2, 2], "activation": "sigmoid"},
        ]
    },
    "x": [1, -1],
    "target": [1, 0],
    "loss": "half_squared_error",
}
XOR: dict[str, Any] = {
    "sizes": [2, 4, 1],
    "activation": "tanh",
    "output_activation": "sigmoid",
    "xs": [[0, 0], [0, 1], [1, 0], [1, 1]],
    "targets": [[0], [1], [1], [0]],
    "loss": "binary_cross_entropy",
    "optimizer": {"name": "momentum", "learning_rate": 0.5, "momentum": 0.9},
    "epochs": 20,
    "until": {"epochs": 3},
}
MISTAKE: dict[str, Any] = {"request": LECTURE, "pointer": "/layers/2/dl_dz/0", "answer": -0.3823, "digits": 4}


def events_of(text: object) -> list[tuple[str, dict[str, Any]]]:
    """The names and the data of a stream that has been read to its end."""
    assert isinstance(text, str)
    fields = [dict(line.split(": ", 1) for line in block.split("\n")) for block in text.strip().split("\n\n")]
    return [(each["event"], json.loads(each["data"])) for each in fields if "data" in each]


def main(url: str) -> None:
    """Do the work, and say what came of it in one line."""
    client = Client(base_url=url)
    trace = post_trace.sync(client=client, body=TraceRequest.from_dict(LECTURE))
    assert isinstance(trace, Trace)
    assert trace.loss.value == 0.4167981090280999
    session = post_sessions.sync(client=client, body=TraceRequest.from_dict(LECTURE))
    assert isinstance(session, SessionCreated)
    moved = post_session_step.sync(session.id, client=client, body=Move(by=2))
    assert isinstance(moved, SessionMoved)
    assert len(moved.executed) == 2

    started = events_of(post_training.sync(client=client, body=TrainingRequest.from_dict(XOR)))
    assert [name for name, _ in started] == ["started", *["epoch"] * 4, "stopped"]
    run = Started.from_dict(started[0][1]).run
    assert isinstance(run, str)
    continued = events_of(post_run_training.sync(run, client=client, body=ContinueRequest()))
    assert continued[-1][0] == "finished"
    kept = get_run.sync(run, client=client)
    assert isinstance(kept, Run)

    diagnosis = post_diagnose.sync(client=client, body=DiagnoseRequest.from_dict(MISTAKE))
    assert isinstance(diagnosis, Diagnosis)
    assert diagnosis.verdict == "wrong"
    curves = CurvesRequest(
        epochs=[record.epoch for record in kept.records], cost=[record.cost for record in kept.records]
    )
    figure = post_curves.sync(client=client, body=curves)
    assert isinstance(figure, PlotlyFigure)
    assert figure.figure.data
    wrong = post_trace.sync(client=client, body=TraceRequest.from_dict({**LECTURE, "x": [1]}))
    assert isinstance(wrong, ProblemDetails)
    assert wrong.type_ == "/problems/validation"
    print(
        f"openapi-python-client: trace {trace.loss.value}, session {len(moved.executed)} steps, "
        f"training {len(started)} events, continuation {len(continued)} events, diagnosis {diagnosis.verdict}, "
        f"figure {len(figure.figure.data)} lines"
    )


if __name__ == "__main__":
    main(sys.argv[1])

"""Runs a program of the snippets and compares what its variables hold with the trace."""

import contextlib
import io

import numpy as np


def run(code):
    """Execute a program in a namespace of its own; gives the namespace and what was printed."""
    namespace = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()) as printed, np.errstate(all="ignore"):
        exec(compile(code, "<program>", "exec"), namespace)
    return namespace, printed.getvalue()


def arrays(record):
    """Every array of a trace by the name that a program gives it."""
    yield "x", record.x
    yield "loss", record.loss
    yield "dl_dx", record.view(record.layout.dl_dx)
    for number, layer in enumerate(record.layers, start=1):
        for name in ("w", "b", "z", "a", "gain", "jacobian", "dl_da", "dl_dz", "dl_dw", "dl_db"):
            value = getattr(layer, name)
            if value is not None:
                yield f"{name}{number}", value
    if record.learning_rate is not None:
        freeze = record.layout.structure.freeze
        for number, layer in enumerate(record.updated.layers, start=1):
            yield from ((f"new_{name}{number}", getattr(layer, name)) for name in ("w", "b") if name not in freeze)
        yield "new_loss", record.updated.loss


def distance(ours, theirs):
    """How far apart two arrays are by their largest number; infinite where one is finite and the other is not."""
    ours, theirs = np.atleast_1d(ours), np.atleast_1d(theirs)
    finite = np.isfinite(theirs)
    if ours.shape != theirs.shape or not np.array_equal(ours[~finite], theirs[~finite], equal_nan=True):
        return np.inf
    size, apart = (np.max(np.abs(each), initial=0.0) for each in (theirs[finite], ours[finite] - theirs[finite]))
    return float(apart / size) if size else float(apart)

"""The limit: the same passes as loops in C, without Python between two traces."""

from __future__ import annotations

import ctypes
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from ..numbers.problems import Numbers, Problem

SOURCE = Path(__file__).with_name("limit.c")
COMPILER = "cc"
FLAGS = ("-O3", "-march=native", "-ffast-math", "-shared", "-fPIC")


def compiled() -> ctypes.CDLL:
    """``limit.c`` as a library; it stays loaded, its file does not stay."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "limit.so"
        subprocess.run([COMPILER, *FLAGS, "-o", library, SOURCE, "-lm"], check=True)
        return ctypes.CDLL(str(library))


class Peer:
    """One problem; the buffers are made once, as C would."""

    calls_in_one = 200

    def __init__(self, problem: Problem) -> None:
        """Compile and lay the numbers out."""
        library = compiled()
        layers = problem.network.layers
        sizes = problem.network.sizes
        units, weights = sum(sizes[1:]), sum(layer.w.size for layer in layers)
        self.shapes = [layer.w.shape for layer in layers]
        self.ends = np.cumsum(sizes[1:])[:-1]
        self.weight_ends = np.cumsum([layer.w.size for layer in layers])[:-1]
        lengths = {"z": units, "a": units, "gain": units, "dl_da": units, "dl_dz": units}
        lengths |= {"dl_dw": weights, "dl_db": units, "dl_dx": sizes[0], "loss": 1}
        self.computed = {name: np.zeros(length) for name, length in lengths.items()}
        given = [np.array(sizes, dtype=np.int32), np.array(problem.x), np.array(problem.target)]
        given += [np.concatenate([layer.w.ravel() for layer in layers]), np.concatenate([each.b for each in layers])]
        self.buffers = [*given, *self.computed.values()]
        pointers = [ctypes.c_void_p(buffer.ctypes.data) for buffer in self.buffers]
        self.repeat = lambda times: library.repeat(times, len(layers), *pointers)

    def run(self) -> None:
        """As many traces as ``calls_in_one``."""
        self.repeat(self.calls_in_one)

    def numbers(self) -> Numbers:
        """All it computed."""
        self.repeat(1)
        found: Numbers = {
            name: np.split(self.computed[name], self.ends) for name in ("z", "a", "dl_da", "dl_dz", "dl_db")
        }
        rows = np.split(self.computed["dl_dw"], self.weight_ends)
        found["dl_dw"] = [part.reshape(shape) for part, shape in zip(rows, self.shapes, strict=True)]
        return {**found, "dl_dx": [self.computed["dl_dx"]], "loss": [self.computed["loss"].reshape(())]}

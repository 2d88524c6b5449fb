"""The optional compiler: Numba, which the extra ``fast`` installs, makes the core's loops into machine code.

Installed or not is all that decides; it is never "if it is ready already". So the same request on the same server gives
the same curve, and the first training after an installation waits for the compiler, a few seconds, once: what it made
is kept beside this package, or in the user's cache.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import cast

from .core.training import compiled_pass
from .core.training.compiled import Descend

_NUMBERS, _MATRIX, _WHOLES = "float64[::1]", "float64[:, ::1]", "int64[::1]"
_SIGNATURE = (
    f"void({_NUMBERS}, {_NUMBERS}, {_MATRIX}, {_MATRIX}, {_WHOLES}, int64, {_WHOLES}, {_WHOLES}, {_NUMBERS}, int64, "
    f"int64, {_NUMBERS}, {_NUMBERS}, {_NUMBERS}, {_NUMBERS}, int64, int64, float64, boolean)"
)


def engine() -> str:
    """What trains on small mini-batches: ``numpy``, or ``numba`` and its version."""
    return "numpy" if find_spec("numba") is None else f"numba {version('numba')}"


@cache
def descend() -> Descend | None:
    """``compiled_pass.descend`` as machine code; None without a compiler. It releases the interpreter lock.

    A product and a sum may be rounded once, but not in ``move``, which is to round as NumPy does.
    """
    if find_spec("numba") is None:
        return None
    numba = import_module("numba")
    inlined = import_module("numba.extending").register_jitable
    for part in (
        compiled_pass.exponentials,
        compiled_pass.fill_activation,
        compiled_pass.multiply,
        compiled_pass.pull_back,
        compiled_pass.pair_up,
        compiled_pass.fill_output,
        compiled_pass.gradient_of_batch,
    ):
        inlined(error_model="numpy", fastmath={"contract"})(part)
    inlined(error_model="numpy")(compiled_pass.move)
    try:
        made = numba.njit(_SIGNATURE, cache=True, nogil=True, error_model="numpy")(compiled_pass.descend)
    except RuntimeError:
        # No folder that it may write to.
        made = numba.njit(_SIGNATURE, nogil=True, error_model="numpy")(compiled_pass.descend)
    return cast(Descend, made)

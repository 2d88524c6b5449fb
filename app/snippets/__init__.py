"""The trace in other notations: as programs that run on their own; ``cost_code`` has the cost over many examples.

Imports the core and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ..core.record.trace import Trace
from .jax_code import jax_program
from .numpy_code import numpy_program
from .pytorch_code import pytorch_program
from .tensorflow_code import tensorflow_program
from .writing import Mark, Program

__all__ = ["LANGUAGES", "Mark", "Program", "program"]

LANGUAGES: Mapping[str, Callable[[Trace], Program]] = MappingProxyType(
    {"numpy": numpy_program, "pytorch": pytorch_program, "tensorflow": tensorflow_program, "jax": jax_program}
)


def program(record: Trace, language: str) -> Program:
    """Write a trace as a whole program, with marks that say which lines do which step.

    Args:
        record: the trace.
        language: a name in ``LANGUAGES``.
    """
    return LANGUAGES[language](record)

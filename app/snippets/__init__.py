"""The trace, and the cost over many examples, in other notations: as programs that run on their own.

Imports the core and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ..core.record.trace import Trace
from .cost_code import COST_LANGUAGES, DATA_FILE, Question, cost_program
from .jax_code import jax_program
from .numpy_code import numpy_program
from .pytorch_code import pytorch_program
from .tensorflow_code import tensorflow_program
from .writing import Mark, Program

__all__ = ["COST_LANGUAGES", "DATA_FILE", "LANGUAGES", "Mark", "Program", "Question", "cost_program", "program"]

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

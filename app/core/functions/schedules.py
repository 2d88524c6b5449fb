"""Schedules: how the learning rate η changes from epoch to epoch, one registry entry each, as PyTorch defines them.

Source: torch.optim.lr_scheduler, StepLR and CosineAnnealingLR; Loshchilov, Hutter (2017), eq. 5, for the cosine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import cos, pi
from types import MappingProxyType

from .activations import title
from .choices import NONE, Choices, choices

Rate = Callable[[float, int, int, Mapping[str, float]], float]


@dataclass(frozen=True)
class Schedule:
    """One schedule.

    Attributes:
        name: its word in JSON and code.
        title: its name for people, by language.
        formula: η of epoch t (the first is 0) as LaTeX; η₀ is the learning rate chosen, T the number of epochs.
        rate: ``rate(learning_rate, epoch, epochs, parameters)`` gives η for the epoch, counted from 0.
        choices: its parameters and their limits.
    """

    name: str
    title: Mapping[str, str]
    formula: str
    rate: Rate
    choices: Choices = NONE

    @property
    def parameters(self) -> Mapping[str, float]:
        """Its parameters by name, with their defaults."""
        return self.choices.defaults


def constant(learning_rate: float, epoch: int, epochs: int, parameters: Mapping[str, float]) -> float:
    """The same η throughout."""
    return learning_rate


def step(learning_rate: float, epoch: int, epochs: int, parameters: Mapping[str, float]) -> float:
    """η times ``factor`` after each ``every`` epochs."""
    factor: float = parameters["factor"] ** (epoch // int(parameters["every"]))
    return learning_rate * factor


def cosine(learning_rate: float, epoch: int, epochs: int, parameters: Mapping[str, float]) -> float:
    """From η along half a cosine towards ``floor`` times η, which would be reached one epoch after the last."""
    lowest = parameters["floor"] * learning_rate
    return lowest + (learning_rate - lowest) * 0.5 * (1.0 + cos(pi * epoch / epochs))


_ENTRIES = (
    Schedule("constant", title("Constant", "恒定"), r"\eta_t = \eta_0", constant),
    Schedule(
        "step",
        title("In steps", "阶梯下降"),
        r"\eta_t = \eta_0\, \gamma^{\lfloor t / k \rfloor}",
        step,
        choices(every=(30.0, 1.0, 1e6), factor=(0.5, 0.0, 1.0)),
    ),
    Schedule(
        "cosine",
        title("Cosine", "余弦退火"),
        r"\eta_t = \eta_0 \left[\varphi + (1 - \varphi)\, \tfrac{1}{2} \left(1 + \cos \tfrac{\pi t}{T}\right)\right]",
        cosine,
        choices(floor=(0.0, 0.0, 1.0)),
    ),
)

SCHEDULES: Mapping[str, Schedule] = MappingProxyType({entry.name: entry for entry in _ENTRIES})

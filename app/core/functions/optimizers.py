r"""Optimizers: what a step does with g, one registry entry each, exactly as PyTorch defines them.

An optimizer is *started* on a θ and a gradient buffer; the step it gives back moves θ in place by what the gradient
buffer holds at that moment, and allocates nothing; it may use the gradient up. What it remembers between steps (v, s,
m) starts at 0 and lies in its ``Memory``, in place, so that a training can be taken up again. All act element by
element, so the order of the parameters in θ does not matter.

Source: Cauchy (1847); Polyak (1964) for momentum; Nesterov (1983) in the form of Sutskever et al. (2013); Hinton,
Coursera lecture 6e (2012) for RMSProp; Kingma, Ba (2015) for Adam; Loshchilov, Hutter (2019) for AdamW; each with the
conventions of torch.optim, where they differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt
from types import MappingProxyType

import numpy as np

from .activations import title
from .choices import NONE, Choices, choices
from .kernels import Buffer

Step = Callable[[float], None]
Memory = dict[str, Buffer | list[float]]
"""What an optimizer remembers between steps, by name: buffers as large as θ, and lists of single numbers."""
Start = Callable[[Buffer, Buffer, Mapping[str, float], Memory], Step]


@dataclass(frozen=True)
class Optimizer:
    """One update rule.

    Attributes:
        name: its word in JSON and code.
        title: its name for people, by language.
        formula: the update of θ as LaTeX; g is the gradient that the reduction gives (``REDUCTIONS``).
        start: ``start(theta, gradient, parameters, memory)`` gives ``step(learning_rate)``, which moves ``theta`` in
            place; what it remembers is put into ``memory``, which came empty, and stays there.
        choices: its parameters, with PyTorch's defaults, and their limits.
        scales: whether a multiple of the gradient has the effect of the same multiple of η.
    """

    name: str
    title: Mapping[str, str]
    formula: str
    start: Start
    choices: Choices = NONE
    scales: bool = False

    @property
    def parameters(self) -> Mapping[str, float]:
        """Its parameters by name, with their defaults."""
        return self.choices.defaults


def gradient_descent(theta: Buffer, gradient: Buffer, parameters: Mapping[str, float], memory: Memory) -> Step:
    """θ ← θ - η g; the gradient buffer serves for η g, so that a large θ costs as little memory traffic as it can."""

    def step(learning_rate: float) -> None:
        np.multiply(gradient, -learning_rate, gradient)
        np.add(theta, gradient, theta)

    return step


def momentum(theta: Buffer, gradient: Buffer, parameters: Mapping[str, float], memory: Memory) -> Step:
    """v ← μ v + g, then θ ← θ - η v; η is outside of v, and g is not damped."""
    kept = parameters["momentum"]
    velocity, change = np.zeros_like(theta), np.empty_like(theta)
    memory["velocity"] = velocity

    def step(learning_rate: float) -> None:
        np.multiply(velocity, kept, velocity)
        np.add(velocity, gradient, velocity)
        np.multiply(velocity, -learning_rate, change)
        np.add(theta, change, theta)

    return step


def nesterov(theta: Buffer, gradient: Buffer, parameters: Mapping[str, float], memory: Memory) -> Step:
    """v ← μ v + g, then θ ← θ - η (g + μ v): a step ahead along the new v."""
    kept = parameters["momentum"]
    velocity, change = np.zeros_like(theta), np.empty_like(theta)
    memory["velocity"] = velocity

    def step(learning_rate: float) -> None:
        np.multiply(velocity, kept, velocity)
        np.add(velocity, gradient, velocity)
        np.multiply(velocity, kept, change)
        np.add(change, gradient, change)
        np.multiply(change, -learning_rate, change)
        np.add(theta, change, theta)

    return step


def follow(mean: Buffer, kept: float, change: Buffer) -> None:
    """Move a running mean towards what ``change`` holds: mean ← kept · mean + (1 - kept) · change."""
    np.multiply(mean, kept, mean)
    np.multiply(change, 1.0 - kept, change)
    np.add(mean, change, mean)


def rmsprop(theta: Buffer, gradient: Buffer, parameters: Mapping[str, float], memory: Memory) -> Step:
    """s ← α s + (1 - α) g², then θ ← θ - η g / (√s + ε)."""
    kept, epsilon = parameters["alpha"], parameters["epsilon"]
    square, change = np.zeros_like(theta), np.empty_like(theta)
    memory["square"] = square

    def step(learning_rate: float) -> None:
        np.multiply(gradient, gradient, change)
        follow(square, kept, change)
        np.sqrt(square, change)
        np.add(change, epsilon, change)
        np.divide(gradient, change, change)
        np.multiply(change, -learning_rate, change)
        np.add(theta, change, theta)

    return step


def adam(theta: Buffer, gradient: Buffer, parameters: Mapping[str, float], memory: Memory) -> Step:
    """m and s follow g and g²; θ ← θ - η m̂ / (√ŝ + ε), with m̂ and ŝ freed of their start at 0."""
    kept, kept_square, epsilon = parameters["beta1"], parameters["beta2"], parameters["epsilon"]
    mean, square, change = np.zeros_like(theta), np.zeros_like(theta), np.empty_like(theta)
    powers = [1.0, 1.0]
    memory.update(mean=mean, square=square, powers=powers)

    def step(learning_rate: float) -> None:
        powers[0] = weight = powers[0] * kept
        powers[1] = weight_square = powers[1] * kept_square
        np.copyto(change, gradient)
        follow(mean, kept, change)
        np.multiply(gradient, gradient, change)
        follow(square, kept_square, change)
        np.sqrt(square, change)
        np.multiply(change, 1.0 / sqrt(1.0 - weight_square), change)
        np.add(change, epsilon, change)
        np.divide(mean, change, change)
        np.multiply(change, -learning_rate / (1.0 - weight), change)
        np.add(theta, change, theta)

    return step


def adamw(theta: Buffer, gradient: Buffer, parameters: Mapping[str, float], memory: Memory) -> Step:
    """θ shrinks by the factor 1 - η λ first (biases too, as in PyTorch), then Adam's step; λ never enters m or s."""
    decay = parameters["weight_decay"]
    adam_step = adam(theta, gradient, parameters, memory)

    def step(learning_rate: float) -> None:
        np.multiply(theta, 1.0 - learning_rate * decay, theta)
        adam_step(learning_rate)

    return step


_SHARE = (0.0, 0.999999)
_MOMENTUM = choices(momentum=(0.9, *_SHARE))
_EPSILON = (1e-8, 1e-16, 1.0)
_ADAM = {"beta1": (0.9, *_SHARE), "beta2": (0.999, *_SHARE), "epsilon": _EPSILON}

_ADAM_FORMULA = (
    r"\begin{aligned} m &\leftarrow \beta_1 m + (1 - \beta_1)\, g \\"
    r" s &\leftarrow \beta_2 s + (1 - \beta_2)\, g^{2} \\"
    r" \theta &\leftarrow \theta - \eta\, \frac{m / (1 - \beta_1^{t})}{\sqrt{s / (1 - \beta_2^{t})} + \varepsilon}"
    r" \end{aligned}"
)

_ENTRIES = (
    Optimizer(
        "gradient_descent",
        title("Gradient descent", "梯度下降"),
        r"\theta \leftarrow \theta - \eta\, g",
        gradient_descent,
        scales=True,
    ),
    Optimizer(
        "momentum",
        title("Momentum", "动量法"),
        r"\begin{aligned} v &\leftarrow \mu v + g \\ \theta &\leftarrow \theta - \eta\, v \end{aligned}",
        momentum,
        _MOMENTUM,
        scales=True,
    ),
    Optimizer(
        "nesterov",
        title("Nesterov momentum", "Nesterov 动量法"),
        r"\begin{aligned} v &\leftarrow \mu v + g \\ \theta &\leftarrow \theta - \eta\, (g + \mu v) \end{aligned}",
        nesterov,
        _MOMENTUM,
        scales=True,
    ),
    Optimizer(
        "rmsprop",
        title("RMSProp", "RMSProp（均方根传播）"),
        r"\begin{aligned} s &\leftarrow \alpha s + (1 - \alpha)\, g^{2} \\"
        r" \theta &\leftarrow \theta - \eta\, \frac{g}{\sqrt{s} + \varepsilon} \end{aligned}",
        rmsprop,
        choices(alpha=(0.99, *_SHARE), epsilon=_EPSILON),
    ),
    Optimizer("adam", title("Adam", "Adam（自适应矩估计）"), _ADAM_FORMULA, adam, choices(**_ADAM)),
    Optimizer(
        "adamw",
        title("AdamW", "AdamW（解耦权重衰减）"),
        _ADAM_FORMULA.replace(r"\begin{aligned}", r"\begin{aligned} \theta &\leftarrow (1 - \eta \lambda)\, \theta \\"),
        adamw,
        choices(**_ADAM, weight_decay=(0.01, 0.0, 100.0)),
    ),
)

OPTIMIZERS: Mapping[str, Optimizer] = MappingProxyType({entry.name: entry for entry in _ENTRIES})

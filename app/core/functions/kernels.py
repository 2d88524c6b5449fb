"""The activations once more, written for the inner loop of training: as calls that are bound to their buffers once.

A NumPy call on a small array costs its call, so the fewer the better, and nothing is allocated. A kernel is optional:
an activation without one is trained through its entry in ``ACTIVATIONS``, more slowly. The forms are as exact as the
entries' own, but that 1 - s of SiLU is taken as such, where nothing hangs on its last digits.

Buffers of one layer: ``z`` (read only), ``a``, ``gain``, and ``kept``, in which the function leaves for the derivative
what both need. The derivative is also taken of several layers' buffers at once, laid end to end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..looking import SLOW_NUMBERS
from .activations import ACTIVATIONS

Buffer = NDArray[Any]
"""float64, or float32 where speed is asked for: what training writes into, again and again."""

SMALLEST_EXPONENT = MappingProxyType({8: -709.0, 4: -87.0})
"""By size of the number in bytes: below this z, exp(-z) overflows."""


Call = Callable[[], object]
"""One NumPy call with all it needs."""

Calls = list[Call]


@dataclass(frozen=True)
class Kernel:
    """One activation, as calls on buffers.

    Attributes:
        function: ``function(z, kept, a)`` gives the calls that fill a.
        derivative: ``derivative(z, kept, a, gain)`` gives those that fill gain; None if the gain is 1 everywhere.
        signed: whether a gain may be negative.
    """

    function: Callable[[Buffer, Buffer, Buffer], Calls]
    derivative: Callable[[Buffer, Buffer, Buffer, Buffer], Calls] | None
    signed: bool = False


def _linear(z: Buffer, kept: Buffer, a: Buffer) -> Calls:
    return [partial(np.copyto, a, z)]


def _logistic(z: Buffer, e: Buffer, a: Buffer) -> Calls:
    """1 / (1 + e) with e = exp(-z), which stays in ``e``."""
    return [
        partial(np.maximum, z, SMALLEST_EXPONENT[z.itemsize], out=e),
        partial(np.negative, e, e),
        partial(np.exp, e, e),
        partial(np.add, e, 1.0, a),
        partial(np.reciprocal, a, a),
    ]


def _logistic_gain(z: Buffer, e: Buffer, a: Buffer, gain: Buffer) -> Calls:
    """e / (1 + e)²; unlike a (1 - a) it has its digits on both sides."""
    return [partial(np.multiply, e, a, gain), partial(np.multiply, gain, a, gain)]


def _tanh(z: Buffer, kept: Buffer, a: Buffer) -> Calls:
    return [partial(np.tanh, z, a)]


def _tanh_gain(z: Buffer, kept: Buffer, a: Buffer, gain: Buffer) -> Calls:
    """1 / cosh² z; cosh may overflow, and then the gain is below the smallest number anyway."""
    return [partial(np.cosh, z, gain), partial(np.reciprocal, gain, gain), partial(np.multiply, gain, gain, gain)]


def _relu(z: Buffer, kept: Buffer, a: Buffer) -> Calls:
    return [partial(np.maximum, z, 0.0, out=a)]


def _relu_gain(z: Buffer, kept: Buffer, a: Buffer, gain: Buffer) -> Calls:
    return [partial(np.greater, z, 0.0, out=gain)]


def _leaky_relu(slope: float) -> Kernel:
    def function(z: Buffer, kept: Buffer, a: Buffer) -> Calls:
        return [partial(np.multiply, z, slope, a), partial(np.maximum, a, z, out=a)]

    def derivative(z: Buffer, kept: Buffer, a: Buffer, gain: Buffer) -> Calls:
        return [partial(np.greater, z, 0.0, out=gain), partial(np.maximum, gain, slope, out=gain)]

    return Kernel(function, derivative)


def _elu(z: Buffer, kept: Buffer, a: Buffer) -> Calls:
    return [partial(np.minimum, z, 0.0, out=kept), partial(np.expm1, kept, a), partial(np.maximum, a, z, out=a)]


def _elu_gain(z: Buffer, kept: Buffer, a: Buffer, gain: Buffer) -> Calls:
    return [partial(np.exp, kept, gain)]


def _softplus(z: Buffer, kept: Buffer, a: Buffer) -> Calls:
    return [partial(np.logaddexp, z, 0.0, a)]


def _softplus_gain(z: Buffer, kept: Buffer, a: Buffer, gain: Buffer) -> Calls:
    return _logistic(z, kept, gain)


def _silu(z: Buffer, s: Buffer, a: Buffer) -> Calls:
    """The product of z and sigmoid(z), which stays in ``s``."""
    return [*_logistic(z, a, s), partial(np.multiply, z, s, a)]


def _silu_gain(z: Buffer, s: Buffer, a: Buffer, gain: Buffer) -> Calls:
    """With s = sigmoid(z) and a = z s: s + a (1 - s)."""
    return [
        partial(np.subtract, 1.0, s, gain),
        partial(np.multiply, gain, a, gain),
        partial(np.add, gain, s, gain),
    ]


def _softmax(z: Buffer, kept: Buffer, a: Buffer) -> Calls:
    top = kept[0]
    return [
        partial(np.maximum.reduce, z, axis=0, out=top),
        partial(np.subtract, z, top, a),
        partial(np.exp, a, a),
        partial(np.add.reduce, a, axis=0, out=top),
        partial(np.divide, a, top, a),
    ]


def _softmax_gain(z: Buffer, kept: Buffer, a: Buffer, gain: Buffer) -> Calls:
    """The diagonal of the Jacobian, to be looked at; the backward pass takes the whole of it."""
    return [lambda: np.copyto(gain, ACTIVATIONS["softmax"].derivative(z, np))]


KERNELS: Mapping[str, Kernel] = MappingProxyType(
    {
        "linear": Kernel(_linear, None),
        "sigmoid": Kernel(_logistic, _logistic_gain),
        "tanh": Kernel(_tanh, _tanh_gain),
        "relu": Kernel(_relu, _relu_gain),
        "elu": Kernel(_elu, _elu_gain),
        "softplus": Kernel(_softplus, _softplus_gain),
        "silu": Kernel(_silu, _silu_gain, signed=True),
        "softmax": Kernel(_softmax, _softmax_gain),
    }
)


FAMILIES: Mapping[str, Callable[..., Kernel]] = MappingProxyType({"leaky_relu": _leaky_relu})
"""The kernels of activations with parameters, which come as keywords."""


def kernel(key: str) -> Kernel:
    """The kernel of an activation; where none is written down, one that goes through its registry entry.

    Args:
        key: of an entry of ``ACTIVATIONS``.
    """
    if key in KERNELS:
        return KERNELS[key]
    entry = ACTIVATIONS[key]
    if entry.name in FAMILIES:
        return FAMILIES[entry.name](**entry.parameters)

    def function(z: Buffer, kept: Buffer, a: Buffer) -> Calls:
        return _in_pieces(entry.function, z, a)

    def derivative(z: Buffer, kept: Buffer, a: Buffer, gain: Buffer) -> Calls:
        return _in_pieces(entry.derivative, z, gain)

    return Kernel(function, derivative, signed=True)


def _in_pieces(function: Callable[[Buffer, Any], Buffer], z: Buffer, out: Buffer) -> Calls:
    """The calls that fill ``out`` with a function of z, some columns at a time: a look finds room between."""

    def fill(part: slice) -> None:
        np.copyto(out[:, part], function(z[:, part], np))

    columns = max(1, SLOW_NUMBERS // len(z))
    return [partial(fill, slice(start, start + columns)) for start in range(0, z.shape[1], columns)]

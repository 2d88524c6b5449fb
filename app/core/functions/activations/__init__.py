"""Activation functions, one registry entry each, in which stands everything that is known of them.

``activation`` says what an entry holds; the entries stand by family in ``rectified``, ``sigmoidal``, ``smooth`` and
``shares``; ``registry`` lists them and ``names`` knows what they are called elsewhere.
"""

from .activation import Activation, Words, plain_residual, title
from .curve import samples
from .names import named, nearest, refusal
from .registry import ACTIVATIONS, activate, derivative, key_in, key_of, written
from .shares import others_sum, softmax_jacobian
from .sigmoidal import sigmoid
from .smooth import softplus

__all__ = [
    "ACTIVATIONS",
    "Activation",
    "Words",
    "activate",
    "derivative",
    "key_in",
    "key_of",
    "named",
    "nearest",
    "others_sum",
    "plain_residual",
    "refusal",
    "samples",
    "sigmoid",
    "softmax_jacobian",
    "softplus",
    "title",
    "written",
]

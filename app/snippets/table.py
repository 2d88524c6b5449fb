"""How each loss is written in NumPy and in PyTorch, and the functions that NumPy programs define for themselves.

Expressions have placeholders: ``{z}`` and ``{a}`` of the layer, and ``{error}`` for a - target.
Where there are several, the shortest comes first and the last keeps its digits everywhere; a program gets the first
that gives the trace's numbers (see ``numpy_code``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ..core.functions.activations import ACTIVATIONS

Candidates = tuple[str, ...]

HELPERS: Mapping[str, str] = MappingProxyType(
    {
        "sigmoid": '''\
def sigmoid(z):
    """1 / (1 + e^-z); of the two ways to write it, for each z the one that cannot overflow."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)
''',
        "softmax": '''\
def softmax(z):
    """Exponentials as shares of their sum; the largest z is taken off first, so that none overflows."""
    e = np.exp(z - np.max(z))
    return e / np.sum(e)
''',
        "softmax_jacobian": '''\
def softmax_jacobian(a):
    """da/dz, row = a, column = z; its columns sum to 0, which gives the diagonal a * (1 - a) without subtracting."""
    jacobian = -np.outer(a, a)
    np.fill_diagonal(jacobian, 0)
    return jacobian - np.diag(np.sum(jacobian, axis=0))
''',
        "log_softmax": '''\
def log_softmax(z):
    """ln of softmax, exact also where one share is nearly 1: log1p of the others' exponentials."""
    shifted = z - np.max(z)
    e = np.exp(shifted)
    e[np.argmax(z)] = 0
    return shifted - np.log1p(np.sum(e))
''',
        "others": '''\
def others(a):
    """For each element the sum of all others; np.sum(a) - a would cancel."""
    return (1 - np.eye(len(a))) @ a
''',
        "normal": '''\
def normal(z):
    """The normal distribution: by erfc, which keeps its digits on the left, and which NumPy does not have."""
    return np.array([0.5 * math.erfc(-each / math.sqrt(2)) for each in z])
''',
    }
)
"""Functions that a NumPy program defines if it calls them."""


@dataclass(frozen=True)
class LossCode:
    """One loss.

    Attributes:
        numpy: l from ``{a}`` or ``{error}``.
        slope: ∂l/∂a from the same.
        pytorch: l from ``{a}``.
        pairs: by output activation, what is taken from z where loss and activation go together.
    """

    numpy: str
    slope: Candidates
    pytorch: str
    pairs: Mapping[str, PairCode] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class PairCode:
    """A loss and an output activation together.

    Attributes:
        numpy: l from ``{z}``.
        dl_dz: ∂l/∂z of the output layer.
        pytorch: l from ``{z}``.
    """

    numpy: str
    dl_dz: Candidates
    pytorch: str


PLAIN_ERROR = "{a} - target"

LOSS_CODE: Mapping[str, LossCode] = MappingProxyType(
    {
        "half_squared_error": LossCode(
            "0.5 * np.sum({error}**2)", ("{error}",), "0.5 * torch.sum(({a} - target) ** 2)"
        ),
        "squared_error": LossCode("np.sum({error}**2)", ("2 * {error}",), "torch.sum(({a} - target) ** 2)"),
        "mean_squared_error": LossCode(
            "np.mean({error}**2)", ("2 * {error} / len({error})",), "torch.mean(({a} - target) ** 2)"
        ),
        "cross_entropy": LossCode(
            "-np.sum(target * np.log({a}))",
            ("-target / {a}", "np.divide(-target, {a}, out=np.zeros_like({a}), where=target != 0)"),
            "-torch.sum(target * torch.log({a}))",
            MappingProxyType(
                {
                    "softmax": PairCode(
                        "-np.sum(target * log_softmax({z}))",
                        (
                            "{a} - target",
                            "{a} * np.sum(target) - target",
                            "np.sum(np.outer({a}, target) - np.outer(target, {a}), axis=1)",
                        ),
                        "-torch.sum(target * torch.log_softmax({z}, dim=0))",
                    ),
                    "sigmoid": PairCode(
                        "np.sum(target * np.logaddexp(0, -{z}))",
                        ("-target * sigmoid(-{z})",),
                        "-torch.sum(target * torch.nn.functional.logsigmoid({z}))",
                    ),
                }
            ),
        ),
        "binary_cross_entropy": LossCode(
            "-np.sum(target * np.log({a}) + (1 - target) * np.log(1 - {a}))",
            (
                "-target / {a} + (1 - target) / (1 - {a})",
                "-target / {a} + (1 - target) / sigmoid(-{z})",
                "np.divide(-target, {a}, out=np.zeros_like({a}), where=target != 0)"
                " + np.divide(1 - target, sigmoid(-{z}), out=np.zeros_like({a}), where=target != 1)",
            ),
            "-torch.sum(target * torch.log({a}) + (1 - target) * torch.log(1 - {a}))",
            MappingProxyType(
                {
                    "sigmoid": PairCode(
                        "np.sum(target * np.logaddexp(0, -{z}) + (1 - target) * np.logaddexp(0, {z}))",
                        (PLAIN_ERROR, *ACTIVATIONS["sigmoid"].words.error),
                        "torch.nn.functional.binary_cross_entropy_with_logits({z}, target, reduction='sum')",
                    )
                }
            ),
        ),
        "huber": LossCode(
            "np.sum(np.where(np.abs({error}) <= 1, 0.5 * {error}**2, np.abs({error}) - 0.5))",
            ("np.clip({error}, -1, 1)",),
            "torch.nn.functional.huber_loss({a}, target, reduction='sum')",
        ),
        "absolute_error": LossCode(
            "np.sum(np.abs({error}))", ("np.sign({error})",), "torch.sum(torch.abs({a} - target))"
        ),
        "output_sum": LossCode("np.sum({a})", ("np.ones_like({a})",), "torch.sum({a})"),
    }
)

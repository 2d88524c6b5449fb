"""How each activation and each loss is written in NumPy and in PyTorch: one entry each, for those of the core.

Expressions have placeholders: ``{z}`` and ``{a}`` of the layer, and ``{error}`` for a - target.
Where there are several, the shortest comes first and the last keeps its digits everywhere; a program gets the first
that gives the trace's numbers (see ``numpy_code``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

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
    }
)
"""Functions that a NumPy program defines if it calls them."""


@dataclass(frozen=True)
class ActivationCode:
    """One activation.

    Attributes:
        numpy: a from ``{z}``.
        gain: σ'(z) from ``{z}`` and ``{a}``; for softmax the Jacobian.
        pytorch: a from ``{z}``.
        error: a - target where a is near a limit that the target names; empty if the plain difference will do.
    """

    numpy: str
    gain: Candidates
    pytorch: str
    error: Candidates = ()


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

# Near a limit that the target names, a - target is put together from the distance to it. Where even that distance has
# rounded to 0 its sign still counts (for the absolute error), so it is at least the smallest float64 there is.
SIGMOID_ERROR = (
    "np.where(target > 0.5, (1 - target) - sigmoid(-{z}), {a} - target)",
    "np.where(target > 0.5, (1 - target) - np.maximum(sigmoid(-{z}), 5e-324), np.maximum({a}, 5e-324) - target)",
)
TANH_ERROR = tuple(
    f"np.where(np.abs(target) > 0.5, np.sign(target) * (1 - np.abs(target) - {distance}), {{a}} - target)"
    for distance in (
        "2 * sigmoid(-2 * np.sign(target) * {z})",
        "np.maximum(2 * sigmoid(-2 * np.sign(target) * {z}), 5e-324)",
    )
)
ELU_ERROR = (
    "np.where((target < -0.5) & ({z} < 0), np.exp(-np.abs({z})) - (1 + target), {a} - target)",
    "np.where((target < -0.5) & ({z} < 0), np.maximum(np.exp(-np.abs({z})), 5e-324) - (1 + target), {a} - target)",
)
SOFTPLUS_ERROR = ("np.maximum({a}, 5e-324) - target",)
SILU_ERROR = ("np.where({z} < 0, np.minimum({a}, -5e-324), {a}) - target",)
SOFTMAX_ERROR = (
    "np.where(target > 0.5, (1 - target) - others({a}), {a} - target)",
    "np.where(target > 0.5, (1 - target) - np.maximum(others({a}), 5e-324 * (len({a}) > 1)), "
    "np.maximum({a}, 5e-324) - target)",
)

ACTIVATION_CODE: Mapping[str, ActivationCode] = MappingProxyType(
    {
        "linear": ActivationCode("{z}", ("np.ones_like({z})",), "{z}"),
        "sigmoid": ActivationCode("sigmoid({z})", ("{a} * sigmoid(-{z})",), "torch.sigmoid({z})", SIGMOID_ERROR),
        "tanh": ActivationCode(
            "np.tanh({z})",
            ("1 - {a}**2", "4 * sigmoid(2 * {z}) * sigmoid(-2 * {z})"),
            "torch.tanh({z})",
            TANH_ERROR,
        ),
        "relu": ActivationCode("np.maximum({z}, 0)", ("np.where({z} > 0, 1.0, 0.0)",), "torch.relu({z})"),
        "leaky_relu": ActivationCode(
            "np.where({z} > 0, {z}, 0.01 * {z})",
            ("np.where({z} > 0, 1, 0.01)",),
            "torch.nn.functional.leaky_relu({z}, 0.01)",
        ),
        "elu": ActivationCode(
            "np.where({z} > 0, {z}, np.expm1(np.minimum({z}, 0)))",
            ("np.exp(np.minimum({z}, 0))",),
            "torch.nn.functional.elu({z})",
            ELU_ERROR,
        ),
        # PyTorch's softplus is a straight line above its threshold; the default 20 would cost 2e-9 there.
        "softplus": ActivationCode(
            "np.logaddexp(0, {z})",
            ("sigmoid({z})",),
            "torch.nn.functional.softplus({z}, threshold=50)",
            SOFTPLUS_ERROR,
        ),
        "silu": ActivationCode(
            "{z} * sigmoid({z})",
            ("sigmoid({z}) * (1 + {z} * sigmoid(-{z}))",),
            "torch.nn.functional.silu({z})",
            SILU_ERROR,
        ),
        "softmax": ActivationCode(
            "softmax({z})", ("softmax_jacobian({a})",), "torch.softmax({z}, dim=0)", SOFTMAX_ERROR
        ),
    }
)

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
                        (PLAIN_ERROR, *SIGMOID_ERROR),
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

"""Activations made of straight lines, bent at 0 or not at all; and ELU, which is one on the right.

Source: Maas, Hannun, Ng (2013) for leaky ReLU; Clevert, Unterthiner, Hochreiter (2016) for ELU.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from ..choices import choices
from .activation import TINY, Activation, Words, title

SLOPE = choices(slope=(0.01, 0.0, 1.0))
"""The slope of leaky ReLU left of 0: PyTorch's default; 0 would be ReLU, and 1 a straight line."""
ELU_ALPHA = 1.0


def linear(z: Any, xp: Any) -> Any:
    """The identity."""
    return z * 1.0


def linear_derivative(z: Any, xp: Any) -> Any:
    """1 everywhere."""
    return xp.where(z > 0, 1.0, 1.0)


def relu(z: Any, xp: Any) -> Any:
    """max(z, 0)."""
    return xp.maximum(z, 0.0)


def relu_derivative(z: Any, xp: Any) -> Any:
    """1 for z > 0, else 0."""
    return xp.where(z > 0, 1.0, 0.0)


def leaky_relu(slope: float) -> Activation:
    """Leaky ReLU: z for z > 0, else slope · z; the derivative at the kink itself is the slope, as PyTorch has it."""

    def function(z: Any, xp: Any) -> Any:
        return z * xp.where(z > 0, 1.0, slope)

    def derivative(z: Any, xp: Any) -> Any:
        return xp.where(z > 0, 1.0, slope)

    usual = slope == SLOPE.defaults["slope"]
    said = title("Leaky ReLU", "带泄漏的 ReLU")
    if not usual:
        said = title(f"Leaky ReLU, slope {slope!r}", f"带泄漏的 ReLU，斜率 {slope!r}")
    return Activation(
        "leaky_relu",
        said,
        rf"a = \begin{{cases}} z & z > 0 \\ {slope!r}\,z & z \le 0 \end{{cases}}",
        rf"\frac{{\partial a}}{{\partial z}} = \begin{{cases}} 1 & z > 0 \\ {slope!r} & z \le 0 \end{{cases}}",
        r"\operatorname{leaky}" if usual else rf"\operatorname{{leaky}}_{{{slope!r}}}",
        function,
        derivative,
        Words(
            f"np.where({{z}} > 0, {{z}}, {slope!r} * {{z}})",
            (f"np.where({{z}} > 0, 1, {slope!r})",),
            f"torch.nn.functional.leaky_relu({{z}}, {slope!r})",
            # TensorFlow's own leaky_relu keeps its slope in single precision; at 0 JAX's takes it from the right.
            f"tf.where({{z}} > 0, {{z}}, {slope!r} * {{z}})",
            f"jnp.where({{z}} > 0, {{z}}, {slope!r} * {{z}})",
        ),
        kinks=(0.0,),
        aliases=("LeakyReLU", "lrelu"),
        choices=SLOPE,
        parameters=MappingProxyType({"slope": slope}),
        at=leaky_relu,
        short=title("leaky ReLU", "leaky ReLU"),
    )


def elu(z: Any, xp: Any) -> Any:
    """z for z > 0, else e^z - 1."""
    return xp.where(z > 0, z, ELU_ALPHA * xp.expm1(xp.minimum(z, 0.0)))


def elu_derivative(z: Any, xp: Any) -> Any:
    """1 for z > 0, else e^z."""
    return xp.where(z > 0, 1.0, ELU_ALPHA * xp.exp(xp.minimum(z, 0.0)))


def elu_residual(z: Any, a: Any, target: Any, xp: Any) -> Any:
    """a - target; near -1 from the distance e^z to the limit."""
    distance = xp.maximum(ELU_ALPHA * xp.exp(xp.minimum(z, 0.0)), TINY)
    return xp.where((target < -0.5) & (z < 0), distance - (ELU_ALPHA + target), a - target)


LINEAR = Activation(
    "linear",
    title("Linear", "线性"),
    r"a = z",
    r"\frac{\partial a}{\partial z} = 1",
    r"\operatorname{id}",
    linear,
    linear_derivative,
    Words("{z}", ("np.ones_like({z})",), "{z}", "tf.identity({z})", "jnp.array({z})"),
    aliases=("identity", "id", "none"),
    short=title("linear", "线性"),
)
RELU = Activation(
    "relu",
    title("ReLU", "修正线性单元（ReLU）"),
    r"a = \max(z, 0)",
    r"\frac{\partial a}{\partial z} = \begin{cases} 1 & z > 0 \\ 0 & z \le 0 \end{cases}",
    r"\operatorname{relu}",
    relu,
    relu_derivative,
    Words(
        "np.maximum({z}, 0)",
        ("np.where({z} > 0, 1.0, 0.0)",),
        "torch.relu({z})",
        "tf.nn.relu({z})",
        "jax.nn.relu({z})",
    ),
    kinks=(0.0,),
    aliases=("rectifier", "rectified_linear"),
    short=title("ReLU", "ReLU"),
)
LEAKY_RELU = leaky_relu(**SLOPE.defaults)
ELU = Activation(
    "elu",
    title("ELU", "指数线性单元（ELU）"),
    r"a = \begin{cases} z & z > 0 \\ e^{z} - 1 & z \le 0 \end{cases}",
    r"\frac{\partial a}{\partial z} = \begin{cases} 1 & z > 0 \\ e^{z} & z \le 0 \end{cases}",
    r"\operatorname{elu}",
    elu,
    elu_derivative,
    Words(
        "np.where({z} > 0, {z}, np.expm1(np.minimum({z}, 0)))",
        ("np.exp(np.minimum({z}, 0))",),
        "torch.nn.functional.elu({z})",
        "tf.nn.elu({z})",
        "jax.nn.elu({z})",
        (
            "np.where((target < -0.5) & ({z} < 0), np.exp(-np.abs({z})) - (1 + target), {a} - target)",
            "np.where((target < -0.5) & ({z} < 0), np.maximum(np.exp(-np.abs({z})), 5e-324) - (1 + target), "
            "{a} - target)",
        ),
    ),
    elu_residual,
    saturates=True,
    aliases=("exponential_linear_unit",),
    reach=3.5,
    short=title("ELU", "ELU"),
)

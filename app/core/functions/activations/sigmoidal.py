r"""Activations that level off on both sides.

All stay exact where the textbook's form cancels. :math:`\sigma'(z) = a(1-a)`, for instance, loses every digit once a
rounds to 1 (z > 37), although the derivative there is an ordinary number, e^-z.

Source: the stable forms are those of Higham, Accuracy and Stability of Numerical Algorithms (2nd ed., 2002), ch. 1,
applied to each function; softsign: Bergstra, Desjardins, Lamblin, Bengio (2009).
"""

from __future__ import annotations

from typing import Any

from .activation import TINY, Activation, Words, title


def sigmoid(z: Any, xp: Any) -> Any:
    """1 / (1 + e^-z) without overflow: with e = exp(-|z|), 1/(1+e) on the right and e/(1+e) on the left."""
    e = xp.exp(-abs(z))
    return xp.where(z >= 0, 1.0, e) / (1.0 + e)


def sigmoid_derivative(z: Any, xp: Any) -> Any:
    """e / (1 + e)^2 with e = exp(-|z|): right to the last digit where a(1-a) has none left."""
    e = xp.exp(-abs(z))
    s = 1.0 / (1.0 + e)
    return e * s * s


def sigmoid_residual(z: Any, a: Any, target: Any, xp: Any) -> Any:
    """a - target; near 1 it is taken as (1 - target) - sigmoid(-z)."""
    to_one, to_zero = xp.maximum(sigmoid(-z, xp), TINY), xp.maximum(a, TINY)
    return xp.where(target > 0.5, (1.0 - target) - to_one, to_zero - target)


def tanh(z: Any, xp: Any) -> Any:
    """tanh z = (1 - e) / (1 + e) with e = exp(-2|z|), the numerator from expm1, with the sign of z."""
    m = xp.expm1(-2.0 * abs(z))
    return xp.sign(z) * (-m / (2.0 + m))


def tanh_derivative(z: Any, xp: Any) -> Any:
    """4e / (1 + e)^2 with e = exp(-2|z|)."""
    e = xp.exp(-2.0 * abs(z))
    s = 2.0 / (1.0 + e)
    return e * s * s


def tanh_residual(z: Any, a: Any, target: Any, xp: Any) -> Any:
    """a - target; near 1 and -1 from the distance 2 sigmoid(-2|z|) to the limit."""
    towards = xp.sign(target)
    distance = xp.maximum(2.0 * sigmoid(-2.0 * towards * z, xp), TINY)
    return xp.where(abs(target) > 0.5, (towards - target) - towards * distance, a - target)


def softsign(z: Any, xp: Any) -> Any:
    """z / (1 + |z|)."""
    return z / (1.0 + abs(z))


def softsign_derivative(z: Any, xp: Any) -> Any:
    """1 / (1 + |z|)^2."""
    s = 1.0 / (1.0 + abs(z))
    return s * s


def softsign_residual(z: Any, a: Any, target: Any, xp: Any) -> Any:
    """a - target; near 1 and -1 from the distance to the limit, 1 / (1 + |z|) where z is on its side."""
    towards = xp.sign(target)
    size = abs(z)
    distance = (1.0 + (size - towards * z)) / (1.0 + size)
    return xp.where(abs(target) > 0.5, (towards - target) - towards * distance, a - target)


SIGMOID = Activation(
    "sigmoid",
    title("Sigmoid", "S 型函数（sigmoid）"),
    r"a = \frac{1}{1 + e^{-z}}",
    r"\frac{\partial a}{\partial z} = \frac{e^{-|z|}}{\left(1 + e^{-|z|}\right)^{2}}",
    r"\sigma",
    sigmoid,
    sigmoid_derivative,
    Words(
        "sigmoid({z})",
        ("{a} * sigmoid(-{z})",),
        "torch.sigmoid({z})",
        "tf.sigmoid({z})",
        "jax.nn.sigmoid({z})",
        # Near a limit that the target names, a - target is put together from the distance to it. Where even that
        # distance has rounded to 0 its sign still counts (for the absolute error), so it is at least the smallest
        # float64 there is.
        (
            "np.where(target > 0.5, (1 - target) - sigmoid(-{z}), {a} - target)",
            "np.where(target > 0.5, (1 - target) - np.maximum(sigmoid(-{z}), 5e-324), "
            "np.maximum({a}, 5e-324) - target)",
        ),
    ),
    sigmoid_residual,
    saturates=True,
    aliases=("logistic", "expit"),
    bounds=(0.0, 1.0),
    reach=6.0,
    short=title("sigmoid σ", "sigmoid σ"),
)
TANH = Activation(
    "tanh",
    title("Hyperbolic tangent", "双曲正切（tanh）"),
    r"a = \tanh z",
    r"\frac{\partial a}{\partial z} = \frac{4 e^{-2|z|}}{\left(1 + e^{-2|z|}\right)^{2}}",
    r"\tanh",
    tanh,
    tanh_derivative,
    Words(
        "np.tanh({z})",
        ("1 - {a}**2", "4 * sigmoid(2 * {z}) * sigmoid(-2 * {z})"),
        "torch.tanh({z})",
        "tf.tanh({z})",
        "jnp.tanh({z})",
        tuple(
            f"np.where(np.abs(target) > 0.5, np.sign(target) * (1 - np.abs(target) - {distance}), {{a}} - target)"
            for distance in (
                "2 * sigmoid(-2 * np.sign(target) * {z})",
                "np.maximum(2 * sigmoid(-2 * np.sign(target) * {z}), 5e-324)",
            )
        ),
    ),
    tanh_residual,
    saturates=True,
    aliases=("hyperbolic_tangent",),
    bounds=(-1.0, 1.0),
    reach=3.2,
    short=title("tanh", "tanh"),
)
SOFTSIGN = Activation(
    "softsign",
    title("Softsign", "软符号函数（softsign）"),
    r"a = \frac{z}{1 + |z|}",
    r"\frac{\partial a}{\partial z} = \frac{1}{\left(1 + |z|\right)^{2}}",
    r"\operatorname{softsign}",
    softsign,
    softsign_derivative,
    Words(
        "{z} / (1 + np.abs({z}))",
        ("1 / (1 + np.abs({z})) ** 2",),
        "torch.nn.functional.softsign({z})",
        "tf.nn.softsign({z})",
        "jax.nn.soft_sign({z})",
        (
            "np.where(np.abs(target) > 0.5, (np.sign(target) - target)"
            " - np.sign(target) * (1 + (np.abs({z}) - np.sign(target) * {z})) / (1 + np.abs({z})), {a} - target)",
        ),
    ),
    softsign_residual,
    saturates=True,
    aliases=("soft_sign",),
    bounds=(-1.0, 1.0),
    reach=6.0,
    short=title("softsign", "softsign"),
)

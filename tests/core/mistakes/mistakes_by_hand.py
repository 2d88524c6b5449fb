"""The number that each known mistake gives, written by hand, at the addresses where it shows."""

from math import log

import numpy as np

from app.core.functions.activations import ACTIVATIONS
from app.core.mistakes.rules.registry import RULES

from .wrong import by_hand

ETA = 0.3


def inputs(record, index):
    return record.layers[index - 1].a if index else record.x


def by_rule(name):
    """The numbers of a rule as a backward pass written by hand has them, at every address."""

    def numbers(example, record):
        network, x, target, loss = example
        if name in ("gain_at_a", "gain_times_z") and loss in ("cross_entropy", "binary_cross_entropy"):
            return
        with np.errstate(all="ignore"):
            made = by_hand(name, network, x, target, loss, ETA)
        for index, layer in enumerate(made["layers"]):
            for part in ("dl_dz", "dl_db", "dl_da"):
                for unit, value in enumerate(layer[part]):
                    yield f"/layers/{index}/{part}/{unit}", value
            for place, value in np.ndenumerate(layer["dl_dw"]):
                yield f"/layers/{index}/dl_dw/{place[0]}/{place[1]}", value
        for index, (_, b) in enumerate(made["updated"]):
            for unit, value in enumerate(b):
                yield f"/updated/layers/{index}/b/{unit}", value

    return numbers


def per_unit(part, value, where=lambda record, index: True):
    """A slip that gives one number per unit: ``value(record, index, unit)`` where ``part`` is asked for."""

    def numbers(example, record):
        for index, layer in enumerate(record.layers):
            if where(record, index):
                for unit in range(len(layer.z)):
                    for each in np.atleast_1d(value(record, index, unit)):
                        yield f"/layers/{index}/{part}/{unit}", float(each)

    return numbers


def per_weight(part, value, where=lambda record, index: True):
    def numbers(example, record):
        prefix = "/updated" if part == "new" else ""
        for index, layer in enumerate(record.layers):
            if where(record, index):
                for row, column in np.ndindex(layer.w.shape):
                    name = "w" if part == "new" else "dl_dw"
                    yield f"{prefix}/layers/{index}/{name}/{row}/{column}", float(value(record, index, row, column))

    return numbers


def of_loss(value):
    def numbers(example, record):
        made = value(record)
        if made is not None:
            yield "/loss/value", float(made)

    return numbers


def bent(record, index):
    activation = record.layers[index].activation
    return activation not in ("linear", "softmax")


def is_named(name):
    return lambda record, index: record.layers[index].activation == name


def is_square(record, index):
    rows, columns = record.layers[index].w.shape
    return rows == columns > 1


def slope(record, index, unit):
    layer = record.layers[index]
    return ACTIVATIONS[layer.activation].derivative(layer.z, np)[unit]


def products(record, index, unit):
    return record.layers[index].w[unit] * inputs(record, index)


def squares(record, factor):
    if record.layout.structure.loss not in ("half_squared_error", "squared_error", "mean_squared_error"):
        return None
    return factor * float(((record.layers[-1].a - record.target) ** 2).sum())


def soft(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def no_other_square(record, factor):
    """Whether so many times the loss is not the loss by another convention for the squared error."""
    plain = {"half_squared_error": 0.5, "squared_error": 1.0, "mean_squared_error": 1.0 / len(record.target)}
    own = plain.get(record.layout.structure.loss)
    return own is None or factor * own not in plain.values()


def has_later(record, index):
    return index < len(record.layers) - 1


def sum_kind(record):
    loss = record.layout.structure.loss
    return loss in ("cross_entropy", "binary_cross_entropy", "huber", "absolute_error")


BY_HAND = {
    **{name: by_rule(name) for name, rule in RULES.items() if not rule.several_examples},
    "minus_lost": per_unit("z", lambda r, i, u: -r.layers[i].z[u]),
    "bias_left_out": per_unit("z", lambda r, i, u: products(r, i, u).sum()),
    "bias_subtracted": per_unit("z", lambda r, i, u: products(r, i, u).sum() - r.layers[i].b[u]),
    "weights_transposed": per_unit(
        "z", lambda r, i, u: r.layers[i].w[:, u] @ inputs(r, i) + r.layers[i].b[u], is_square
    ),
    "term_left_out": per_unit("z", lambda r, i, u: r.layers[i].z[u] - products(r, i, u)),
    "product_sign": per_unit("z", lambda r, i, u: r.layers[i].z[u] - 2 * products(r, i, u)),
    "activation_left_out": per_unit("a", lambda r, i, u: r.layers[i].z[u], bent),
    "slope_for_activation": per_unit("a", slope, bent),
    "exponent_sign": per_unit("a", lambda r, i, u: 1 / (1 + np.exp(r.layers[i].z[u])), is_named("sigmoid")),
    "activation_for_slope": per_unit("gain", lambda r, i, u: r.layers[i].a[u], bent),
    "factor_left_out": per_unit("gain", lambda r, i, u: 1 - r.layers[i].a[u], is_named("sigmoid")),
    "square_left_out": per_unit("gain", lambda r, i, u: 1 - r.layers[i].a[u], is_named("tanh")),
    "sigmoid_slope_for_tanh": per_unit(
        "gain", lambda r, i, u: r.layers[i].a[u] * (1 - r.layers[i].a[u]), is_named("tanh")
    ),
    "sigmoid_slope_for_linear": per_unit(
        "gain", lambda r, i, u: r.layers[i].a[u] * (1 - r.layers[i].a[u]), is_named("linear")
    ),
    "sigmoid_slope_for_relu": per_unit(
        "gain", lambda r, i, u: r.layers[i].a[u] * (1 - r.layers[i].a[u]), is_named("relu")
    ),
    "softmax_twice": per_unit("a", lambda r, i, u: soft(soft(r.layers[i].z))[u], is_named("softmax")),
    "output_for_own_delta": per_weight("dl_dw", lambda r, i, j, k: r.layers[i].a[j] * inputs(r, i)[k]),
    "stray_half": of_loss(lambda r: r.loss / 2 if no_other_square(r, 0.5) else None),
    "stray_two": of_loss(lambda r: r.loss * 2 if no_other_square(r, 2.0) else None),
    "weights_left_out": per_unit("dl_da", lambda r, i, u: r.layers[i + 1].dl_dz.sum(), has_later),
    "input_left_out": per_weight("dl_dw", lambda r, i, j, k: r.layers[i].dl_dz[j]),
    "z_for_input": per_weight(
        "dl_dw", lambda r, i, j, k: r.layers[i].dl_dz[j] * r.layers[i - 1].z[k], lambda r, i: i > 0
    ),
    "index_transposed": per_weight("dl_dw", lambda r, i, j, k: r.layers[i].dl_dw[k, j], is_square),
    "as_half_squared_error": of_loss(lambda r: squares(r, 0.5)),
    "as_squared_error": of_loss(lambda r: squares(r, 1.0)),
    "as_mean_squared_error": of_loss(lambda r: squares(r, 1.0 / len(r.target))),
    "mean_over_outputs": of_loss(lambda r: r.loss / len(r.target) if sum_kind(r) else None),
    "common_logarithm": of_loss(
        lambda r: r.loss / log(10) if r.layout.structure.loss in ("cross_entropy", "binary_cross_entropy") else None
    ),
    "uphill": per_weight("new", lambda r, i, j, k: r.layers[i].w[j, k] + ETA * r.layers[i].dl_dw[j, k]),
    "learning_rate_left_out": per_weight("new", lambda r, i, j, k: r.layers[i].w[j, k] - r.layers[i].dl_dw[j, k]),
}

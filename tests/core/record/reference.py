"""The arbiter of accuracy: the two passes once more, by the textbook's formulas, with mpmath.

As many digits as the largest |z| asks for: 1 - sigmoid(800) alone needs 350.
"""

import math

import mpmath as mp

mp.mp.dps = 60

FUNCTIONS = {
    "linear": (lambda z: z, lambda z: mp.mpf(1)),
    "sigmoid": (lambda z: 1 / (1 + mp.exp(-z)), lambda z: mp.exp(-z) / (1 + mp.exp(-z)) ** 2),
    "tanh": (mp.tanh, lambda z: mp.sech(z) ** 2),
    "relu": (lambda z: max(z, mp.mpf(0)), lambda z: mp.mpf(z > 0)),
    "elu": (lambda z: z if z > 0 else mp.expm1(z), lambda z: mp.mpf(1) if z > 0 else mp.exp(z)),
    "softplus": (lambda z: mp.log1p(mp.exp(z)), lambda z: 1 / (1 + mp.exp(-z))),
    "silu": (
        lambda z: z / (1 + mp.exp(-z)),
        lambda z: 1 / (1 + mp.exp(-z)) + z * mp.exp(-z) / (1 + mp.exp(-z)) ** 2,
    ),
}


def leaky(slope):
    return lambda z: z if z > 0 else z * mp.mpf(slope), lambda z: mp.mpf(1) if z > 0 else mp.mpf(slope)


def normal(z):
    return mp.erfc(-z / mp.sqrt(2)) / 2


def bent_tanh(z):
    return mp.tanh(mp.log1p(mp.exp(z)))


FUNCTIONS |= {
    "leaky_relu": leaky(0.01),
    "leaky_relu(0.2)": leaky(0.2),
    "gelu": (lambda z: z * normal(z), lambda z: normal(z) + z * mp.exp(-(z**2) / 2) / mp.sqrt(2 * mp.pi)),
    "mish": (
        lambda z: z * bent_tanh(z),
        lambda z: bent_tanh(z) + z * (1 - bent_tanh(z) ** 2) / (1 + mp.exp(-z)),
    ),
    "softsign": (lambda z: z / (1 + abs(z)), lambda z: 1 / (1 + abs(z)) ** 2),
}


def softmax(z):
    e = [mp.exp(value - max(z)) for value in z]
    return [value / sum(e) for value in e]


LOSSES = {
    "half_squared_error": (lambda y, t, n: (y - t) ** 2 / 2, lambda y, t, n: y - t),
    "squared_error": (lambda y, t, n: (y - t) ** 2, lambda y, t, n: 2 * (y - t)),
    "mean_squared_error": (lambda y, t, n: (y - t) ** 2 / n, lambda y, t, n: 2 * (y - t) / n),
    "cross_entropy": (lambda y, t, n: -t * mp.log(y) if t else mp.mpf(0), lambda y, t, n: -t / y),
    "binary_cross_entropy": (
        lambda y, t, n: (-t * mp.log(y) if t else 0) - ((1 - t) * mp.log(1 - y) if t != 1 else 0),
        lambda y, t, n: -t / y + (1 - t) / (1 - y),
    ),
    "huber": (
        lambda y, t, n: (y - t) ** 2 / 2 if abs(y - t) <= 1 else abs(y - t) - mp.mpf(0.5),
        lambda y, t, n: max(mp.mpf(-1), min(mp.mpf(1), y - t)),
    ),
    "absolute_error": (lambda y, t, n: abs(y - t), lambda y, t, n: mp.sign(y - t)),
    "output_sum": (lambda y, t, n: y, lambda y, t, n: mp.mpf(1)),
}


def digits_needed(layers, x):
    """Decimal digits that leave 60 good ones after 1 - tanh(z) of the largest |z| on the way."""
    largest, signal = 0.0, list(x)
    for w, b, name in layers:
        z = [math.fsum(p * q for p, q in zip(row, signal, strict=True)) + c for row, c in zip(w, b, strict=True)]
        largest = max(largest, *map(abs, z))
        signal = [float(a) for a in (softmax(z) if name == "softmax" else map(FUNCTIONS[name][0], map(mp.mpf, z)))]
    return 60 + math.ceil(2 * largest / math.log(10))


def run(layers, x, target, loss):
    """The two passes with as many digits as they need, see ``passes``."""
    with mp.workdps(digits_needed(layers, x)):
        return passes(layers, x, target, loss)


def passes(layers, x, target, loss):
    """z, a, dl_da, dl_dz, dl_dw, dl_db per layer, the loss and dl_dx; ``layers`` are (w, b, activation)."""
    signal, record = [mp.mpf(value) for value in x], []
    for w, b, name in layers:
        z = [
            mp.fsum(mp.mpf(p) * q for p, q in zip(row, signal, strict=True)) + mp.mpf(c)
            for row, c in zip(w, b, strict=True)
        ]
        a = softmax(z) if name == "softmax" else [FUNCTIONS[name][0](value) for value in z]
        record.append({"inputs": signal, "z": z, "a": a})
        signal = a
    element, slope = LOSSES[loss]
    target = [mp.mpf(value) for value in target]
    n = len(signal)
    value = mp.fsum(element(y, t, n) for y, t in zip(signal, target, strict=True))
    dl_da = [slope(y, t, n) for y, t in zip(signal, target, strict=True)]
    for (w, _, name), each in zip(reversed(layers), reversed(record), strict=True):
        if name == "softmax":
            a = each["a"]
            mean = mp.fsum(p * g for p, g in zip(a, dl_da, strict=True))
            dl_dz = [p * (g - mean) for p, g in zip(a, dl_da, strict=True)]
        else:
            dl_dz = [FUNCTIONS[name][1](z) * g for z, g in zip(each["z"], dl_da, strict=True)]
        each |= {"dl_da": dl_da, "dl_dz": dl_dz, "dl_db": dl_dz}
        each["dl_dw"] = [[d * s for s in each["inputs"]] for d in dl_dz]
        dl_da = [mp.fsum(w[j][k] * dl_dz[j] for j in range(len(w))) for k in range(len(w[0]))]
    return record, value, dl_da

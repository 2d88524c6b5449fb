"""Random networks for the bug lab, and every wrong rule once more, written by hand in matrix form."""

import numpy as np

from app.core.functions.activations import ACTIVATIONS, softmax_jacobian
from app.core.functions.losses import LOSSES
from app.core.network import Layer, Network
from app.core.record.backward import output_gradient
from app.core.record.forward import forward, loss_values

HIDDEN = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus", "silu", "linear")


def random_example(seed, outputs=(), most_units=4):
    """(network, x, target, loss): 1-4 layers, sizes often alike so that square layers are common."""
    rng = np.random.default_rng(seed)
    base = int(rng.integers(1, most_units + 1))
    sizes = [base if rng.random() < 0.6 else int(rng.integers(1, most_units + 1)) for _ in range(rng.integers(2, 6))]
    loss = str(rng.choice(list(LOSSES)))
    allowed = LOSSES[loss].outputs or outputs or (*HIDDEN, "softmax", "softmax")
    names = [str(rng.choice(HIDDEN)) for _ in sizes[2:]] + [str(rng.choice(allowed))]
    layers = tuple(
        Layer.of(rng.normal(0, 1, (receiving, sending)), rng.normal(0, 1, receiving), name)
        for sending, receiving, name in zip(sizes, sizes[1:], names, strict=False)
    )
    return Network(layers), rng.normal(size=sizes[0]), rng.random(sizes[-1]), loss


def by_hand(rule, network, x, target, loss, learning_rate, signal=None):
    """dl_da, gain, dl_dz, dl_dw, dl_db per layer, dl_dx, new w and b per layer, and the loss after, by a wrong rule."""
    ran = forward(network, np.asarray(x, float)[:, None])
    target = np.asarray(target, float)[:, None]
    count = len(network.layers)
    gains, das, dzs, dws, dbs, news = ([None] * count for _ in range(6))
    dl_da = np.empty(0)
    for index in range(count - 1, -1, -1):
        layer, z, a = network.layers[index], ran.z[index], ran.a[index]
        entry, last = ACTIVATIONS[layer.activation], index == count - 1
        gain = entry.derivative(z, np)
        whole = entry.reads_whole_layer
        paired = last and layer.activation in LOSSES[loss].pairs
        if rule == "gain_at_a" and not whole:
            gain = entry.derivative(a, np)
        if rule == "leaky_slope_zero" and layer.activation == "leaky_relu":
            gain = (z > 0) * 1.0
        if rule == "gain_times_z" and not whole and layer.activation != "linear":
            gain = z * gain
        if rule == "sigmoid_slope" and not whole and layer.activation != "sigmoid":
            gain = a * (1 - a)
        if last:
            dl_da, dl_dz = output_gradient(LOSSES[loss], entry, z, a, target, entry.derivative(z, np))
            if rule == "sign_flipped":
                dl_da, dl_dz = -dl_da, -dl_dz
            moved = layer.activation not in ("linear", "relu", "leaky_relu")
            if not whole and (not paired or rule == "gain_times_z" or (rule == "gain_at_a" and moved)):
                dl_dz = gain * dl_da
            if rule == "no_output_gain" and layer.activation != "linear":
                dl_dz = dl_da
            if rule == "elementwise_softmax" and whole:
                dl_dz = np.diag(softmax_jacobian(a[:, 0]))[:, None] * dl_da
            if rule == "softmax_in_loss" and whole and loss == "cross_entropy":
                again = np.exp(a) / np.exp(a).sum()
                dl_dz = softmax_jacobian(a[:, 0]).T @ (again * target.sum() - target)
        else:
            dl_dz = dl_da if rule == "no_hidden_gain" else gain * dl_da
        if rule == "upstream_left_out" and not whole:
            dl_dz = gain
        received = ran.inputs[index]
        dl_dw, dl_db = dl_dz @ received.T, dl_dz[:, 0].copy()
        if rule == "own_activation":
            dl_dw = np.repeat(dl_dz * a, layer.w.shape[1], axis=1)
        if rule == "no_bias_gradient":
            dl_db = np.zeros_like(dl_db)
        if rule == "gradients_not_reset":
            dl_dw, dl_db = 2 * dl_dw, 2 * dl_db
        times = layer.w.shape[1] if rule == "bias_per_weight" else 1
        news[index] = layer.w - learning_rate * dl_dw, layer.b - times * learning_rate * dl_db
        gains[index], das[index], dzs[index], dws[index], dbs[index] = gain, dl_da, dl_dz, dl_dw, dl_db
        w = news[index][0] if rule == "updated_weights" else layer.w
        dl_da = w.T @ dl_dz
        if rule == "one_path":
            dl_da = w[-1:].T @ dl_dz[-1:]
        if rule == "raw_errors" and layer.activation != "linear" and not paired:
            dl_da = w.T @ das[index]
        if rule == "output_for_delta":
            dl_da = w.T @ a
        if rule == "mean_of_paths":
            dl_da = dl_da / len(w)
        if rule == "untransposed" and w.shape[0] == w.shape[1]:
            dl_da = w @ dl_dz
    after = Network(tuple(Layer(w, b, each.activation) for (w, b), each in zip(news, network.layers, strict=True)))
    return {
        "layers": [
            {"gain": g[:, 0], "dl_da": da[:, 0], "dl_dz": dz[:, 0], "dl_dw": dw, "dl_db": db}
            for g, da, dz, dw, db in zip(gains, das, dzs, dws, dbs, strict=True)
        ],
        "dl_dx": dl_da[:, 0],
        "updated": news,
        "loss": float(loss_values(after, np.asarray(x, float)[:, None], target, loss)[0]),
    }

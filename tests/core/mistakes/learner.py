"""A learner with pencil and paper: every number worked out by itself and rounded, with known mistakes if so told.

Written without anything of ``app.core`` but the activations' own functions, number by number in plain Python, so that
the diagnosis is not held against itself.
"""

from math import exp, inf, log, nan

import numpy as np

from app.core.functions.activations import ACTIVATIONS

SQUARES = {"half_squared_error": 0.5, "squared_error": 1.0, "mean_squared_error": None}
ETA = 0.3


def soft(z):
    """Softmax of a list."""
    e = [exp(each - max(z)) for each in z]
    return [each / sum(e) for each in e]


class Learner:
    """The numbers that come out, by address; ``mistakes`` are names of rules and slips."""

    def __init__(self, network, x, target, loss, digits=None, mistakes=(), eta=ETA, from_outputs=False):
        self.network, self.x, self.target, self.loss = network, list(map(float, x)), list(map(float, target)), loss
        self.digits, self.mistakes, self.eta = digits, set(mistakes), eta
        self.numbers, self.from_outputs = {}, from_outputs
        with np.errstate(all="ignore"):
            self.forward()
            self.backward()
            self.update()

    def note(self, pointer, value):
        """Write a number down, rounded."""
        self.numbers[pointer] = value = self.rounded(float(value))
        return value

    def rounded(self, value):
        return round(value, self.digits) if self.digits is not None and abs(value) < 2.0**50 else value

    def makes(self, name):
        return name in self.mistakes

    def forward(self):
        self.zs, self.as_ = [], []
        received = self.x
        for index, layer in enumerate(self.network.layers):
            zs = [self.weighted_sum(index, unit, received) for unit in range(len(layer.b))]
            zs = [self.note(f"/layers/{index}/z/{unit}", z) for unit, z in enumerate(zs)]
            values = self.activation(index, zs)
            received = [self.note(f"/layers/{index}/a/{unit}", a) for unit, a in enumerate(values)]
            self.zs.append(zs)
            self.as_.append(received)
        self.note("/loss/value", self.loss_value(received))

    def weighted_sum(self, index, unit, received):
        layer = self.network.layers[index]
        w = layer.w[unit]
        if self.makes("weights_transposed") and layer.w.shape[0] == layer.w.shape[1] > 1:
            w = layer.w[:, unit]
        total = sum(a * b for a, b in zip(w.tolist(), received, strict=True))
        bias = float(layer.b[unit])
        if self.makes("bias_left_out"):
            bias = 0.0
        if self.makes("bias_subtracted"):
            bias = -bias
        return total + bias

    def activation(self, index, zs):
        name = self.network.layers[index].activation
        if name == "softmax":
            return soft(soft(zs)) if self.makes("softmax_twice") else soft(zs)
        entry = ACTIVATIONS[name]
        if name != "linear" and self.makes("activation_left_out"):
            return zs
        if name != "linear" and self.makes("slope_for_activation"):
            return [float(entry.derivative(np.float64(z), np)) for z in zs]
        if name == "sigmoid" and self.makes("exponent_sign"):
            return [1.0 / (1.0 + exp(z)) for z in zs]
        return [float(entry.function(np.float64(z), np)) for z in zs]

    def square_factor(self):
        """Of the squared errors, and what every loss is multiplied by wrongly."""
        own = SQUARES.get(self.loss, 1.0)
        n = len(self.target)
        own = 1.0 / n if own is None else own
        factor = 1.0
        if self.loss in SQUARES:
            for name, value in (("half_squared_error", 0.5), ("squared_error", 1.0), ("mean_squared_error", 1.0 / n)):
                if self.makes("as_" + name):
                    own = value
        elif self.makes("mean_over_outputs"):
            factor = 1.0 / n
        if self.makes("stray_half"):
            factor *= 0.5
        if self.makes("stray_two"):
            factor *= 2.0
        return own, factor

    def loss_value(self, y):
        own, factor = self.square_factor()
        base = log(10.0) if self.makes("common_logarithm") else 1.0

        def ln(value):
            return log(value) / base if value > 0 else (nan if value < 0 else -inf)

        total = 0.0
        for a, t in zip(y, self.target, strict=True):
            d = a - t
            if self.loss in SQUARES:
                total += own * d * d
            elif self.loss == "cross_entropy":
                total -= t * ln(a) if t else 0.0
            elif self.loss == "binary_cross_entropy":
                total -= (t * ln(a) if t else 0.0) + ((1 - t) * ln(1 - a) if t != 1 else 0.0)
            elif self.loss == "huber":
                total += 0.5 * d * d if abs(d) <= 1 else abs(d) - 0.5
            elif self.loss == "absolute_error":
                total += abs(d)
            else:
                total += a
        return factor * total

    def loss_slope(self, a, t):
        own, factor = self.square_factor()
        d = a - t
        if self.loss in SQUARES:
            made = 2.0 * own * d
        elif self.loss == "cross_entropy":
            made = -t / a if t else 0.0
        elif self.loss == "binary_cross_entropy":
            made = (-t / a if t else 0.0) + ((1 - t) / (1 - a) if t != 1 else 0.0)
        elif self.loss == "huber":
            made = max(-1.0, min(1.0, d))
        elif self.loss == "absolute_error":
            made = float(np.sign(d))
        else:
            made = 1.0
        return factor * made * (-1.0 if self.makes("sign_flipped") else 1.0)

    def slope(self, index, unit):
        name, entry = self.network.layers[index].activation, ACTIVATIONS[self.network.layers[index].activation]
        z, a = self.zs[index][unit], self.as_[index][unit]
        right = float(entry.derivative(np.float64(z), np))
        logistic = a * (1.0 - a)
        if self.from_outputs and name in ("sigmoid", "tanh"):
            right = logistic if name == "sigmoid" else 1.0 - a * a
        if self.makes("gain_at_a") and name not in ("linear", "relu", "leaky_relu"):
            return float(entry.derivative(np.float64(a), np))
        if self.makes("gain_times_z") and name != "linear":
            return z * right
        if self.makes("sigmoid_slope") and name != "sigmoid":
            return logistic
        for only, slip in (("tanh", "tanh"), ("linear", "linear"), ("relu", "relu")):
            if name == only and self.makes(f"sigmoid_slope_for_{slip}"):
                return logistic
        if self.makes("activation_for_slope") and name != "linear":
            return a
        if self.makes("factor_left_out") and name == "sigmoid":
            return 1.0 - a
        if self.makes("square_left_out") and name == "tanh":
            return 1.0 - a
        if self.makes("leaky_slope_zero") and name == "leaky_relu":
            return 1.0 if z > 0 else 0.0
        return right

    def backward(self):
        last = len(self.network.layers) - 1
        self.das, self.dzs = [[]] * (last + 1), [[]] * (last + 1)
        for index in range(last, -1, -1):
            layer = self.network.layers[index]
            units = range(len(layer.b))
            if index == last:
                das = [self.loss_slope(a, t) for a, t in zip(self.as_[index], self.target, strict=True)]
            else:
                das = [self.sum_back(index + 1, unit) for unit in units]
            das = [self.note(f"/layers/{index}/dl_da/{unit}", each) for unit, each in enumerate(das)]
            self.das[index] = das
            if layer.activation != "softmax":
                gains = [self.note(f"/layers/{index}/gain/{unit}", self.slope(index, unit)) for unit in units]
            else:
                gains = []
            dzs = self.amplified(index, das, gains)
            self.dzs[index] = [self.note(f"/layers/{index}/dl_dz/{unit}", each) for unit, each in enumerate(dzs)]
        self.gradients()

    def amplified(self, index, das, gains):
        layer, y = self.network.layers[index], self.as_[index]
        output = index == len(self.network.layers) - 1
        if output and self.makes("no_output_gain") and layer.activation != "linear":
            return das
        if not output and self.makes("no_hidden_gain"):
            return das
        if self.makes("upstream_left_out") and gains:
            return gains
        paired = output and (self.loss, layer.activation) in (
            ("cross_entropy", "softmax"),
            ("cross_entropy", "sigmoid"),
            ("binary_cross_entropy", "sigmoid"),
        )
        otherwise = {"elementwise_softmax"} if layer.activation == "softmax" else {"gain_at_a", "gain_times_z"}
        if paired and not (self.mistakes & otherwise):
            _, factor = self.square_factor()
            factor *= -1.0 if self.makes("sign_flipped") else 1.0
            if self.makes("softmax_in_loss") and layer.activation == "softmax":
                again = soft(y)
                e = [q * sum(self.target) - t for q, t in zip(again, self.target, strict=True)]
                mean = sum(a * b for a, b in zip(y, e, strict=True))
                return [a * (b - mean) for a, b in zip(y, e, strict=True)]
            if layer.activation == "softmax":
                return [factor * (a * sum(self.target) - t) for a, t in zip(y, self.target, strict=True)]
            if self.loss == "cross_entropy":
                return [factor * -t * (1.0 - a) for a, t in zip(y, self.target, strict=True)]
            return [factor * (a - t) for a, t in zip(y, self.target, strict=True)]
        if layer.activation == "softmax":
            jacobian = [
                [self.note(f"/layers/{index}/jacobian/{k}/{i}", y[k] * ((k == i) - y[i])) for i in range(len(y))]
                for k in range(len(y))
            ]
            if self.makes("elementwise_softmax"):
                return [jacobian[i][i] * da for i, da in enumerate(das)]
            return [sum(jacobian[k][i] * das[k] for k in range(len(y))) for i in range(len(y))]
        return [gain * da for gain, da in zip(gains, das, strict=True)]

    def sum_back(self, source, column):
        """What comes back to a unit from the layer ``source``."""
        layer = self.network.layers[source]
        w = layer.w[:, column].tolist()
        sent = self.dzs[source]
        last = source == len(self.network.layers) - 1
        paired = last and self.loss.endswith("cross_entropy")
        if self.makes("raw_errors") and layer.activation != "linear" and not paired:
            sent = self.das[source]
        if self.makes("output_for_delta"):
            sent = self.as_[source]
        if self.makes("updated_weights"):
            received = self.as_[source - 1] if source else self.x
            steps = [self.rounded(d * received[column]) for d in self.dzs[source]]
            w = [self.rounded(a - self.eta * step) for a, step in zip(w, steps, strict=True)]
        if self.makes("untransposed") and layer.w.shape[0] == layer.w.shape[1] > 1:
            w = layer.w[column].tolist()
        if self.makes("weights_left_out"):
            w = [1.0] * len(w)
        if self.makes("one_path"):
            return w[-1] * sent[-1]
        total = sum(a * b for a, b in zip(w, sent, strict=True))
        return total / len(w) if self.makes("mean_of_paths") else total

    def gradients(self):
        self.dws, self.dbs = [], []
        for index, layer in enumerate(self.network.layers):
            received = self.as_[index - 1] if index else self.x
            if self.makes("z_for_input") and index:
                received = self.zs[index - 1]
            twice = 2.0 if self.makes("gradients_not_reset") else 1.0
            rows, biases = [], []
            for unit in range(len(layer.b)):
                delta = self.dzs[index][unit]
                row = []
                for column in range(layer.w.shape[1]):
                    value = delta * received[column]
                    if self.makes("own_activation"):
                        value = delta * self.as_[index][unit]
                    if self.makes("output_for_own_delta"):
                        value = self.as_[index][unit] * received[column]
                    if self.makes("input_left_out"):
                        value = delta
                    if self.makes("index_transposed") and layer.w.shape[0] == layer.w.shape[1] > 1:
                        value = self.dzs[index][column] * received[unit]
                    row.append(self.note(f"/layers/{index}/dl_dw/{unit}/{column}", twice * value))
                rows.append(row)
                db = 0.0 if self.makes("no_bias_gradient") else twice * delta
                biases.append(self.note(f"/layers/{index}/dl_db/{unit}", db))
            self.dws.append(rows)
            self.dbs.append(biases)
        for column in range(len(self.x)):
            self.note(f"/dl_dx/{column}", self.sum_back(0, column))

    def update(self):
        eta = {True: -self.eta, False: self.eta}[self.makes("uphill")]
        eta = 1.0 if self.makes("learning_rate_left_out") else eta
        for index, layer in enumerate(self.network.layers):
            times = layer.w.shape[1] if self.makes("bias_per_weight") else 1
            for unit in range(len(layer.b)):
                for column in range(layer.w.shape[1]):
                    new = float(layer.w[unit, column]) - eta * self.dws[index][unit][column]
                    self.note(f"/updated/layers/{index}/w/{unit}/{column}", new)
                new = float(layer.b[unit]) - times * eta * self.dbs[index][unit]
                self.note(f"/updated/layers/{index}/b/{unit}", new)

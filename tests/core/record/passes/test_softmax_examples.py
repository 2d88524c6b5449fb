"""Softmax under a loss that is not its own, over many examples: each unit's slope depends on every other unit."""

import tracemalloc

import numpy as np

from app.core.network import initialize
from app.core.record.batch import batch


def test_many_examples_take_the_memory_of_a_few_and_give_the_same_numbers():
    rng = np.random.default_rng(5)
    network = initialize((3, 120, 300), "tanh", "softmax", "xavier_uniform", rng)
    xs, targets = rng.normal(size=(100, 3)), rng.random((100, 300))
    tracemalloc.start()
    try:
        made = batch(network, xs, targets, "half_squared_error")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # Pairs of units of all examples at once would be 72 MB, twice.
    assert peak < 40e6
    one_by_one = [batch(network, xs[n : n + 1], targets[n : n + 1], "half_squared_error") for n in range(100)]
    for layer, gradient in enumerate(made.layers):
        np.testing.assert_allclose(gradient.dl_dw, sum(each.layers[layer].dl_dw for each in one_by_one), atol=1e-12)
        np.testing.assert_allclose(gradient.dl_db, sum(each.layers[layer].dl_db for each in one_by_one), atol=1e-12)

"""A large batch is run in pieces, with a look between them, and is the same batch."""

import numpy as np
import pytest

from app.core.network import initialize
from app.core.record.batch import batch

RNG = np.random.default_rng(3)
LARGE, SMALL = 8_000, 40


@pytest.mark.parametrize("per_example", [False, True])
@pytest.mark.parametrize(("output", "loss"), [("sigmoid", "half_squared_error"), ("softmax", "huber")])
def test_a_batch_in_pieces_is_the_batch_as_a_whole(output, loss, per_example):
    network = initialize((20, 30, 4), "tanh", output, "xavier_uniform", RNG)
    xs, targets = RNG.normal(size=(LARGE, 20)), RNG.random((LARGE, 4))
    looks = []
    whole = batch(network, xs, targets, loss, per_example, look_up=lambda: looks.append(1))
    assert len(looks) > 2
    few = [batch(network, xs[at : at + SMALL], targets[at : at + SMALL], loss, True) for at in range(0, LARGE, SMALL)]
    # A matrix product may round another way for another number of columns.
    np.testing.assert_allclose(whole.outputs, np.concatenate([each.outputs for each in few]), rtol=1e-12)
    np.testing.assert_allclose(whole.losses, np.concatenate([each.losses for each in few]), rtol=1e-11)
    assert whole.total_loss == pytest.approx(sum(each.total_loss for each in few), rel=1e-12)
    assert whole.cost == whole.total_loss / LARGE
    for layer, gradient in enumerate(whole.layers):
        for name in ("dl_dw", "dl_db"):
            added = sum(getattr(each.layers[layer], name) for each in few)
            np.testing.assert_allclose(getattr(gradient, name), added, rtol=1e-9, atol=1e-9)
            if per_example:
                apart = np.concatenate([getattr(each.examples[layer], name) for each in few])
                np.testing.assert_allclose(getattr(whole.examples[layer], name), apart, rtol=1e-9, atol=1e-12)
    assert (whole.examples is not None) == per_example


def test_a_batch_whose_client_has_left_ends_at_the_next_look():
    network = initialize((20, 30, 4), "tanh", "sigmoid", "xavier_uniform", RNG)
    looks = []

    def leave():
        looks.append(1)
        if len(looks) == 2:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        batch(network, np.ones((LARGE, 20)), np.ones((LARGE, 4)), "half_squared_error", look_up=leave)
    assert len(looks) == 2

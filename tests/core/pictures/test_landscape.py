"""The total loss over a plane: every grid point against a network of its own; paths and gradients in the plane."""

from __future__ import annotations

import numpy as np
import pytest

from app.core.arrays import Array
from app.core.functions.activations import ACTIVATIONS
from app.core.functions.losses import LOSSES
from app.core.network import Layer, Network, initialize
from app.core.pictures.landscape import (
    NoPlane,
    Plane,
    along,
    blocks,
    descent,
    landscape,
    parameter_plane,
    path_plane,
    project,
    random_plane,
)
from app.core.pictures.two_parameters import place_of
from app.core.record.batch import batch

SIZES = (2, 4, 3, 2)
US = np.linspace(-1.5, 1.0, 5)
VS = np.linspace(-0.5, 2.0, 4)


def drawn(sizes: tuple[int, ...] = SIZES, hidden: str = "tanh", output: str = "sigmoid") -> Network:
    """A network whose biases are not 0 either."""
    made = initialize(sizes, hidden, output, "xavier_uniform", np.random.default_rng(3))
    biases = np.random.default_rng(4)
    return Network(
        tuple(Layer.of(layer.w, biases.normal(size=len(layer.b)), layer.activation) for layer in made.layers)
    )


def with_activations(network: Network, *names: str) -> Network:
    return Network(tuple(Layer(each.w, each.b, name) for each, name in zip(network.layers, names, strict=True)))


def data(network: Network, count: int = 7) -> tuple[Array, Array]:
    rng = np.random.default_rng(5)
    targets = np.eye(network.sizes[-1])[rng.integers(0, network.sizes[-1], count)]
    return rng.normal(size=(count, network.sizes[0])), targets


def at(network: Network, theta: Array) -> Network:
    layers = []
    for layer, (weights, biases) in zip(network.layers, blocks(network), strict=True):
        layers.append(Layer.of(theta[weights].reshape(layer.w.shape), theta[biases], layer.activation))
    return Network(tuple(layers))


def one_by_one(network: Network, plane: Plane, xs: Array, targets: Array, loss: str) -> Array:
    return np.array(
        [
            [
                batch(at(network, plane.origin + np.array([u, v]) @ plane.directions), xs, targets, loss).total_loss
                for u in US
            ]
            for v in VS
        ]
    )


def test_every_pair_of_parameters_gives_what_networks_of_their_own_give() -> None:
    network = with_activations(drawn(), "tanh", "softplus", "sigmoid")
    xs, targets = data(network)
    count = network.parameter_count
    for first in range(0, count, 3):
        for second in range(count):
            if first != second:
                plane = parameter_plane(network, first, second)
                found = landscape(network, plane, US, VS, xs, targets, "half_squared_error")
                expected = one_by_one(network, plane, xs, targets, "half_squared_error")
                np.testing.assert_allclose(found, expected, rtol=1e-12)


@pytest.mark.parametrize(("first", "second"), [(0, 1), (0, 30), (27, 34), (12, 3), (33, 34)])
def test_a_softmax_output_sees_both_parameters(first: int, second: int) -> None:
    network = drawn(output="softmax")
    xs, targets = data(network)
    plane = parameter_plane(network, first, second)
    found = landscape(network, plane, US, VS, xs, targets, "cross_entropy")
    np.testing.assert_allclose(found, one_by_one(network, plane, xs, targets, "cross_entropy"), rtol=1e-12)


@pytest.mark.parametrize(
    ("loss", "output"),
    [(loss.name, output) for loss in LOSSES.values() for output in loss.outputs or tuple(ACTIVATIONS)],
)
def test_every_loss_and_output_over_random_directions(loss: str, output: str) -> None:
    network = drawn(output=output)
    xs, targets = data(network)
    plane = random_plane(network, np.random.default_rng(1))
    found = landscape(network, plane, US, VS, xs, targets, loss)
    np.testing.assert_allclose(found, one_by_one(network, plane, xs, targets, loss), rtol=1e-11)


@pytest.mark.parametrize("hidden", [name for name, entry in ACTIVATIONS.items() if not entry.last_layer_only])
def test_every_hidden_activation_and_more_examples_than_one_piece(hidden: str) -> None:
    network = drawn(hidden=hidden)
    xs, targets = data(network, 1500)
    for plane in (random_plane(network, np.random.default_rng(1)), parameter_plane(network, 1, 20)):
        found = landscape(network, plane, US, VS, xs, targets, "squared_error")
        np.testing.assert_allclose(found, one_by_one(network, plane, xs, targets, "squared_error"), rtol=1e-11)


@pytest.mark.parametrize("first", [0, 13, 25])
def test_layers_of_different_activations(first: int) -> None:
    """Five layers, so that some lie before both parameters, some between them and some behind."""
    network = with_activations(drawn((2, 3, 4, 2, 3, 2)), "tanh", "softplus", "sigmoid", "silu", "linear")
    xs, targets = data(network)
    for second in (9, 22, 33, 42, 51):
        plane = parameter_plane(network, first, second)
        found = landscape(network, plane, US, VS, xs, targets, "squared_error")
        np.testing.assert_allclose(found, one_by_one(network, plane, xs, targets, "squared_error"), rtol=1e-12)
    plane = random_plane(network, np.random.default_rng(1))
    found = landscape(network, plane, US, VS, xs, targets, "squared_error")
    np.testing.assert_allclose(found, one_by_one(network, plane, xs, targets, "squared_error"), rtol=1e-11)


def test_directions_along_single_parameters_of_another_length_are_walked_by_their_length() -> None:
    network = drawn()
    xs, targets = data(network)
    directions = np.zeros((2, network.parameter_count))
    directions[0, 3], directions[1, 15] = 0.5, -3.0
    plane = Plane(network.theta, directions)
    found = landscape(network, plane, US, VS, xs, targets, "squared_error")
    np.testing.assert_allclose(found, one_by_one(network, plane, xs, targets, "squared_error"), rtol=1e-12)


def test_a_step_along_a_parameter_adds_as_much_to_it() -> None:
    network = drawn()
    plane = parameter_plane(network, 3, 15)
    moved = np.array([0.25, -2.0]) @ plane.directions
    assert {place: moved[place] for place in np.flatnonzero(moved)} == {3: 0.25, 15: -2.0}
    assert plane.origin.tolist() == network.theta.tolist()


def test_a_network_of_one_layer_has_a_landscape() -> None:
    network = drawn((2, 1), output="linear")
    xs, targets = np.array([[1.0, 2.0]]), np.array([[0.5]])
    plane = parameter_plane(network, 0, 2)
    found = landscape(network, plane, US, VS, xs, targets, "squared_error")
    np.testing.assert_allclose(found, one_by_one(network, plane, xs, targets, "squared_error"), rtol=1e-13)
    assert not found.flags.writeable


def test_what_overflows_is_not_finite_and_warns_of_nothing() -> None:
    network = drawn((2, 1), output="linear")
    plane = parameter_plane(network, 0, 1)
    found = landscape(network, plane, np.array([0.0, 1e200]), VS, np.ones((1, 2)), np.ones((1, 1)), "squared_error")
    assert np.isfinite(found[:, 0]).all()
    assert not np.isfinite(found[:, 1]).any()
    deep = Network((Layer.of([[1e200]], [0.0], "linear"), Layer.of([[1e200]], [0.0], "linear")))
    found = landscape(deep, parameter_plane(deep, 0, 1), US, VS, np.ones((2, 1)), np.ones((2, 1)), "squared_error")
    assert not np.isfinite(found).any()
    far = network.theta + np.array([[1e200], [1e308]])
    assert not np.isfinite(along(network, far, np.full((1, 2), 10.0), np.ones((1, 1)), "squared_error")).any()


def test_filter_normalised_directions_are_as_long_as_the_units_own_parameters() -> None:
    network = drawn()
    plane = random_plane(network, np.random.default_rng(1))
    for direction in plane.directions:
        for own, moved in zip(network.layers, at(network, direction).layers, strict=True):
            lengths = [np.linalg.norm(np.column_stack([layer.w, layer.b]), axis=1) for layer in (own, moved)]
            np.testing.assert_allclose(lengths[0], lengths[1], rtol=1e-13)


def test_a_path_in_a_plane_is_recovered_and_off_the_plane_its_distance_is_told() -> None:
    network = drawn()
    rng = np.random.default_rng(2)
    basis = np.linalg.qr(rng.normal(size=(network.parameter_count, 3)))[0].T
    points = np.array([[3.0, 0.0], [2.0, 1.0], [1.0, -0.5], [0.0, 0.0]])
    thetas = network.theta + points @ basis[:2]
    plane = path_plane(network, thetas)
    seen = project(plane, thetas)
    np.testing.assert_allclose(path_plane(network, thetas[:2]).directions @ basis[2], 0.0, atol=1e-14)
    near = project(plane, network.theta + 1e-3 * points @ basis[:2])
    assert near.share == pytest.approx(1.0, abs=1e-12)
    np.testing.assert_allclose(seen.points @ plane.directions, points @ basis[:2], atol=1e-13)
    np.testing.assert_allclose(seen.distances, 0.0, atol=1e-13)
    assert seen.share == pytest.approx(1.0, abs=1e-14)
    away = project(plane, thetas + 0.25 * basis[2])
    np.testing.assert_allclose(away.distances, 0.25, rtol=1e-12)
    squares = (points**2).sum()
    assert away.share == pytest.approx(squares / (squares + 4 * 0.25**2), rel=1e-12)


def test_the_first_direction_of_a_path_is_the_one_it_moves_along_most_and_its_sign_is_fixed() -> None:
    network = drawn()
    steps = np.zeros((3, network.parameter_count))
    steps[:, 4], steps[:, 7] = (-3.0, -2.0, 0.0), (0.1, -0.2, 0.1)
    plane = path_plane(network, network.theta + steps)
    assert int(np.argmax(np.abs(plane.directions[0]))) == 4
    assert plane.directions[0, 4] > 0
    assert plane.directions[1, 7] > 0


@pytest.mark.parametrize("points", [[0.0], [0.0, 0.0], [0.0, 1.0, 2.0]])
def test_a_path_along_a_line_spans_no_plane(points: list[float]) -> None:
    network = drawn()
    with pytest.raises(NoPlane):
        path_plane(network, network.theta + np.array(points)[:, None])


def test_one_parameter_twice_and_a_network_of_zeros_span_no_plane() -> None:
    network = drawn()
    with pytest.raises(NoPlane):
        parameter_plane(network, 3, 3)
    with pytest.raises(NoPlane):
        random_plane(at(network, np.zeros(network.parameter_count)), np.random.default_rng(0))


def test_a_path_that_never_moves_has_no_share() -> None:
    network = drawn()
    seen = project(parameter_plane(network, 0, 1), network.theta[None, :])
    assert np.isnan(seen.share)
    assert not seen.points.any()


@pytest.mark.parametrize("kind", ["parameters", "random"])
def test_the_gradient_in_the_plane_is_the_slope_of_the_surface(kind: str) -> None:
    network = drawn()
    xs, targets = data(network)
    plane = parameter_plane(network, 2, 20) if kind == "parameters" else random_plane(network, np.random.default_rng(1))
    seen = descent(plane, network, xs, targets, "half_squared_error")
    h = 1e-5
    across = landscape(network, plane, np.array([-h, h]), np.array([0.0]), xs, targets, "half_squared_error")[0]
    down = landscape(network, plane, np.array([0.0]), np.array([-h, h]), xs, targets, "half_squared_error")[:, 0]
    slopes = [(across[1] - across[0]) / (2 * h), (down[1] - down[0]) / (2 * h)]
    np.testing.assert_allclose(seen.slopes, slopes, rtol=1e-7, atol=1e-9)
    # The projected vector has the same slopes: what the plane cannot see is at right angles to it.
    np.testing.assert_allclose(plane.directions @ (seen.projection @ plane.directions), seen.slopes, rtol=1e-10)
    assert 0.0 < seen.share < 1.0


@pytest.mark.parametrize("small", [1.0, 1e-3, 1e-9, 1e-15])
@pytest.mark.parametrize("length", [1e-8, 1.0, 1e8])
def test_the_share_of_the_gradient_is_right_however_small_it_and_the_gradient_are(small: float, length: float) -> None:
    """A linear unit whose gradient can be written down: ∂L/∂w = (a - ŷ) x, ∂L/∂b = a - ŷ."""
    x = np.array([[1.0, small, 2.0]])
    network = Network((Layer.of([[0.0, 0.0, 0.0]], [length], "linear"),))
    directions = np.array([[0.0, 1.0, 0.0, 0.0], [0.0, 1.0, 0.0, 1.0]])
    seen = descent(Plane(network.theta, directions), network, x, np.array([[0.0]]), "half_squared_error")
    expected = np.hypot(small, 1.0) / np.sqrt(1.0 + small**2 + 4.0 + 1.0)
    assert seen.share == pytest.approx(expected, rel=1e-14)
    alone = Plane(network.theta, np.array([[0.0, 1.0, 0.0, 0.0], [2.0, 1.0, -1.0, 0.0]]))
    seen = descent(alone, network, x, np.array([[0.0]]), "half_squared_error")
    assert seen.share == pytest.approx(small / np.sqrt(6.0 + small**2), rel=1e-14)
    np.testing.assert_allclose(seen.slopes, [small * length, small * length], rtol=1e-13, atol=1e-13 * length)


def test_where_nothing_slopes_there_is_no_share() -> None:
    network = Network((Layer.of([[1.0, 0.0]], [0.0], "linear"),))
    plane = parameter_plane(network, 0, 1)
    seen = descent(plane, network, np.array([[1.0, 1.0]]), np.array([[1.0]]), "squared_error")
    assert np.isnan(seen.share)
    assert seen.slopes.tolist() == [0.0, 0.0]


def test_a_place_outside_theta_is_refused() -> None:
    with pytest.raises(IndexError):
        place_of(drawn(), 10_000)


def test_the_height_of_a_path_is_the_total_loss_of_each_of_its_points() -> None:
    network = drawn()
    xs, targets = data(network)
    thetas = network.theta + np.array([[0.0], [0.1], [-0.3]])
    found = along(network, thetas, xs, targets, "squared_error")
    expected = [batch(at(network, theta), xs, targets, "squared_error").total_loss for theta in thetas]
    np.testing.assert_allclose(found, expected, rtol=1e-14)


def test_a_path_too_long_for_float64_spans_no_plane():
    network = initialize((2, 2, 1), "tanh", "sigmoid", "xavier_uniform", np.random.default_rng(1))
    thetas = np.stack([network.theta, np.full_like(network.theta, -1.7e308), np.full_like(network.theta, 1.7e308)])
    far = Network(tuple(Layer(layer.w + 1.7e308, layer.b, layer.activation) for layer in network.layers))
    with pytest.raises(NoPlane, match="too long for float64"):
        path_plane(far, thetas)

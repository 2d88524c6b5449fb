"""Every unit over the input plane against traces point by point; the data's coordinates in every layer."""

from __future__ import annotations

import numpy as np
import pytest

from app.core.network import Layer, Network, initialize
from app.core.pictures.features import _triangle, feature_planes
from app.core.pictures.regions import BLOCK, grid_of, regions
from app.core.record.forward import forward


def drawn(*sizes: int, hidden: str = "tanh", output: str = "softmax") -> Network:
    """A network whose biases are not 0 either."""
    made = initialize(sizes, hidden, output, "xavier_uniform", np.random.default_rng(3))
    biases = np.random.default_rng(4)
    return Network(
        tuple(Layer.of(layer.w, biases.normal(size=len(layer.b)), layer.activation) for layer in made.layers)
    )


def test_principal_components_of_many_examples_are_those_of_all_at_once() -> None:
    rng = np.random.default_rng(3)
    rows = rng.standard_normal((83, 9)) * np.linspace(3.0, 0.1, 9)
    looks: list[None] = []
    triangle = _triangle(rows, lambda: looks.append(None))
    assert triangle.shape == (9, 9)
    assert len(looks) > 3
    values, directions = np.linalg.svd(rows)[1:]
    found, own = np.linalg.svd(triangle)[1:]
    assert np.allclose(found, values, rtol=1e-14)
    assert np.allclose(np.abs(np.sum(own * directions, axis=1)), 1.0, rtol=1e-13)
    assert _triangle(rows[:30], looks.clear).shape == (30, 9)


@pytest.mark.parametrize("resolution", [2, 9, 110, 160])
def test_every_unit_at_every_point_is_what_the_forward_pass_gives(resolution: int) -> None:
    network = drawn(4, 5, 3)
    grid = grid_of((2, 0), (-1.0, 0.0), (1.0, 3.0), (9.0, 0.5, 9.0, -0.25), resolution)
    found = regions(network, grid)
    assert resolution < 110 or resolution**2 > BLOCK
    for a, expected in zip(found.layers, forward(network, grid.points().T).a, strict=True):
        np.testing.assert_allclose(a.reshape(len(a), -1), expected, rtol=1e-12, atol=1e-15)
        assert not a.flags.writeable
    assert found.grid is grid
    corner = grid.points()[-1]
    assert corner.tolist() == [3.0, 0.5, 1.0, -0.25]
    assert found.decision is not None
    np.testing.assert_array_equal(found.decision, found.layers[-1].argmax(axis=0))


def test_one_input_is_a_grid_of_one_row() -> None:
    network = drawn(1, 3, 1, output="linear")
    found = regions(network, grid_of((0,), (-1.0,), (1.0,), (0.0,), 11))
    assert [a.shape for a in found.layers] == [(3, 1, 11), (1, 1, 11)]
    assert found.decision is None
    expected = forward(network, np.linspace(-1.0, 1.0, 11)[None, :]).a[-1]
    np.testing.assert_allclose(found.layers[-1][:, 0], expected, rtol=1e-13)


def test_a_single_sigmoid_decides_at_one_half() -> None:
    network = Network((Layer.of([[1.0, 0.0]], [0.0], "sigmoid"),))
    found = regions(network, grid_of((0, 1), (-1.0, -1.0), (1.0, 1.0), (0.0, 0.0), 3))
    assert found.decision is not None
    assert found.decision.tolist() == [[0, 0, 1]] * 3
    assert found.decision.dtype.kind == "i"


def test_two_outputs_decide_by_the_larger() -> None:
    network = Network((Layer.of([[1.0, 0.0], [-1.0, 0.0]], [0.0, 0.0], "softmax"),))
    found = regions(network, grid_of((0, 1), (-1.0, -1.0), (1.0, 1.0), (0.0, 0.0), 3))
    assert found.decision is not None
    assert found.decision.tolist() == [[1, 0, 0]] * 3


@pytest.mark.parametrize("wanted", [(), (0,), (1, 2)])
def test_only_the_layers_wanted_are_kept(wanted: tuple[int, ...]) -> None:
    network = drawn(2, 4, 3, 2)
    grid = grid_of((0, 1), (-1.0, -1.0), (1.0, 1.0), (0.0, 0.0), 110)
    every, some = regions(network, grid), regions(network, grid, wanted)
    assert len(some.layers) == len(wanted)
    for place, a in zip(wanted, some.layers, strict=True):
        np.testing.assert_array_equal(a, every.layers[place])
    np.testing.assert_array_equal(some.decision, every.decision)


def test_what_overflows_over_the_plane_is_not_finite_and_warns_of_nothing() -> None:
    network = Network((Layer.of([[1e200, 0.0]], [0.0], "linear"), Layer.of([[1e200]], [0.0], "linear")))
    found = regions(network, grid_of((0, 1), (1.0, 1.0), (2.0, 2.0), (0.0, 0.0), 2))
    assert np.isfinite(found.layers[0]).all()
    assert not np.isfinite(found.layers[1]).any()


def test_two_units_are_shown_as_they_are_and_more_by_the_plane_of_most_variance() -> None:
    network = drawn(2, 5, 2, 1, output="sigmoid")
    xs = np.random.default_rng(0).normal(size=(30, 2))
    grid = grid_of((0, 1), (-1.0, -1.0), (1.0, 1.0), (0.0, 0.0), 4)
    planes = feature_planes(network, xs, grid)
    assert [plane.kind for plane in planes] == ["units", "pca", "units", "units"]
    ran = forward(network, xs.T).a
    np.testing.assert_array_equal(planes[0].coordinates, xs)
    np.testing.assert_array_equal(planes[2].coordinates, ran[1].T)
    assert planes[3].coordinates.shape == (30, 1)
    centred = ran[0].T - ran[0].mean(axis=1)
    values = np.sort(np.linalg.eigvalsh(centred.T @ centred))[::-1]
    np.testing.assert_allclose(planes[1].shares, values[:2] / values.sum(), rtol=1e-10)
    np.testing.assert_allclose((planes[1].coordinates ** 2).sum(axis=0), values[:2], rtol=1e-10)
    for direction in planes[1].directions:
        assert direction[np.argmax(np.abs(direction))] > 0
    bent = forward(network, grid.points().T).a[0].T
    expected = (bent - planes[1].origin) @ planes[1].directions.T
    assert planes[1].grid is not None
    assert planes[1].grid.shape == (4, 4, 2)
    np.testing.assert_allclose(planes[1].grid.reshape(-1, 2), expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("size", [1e-6, 1.0, 1e6])
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_the_plane_is_that_of_most_variance_however_large_and_its_directions_have_a_fixed_sign(
    size: float, sign: float
) -> None:
    """Three units on a line and a little across it, so that both directions and shares can be written down."""
    line, across = np.array([3.0, 0.0, -4.0]) / 5.0, np.array([0.0, -1.0, 0.0])
    steps = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
    aside = np.array([0.2, -0.4, 0.4, -0.4, 0.2])
    xs = sign * size * (np.outer(steps, line) + np.outer(aside, across)) + 7.0 * size
    plane = feature_planes(Network((Layer.of(np.eye(3).tolist(), [0.0] * 3, "linear"),)), xs)[1]
    np.testing.assert_allclose(plane.origin, np.full(3, 7.0 * size), rtol=1e-12)
    np.testing.assert_allclose(plane.directions, [-line, -across], atol=1e-12)
    np.testing.assert_allclose(plane.shares, np.array([10.0, 0.56]) / 10.56, rtol=1e-9)
    np.testing.assert_allclose(plane.coordinates, -sign * size * np.stack([steps, aside], 1), atol=1e-9 * size)


def test_where_the_mean_has_overflowed_there_is_no_plane() -> None:
    xs = np.array([[1.7e308, 1.0, 0.0], [1.7e308, 2.0, 0.0], [1.7e308, 3.0, 1.0]])
    plane = feature_planes(Network((Layer.of(np.eye(3).tolist(), [0.0] * 3, "linear"),)), xs)[1]
    assert plane.directions.shape == (2, 3)
    assert plane.coordinates.shape == (3, 2)
    assert np.isnan(plane.directions).all()
    assert np.isnan(plane.coordinates).all()


def test_a_single_example_has_coordinates_but_no_shares() -> None:
    planes = feature_planes(drawn(2, 5, 2), np.array([[1.0, -1.0]]))
    assert planes[1].coordinates.shape == (1, 2)
    assert np.isnan(planes[1].shares).all()
    assert planes[1].grid is None


def test_what_has_overflowed_has_no_coordinates() -> None:
    network = Network((Layer.of([[1e300, 1e300]], [0.0], "linear"),))
    with pytest.raises(FloatingPointError):
        feature_planes(network, np.array([[1e300, 1.0]]))

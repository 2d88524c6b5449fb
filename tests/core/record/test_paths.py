import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.network import Layer, Network, initialize
from app.core.record.parameter import parameter_at
from app.core.record.paths import count_paths, multiplied, paths, total
from app.core.record.trace import trace
from app.settings import Settings

from ..strategies import examples
from .steps.test_steps import LECTURE, lecture

LIMIT = Settings.model_fields["max_paths"].default


def found(record, pointer, limit=LIMIT):
    return paths(record, parameter_at(record.layout.structure.sizes, pointer), limit)


def addresses(record, path):
    return [record.layout.addresses[position] for position in path.factors]


@settings(max_examples=120, deadline=None, derandomize=True)
@given(example=examples(most_units=4), choice=st.randoms(use_true_random=False), signal=st.booleans())
def test_the_products_of_all_paths_add_up_to_the_derivative(example, choice, signal):
    network, x, target, loss = example
    record = trace(network, x, target, loss, signal=np.linspace(-1, 2, len(target)) if signal else None)
    sizes = network.sizes
    layer = choice.randrange(len(sizes) - 1)
    unit, column = choice.randrange(sizes[layer + 1]), choice.randrange(sizes[layer])
    for pointer in (f"/layers/{layer}/w/{unit}/{column}", f"/layers/{layer}/b/{unit}"):
        listed = found(record, pointer)
        if not listed.listed:
            assert listed.count > LIMIT
            assert listed.sum is None
            continue
        assert len(listed.paths) == listed.count == len({(path.units, path.output) for path in listed.paths})
        if not all(math.isfinite(path.product) for path in listed.paths):
            assert math.isnan(listed.sum)
            continue
        assert count_paths(record.layout.structure, listed.parameter) == listed.count
        size = sum(abs(path.product) for path in listed.paths)
        assert listed.analytic == record.numbers[record.layout.position[listed.parameter.gradient_pointer]]
        assert abs(listed.sum - listed.analytic) <= 1e-12 * size + 1e-300


def test_a_path_is_the_senders_value_then_gains_and_weights_in_turn_then_the_losss_slope():
    record = lecture()
    listed = found(record, "/layers/0/w/0/1")
    assert [path.units for path in listed.paths] == [(0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1)]
    assert addresses(record, listed.paths[1]) == [
        "/x/1",
        "/layers/0/gain/0",
        "/layers/1/w/0/0",
        "/layers/1/gain/0",
        "/layers/2/w/1/0",
        "/layers/2/gain/1",
        "/layers/2/dl_da/1",
    ]
    assert listed.paths[1].product == pytest.approx(
        math.prod(record.numbers[position] for position in listed.paths[1].factors), rel=1e-15
    )
    assert listed.paths[1].output == 1


def test_deeper_in_the_first_factor_is_the_senders_a():
    record = lecture()
    (path,) = found(record, "/layers/2/w/1/0").paths
    assert addresses(record, path) == ["/layers/1/a/0", "/layers/2/gain/1", "/layers/2/dl_da/1"]
    assert path.units == (1,)


def test_a_bias_has_nothing_at_its_input():
    record = lecture()
    (path,) = found(record, "/layers/2/b/0").paths
    assert addresses(record, path) == ["/layers/2/gain/0", "/layers/2/dl_da/0"]


def test_through_softmax_a_path_goes_by_way_of_any_output():
    network = initialize((2, 2, 3), "tanh", "softmax", "xavier_uniform", np.random.default_rng(1))
    record = trace(network, [1, -1], [0, 1, 0], "half_squared_error")
    listed = found(record, "/layers/0/w/1/0")
    assert listed.count == len(listed.paths) == 9
    assert {(path.units, path.output) for path in listed.paths} == {((1, j), i) for j in range(3) for i in range(3)}
    path = next(path for path in listed.paths if (path.units, path.output) == ((1, 2), 0))
    assert addresses(record, path) == [
        "/x/0",
        "/layers/0/gain/1",
        "/layers/1/w/2/1",
        "/layers/1/jacobian/0/2",
        "/layers/1/dl_da/0",
    ]


def test_the_number_of_paths_is_exact_however_large():
    network = initialize((2, *(64,) * 12, 3), "tanh", "tanh", "xavier_uniform", np.random.default_rng(1))
    record = trace(network, [1, -1], [0, 1, 0], "half_squared_error")
    listed = found(record, "/layers/0/w/5/0")
    assert listed.count == 64**11 * 3
    assert listed.paths == ()
    assert not listed.listed
    assert listed.sum is None
    assert listed.analytic == record.layers[0].dl_dw[5, 0]


def test_up_to_the_limit_paths_are_listed_and_one_more_is_too_many():
    record = lecture()
    assert len(found(record, "/layers/0/b/0", limit=4).paths) == 4
    assert found(record, "/layers/0/b/0", limit=3).paths == ()
    assert LIMIT == 512


def test_an_injected_signal_is_where_the_paths_end():
    record = trace(LECTURE, [1, -1], [1, 0], "half_squared_error", signal=[0, 2])
    listed = found(record, "/layers/0/w/0/0")
    assert [path.product == 0 for path in listed.paths] == [True, False, True, False]
    assert listed.sum == pytest.approx(record.layers[0].dl_dw[0, 0], rel=1e-14)


def test_what_float64_cannot_hold_makes_the_sum_unknown():
    network = Network((Layer.of([[-800.0], [0.0]], [0.0, 0.0], "sigmoid"),))
    record = trace(network, [1.0], [1.0, 0.0], "binary_cross_entropy")
    listed = found(record, "/layers/0/w/0/0")
    assert math.isnan(listed.paths[0].product)
    assert math.isnan(listed.sum)
    assert listed.analytic == -1.0


def test_a_product_does_not_overflow_on_its_way():
    assert multiplied([1e200, 1e200, 1e-300]) == pytest.approx(1e100, rel=1e-15)
    assert multiplied([1e-200, 1e-200, 1e300]) == pytest.approx(1e-100, rel=1e-15)
    assert multiplied([-1e200, 1e200]) == -math.inf
    assert multiplied([1e200, 1e200]) == math.inf
    assert multiplied([2.0, 3.0, -0.5]) == -3.0
    assert multiplied([]) == 1.0
    assert math.isnan(multiplied([0.0, math.inf]))


def test_a_sum_is_rounded_once():
    assert total([1e16, 1.0, -1e16]) == 1.0
    assert math.isnan(total([1e308, 1e308]))
    assert math.isnan(total([math.inf, 1.0]))

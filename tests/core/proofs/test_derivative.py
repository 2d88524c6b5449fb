import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.network import Layer, Network, initialize
from app.core.proofs.derivative import CURVE_POINTS, STEPS, derivative
from app.core.proofs.gradient_check import gradient_check
from app.core.record.parameter import NoParameter, Parameter, parameter_at
from app.core.record.trace import trace

from ..record.steps.test_steps import LECTURE, lecture
from ..strategies import examples


def looked_at(record, pointer):
    return derivative(record, parameter_at(record.layout.structure.sizes, pointer))


def moved(record, parameter, value):
    """The loss with one parameter set to ``value``, by a trace of its own."""
    given_numbers = record.values.copy()
    given_numbers[parameter.position(record.layout)] = value
    layers = tuple(
        Layer.of(
            given_numbers[spans.w.start : spans.w.stop].reshape(spans.w.shape),
            given_numbers[spans.b.start : spans.b.stop],
            name,
        )
        for name, spans in zip(record.layout.structure.activations, record.layout.layers, strict=True)
    )
    x = given_numbers[record.layout.x.start : record.layout.x.stop]
    return trace(Network(layers), x, record.target, record.layout.structure.loss).loss


@st.composite
def looks(draw):
    """(record, pointer): any weight, bias or input of a random trace."""
    record = trace(*draw(examples()))
    sizes = record.layout.structure.sizes
    layer = draw(st.integers(0, len(sizes) - 2))
    unit, column = draw(st.integers(0, sizes[layer + 1] - 1)), draw(st.integers(0, sizes[layer] - 1))
    pointers = [f"/layers/{layer}/w/{unit}/{column}", f"/layers/{layer}/b/{unit}", f"/x/{column % sizes[0]}"]
    return record, draw(st.sampled_from(pointers))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(looks())
def test_the_curve_is_the_loss_with_that_one_number_changed(look):
    record, pointer = look
    view = looked_at(record, pointer)
    assert len(view.values) == len(view.losses) == CURVE_POINTS == 81
    assert view.values[40] == view.value == record.numbers[record.layout.position[pointer]]
    assert view.values[[0, -1]] == pytest.approx([view.value - (size := max(1, abs(view.value))), view.value + size])
    assert view.losses[40] == pytest.approx(record.loss, rel=1e-12, abs=1e-300)
    scale = max(1e-290, float(np.abs(view.losses).max()))
    for index in (0, 23, 60, 80):
        alone = moved(record, view.parameter, view.values[index])
        assert view.losses[index] == pytest.approx(alone, rel=1e-10, abs=1e-12 * scale)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(examples(most_units=3))
def test_its_central_difference_is_that_of_the_gradient_check(example):
    record = trace(*example)
    rows = {row["pointer"]: row for row in gradient_check(*example).parameters}
    for pointer in record.layout.addresses[: record.layout.given_count]:
        if pointer.startswith("/layers"):
            view = looked_at(record, pointer)
            row = rows[view.parameter.gradient_pointer]
            assert view.analytic == row["analytic"]
            assert view.check.kink[0] == row["kink"]
            assert view.check.relative_error[0] == pytest.approx(row["relative_error"], abs=1e-7)
            assert view.check.numeric[0] == pytest.approx(row["numeric"], rel=1e-6, abs=1e-7 * (1 + abs(record.loss)))


@pytest.mark.parametrize("pointer", ["/layers/0/w/0/1", "/layers/1/w/1/0", "/layers/2/b/1", "/x/0"])
def test_the_error_against_h_is_a_v(pointer):
    view = looked_at(lecture(), pointer)
    errors = view.errors.relative_error
    lowest = int(errors.argmin())
    assert view.errors.h.tolist() == list(STEPS)
    assert (STEPS[0], STEPS[1], STEPS[-1]) == pytest.approx((1.0, 10**-0.5, 1e-13))
    assert 1e-7 < STEPS[lowest] < 1e-3
    assert errors[lowest] < 1e-8
    assert errors[2] > 1e4 * errors[lowest]
    assert errors[-1] > 1e4 * errors[lowest]
    # Left of the lowest point the error falls with h squared: ten times at each half decade.
    assert errors[2] / errors[6] == pytest.approx(1e4, rel=0.2)


def test_the_check_is_one_difference_and_the_loss_is_that_of_the_trace():
    view = looked_at(lecture(), "/layers/0/w/0/0")
    assert view.loss == lecture().loss
    assert view.parameter == parameter_at((2, 2, 2, 2), "/layers/0/w/0/0")
    for part in (view.check.h, view.check.below, view.check.above, view.check.numeric, view.check.kink):
        assert part.shape == (1,)


def test_the_secants_ends_are_losses_and_its_slope_the_numeric_derivative():
    view = looked_at(lecture(), "/layers/1/w/0/1")
    for index in (0, 5, 10):
        below, above, h = view.errors.below[index], view.errors.above[index], view.errors.h[index]
        assert below == pytest.approx(moved(lecture(), view.parameter, view.value - h), rel=1e-13)
        assert view.errors.numeric[index] == pytest.approx((above - below) / (2 * h), rel=1e-7)


def test_an_input_is_differentiated_through_all_units_it_feeds():
    view = looked_at(lecture(), "/x/1")
    assert view.parameter.gradient_pointer == "/dl_dx/1"
    assert view.analytic == lecture().numbers[lecture().layout.position["/dl_dx/1"]]
    assert view.check.numeric[0] == pytest.approx(view.analytic, rel=1e-7)


def test_a_kink_between_the_two_losses_is_marked():
    record = trace(Network((Layer.of([[1.0]], [-0.98], "relu"),)), [1.0], [1.0], "half_squared_error")
    view = looked_at(record, "/layers/0/w/0/0")
    # z is 0.02, so that every h from there on reaches over to the flat side.
    assert view.errors.kink.tolist() == [h > 0.02 for h in STEPS]
    assert not view.check.kink[0]


def test_a_step_too_small_to_change_a_large_number_gives_no_derivative():
    record = trace(Network((Layer.of([[1e9]], [0.0], "tanh"),)), [1e-9], [1.0], "half_squared_error")
    view = looked_at(record, "/layers/0/w/0/0")
    assert np.isnan(view.errors.numeric[-1])
    assert np.isnan(view.errors.relative_error[-1])
    assert np.isfinite(view.check.numeric[0])


def test_a_number_near_the_end_of_float64_has_a_curve_that_ends():
    record = trace(Network((Layer.of([[1.7e308]], [0.0], "tanh"),)), [1e-308], [1.0], "half_squared_error")
    view = looked_at(record, "/layers/0/w/0/0")
    assert np.isinf(view.values[-1])
    assert view.values[0] == 0


def test_where_no_derivative_can_be_held_nothing_is_claimed_and_nothing_warns():
    record = trace(Network((Layer.of([[1e300, -1e300]], [0.0], "linear"),)), [1e300, 1e300], [1.0], "squared_error")
    view = looked_at(record, "/layers/0/w/0/0")
    assert np.isnan(view.analytic)
    assert np.isnan(view.check.relative_error[0])


def test_the_arrays_cannot_be_changed():
    view = looked_at(lecture(), "/x/0")
    for array in (view.values, view.losses, view.errors.numeric, view.check.numeric):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_every_given_number_but_the_target_is_a_parameter_and_knows_its_derivative():
    network = initialize((3, 4, 2), "tanh", "softmax", "he_normal", np.random.default_rng(1))
    record = trace(network, [1, 2, 3], [1, 0], "cross_entropy")
    for position, pointer in enumerate(record.layout.addresses[: record.layout.given_count]):
        if pointer.startswith("/target"):
            continue
        parameter = parameter_at(network.sizes, pointer)
        assert parameter.pointer == pointer
        assert parameter.position(record.layout) == position
        gradient = record.layout.addresses[parameter.gradient_position(record.layout)]
        assert (
            gradient
            == parameter.gradient_pointer
            == pointer.replace("/x", "/dl_dx").replace("/w/", "/dl_dw/").replace("/b/", "/dl_db/")
        )


@pytest.mark.parametrize(
    "pointer",
    [
        *("", "/", "x", "/x", "/x/2", "/x/-1", "/x/00", "/x/0/", "/x/ 0", "/x/0\n", "/x/٠", "/target/0", "/loss/value"),
        *("/layers/3/b/0", "/layers/0/b/2", "/layers/0/w/0", "/layers/0/w/2/0", "/layers/0/w/0/2", "/layers/0/z/0"),
        *("/layers/0/dl_dw/0/0", "/layers/00/w/0/0", "/layers/0/w/0/0/0", "/layers/0/b/0/0", "/x/" + "9" * 5000),
    ],
)
def test_no_other_address_is_a_parameter(pointer):
    with pytest.raises(NoParameter) as refused:
        parameter_at(LECTURE.sizes, pointer)
    assert refused.value.args == (pointer,)


def test_a_parameter_is_what_its_address_says():
    assert parameter_at((2, 3, 1), "/layers/0/w/2/1") == Parameter("w", 0, 2, 1)
    assert parameter_at((2, 3, 1), "/layers/1/b/0") == Parameter("b", 1, 0, None)
    assert parameter_at((2, 3, 1), "/x/1") == Parameter("x", 0, None, 1)

import numpy as np
import pytest

from app.core.mistakes.practice import BIASES, INPUTS, LEVELS, TARGETS, WEIGHTS, exercise

SEEDS = range(60)


@pytest.mark.parametrize("level", LEVELS)
def test_the_same_seed_gives_the_same_exercise_and_another_seed_another(level):
    first, again = exercise(level, 7), exercise(level, 7)
    assert first.record.numbers == again.record.numbers
    assert len({exercise(level, seed).record.values.tobytes() for seed in SEEDS}) > 50


@pytest.mark.parametrize("level", LEVELS)
def test_its_numbers_are_friendly(level):
    for seed in SEEDS:
        drawn = exercise(level, seed)
        assert set(drawn.x) <= set(INPUTS)
        assert set(drawn.target) <= set(TARGETS)
        for layer in drawn.network.layers:
            assert set(layer.w.ravel().tolist()) <= set(WEIGHTS)
            assert set(layer.b.tolist()) <= set(BIASES)


@pytest.mark.parametrize("level", LEVELS)
def test_something_happens_in_it(level):
    for seed in SEEDS:
        drawn = exercise(level, seed)
        assert any(drawn.x)
        assert drawn.record.values[drawn.record.layout.position["/loss/value"]] > 0
        assert np.any(drawn.record.values[drawn.record.layout.layers[0].dl_dz.cut])


def test_one_unit_that_learns_is_enough():
    """Only where nothing comes back at all another exercise is drawn, so seeds keep theirs."""
    learning = [
        np.count_nonzero(drawn.record.values[drawn.record.layout.layers[0].dl_dz.cut])
        for drawn in (exercise(2, seed) for seed in SEEDS)
    ]
    assert set(learning) == {1, 2}


@pytest.mark.parametrize("level", LEVELS)
def test_it_says_to_how_many_places_an_answer_must_be_right(level):
    assert exercise(level, 5).digits == LEVELS[level].digits > 0


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_asked_comes_in_the_order_in_which_it_is_computed(level):
    drawn = exercise(level, 3)
    kinds = [pointer.split("/")[3] for pointer in drawn.asked]
    assert set(kinds) == set(LEVELS[level].asked)
    backward = [int(pointer.split("/")[2]) for pointer in drawn.asked if "/dl_dz/" in pointer]
    forward = [int(pointer.split("/")[2]) for pointer in drawn.asked if "/z/" in pointer]
    assert backward == sorted(backward, reverse=True)
    assert forward == sorted(forward)
    assert all(pointer in drawn.record.layout.position for pointer in drawn.asked)


def test_there_is_no_level_beyond_the_last():
    with pytest.raises(KeyError):
        exercise(4, 0)


@pytest.mark.parametrize("level", LEVELS)
def test_every_activation_of_a_level_is_drawn_in_its_place_and_no_other(level):
    drawn = [exercise(level, seed).network.layers for seed in range(60)]
    assert {layer.activation for layers in drawn for layer in layers[:-1]} == set(LEVELS[level].hidden)
    assert {layers[-1].activation for layers in drawn} == set(LEVELS[level].output)

from dataclasses import astuple

import pytest

from app.core.functions.activations import ACTIVATIONS, plain_residual
from app.core.functions.losses import LOSSES
from app.snippets.helpers import HELPERS


def test_every_activation_and_every_loss_can_be_written_in_every_language():
    for entry in ACTIVATIONS.values():
        words = entry.words
        assert all((words.numpy, words.gain, words.pytorch, words.tensorflow, words.jax)), entry.name
    for loss in LOSSES.values():
        for each in (loss, *loss.pairs.values()):
            assert all(astuple(each.words)), loss.name


@pytest.mark.parametrize("loss", list(LOSSES))
def test_a_pair_is_written_from_z(loss):
    for pair in LOSSES[loss].pairs.values():
        words = pair.words
        assert all("{z}" in text for text in (words.numpy, words.pytorch, words.tensorflow, words.jax))


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_where_the_core_measures_the_distance_to_the_target_with_care_the_programs_can_too(activation):
    assert bool(ACTIVATIONS[activation].words.error) == (ACTIVATIONS[activation].residual is not plain_residual)


@pytest.mark.parametrize("name", list(HELPERS))
def test_a_helper_is_one_documented_function_of_its_name(name):
    assert HELPERS[name].startswith(f"def {name}(")
    assert '"""' in HELPERS[name]

import pytest

from app.core.functions.activations import ACTIVATIONS, plain_residual
from app.core.functions.losses import LOSSES
from app.snippets.table import HELPERS, LOSS_CODE


def test_every_activation_and_every_loss_can_be_written_in_every_language():
    assert list(LOSS_CODE) == list(LOSSES)
    for entry in ACTIVATIONS.values():
        words = entry.words
        assert all((words.numpy, words.gain, words.pytorch, words.tensorflow, words.jax)), entry.name
    for loss in LOSS_CODE.values():
        assert loss.numpy
        assert loss.slope
        assert loss.pytorch


@pytest.mark.parametrize("loss", list(LOSSES))
def test_what_the_core_takes_from_z_the_programs_can_take_from_z(loss):
    assert set(LOSS_CODE[loss].pairs) == set(LOSSES[loss].pairs)
    for pair in LOSS_CODE[loss].pairs.values():
        assert pair.numpy
        assert pair.dl_dz
        assert pair.pytorch


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_where_the_core_measures_the_distance_to_the_target_with_care_the_programs_can_too(activation):
    assert bool(ACTIVATIONS[activation].words.error) == (ACTIVATIONS[activation].residual is not plain_residual)


@pytest.mark.parametrize("name", list(HELPERS))
def test_a_helper_is_one_documented_function_of_its_name(name):
    assert HELPERS[name].startswith(f"def {name}(")
    assert '"""' in HELPERS[name]

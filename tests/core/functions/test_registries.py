import numpy as np
import pytest

from app.core.functions.activations import ACTIVATIONS
from app.core.functions.initializers import INITIALIZERS
from app.core.functions.losses import LOSSES
from app.core.functions.optimizers import OPTIMIZERS
from app.core.functions.usual import USUAL_ENDS
from app.core.network import Network
from app.core.record.trace import trace

ENTRIES = [
    (kind, entry)
    for kind, registry in {
        "activation": ACTIVATIONS,
        "loss": LOSSES,
        "initializer": INITIALIZERS,
        "optimizer": OPTIMIZERS,
    }.items()
    for entry in registry.values()
]


@pytest.mark.parametrize(("kind", "entry"), ENTRIES, ids=[f"{kind} {entry.name}" for kind, entry in ENTRIES])
def test_every_entry_has_a_name_a_formula_and_both_languages(kind, entry):
    assert set(entry.title) == {"en", "zh"}
    assert all(text.strip() for text in entry.title.values())
    assert entry.formula
    if kind in ("activation", "loss"):
        assert entry.derivative_formula
    for formula in (entry.formula, getattr(entry, "derivative_formula", "")):
        assert formula.count("{") == formula.count("}")


def test_registries_are_keyed_by_their_entries_names():
    for registry in (ACTIVATIONS, LOSSES, INITIALIZERS, OPTIMIZERS):
        assert all(name == entry.name for name, entry in registry.items())


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_shares_are_not_negative_and_add_up_to_one_and_nothing_else_does(name):
    z = np.array([-3.0, 0.5, 2.0])
    a = ACTIVATIONS[name].function(z, np)
    assert ACTIVATIONS[name].shares == (bool((a >= 0).all()) and a.sum() == pytest.approx(1.0))


@pytest.mark.parametrize("name", [name for name, loss in LOSSES.items() if loss.uses_target])
def test_with_its_least_number_of_outputs_a_loss_tells_every_target_from_every_other(name):
    """With one output fewer there are two outputs that cost the same, whichever of the two classes is meant."""
    loss = LOSSES[name]
    output = (loss.outputs or ("linear",))[-1]

    def cost(z, target):
        network = Network.from_lists([{"w": [[1.0]] * len(z), "b": z, "activation": output}])
        return trace(network, [0.0], target, name).loss

    def tells(outputs):
        targets = np.eye(outputs).tolist() if outputs > 1 else [[0.0], [1.0]]
        return all(
            cost([-2.0, 0.5, 1.0][:outputs], target) != cost([3.0, 2.5, -1.0][:outputs], target) for target in targets
        )

    assert tells(loss.least_outputs)
    assert loss.least_outputs == 1 or not tells(loss.least_outputs - 1)


def test_each_usual_end_can_be_trained_and_every_kind_and_number_of_outputs_has_one():
    for end in USUAL_ENDS:
        loss = LOSSES[end.loss]
        assert end.activation in (loss.outputs or ACTIVATIONS)
        assert loss.uses_target
        assert loss.least_outputs <= (end.outputs or 2)
    for kind in ("classification", "regression"):
        assert any(end.kind == kind and end.outputs is None for end in USUAL_ENDS)

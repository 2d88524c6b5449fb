import pytest

from app.core.functions.activations import ACTIVATIONS
from app.core.functions.initializers import INITIALIZERS
from app.core.functions.losses import LOSSES
from app.core.functions.optimizers import OPTIMIZERS

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

"""The operations of a structure: their phases, whose they are, and what an output's ∂l/∂y is made of."""

import pytest

from app.core.record.layout import Structure, layout
from app.core.record.plan import GRANULARITIES, plan

PHASES = {
    "weighted_sum": "forward",
    "activation": "forward",
    "inject": "backward",
    "loss_gradient": "backward",
    "backward_sum": "backward",
    "gain": "backward",
    "amplify": "backward",
    "weight_gradient": "gradient",
    "bias_gradient": "gradient",
    "input_gradient": "gradient",
    "weight_update": "update",
    "bias_update": "update",
}
STRUCTURES = [
    Structure((2, 3, 2), ("tanh", output), loss, learning=not injected, injected=injected)
    for output, loss in (("sigmoid", "half_squared_error"), ("softmax", "cross_entropy"), ("softmax", "huber"))
    for injected in (False, True)
]
WHOLE = {("activation", "softmax"), ("gain", "softmax")}
"""What a softmax layer does at once."""


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("granularity", GRANULARITIES[1:])
def test_every_operation_is_in_its_phase(structure, granularity):
    for operation in plan(structure, granularity).operations:
        if operation.name == "loss":
            assert operation.phase == ("loss" if operation.writes[0] == layout(structure).loss else "update")
        else:
            assert operation.phase == PHASES[operation.part_of or operation.name]


@pytest.mark.parametrize("structure", STRUCTURES)
def test_every_operation_names_the_layer_and_the_unit_whose_number_it_writes(structure):
    addresses = layout(structure).addresses
    for operation in plan(structure, "unit").operations:
        parts = addresses[operation.writes[0]].removeprefix("/updated").split("/")[1:]
        if operation.name == "loss":
            assert (operation.layer, operation.unit) == (None, None)
        elif operation.name == "input_gradient":
            assert parts == ["dl_dx", str(operation.unit)]
            assert operation.layer == 0
        else:
            whole = (operation.name, structure.activations[operation.layer]) in WHOLE
            assert parts[:2] == ["layers", str(operation.layer)]
            assert operation.unit == (None if whole else int(parts[3]))


@pytest.mark.parametrize(
    ("loss", "output", "reads"),
    [
        ("output_sum", "sigmoid", ("a/1",)),
        ("half_squared_error", "linear", ("a/1", "target")),
        # Near its limit a has no digits left for its distance to a target there; z has.
        ("half_squared_error", "sigmoid", ("a/1", "target", "z/1")),
        ("absolute_error", "tanh", ("a/1", "target", "z/1")),
        ("absolute_error", "relu", ("a/1", "target")),
        # 1 - a is the sum of the others.
        ("half_squared_error", "softmax", ("a/1", "target", "a/0", "a/2")),
        # -ŷ/a needs none of that.
        ("cross_entropy", "softmax", ("a/1", "target")),
        ("cross_entropy", "sigmoid", ("a/1", "target")),
        ("binary_cross_entropy", "sigmoid", ("a/1", "target", "z/1")),
    ],
)
def test_the_losss_own_derivative_reads_what_it_is_made_of(loss, output, reads):
    structure = Structure((1, 3), (output,), loss)
    addresses = layout(structure).addresses
    (operation,) = (
        each for each in plan(structure, "unit").operations if each.name == "loss_gradient" and each.unit == 1
    )
    found = [addresses[position].removeprefix("/layers/0/") for position in operation.reads]
    assert found == ["/target/1" if each == "target" else each for each in reads]


@pytest.mark.parametrize(("loss", "given"), [("output_sum", 2), ("squared_error", 5)])
def test_the_loss_after_the_update_reads_the_target_only_if_it_has_one(loss, given):
    structure = Structure((2, 3), ("linear",), loss, learning=True)
    spans = layout(structure)
    *_, operation = plan(structure, "unit").operations
    assert sum(position < spans.given_count for position in operation.reads) == given
    assert len(operation.reads) == given + 3 * 2 + 3


PAIRED = {
    ("sigmoid", "binary_cross_entropy"): ("/layers/1/z/1", "/target/1"),
    ("softmax", "cross_entropy"): ("/layers/1/z/0", "/layers/1/z/1", "/target/0", "/target/1"),
}
"""By output activation and loss: what ∂l/∂z of the last unit of a 2-3-2 network is the difference of."""


@pytest.mark.parametrize(("output", "loss"), PAIRED)
@pytest.mark.parametrize("injected", [False, True])
def test_an_output_paired_with_its_loss_takes_a_difference_and_every_other_unit_is_amplified(output, loss, injected):
    structure = Structure((2, 3, 2), ("tanh", output), loss, injected=injected)
    addresses = layout(structure).addresses
    reads = {
        addresses[operation.writes[0]]: tuple(addresses[place] for place in operation.reads)
        for operation in plan(structure, "unit").operations
        if operation.name == "amplify"
    }
    assert reads["/layers/0/dl_dz/2"] == ("/layers/0/gain/2", "/layers/0/dl_da/2")
    assert (reads["/layers/1/dl_dz/1"] == PAIRED[output, loss]) == (not injected)

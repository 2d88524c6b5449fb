"""What the numbers of a network must have in common: shapes that chain, a loss that fits the output."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from ...core.functions.activations import ACTIVATIONS
from ...core.functions.losses import LOSSES
from ...core.network import Layer
from ...core.network import Network as CoreNetwork
from ..wire.problems import MAX_ERRORS, InputError
from .schemas import Network

Errors = list[InputError]

FIRST = "one per column of the first layer's w"
LAST = "one per unit of the last layer"


def core_network(network: Network) -> CoreNetwork:
    """A checked network in the core's terms."""
    return CoreNetwork(tuple(Layer.of(layer.w, layer.b, layer.key) for layer in network.layers))


def lay_out(network: Network, given: list[float], errors: Errors) -> tuple[int, ...]:
    """Append the numbers of ``network`` to ``given``; note in ``errors`` where its shapes do not chain.

    Returns:
        units per layer, the input layer first; what they are meant to be if there are errors.
    """
    layers = network.layers
    columns = len(layers[0].w[0])
    sizes = [columns]
    for index, layer in enumerate(layers):
        w = layer.w
        for row in w:
            if len(row) != columns:
                reason = "one per unit of the layer before" if index else "as in the first row"
                errors.extend(ragged(w, columns, reason, f"/network/layers/{index}/w"))
                break
            given += row
        columns = len(w)
        if len(layer.b) != columns:
            errors.append(misfit(f"/network/layers/{index}/b", columns, "one per row of w", len(layer.b)))
        given += layer.b
        sizes.append(columns)
        if ACTIVATIONS[layer.activation].last_layer_only and layer is not layers[-1]:
            errors.append(last_layer_only(f"/network/layers/{index}/activation", layer.activation))
    return tuple(sizes)


def check_loss(network: Network, loss: str, errors: Errors) -> None:
    """Note in ``errors`` if the loss cannot be taken of this output."""
    allowed = LOSSES[loss].outputs
    output = network.layers[-1].activation
    if allowed and output not in allowed:
        detail = f"{loss} needs an output of {' or '.join(allowed)}; the last layer's activation is {output}."
        errors.append(InputError("/loss", "loss_does_not_fit", detail))


def ragged(rows: Sequence[Sequence[float]], columns: int, reason: str, pointer: str) -> Errors:
    """One error for each row of another length than ``columns``, as many as are listed."""
    wrong = (
        misfit(f"{pointer}/{index}", columns, reason, len(row)) for index, row in enumerate(rows) if len(row) != columns
    )
    return list(islice(wrong, MAX_ERRORS))


def misfit(pointer: str, expected: int, reason: str, came: int) -> InputError:
    """The error of a list that is not as long as the values around it ask for."""
    return InputError(
        pointer,
        "wrong_length",
        f"Expected a length of {expected}, {reason}; got {came}.",
        {"expected": expected, "came": came},
    )


def last_layer_only(pointer: str, activation: str) -> InputError:
    """The error of an activation that looks at a whole layer and stands before another one."""
    return InputError(
        pointer, "last_layer_only", f"{activation} may stand in the last layer only; here another follows."
    )

r"""The formula of each operation, as pieces: of one unit or one weight, and of a whole layer in matrix form."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...functions.activations import ACTIVATIONS
from ...functions.losses import LOSSES
from .formulas import ASSIGNED, TIMES, Piece, Slot, Symbols, Texts, Whole, fill, partial, products, row, shortened
from .numerals import Place
from .operation import Operation, is_of_pair

RightSide = Callable[[Symbols, Operation], Iterator[Piece]]
"""What stands right of the equals sign in a step of one unit or one weight."""
MatrixForm = Callable[[Symbols, Operation, int], list[Piece]]
"""The step of a whole layer: symbols, operation, layer."""


def sum_of_products(symbols: Symbols, operation: Operation) -> Iterator[Piece]:
    """Σ of the products of pairs, and what is read besides."""
    reads = operation.reads
    even = len(reads) // 2 * 2
    yield from products(reads[:even])
    yield from _addends(reads[even:])


def sum_of_terms(symbols: Symbols, operation: Operation) -> Iterator[Piece]:
    """Σ of products that stand in places of their own, and what is read besides."""
    terms = [position for position in operation.reads if position > symbols.layout.size]
    yield from shortened([[Slot(position, Place.FACTOR)] for position in terms])
    yield from _addends(operation.reads[len(terms) :])


def _addends(reads: tuple[int, ...]) -> Iterator[Piece]:
    return (piece for rest in reads for piece in (" ", Slot(rest, Place.ADDEND)))


def of_function(symbols: Symbols, operation: Operation) -> Iterator[Piece]:
    """σ(z)."""
    layer = operation.layer or 0
    argument = symbols.whole("z", layer) if operation.unit is None else Slot(operation.reads[0])
    yield from (f"{symbols.function(layer)}\\left(", argument, r"\right)")


def of_slope(symbols: Symbols, operation: Operation) -> Iterator[Piece]:
    """σ'(z) in numbers; in symbols the definition that it stands for."""
    layer, unit = operation.layer or 0, operation.unit
    argument: Piece
    own = operation.writes[0] if len(operation.writes) == 1 else None
    if unit is not None:
        slope = rf"\frac{{\partial {symbols.of('a', layer, unit)}}}{{\partial {symbols.of('z', layer, unit)}}}"
        argument = Slot(operation.reads[0], silent=True)
    else:
        is_whole = ACTIVATIONS[symbols.layout.structure.activations[layer]].reads_whole_layer
        definition = r"\operatorname{diag}(\mathbf{a}) - \mathbf{a} \mathbf{a}^{\top}"
        slope = definition if is_whole else r"\frac{\partial a}{\partial z}"
        argument = symbols.whole("z", layer, silent=True)
    yield from (Texts(slope, f"{symbols.function(layer)}'\\left(", own), argument, Texts("", r"\right)"))


def of_loss(symbols: Symbols, operation: Operation) -> Iterator[Piece]:
    """The loss of the outputs; after an update the loss of the new parameters."""
    layout = symbols.layout
    if operation.phase != "loss":
        moved = r"+ \Delta\theta" if layout.structure.momentum else r"- \eta\, \nabla l"
        yield rf"l\left(\theta {moved}\right)"
        return
    written, output = LOSSES[layout.structure.loss].written, layout.layers[-1]
    yield written.opening.replace("@n@", str(output.a.rows))
    terms = []
    for unit in range(output.a.rows):
        a, target = (Slot(span.at(unit), Place.FACTOR) for span in (output.a, layout.target))
        terms.append(list(fill(written.term, output.a.rows, a=a, target=target)))
    yield from shortened(terms)
    yield written.closing


def of_loss_gradient(symbols: Symbols, operation: Operation) -> Iterator[Piece]:
    """The loss's derivative at one output, or at all of them."""
    return _of_output(symbols, LOSSES[symbols.layout.structure.loss].written.slope, operation.unit)


def of_amplifier(symbols: Symbols, operation: Operation) -> Iterator[Piece]:
    """What becomes of ∂l/∂a; where the loss and the output activation are taken together, the formula of the pair."""
    structure = symbols.layout.structure
    if not is_of_pair(structure, operation):
        return products(operation.reads)
    pair = LOSSES[structure.loss].pairs[structure.output_activation]
    return _of_output(symbols, pair.formula, operation.unit)


def _of_output(symbols: Symbols, template: str, unit: int | None) -> Iterator[Piece]:
    """A template about the output: of one unit, or of the whole layer."""
    layout, last = symbols.layout, len(symbols.layout.layers) - 1
    output = layout.layers[last]
    pieces: dict[str, Piece]
    if unit is None:
        target = Whole(r"\hat{\mathbf{y}}", layout.target)
        pieces = {"a": symbols.whole("a", last), "z": symbols.whole("z", last), "target": target}
    else:
        spans = {"a": output.a, "z": output.z, "target": layout.target}
        pieces = {name: Slot(span.at(unit), Place.FACTOR) for name, span in spans.items()}
    for number, part in enumerate(template.split("@total@")):
        if number:
            yield Texts(r"\sum_{k} \hat{y}_{k}", r"\cdot (")
            addends: list[list[Piece]] = [[Slot(at, Place.FACTOR, silent=True)] for at in layout.target.positions]
            yield from shortened(addends, Texts("", " + "))
            yield Texts("", ")")
        yield from fill(part, output.a.rows, **pieces)


def row_of_products(symbols: Symbols, operation: Operation) -> Iterator[Piece]:
    """The first read times each of the others."""
    yield from (Slot(operation.reads[0], Place.FACTOR), TIMES, *row(operation.reads[1:]))


def copied(symbols: Symbols, operation: Operation) -> Iterator[Piece]:
    """The number read, as it is."""
    yield Slot(operation.reads[0])


def changed(symbols: Symbols, operation: Operation) -> Iterator[Piece]:
    """The change before times μ, less η times the gradient."""
    reads = operation.reads
    yield from (_mu(symbols), TIMES, *row(reads[::2]), " - ", _eta(symbols), TIMES, *row(reads[1::2]))


def updated(symbols: Symbols, operation: Operation) -> Iterator[Piece]:
    """A parameter less η times the gradient; with momentum, and its change."""
    old, moving = operation.reads[::2], operation.reads[1::2]
    if not symbols.layout.structure.momentum:
        yield from (*row(old), " - ", _eta(symbols), TIMES, *row(moving))
    elif len(old) == 1:
        yield from (*row(old), " ", Slot(moving[0], Place.ADDEND))
    else:
        yield from (*row(old), " ", "+ ", *row(moving))


def _eta(symbols: Symbols) -> Slot:
    return Slot(symbols.layout.size, Place.FACTOR)


def _mu(symbols: Symbols) -> Slot:
    return Slot(symbols.layout.momentum, Place.FACTOR)


# Matrix forms: the steps of whole layers.


def _transposed(matrix: Whole) -> tuple[Piece, ...]:
    return ("{", matrix, r"}^{\top} ")


def whole_sum(symbols: Symbols, operation: Operation, layer: int) -> list[Piece]:
    """The weighted sums of a layer: W x + b."""
    z, w, b = (symbols.whole(name, layer) for name in ("z", "w", "b"))
    return [z, " = ", w, " ", symbols.inputs(layer), " + ", b]


def whole(name: str, right: RightSide) -> MatrixForm:
    """A layer's vector of this name, and the same right side as for one unit."""
    return lambda symbols, operation, layer: [symbols.whole(name, layer), " = ", *right(symbols, operation)]


def whole_slope(symbols: Symbols, operation: Operation, layer: int) -> list[Piece]:
    """The gains of a layer, or its Jacobian."""
    name = "jacobian" if symbols.layout.layers[layer].jacobian else "gain"
    return whole(name, of_slope)(symbols, operation, layer)


def whole_signal(symbols: Symbols, operation: Operation, layer: int) -> list[Piece]:
    """The signal in place of ∂l/∂a."""
    assert symbols.layout.signal is not None
    return [symbols.whole("dl_da", layer), ASSIGNED, Whole(r"\mathbf{s}", symbols.layout.signal)]


def whole_sum_back(symbols: Symbols, operation: Operation, layer: int) -> list[Piece]:
    """∂l/∂a = Wᵀ ∂l/∂z of the layer that is fed."""
    w, dl_dz = symbols.whole("w", layer + 1), symbols.whole("dl_dz", layer + 1)
    return [symbols.whole("dl_da", layer), " = ", *_transposed(w), dl_dz]


def whole_amplifier(symbols: Symbols, operation: Operation, layer: int) -> list[Piece]:
    """∂l/∂z of a layer."""
    dl_dz, dl_da = symbols.whole("dl_dz", layer), symbols.whole("dl_da", layer)
    if is_of_pair(symbols.layout.structure, operation):
        return [dl_dz, " = ", *of_amplifier(symbols, operation)]
    if symbols.layout.layers[layer].jacobian:
        return [dl_dz, " = ", *_transposed(symbols.whole("jacobian", layer)), dl_da]
    return [dl_dz, " = ", symbols.whole("gain", layer), r" \odot ", dl_da]


def whole_weight_gradient(symbols: Symbols, operation: Operation, layer: int) -> list[Piece]:
    """∂l/∂W = ∂l/∂z xᵀ."""
    dl_dz = symbols.whole("dl_dz", layer)
    return [symbols.whole("dl_dw", layer), " = ", dl_dz, *_transposed(symbols.inputs(layer))]


def whole_bias_gradient(symbols: Symbols, operation: Operation, layer: int) -> list[Piece]:
    """∂l/∂b = ∂l/∂z."""
    return [symbols.whole("dl_db", layer), " = ", symbols.whole("dl_dz", layer)]


def whole_input_gradient(symbols: Symbols, operation: Operation, layer: int) -> list[Piece]:
    """∂l/∂x = Wᵀ ∂l/∂z."""
    left = Whole(partial(r"\mathbf{x}"), symbols.layout.dl_dx)
    return [left, " = ", *_transposed(symbols.whole("w", 0)), symbols.whole("dl_dz", 0)]


def _less_gradient(symbols: Symbols, layer: int, name: str) -> tuple[Piece, ...]:
    return (" - ", _eta(symbols), TIMES, symbols.whole(f"dl_d{name}", layer))


def whole_change(name: str) -> MatrixForm:
    """The change of a layer's w or b."""

    def form(symbols: Symbols, operation: Operation, layer: int) -> list[Piece]:
        kept = (_mu(symbols), TIMES, symbols.whole(f"previous_{name}", layer))
        return [symbols.whole(f"change_{name}", layer), " = ", *kept, *_less_gradient(symbols, layer, name)]

    return form


def whole_update(name: str) -> MatrixForm:
    """The update of a layer's w or b."""

    def form(symbols: Symbols, operation: Operation, layer: int) -> list[Piece]:
        moving: tuple[Piece, ...] = _less_gradient(symbols, layer, name)
        if symbols.layout.structure.momentum:
            moving = (" + ", symbols.whole(f"change_{name}", layer))
        return [symbols.whole(f"new_{name}", layer), " = ", symbols.whole(name, layer), *moving]

    return form

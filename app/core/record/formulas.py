r"""The formula of a step, once as symbols and once with the numbers in it.

A formula is a list of pieces: LaTeX text, and slots for the numbers it speaks of. Filling the slots
with symbols gives ``formula``, filling them with numbers gives ``numbers``; a piece may also be a pair of texts
(symbols, numbers) where the two differ, such as the multiplication sign. At most eight terms of a
sum are written out: the first ones, an ellipsis, the last one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from ..functions.activations import ACTIVATIONS
from ..functions.losses import LOSSES
from .layout import Layout, Span
from .numerals import Place
from .plan import Operation, is_paired

Item = TypeVar("Item")


class Slot(NamedTuple):
    """A number in a formula: its position, and where it stands. A silent one appears among the numbers only."""

    position: int
    place: Place = Place.BARE
    silent: bool = False


class Texts(NamedTuple):
    """A piece that reads differently in symbols and in numbers."""

    symbols: str
    numbers: str


class Whole(NamedTuple):
    """A vector or matrix: one bold symbol, or a matrix of numbers. A silent one appears among the numbers only."""

    symbol: str
    span: Span
    silent: bool = False


Piece = str | Slot | Texts | Whole

TERMS_SHOWN = 6
PREVIOUS = r"\Delta_{\mathrm{prev}}"
"""Before a parameter: its change in the update before this one."""
ROWS_SHOWN = 4
TIMES = Texts(" ", r" \cdot ")
ASSIGNED = Texts(" := ", " = ")


def subscript(*indices: int) -> str:
    """1-based subscript from 0-based indices, with a comma once one has two digits."""
    shown = [str(number + 1) for number in indices]
    return ("," if max(map(len, shown)) > 1 else "").join(shown)


def partial(below: str) -> str:
    r"""\frac{\partial l}{\partial …}."""
    return rf"\frac{{\partial l}}{{\partial {below}}}"


class Symbols:
    """The LaTeX symbol of every position and span of a layout."""

    def __init__(self, layout: Layout) -> None:
        """Prepare; nothing is made before it is asked for."""
        self.layout = layout

    def __getitem__(self, position: int) -> str:
        size = self.layout.size
        if position >= size:
            return r"\eta" if position == size else f"p_{{{position - size}}}"
        parts = self.layout.addresses[position].split("/")[1:]
        match parts:
            case ["x", unit]:
                return f"x_{{{subscript(int(unit))}}}"
            case ["target", unit]:
                return rf"\hat{{y}}_{{{subscript(int(unit))}}}"
            case ["signal", unit]:
                return f"s_{{{subscript(int(unit))}}}"
            case ["dl_dx", unit]:
                return partial(f"x_{{{subscript(int(unit))}}}")
            case ["updated", "layers", layer, name, *indices]:
                return rf"\tilde{{{name}}}^{{({int(layer) + 1})}}_{{{subscript(*map(int, indices))}}}"
            case ["momentum"]:
                return r"\mu"
            case ["updated", "change", "layers", layer, name, *indices]:
                return rf"\Delta {self.of(name, int(layer), *map(int, indices))}"
            case ["previous_change", "layers", layer, name, *indices]:
                return rf"{PREVIOUS} {self.of(name, int(layer), *map(int, indices))}"
            case ["layers", layer, name, *indices]:
                return self.of(name, int(layer), *map(int, indices))
        return "l" if position == self.layout.loss else r"\tilde{l}"

    def of(self, name: str, layer: int, *indices: int) -> str:
        """The symbol of ``/layers/{layer}/{name}/…``."""
        if name.startswith("dl_d"):
            return partial(self.of(name[4:], layer, *indices))
        if name == "gain":
            return rf"{self.function(layer)}'({self.of('z', layer, *indices)})"
        if name == "jacobian":
            return rf"\frac{{\partial {self.of('a', layer, indices[0])}}}{{\partial {self.of('z', layer, indices[1])}}}"
        return f"{name}^{{({layer + 1})}}_{{{subscript(*indices)}}}"

    def function(self, layer: int) -> str:
        """The symbol of a layer's activation function."""
        return ACTIVATIONS[self.layout.structure.activations[layer]].symbol

    def whole(self, name: str, layer: int, silent: bool = False) -> Whole:
        """A layer's vector or matrix."""
        span = getattr(self.layout.layers[layer], name)
        return Whole(self.bold(name, layer), span, silent)

    def bold(self, name: str, layer: int) -> str:
        """The symbol of a whole vector or matrix."""
        if name.startswith("new_"):
            return rf"\tilde{{{self.bold(name[4:], layer)}}}"
        if name.startswith("change_"):
            return rf"\Delta {self.bold(name[7:], layer)}"
        if name.startswith("previous_"):
            return rf"{PREVIOUS} {self.bold(name[9:], layer)}"
        if name.startswith("dl_d"):
            return partial(self.bold(name[4:], layer))
        if name == "gain":
            return rf"{self.function(layer)}'({self.bold('z', layer)})"
        if name == "jacobian":
            return rf"\frac{{\partial {self.bold('a', layer)}}}{{\partial {self.bold('z', layer)}}}"
        return f"W^{{({layer + 1})}}" if name == "w" else rf"\mathbf{{{name}}}^{{({layer + 1})}}"

    def inputs(self, layer: int) -> Whole:
        """What arrives at a layer, as a vector."""
        return self.whole("a", layer - 1) if layer else Whole(r"\mathbf{x}", self.layout.x)


def _shortened(terms: Sequence[list[Piece]], joint: Piece = " + ", shown: int = TERMS_SHOWN) -> Iterator[Piece]:
    """Terms with a joint between them, the middle ones as an ellipsis when there are more than ``shown`` + 1."""
    gap = -1
    if len(terms) > shown + 1:
        terms, gap = [*terms[:shown], terms[-1]], shown
    for number, term in enumerate(terms):
        if number:
            yield joint
        if number == gap:
            yield from (r"\cdots" if isinstance(joint, str) else Texts("", r"\cdots"), joint)
        yield from term


def _products(reads: Sequence[int]) -> Iterator[Piece]:
    pairs = zip(reads[::2], reads[1::2], strict=True)
    return _shortened([[Slot(p, Place.FACTOR), TIMES, Slot(q, Place.FACTOR)] for p, q in pairs])


def _row(positions: Sequence[int]) -> Iterator[Piece]:
    """Several numbers in parentheses, or one on its own."""
    if len(positions) == 1:
        yield Slot(positions[0], Place.FACTOR)
        return
    yield r"\left("
    yield from _shortened([[Slot(position)] for position in positions], r",\; ", ROWS_SHOWN - 2)
    yield r"\right)"


def _fill(template: str, outputs: int, **pieces: Piece) -> Iterator[Piece]:
    """The pieces of a registry template whose placeholders are ``@a@``, ``@target@``, ``@z@`` and ``@n@``."""
    for number, part in enumerate(template.replace("@n@", str(outputs)).split("@")):
        if number % 2:
            yield pieces[part]
        elif part:
            yield part


def _loss(layout: Layout) -> Iterator[Piece]:
    written, output = LOSSES[layout.structure.loss].written, layout.layers[-1]
    yield written.opening.replace("@n@", str(output.a.rows))
    terms = []
    for unit in range(output.a.rows):
        a, target = (Slot(span.at(unit), Place.FACTOR) for span in (output.a, layout.target))
        terms.append(list(_fill(written.term, output.a.rows, a=a, target=target)))
    yield from _shortened(terms)
    yield written.closing


def _output_pieces(symbols: Symbols, template: str, unit: int | None) -> Iterator[Piece]:
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
            yield from _shortened(addends, Texts("", " + "))
            yield Texts("", ")")
        yield from _fill(part, output.a.rows, **pieces)


def _paired(symbols: Symbols, operation: Operation) -> str | None:
    """The template of ∂l/∂z where the loss and the output activation are taken together."""
    structure = symbols.layout.structure
    is_output = operation.layer == len(symbols.layout.layers) - 1
    if not is_output or not is_paired(structure):
        return None
    return LOSSES[structure.loss].pairs[structure.output_activation].formula


def _right_side(symbols: Symbols, operation: Operation) -> Iterator[Piece]:
    """What stands right of the equals sign in a step of one unit or one weight."""
    reads, layer = operation.reads, operation.layer or 0
    structure = symbols.layout.structure
    match operation.name:
        case "weighted_sum" | "backward_sum" | "input_gradient":
            even = len(reads) // 2 * 2
            yield from _products(reads[:even])
            yield from (piece for rest in reads[even:] for piece in (" ", Slot(rest, Place.ADDEND)))
        case "product":
            yield from _products(reads)
        case "accumulate":
            terms = [position for position in reads if position > symbols.layout.size]
            yield from _shortened([[Slot(position, Place.FACTOR)] for position in terms])
            yield from (piece for rest in reads[len(terms) :] for piece in (" ", Slot(rest, Place.ADDEND)))
        case "activation" | "gain":
            mark = "'" if operation.name == "gain" else ""
            if operation.unit is None:
                argument: Piece = symbols.whole("z", layer, silent=bool(mark))
            else:
                argument = Slot(reads[0], silent=bool(mark))
            function = f"{symbols.function(layer)}{mark}\\left("
            if mark and operation.unit is not None:
                column = operation.unit
                slope = (
                    rf"\frac{{\partial {symbols.of('a', layer, column)}}}{{\partial {symbols.of('z', layer, column)}}}"
                )
                yield from (Texts(slope, function), argument, Texts("", r"\right)"))
            elif mark:
                definition = r"\operatorname{diag}(\mathbf{a}) - \mathbf{a} \mathbf{a}^{\top}"
                is_jacobian = ACTIVATIONS[structure.activations[layer]].reads_whole_layer
                slope = definition if is_jacobian else r"\frac{\partial a}{\partial z}"
                yield from (Texts(slope, function), argument, Texts("", r"\right)"))
            else:
                yield from (function, argument, r"\right)")
        case "loss" if operation.phase == "loss":
            yield from _loss(symbols.layout)
        case "loss":
            moved = r"+ \Delta\theta" if structure.momentum else r"- \eta\, \nabla l"
            yield rf"l\left(\theta {moved}\right)"
        case "loss_gradient":
            yield from _output_pieces(symbols, LOSSES[structure.loss].written.slope, operation.unit)
        case "amplify":
            paired = _paired(symbols, operation)
            yield from _output_pieces(symbols, paired, operation.unit) if paired else _products(reads)
        case "weight_gradient":
            yield from (Slot(reads[0], Place.FACTOR), TIMES, *_row(reads[1:]))
        case "bias_gradient" | "inject":
            yield Slot(reads[0])
        case "weight_change" | "bias_change":
            mu, eta = (Slot(position, Place.FACTOR) for position in (symbols.layout.momentum, symbols.layout.size))
            yield from (mu, TIMES, *_row(reads[::2]), " - ", eta, TIMES, *_row(reads[1::2]))
        case "weight_update" | "bias_update" if structure.momentum:
            change: tuple[Piece, ...] = (Slot(reads[1], Place.ADDEND),)
            yield from (*_row(reads[::2]), " ", *(change if len(reads) == 2 else ("+ ", *_row(reads[1::2]))))
        case "weight_update" | "bias_update":
            eta = Slot(symbols.layout.size, Place.FACTOR)
            yield from (*_row(reads[::2]), " - ", eta, TIMES, *_row(reads[1::2]))


def _layer_pieces(symbols: Symbols, operation: Operation) -> list[Piece] | None:
    """The step of a whole layer in matrix form; None where it is the same as ``_right_side``."""
    layer, whole = operation.layer, symbols.whole
    if layer is None:
        return None

    def transposed(matrix: Whole) -> tuple[Piece, ...]:
        return ("{", matrix, r"}^{\top} ")

    match operation.name:
        case "weighted_sum":
            return [whole("z", layer), " = ", whole("w", layer), " ", symbols.inputs(layer), " + ", whole("b", layer)]
        case "activation":
            return [whole("a", layer), " = ", *_right_side(symbols, operation)]
        case "gain":
            name = "jacobian" if symbols.layout.layers[layer].jacobian else "gain"
            return [whole(name, layer), " = ", *_right_side(symbols, operation)]
        case "loss_gradient":
            return [whole("dl_da", layer), " = ", *_right_side(symbols, operation)]
        case "inject" if symbols.layout.signal:
            return [whole("dl_da", layer), ASSIGNED, Whole(r"\mathbf{s}", symbols.layout.signal)]
        case "backward_sum":
            return [whole("dl_da", layer), " = ", *transposed(whole("w", layer + 1)), whole("dl_dz", layer + 1)]
        case "amplify" if _paired(symbols, operation):
            return [whole("dl_dz", layer), " = ", *_right_side(symbols, operation)]
        case "amplify" if symbols.layout.layers[layer].jacobian:
            return [whole("dl_dz", layer), " = ", *transposed(whole("jacobian", layer)), whole("dl_da", layer)]
        case "amplify":
            return [whole("dl_dz", layer), " = ", whole("gain", layer), r" \odot ", whole("dl_da", layer)]
        case "weight_gradient":
            return [whole("dl_dw", layer), " = ", whole("dl_dz", layer), *transposed(symbols.inputs(layer))]
        case "bias_gradient":
            return [whole("dl_db", layer), " = ", whole("dl_dz", layer)]
        case "input_gradient":
            left = Whole(partial(r"\mathbf{x}"), symbols.layout.dl_dx)
            return [left, " = ", *transposed(whole("w", 0)), whole("dl_dz", 0)]
        case _:
            name = operation.name[0]
            mu, eta = (Slot(position, Place.FACTOR) for position in (symbols.layout.momentum, symbols.layout.size))
            against: tuple[Piece, ...] = (" - ", eta, TIMES, whole(f"dl_d{name}", layer))
            if operation.name.endswith("_change"):
                kept = (mu, TIMES, whole(f"previous_{name}", layer))
                return [whole(f"change_{name}", layer), " = ", *kept, *against]
            if symbols.layout.structure.momentum:
                against = (" + ", whole(f"change_{name}", layer))
            return [whole(f"new_{name}", layer), " = ", whole(name, layer), *against]


def pieces(symbols: Symbols, operation: Operation, granularity: str) -> list[Piece]:
    """The formula of a step, as pieces."""
    is_whole = operation.unit is None and operation.layer is not None
    if granularity == "layer" or is_whole:
        matrix_form = _layer_pieces(symbols, operation)
        if matrix_form is not None:
            return matrix_form
    left = _row(operation.writes) if len(operation.writes) > 1 else (Slot(operation.writes[0]),)
    equals = ASSIGNED if operation.name == "inject" else " = "
    return [*left, equals, *_right_side(symbols, operation)]


def in_symbols(symbols: Symbols, formula: Iterable[Piece]) -> str:
    """``formula`` filled with symbols."""
    return "".join(_symbol_text(symbols, piece) for piece in formula)


def _symbol_text(symbols: Symbols, piece: Piece) -> str:
    match piece:
        case Slot():
            if piece.silent:
                return ""
            return f"+ {symbols[piece.position]}" if piece.place is Place.ADDEND else symbols[piece.position]
        case Whole():
            return "" if piece.silent else piece.symbol
        case Texts():
            return piece.symbols
    return piece


def in_numbers(formula: Iterable[Piece]) -> list[str | Slot]:
    """``formula`` as text and slots for numbers only: matrices written out, alternatives chosen."""
    result: list[str | Slot] = []
    for piece in formula:
        match piece:
            case Texts():
                result.append(piece.numbers)
            case Whole():
                result += _matrix(piece.span)
            case _:
                result.append(piece)
    return result


def _matrix(span: Span) -> Iterator[str | Slot]:
    """A matrix of slots; of more than ROWS_SHOWN rows or columns the first ones and the last one."""
    columns = span.columns or 1
    rows = [range(start, start + columns) for start in range(span.start, span.stop, columns)]
    yield r"\begin{pmatrix} "
    for number, row in enumerate(_ends(rows)):
        if number:
            yield r" \\ "
        if row is None:
            yield r"\vdots"
            continue
        for column, position in enumerate(_ends(row)):
            if column:
                yield " & "
            yield r"\cdots" if position is None else Slot(position)
    yield r" \end{pmatrix}"


def _ends(items: Sequence[Item]) -> list[Item | None]:
    return list(items) if len(items) <= ROWS_SHOWN else [*items[: ROWS_SHOWN - 2], None, items[-1]]

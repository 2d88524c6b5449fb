r"""What the formula of a step is made of: once as symbols and once with the numbers in it.

A formula is a list of pieces: LaTeX text, and slots for the numbers it speaks of. Filling the slots
with symbols gives ``formula``, filling them with numbers gives ``numbers``; a piece may also be a pair of texts
(symbols, numbers) where the two differ, such as the multiplication sign. ``parts`` says of each piece which number it
is. At most eight terms of a sum are written out: the first ones, an ellipsis, the last one. Which pieces an operation
has, ``equations`` says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from ...functions.activations import ACTIVATIONS
from ..layout import Layout, Span
from .numerals import Place

Item = TypeVar("Item")


class Slot(NamedTuple):
    """A number in a formula: its position, and where it stands. A silent one appears among the numbers only."""

    position: int
    place: Place = Place.BARE
    silent: bool = False


class Texts(NamedTuple):
    """A piece that reads in another way in symbols than in numbers; the symbols may stand for a number's position."""

    symbols: str
    numbers: str
    position: int | None = None


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


def shortened(terms: Sequence[list[Piece]], joint: Piece = " + ", shown: int = TERMS_SHOWN) -> Iterator[Piece]:
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


def products(reads: Sequence[int]) -> Iterator[Piece]:
    """The products of pairs, added up."""
    pairs = zip(reads[::2], reads[1::2], strict=True)
    return shortened([[Slot(p, Place.FACTOR), TIMES, Slot(q, Place.FACTOR)] for p, q in pairs])


def row(positions: Sequence[int]) -> Iterator[Piece]:
    """Several numbers in parentheses, or one on its own."""
    if len(positions) == 1:
        yield Slot(positions[0], Place.FACTOR)
        return
    yield r"\left("
    yield from shortened([[Slot(position)] for position in positions], r",\; ", ROWS_SHOWN - 2)
    yield r"\right)"


def fill(template: str, outputs: int, **pieces: Piece) -> Iterator[Piece]:
    """The pieces of a registry template whose placeholders are ``@a@``, ``@target@``, ``@z@`` and ``@n@``."""
    for number, part in enumerate(template.replace("@n@", str(outputs)).split("@")):
        if number % 2:
            yield pieces[part]
        elif part:
            yield part


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


def parts(symbols: Symbols, formula: Iterable[Piece], address: Callable[[int], str]) -> list[str | dict[str, Any]]:
    """``formula`` as texts that are the same in symbols and in numbers, and what stands for a number, JSON-ready.

    Each other part has its ``tex`` in symbols. Where it stands for a number, ``at`` is that number's address, and
    ``form`` how it is written: a negative ``factor`` in parentheses; an ``addend`` after a + or, if it is negative,
    after a - without its own sign. Where it has ``numbers``, those stand in its place in the line of numbers: a text,
    or for a vector or matrix a list of texts and numbers.
    """
    found: list[str | dict[str, Any]] = []
    for piece in formula:
        match piece:
            case Slot():
                _join(found, {"tex": "" if piece.silent else symbols[piece.position], **_number(piece, address)})
            case Whole():
                inside: list[str | dict[str, Any]] = []
                for each in _matrix(piece.span):
                    _join(inside, each if isinstance(each, str) else _number(each, address))
                first = address(piece.span.start).rsplit("/", 2 if piece.span.columns else 1)[0]
                _join(found, {"tex": "" if piece.silent else piece.symbol, "at": first, "numbers": inside})
            case Texts():
                at = {} if piece.position is None else {"at": address(piece.position)}
                _join(found, {"tex": piece.symbols, **at, "numbers": piece.numbers})
            case _:
                _join(found, piece)
    return found


def _number(slot: Slot, address: Callable[[int], str]) -> dict[str, str]:
    form = {} if slot.place is Place.BARE else {"form": slot.place.name.lower()}
    return {"at": address(slot.position), **form}


def _join(found: list[str | dict[str, Any]], part: str | dict[str, Any]) -> None:
    """Add a part; texts beside each other become one."""
    if isinstance(part, str) and found and isinstance(found[-1], str):
        found[-1] += part
    else:
        found.append(part)


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

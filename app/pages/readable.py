r"""LaTeX of this project as text that can be read as it stands: ``z⁽¹⁾₁ = w⁽¹⁾₁₁ x₁ + b⁽¹⁾₁``.

What a page shows until its formulas are typeset, or for good where they never are. It knows the commands that our
formulas use, not LaTeX.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

SUPERSCRIPTS: Mapping[str, str] = MappingProxyType(dict(zip("0123456789+-=()n⊤", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿᵀ", strict=True)))
SUBSCRIPTS: Mapping[str, str] = MappingProxyType(
    dict(zip("0123456789+-=(),aeijklnx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎,ₐₑᵢⱼₖₗₙₓ", strict=True))
)
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "sigma": "σ",
        "eta": "η",
        "theta": "θ",
        "delta": "δ",
        "partial": "∂",
        "nabla": "∇",
        "sum": "Σ",
        "cdot": " · ",
        "times": " × ",
        "odot": " ⊙ ",
        "cdots": " … ",
        "vdots": "…",
        "top": "⊤",
        "le": " ≤ ",
        "ln": "ln ",
        "tanh": "tanh",
        "max": "max",
        "min": "min",
        "left": "",
        "right": "",
        "displaystyle": "",
    }
)
ACCENTS: Mapping[str, str] = MappingProxyType({"hat": "\u0302", "tilde": "\u0303"})
PLAIN = ("mathbf", "operatorname", "text")
SPACES = ("\\,", "\\;", "\\ ")

_TOKEN = re.compile(r"\\begin\{\w+\}|\\end\{\w+\}|\\[A-Za-z]+\s*|\\.|[{}^_&]|\s+|.", re.DOTALL)


def readable(latex: str) -> str:
    """``latex`` as one line of text."""
    text = "".join(_read(iter(_Tokens(latex))))
    tight = re.sub(r"\s+(?=[,;)\]])|(?<=[(\[])\s+", "", text)
    return re.sub(r"\s+", " ", tight).strip()


class _Tokens:
    """The tokens of a formula, in order."""

    def __init__(self, latex: str) -> None:
        self.latex = latex

    def __iter__(self) -> Iterator[str]:
        return (match[0] for match in _TOKEN.finditer(self.latex))


def _argument(tokens: Iterator[str]) -> str:
    """The next group in braces, or the next token, as text."""
    for token in tokens:
        if token == "{":
            return "".join(_read(tokens))
        if not token.isspace():
            return "".join(_word(token, tokens))
    return ""


def _read(tokens: Iterator[str]) -> Iterator[str]:
    """Text up to the closing brace or the end."""
    for token in tokens:
        if token == "}":
            return
        yield from _word(token, tokens)


def _word(token: str, tokens: Iterator[str]) -> Iterator[str]:
    if token == "{":
        yield "".join(_read(tokens))
    elif token == "^":
        yield _raised(_argument(tokens), SUPERSCRIPTS, "^")
    elif token == "_":
        yield _raised(_argument(tokens), SUBSCRIPTS, "_")
    elif token == "&":
        yield ", "
    elif token == "-":
        yield "−"
    elif token == "'":
        yield "′"
    elif token.startswith("\\begin"):
        yield "("
    elif token.startswith("\\end"):
        yield ")"
    elif token == "\\\\":
        yield "; "
    elif token in SPACES:
        yield " "
    elif token.startswith(("\\frac", "\\tfrac", "\\dfrac")):
        yield f"{_grouped(_argument(tokens))}/{_grouped(_argument(tokens))}"
    elif token.startswith("\\"):
        name = token[1:].rstrip()
        if name in PLAIN:
            yield _argument(tokens)
        elif name in ACCENTS:
            accented = _argument(tokens)
            yield accented[:1] + ACCENTS[name] + accented[1:]
        else:
            yield WORDS.get(name, name)
    else:
        yield token


def _raised(text: str, letters: Mapping[str, str], mark: str) -> str:
    """``text`` in small letters above or below the line, or after a mark where there are none."""
    plain = text.replace("−", "-").replace(" ", "")
    if all(letter in letters for letter in plain):
        return "".join(letters[letter] for letter in plain)
    return f"{mark}{text}" if len(text) == 1 else f"{mark}({text})"


def _grouped(text: str) -> str:
    """In parentheses if it is a sum or product, so that a fraction on one line still says the same."""
    is_one = " " not in text.strip() or (text.startswith("(") and text.endswith(")") and text.count("(") == 1)
    return text if is_one else f"({text})"

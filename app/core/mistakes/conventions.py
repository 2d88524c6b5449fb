"""Numbers that are right in another book: conventions under which a derivative has another sign than here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .rules.twists import text


@dataclass(frozen=True)
class Convention:
    """One convention.

    Attributes:
        name: its word in JSON.
        title: what it is, by language.
        description: what it does to the numbers, by language.
    """

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]


_ENTRIES = (
    Convention(
        "delta_is_descent",
        text("δ as target − output, added in the update", "δ 取目标减输出，更新时相加"),
        text(
            "Some books define δ = (target − a) σ′(z) and add η δ x in the update. Every δ is then minus the ∂l/∂z "
            "shown here, and the updated weights are the same.",
            "有的书把 δ 定义为（目标 − a）σ′(z)，更新时加上 η δ x。这样每个 δ 都是这里的 ∂l/∂z 的相反数，"
            "更新后的权重则完全一样。",
        ),
    ),
)

CONVENTIONS: Mapping[str, Convention] = MappingProxyType({entry.name: entry for entry in _ENTRIES})
DESCENT = CONVENTIONS["delta_is_descent"]


def has_other_sign(pointer: str) -> bool:
    """Whether ``delta_is_descent`` turns the sign of the number at a JSON Pointer: of every derivative of the loss."""
    return "/dl_d" in pointer

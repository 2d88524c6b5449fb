"""Which output activation and loss one usually takes for a task; the first that fits is meant.

Source: Bishop, Pattern Recognition and Machine Learning (2006), sect. 5.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class UsualEnd:
    """The usual end of a network.

    Attributes:
        kind: what is to be learnt.
        outputs: of how many outputs; None: of any number.
        activation: of the last layer.
        loss: after it.
    """

    kind: Literal["classification", "regression"]
    outputs: int | None
    activation: str
    loss: str


USUAL_ENDS = (
    UsualEnd("regression", None, "linear", "half_squared_error"),
    UsualEnd("classification", 1, "sigmoid", "binary_cross_entropy"),
    UsualEnd("classification", None, "softmax", "cross_entropy"),
)

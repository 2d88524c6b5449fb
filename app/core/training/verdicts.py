"""What a training's record says went wrong, with the numbers that say so: decided from data and record alone.

So far the scale of the data: with inputs or targets in thousands a step that suits the weights is too small to reach
the targets, or large enough to leave the finite numbers, and units saturate before anything is learned.

Source: LeCun et al. (1998), Efficient BackProp, section 4.3, on inputs with mean 0 and deviation 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..functions.activations import ACTIVATIONS, title
from ..functions.losses import LOSSES
from ..network import Network
from ..record.forward import losses
from .evaluation import is_classification
from .recipe import EpochRecord, Examples
from .scaling import VALUE_LOSSES

UNSCALED = "unscaled_data"
VERDICTS = (UNSCALED,)
"""All codes there are."""
LARGE = 1e3
"""A size of inputs or targets from which on the scale is blamed."""
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
PATIENCE = 10
"""Epochs that a training has to become better than the best constant answer."""
BARELY = 0.9
"""Times the cost of the best constant answer: what is not below has learned nothing from the inputs."""
SATURATED: Mapping[str, float] = {"sigmoid": 0.0025, "tanh": 0.01}
"""Mean gain of a layer below which its units are saturated: a hundredth of the largest there is."""


@dataclass(frozen=True)
class Verdict:
    """What went wrong.

    Attributes:
        code: a stable word.
        since_epoch: the epoch from which on it is so.
        evidence: the numbers that say so, by name.
        inputs: whether standardising the inputs is part of the remedy.
        targets: whether standardising the targets is.
        title: in a few words, by language.
        detail: in a sentence or two, by language.
    """

    code: str
    since_epoch: int
    evidence: Mapping[str, float]
    inputs: bool
    targets: bool
    title: Mapping[str, str]
    detail: Mapping[str, str]


class Watcher:
    """Looks at the records of one training, one after the other."""

    def __init__(self, network: Network, examples: Examples, loss: str) -> None:
        """Measure the data once."""
        self._first = network.activations[0] if len(network.layers) > 1 else ""
        has_values = loss in VALUE_LOSSES and not is_classification(network, examples.targets, loss)
        self._input = float(np.abs(examples.xs).max())
        self._target = float(np.abs(examples.targets).max()) if has_values else 0.0
        self.is_large = LOSSES[loss].uses_target and max(self._input, self._target) > LARGE
        self._said = False
        self._constant = constant_cost(examples, loss, network.activations[-1]) if self.is_large else 0.0

    def see(self, record: EpochRecord) -> Verdict | None:
        """What is wrong as of this record; None: nothing that is known of."""
        if not self.is_large or not 0.0 < BARELY * self._constant <= record.cost:
            self._said = False
            return None
        is_saturated = record.gain_means[0] < SATURATED.get(self._first, 0.0)
        if record.epoch < PATIENCE and not (is_saturated or self._said):
            return None
        self._said = True
        evidence = {"cost": record.cost, "constant_answer_cost": self._constant}
        more = {"first_layer_gain": record.gain_means[0]} if is_saturated else {}
        saturated = (
            f" The units of layer 1 are saturated: their mean slope is {said(record.gain_means[0], 2)}.",
            f"第 1 层的单元已经饱和：斜率平均只有 {said(record.gain_means[0], 2)}。",
        )
        en = f"After epoch {record.epoch} the cost is {said(record.cost)}; always answering the mean costs"
        zh = f"第 {record.epoch} 轮之后代价是 {said(record.cost)}；始终回答平均值的代价是"
        return self._verdict(
            0,
            evidence | more,
            f"{en} {said(self._constant)}.{saturated[0] if is_saturated else ''}",
            f"{zh} {said(self._constant)}。{saturated[1] if is_saturated else ''}",
        )

    def diverged(self, epoch: int) -> Verdict | None:
        """What is wrong with a training that has left the finite numbers."""
        if not self.is_large:
            return None
        return self._verdict(
            epoch, {}, f"The training diverged after epoch {epoch}.", f"训练在第 {epoch} 轮之后发散了。"
        )

    def _verdict(self, epoch: int, evidence: Mapping[str, float], en: str, zh: str) -> Verdict:
        inputs, targets = self._input > LARGE, self._target > LARGE
        sizes = {"largest_input": self._input, "largest_target": self._target}
        reached = [
            (f"inputs reach {said(self._input, 6)}", f"输入大到 {said(self._input, 6)}", inputs),
            (f"targets reach {said(self._target, 6)}", f"目标大到 {said(self._target, 6)}", targets),
        ]
        reach_en = " and ".join(text for text, _, is_large in reached if is_large)
        reach_zh = "，".join(text for _, text, is_large in reached if is_large)
        return Verdict(
            UNSCALED,
            epoch,
            {name: size for name, size in sizes.items() if size > LARGE} | dict(evidence),
            inputs,
            targets,
            title("The scale of the data is the problem", "问题出在数据的尺度"),
            title(
                f"The {reach_en}; weights and outputs start near 0. {en}",
                f"{reach_zh}，而权重和输出一开始都在 0 附近。{zh}",
            ),
        )


def said(value: float, digits: int = 4) -> str:
    """A number as people write it: 571500, 6.995×10¹⁰."""
    mantissa, _, power = f"{value:.{digits}g}".partition("e")
    return f"{mantissa}×10{str(int(power)).translate(RAISED)}" if power else mantissa


def constant_cost(examples: Examples, loss: str, output: str = "linear") -> float:
    """The cost of answering each example with the mean of all targets, in the targets' own units.

    Args:
        examples: their targets count.
        loss: a name in ``LOSSES``.
        output: the activation of the output layer; it counts where the loss is one of probabilities.
    """
    unit = 1.0 if examples.unit is None else examples.unit[:, np.newaxis]
    targets = unit * examples.targets.T
    mean = targets.mean(axis=1, keepdims=True) + np.zeros_like(targets)
    with np.errstate(all="ignore"):
        if output not in LOSSES[loss].pairs:
            return float(losses(LOSSES[loss], ACTIVATIONS["linear"], mean, mean, targets).mean())
        z = np.log(mean) if output == "softmax" else np.log(mean) - np.log1p(-mean)
        return float(losses(LOSSES[loss], ACTIVATIONS[output], z, mean, targets).mean())

r"""The wrong rules that put another factor where σ'(z) belongs, or run the last layer's softmax twice.

Long because of its texts, which are data: an entry is all it takes to add a rule.
"""

from __future__ import annotations

import numpy as np

from ....arrays import Array
from ....functions.activations import ACTIVATIONS
from ....record.layout import Layout, Structure
from ....record.operations.formulas import TIMES, Piece, Slot, Symbols
from ....record.operations.numerals import Place
from ....record.operations.operation import Operation
from ..rule import Rule
from ..run import Run
from ..twists import Twist, as_products, both, curved, elementwise, products, some_layer, text
from .gain_rules import AMPLIFY, DL_DA, DL_DZ, EACH_NUMBER, gain_and_dl_da, own_a, paired


def slope_times_z(run: Run, operation: Operation) -> Array:
    """z σ'(z) of the z read."""
    made: Array = run.at(operation.reads[:1]) * run.slope(operation)
    return made


def _as_slope_times_z(symbols: Symbols, operation: Operation) -> list[Piece]:
    function, (z,) = symbols.function(operation.layer or 0), operation.reads
    return [Slot(operation.writes[0]), " = ", Slot(z, Place.FACTOR), TIMES, f"{function}'\\left(", Slot(z), r"\right)"]


def logistic_slope(run: Run, operation: Operation) -> Array:
    """a (1 - a) of the a read."""
    a = run.at(operation.reads)
    slope: Array = a * (1.0 - a)
    return slope


def _as_logistic_slope(symbols: Symbols, operation: Operation) -> list[Piece]:
    (a,) = operation.reads
    return [
        Slot(operation.writes[0]),
        " = ",
        Slot(a, Place.FACTOR),
        TIMES,
        r"\left( 1 - ",
        Slot(a, Place.FACTOR),
        r" \right)",
    ]


def not_sigmoid(structure: Structure, layer: int) -> bool:
    """In layers of units that are no sigmoids, one z at a time."""
    return elementwise(structure, layer) and structure.activations[layer] != "sigmoid"


def softmax_from_logits(structure: Structure, layer: int) -> bool:
    """In a softmax layer of two units or more whose cross entropy is taken together with it."""
    return paired(structure, layer) and not elementwise(structure, layer) and structure.sizes[layer + 1] > 1


def _column_outputs_targets(spans: Layout, operation: Operation) -> tuple[int, ...]:
    """∂y/∂z of the unit's own z, then all y, then all targets."""
    assert operation.layer is not None
    layer = spans.layers[operation.layer]
    assert layer.jacobian is not None
    column = (layer.jacobian.at(row, operation.unit or 0) for row in range(layer.jacobian.rows))
    return (*column, *layer.a.positions, *spans.target.positions)


def _through_both(run: Run, operation: Operation) -> Array:
    """Σ ∂y/∂z (softmax(y) - ŷ), with Σ ŷ before softmax(y) as cross entropy has it."""
    column, a, target = np.split(run.at(operation.reads), 3)
    again = ACTIVATIONS["softmax"].function(a, np)
    made: Array = (column * (again * target.sum(axis=0) - target)).sum(axis=0, keepdims=True)
    return made


def _as_through_both(symbols: Symbols, operation: Operation) -> list[Piece]:
    count = len(operation.reads) // 3
    a = symbols.whole("a", operation.layer or 0)
    formula: list[Piece] = [Slot(operation.writes[0]), " = "]
    shown = range(count) if count <= 8 else (*range(6), count - 1)
    for place in shown:
        if place:
            formula.append(r" + \cdots + " if place - 1 not in shown else " + ")
        formula += [
            Slot(operation.reads[place], Place.FACTOR),
            TIMES,
            rf"\left( \operatorname{{softmax}}_{{{place + 1}}}\left(",
        ]
        formula += [a, r"\right) - ", Slot(operation.reads[2 * count + place], Place.FACTOR), r" \right)"]
    return formula


SLOPE_RULES = (
    Rule(
        "gain_times_z",
        text("z · σ′(z) in place of σ′(z)", "把 σ′(z) 写成了 z·σ′(z)"),
        text(
            "The slope is multiplied by z as well, for instance z(1 − a²) for tanh. σ′(z) is the slope at z, not a "
            "product with z.",
            "斜率多乘了一个 z，例如把 tanh 的写成 z(1 − a²)。σ′(z) 是在 z 处的斜率，不是再乘以 z。",
        ),
        (
            Twist("gain", both(elementwise, curved), slope_times_z, r"@gain@ = @z@ \odot @f@'(@z@)", _as_slope_times_z),
            Twist(
                "amplify",
                both(paired, elementwise),
                products,
                r"@dl_dz@ = @gain@ \odot @dl_da@",
                as_products,
                gain_and_dl_da,
            ),
        ),
        formula=rf"{DL_DZ} = z_{{i}}\, \sigma'(z_{{i}})\, {DL_DA}",
        right_formula=AMPLIFY,
        needs=text("it needs a layer that is neither linear nor softmax.", "需要有既非线性也非 softmax 的层。"),
        applies=some_layer(both(elementwise, curved)),
        notice=text(
            "It comes from reading σ′(z) as σ′ times z. Units with a negative z pass on the wrong sign, and a unit "
            "with z near 0, where it should learn most, hardly learns at all.",
            "把 σ′(z) 看成了 σ′ 乘 z。z 为负的单元连符号都传错；z 接近 0 的单元本该学得最快，却几乎不动。",
        ),
        check=EACH_NUMBER,
    ),
    Rule(
        "sigmoid_slope",
        text("a(1 − a) for every activation", "不论激活函数，一律用 a(1 − a)"),
        text(
            "The gain is taken to be a(1 − a) at every unit. This is the slope of the sigmoid; a linear unit has "
            "slope 1, ReLU 0 or 1, tanh 1 − a².",
            "所有单元的斜率都用了 a(1 − a)。那是 sigmoid 的斜率；线性单元的斜率是 1，ReLU 是 0 或 1，tanh 是 1 − a²。",
        ),
        (
            Twist(
                "gain",
                not_sigmoid,
                logistic_slope,
                r"@gain@ = @a@ \odot \left(\mathbf{1} - @a@\right)",
                _as_logistic_slope,
                own_a,
            ),
        ),
        formula=rf"{DL_DZ} = a_{{i}} (1 - a_{{i}})\, {DL_DA}",
        right_formula=AMPLIFY,
        needs=text("it needs a layer that is neither sigmoid nor softmax.", "需要有既非 sigmoid 也非 softmax 的层。"),
        applies=some_layer(not_sigmoid),
        notice=text(
            "Many examples use the sigmoid only, and their line for the slope stays when the activation changes. Where "
            "a is above 1 or below 0, as it may be for linear, ReLU and tanh units, the sign of the gradient is wrong.",
            "许多例子只用 sigmoid，换了激活函数，那一行斜率却没换。线性、ReLU、tanh 单元的 a 可能大于 1 或小于 0，"
            "这时连梯度的符号都是反的。",
        ),
        check=EACH_NUMBER,
    ),
    Rule(
        "softmax_in_loss",
        text("Softmax applied twice", "softmax 用了两次"),
        text(
            "The outputs are probabilities already, and they are handed to a cross entropy that applies softmax "
            "itself. ∂l/∂z goes back through both.",
            "输出已经是概率，却又交给一个自己会做 softmax 的交叉熵；∂l/∂z 于是穿过了两层 softmax。",
        ),
        (
            Twist(
                "amplify",
                softmax_from_logits,
                _through_both,
                r"@dl_dz@ = {@jacobian@}^{\top} \left(\operatorname{softmax}\left(@a@\right) - @target@\right)",
                _as_through_both,
                _column_outputs_targets,
            ),
        ),
        formula=r"\frac{\partial l}{\partial z_{i}} = \sum_{k} \frac{\partial y_{k}}{\partial z_{i}}"
        r" \left(\operatorname{softmax}(\mathbf{y})_{k} - \hat{y}_{k}\right)",
        right_formula=r"\frac{\partial l}{\partial z_{i}} = y_{i} - \hat{y}_{i}",
        needs=text(
            "it needs a softmax output of two units or more with cross entropy.",
            "需要两个以上单元的 softmax 输出层，并且配交叉熵。",
        ),
        applies=some_layer(softmax_from_logits),
        notice=text(
            "PyTorch's CrossEntropyLoss and Keras with from_logits=True expect z, not probabilities. The network still "
            "learns, only more slowly: the second softmax sees numbers between 0 and 1, so it can never be confident, "
            "and the loss it reports does not fall below 0.31 with two classes, however good the outputs are.",
            "PyTorch 的 CrossEntropyLoss、Keras 的 from_logits=True 要的是 z，不是概率。网络照样能学，只是慢一些："
            "第二个 softmax 看到的都是 0 到 1 之间的数，永远不会很肯定；只有两类时，不论输出多好，"
            "它报出的损失都降不到 0.31 以下。",
        ),
        check=EACH_NUMBER,
    ),
)

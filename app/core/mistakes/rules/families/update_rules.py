r"""The wrong rules that change ∂l/∂w and ∂l/∂b, the update, or what several examples and steps make of them.

Long because of its texts, which are data: an entry is all it takes to add a rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np

from ....arrays import Array
from ....record.layout import Layout, Structure
from ....record.operations.formulas import TIMES, Piece, Slot, Symbols, Texts
from ....record.operations.numerals import Place
from ....record.operations.operation import Operation
from ..descent import Descent
from ..rule import Rule
from ..run import Run
from ..twists import Twist, as_products, everywhere, hidden, products, right_formula, scaling, text
from .gain_rules import EACH_NUMBER, SUM

DL_DW = r"\frac{\partial l}{\partial w_{ij}}"
DL_DB = r"\frac{\partial l}{\partial b_{i}}"
DELTA = r"\frac{\partial l}{\partial z_{i}}"


def _own_a(spans: Layout, operation: Operation) -> tuple[int, ...]:
    assert operation.layer is not None
    own = spans.layers[operation.layer].a.at(operation.unit or 0)
    return (operation.reads[0], *[own] * (len(operation.reads) - 1))


def _outer_row(run: Run, operation: Operation) -> Array:
    read = run.at(operation.reads)
    row: Array = read[:1] * read[1:]
    return row


def _nothing(run: Run, operation: Operation) -> Array:
    return np.zeros((len(operation.writes), run.width))


def _as_nothing(symbols: Symbols, operation: Operation) -> list[Piece]:
    return [*right_formula(symbols, operation)[:1], " = ", "0"]


def _incoming(spans: Layout, operation: Operation) -> int:
    assert operation.layer is not None
    return spans.layers[operation.layer].w.columns


def _step_per_weight(run: Run, operation: Operation) -> Array:
    b, dl_db = run.at(operation.reads)
    stepped: Array = b - _incoming(run.right.layout, operation) * run.learning_rate * dl_db
    return stepped[None, :]


def _as_step_per_weight(symbols: Symbols, operation: Operation) -> list[Piece]:
    new, (b, dl_db) = operation.writes[0], operation.reads
    times = Texts(rf"{_incoming(symbols.layout, operation)}\, ", rf"{_incoming(symbols.layout, operation)} \cdot ")
    eta = Slot(symbols.layout.size, Place.FACTOR)
    return [Slot(new), " = ", Slot(b, Place.FACTOR), " - ", times, eta, TIMES, Slot(dl_db, Place.FACTOR)]


def _twice(spans: Layout, operation: Operation) -> float:
    return 2.0


def _two(spans: Layout, operation: Operation) -> str:
    return "2"


def _new_for_old(spans: Layout, operation: Operation) -> tuple[int, ...]:
    assert operation.layer is not None
    fed = spans.layers[operation.layer + 1 if operation.name == "backward_sum" else 0]
    weights = (fed.new_w.at(row, operation.unit or 0) for row in range(fed.w.rows))
    return tuple(chain.from_iterable(zip(weights, operation.reads[1::2], strict=True)))


def _layer_by_layer(spans: Layout, operations: Sequence[Operation]) -> Iterator[Operation]:
    """Each layer's gradient and update as soon as its ∂l/∂z is there, before one goes on to the layer before it."""
    late = ("backward", "gradient", "update")
    last_loss = [each for each in operations if each.phase == "update" and each.name == "loss"]
    yield from (each for each in operations if each.phase not in late)
    for layer in range(len(spans.layers) - 1, -1, -1):
        for phase in late:
            named = (each for each in operations if each.phase == phase and each.layer == layer)
            yield from (each for each in named if each.name != "input_gradient")
    yield from (each for each in operations if each.name == "input_gradient")
    yield from last_loss


def _moves_weights(structure: Structure) -> bool:
    return structure.learning and "w" not in structure.freeze and len(structure.activations) > 1


def _moves_shared_biases(structure: Structure) -> bool:
    return structure.learning and "b" not in structure.freeze and max(structure.sizes[:-1]) > 1


def _biases_times_weights(descent: Descent) -> Array:
    return descent.true_gradient() * descent.by_layer(lambda w, b: (np.ones_like(w), np.full_like(b, w.shape[1])))


UPDATE_RULES = (
    Rule(
        "own_activation",
        text("The wrong side's activation in ∂l/∂w", "∂l/∂w 用了连线另一端的激活值"),
        text(
            "∂l/∂z of a unit is multiplied by the unit's own a, not by the value at the sending end of the wire.",
            "∂l/∂z 乘的是本单元自己的 a，而不是连线送入端的值。",
        ),
        (
            Twist(
                "weight_gradient",
                everywhere,
                _outer_row,
                r"@dl_dw@ = \left(@dl_dz@ \odot @a@\right) \mathbf{1}^{\top}",
                right_formula,
                _own_a,
            ),
        ),
        formula=rf"{DL_DW} = {DELTA}\, a_{{i}}",
        right_formula=rf"{DL_DW} = {DELTA}\, x_{{j}}",
        notice=text(
            "∂z/∂w is what stands at the wire's input: z = … + w x + …, and x is what w is multiplied by. All weights "
            "of a unit get the same gradient: look along a row.",
            "∂z/∂w 就是连线输入端的值：z = … + w x + …，与 w 相乘的是 x。出错时同一单元的各个权重梯度全一样，"
            "横着看一行就能发现。",
        ),
        check=EACH_NUMBER,
    ),
    Rule(
        "no_bias_gradient",
        text("The bias forgotten", "忘了偏置"),
        text(
            "The weights get their gradient, the biases none: they stay where they began.",
            "权重都有梯度，偏置没有：它们一直停在初值。",
        ),
        (Twist("bias_gradient", everywhere, _nothing, r"@dl_db@ = \mathbf{0}", _as_nothing),),
        formula=rf"{DL_DB} = 0",
        right_formula=rf"{DL_DB} = {DELTA}",
        notice=text(
            "The bias is the weight of a wire that always carries 1, so ∂l/∂b = ∂l/∂z. Without it a unit's "
            "boundary can turn but not move to where it is needed, and some problems cannot be learned at all.",
            "偏置就是一条恒送 1 的连线的权重，所以 ∂l/∂b = ∂l/∂z。偏置不动，每个单元的分界线就只能转、"
            "不能按需要平移，有些问题根本学不会。",
        ),
        check=EACH_NUMBER,
    ),
    Rule(
        "updated_weights",
        text("Hidden layers through already updated weights", "隐藏层用了已更新的权重"),
        text(
            "Each layer's weights are updated as soon as their gradient is known, and what goes on to the layer before "
            "goes through the new ones.",
            "算出一层的梯度就马上更新它，再让误差经过新的权重传回前一层。",
        ),
        (
            Twist("backward_sum", hidden, products, r"@dl_da@ = {@new_w+@}^{\top} @dl_dz+@", as_products, _new_for_old),
            Twist(
                "input_gradient", everywhere, products, r"@dl_dx@ = {@new_w@}^{\top} @dl_dz@", as_products, _new_for_old
            ),
        ),
        _layer_by_layer,
        formula=r"\frac{\partial l}{\partial a_{i}} = \sum_{j} \tilde{w}'_{ji} \frac{\partial l}{\partial z'_{j}}",
        right_formula=SUM,
        needs=text(
            "it needs a learning rate, weights that are not frozen and a hidden layer.",
            "需要给出学习率、权重不冻结，并且有隐藏层。",
        ),
        applies=_moves_weights,
        notice=text(
            "The gradient belongs to one point θ; half of it is taken at another. A famous article prints the error "
            "0.291027924 after its first step; taken properly it is 0.291027774. With a small η one hardly sees it.",
            "梯度属于同一个 θ；这里却有一半是在另一点上取的。有篇很有名的文章第一步后印出的误差 0.291027924 "
            "就是这样来的，"
            "正确的是 0.291027774。η 小时几乎看不出来。",
        ),
        check=text(
            "The check sees it only if it looks at the gradients that the step really used, as it does here: with the "
            "learning rate of the request. A check that runs the backward pass by itself takes no step, and finds "
            "nothing; and the smaller η, the smaller the difference.",
            "只有检验的是这一步真正用到的梯度（这里就是如此，用请求中的学习率），才查得出来；单独跑一遍反向传播去检验，"
            "没有更新，什么也发现不了。η 越小，差别也越小。",
        ),
        way=lambda descent: descent.through_updated(),
    ),
    Rule(
        "bias_per_weight",
        text("The bias stepped once per incoming weight", "每个输入权重都让偏置走一步"),
        text(
            "The bias is updated inside the loop over the incoming wires, and so takes as many steps as there are "
            "wires.",
            "偏置的更新写进了遍历输入连线的循环里：有几条连线，偏置就走几步。",
        ),
        (
            Twist(
                "bias_update",
                everywhere,
                _step_per_weight,
                r"@new_b@ = @b@ - n\, \eta\, @dl_db@",
                _as_step_per_weight,
            ),
        ),
        formula=rf"\tilde{{b}}_{{i}} = b_{{i}} - n\, \eta\, {DL_DB}",
        right_formula=rf"\tilde{{b}}_{{i}} = b_{{i}} - \eta\, {DL_DB}",
        needs=text(
            "it needs a learning rate, biases that are not frozen and units with two incoming weights or more.",
            "需要给出学习率、偏置不冻结，并且有接收两个以上输入的单元。",
        ),
        applies=_moves_shared_biases,
        notice=text(
            "One line indented too far. The biases move n times too fast: still downhill, but they may swing where the "
            "weights settle.",
            "多缩进了一格。偏置快了 n 倍：方向没错，但权重已经稳定时偏置可能还在来回摆。",
        ),
        caught=False,
        check=text(
            "The check cannot see it: every derivative is right, what is done with them is wrong. Check the step "
            "itself: θ must change by −η times the gradient.",
            "梯度检验查不出来：导数全对，错在拿它做什么。要检查更新本身：θ 的变化应等于 −η 乘梯度。",
        ),
        way=_biases_times_weights,
    ),
    Rule(
        "gradients_not_reset",
        text("Gradients not reset between steps", "每步之间没有清零梯度"),
        text(
            "Gradients are added into their places, and the places are not emptied before the next pass. The trace "
            "shows the second pass of the same example: the gradient of the first is still there.",
            "梯度是累加进去的，下一遍之前却没有清零。这里的记录是同一个样本的第二遍：第一遍的梯度还在里面。",
        ),
        (
            scaling("weight_gradient", everywhere, _twice, _two),
            scaling("bias_gradient", everywhere, _twice, _two),
        ),
        formula=rf"{DL_DW} \mathrel{{+}}= {DELTA}\, x_{{j}}",
        right_formula=rf"{DL_DW} = {DELTA}\, x_{{j}}",
        notice=text(
            "In PyTorch a missing optimizer.zero_grad(). Each step is then led by the sum of all gradients so far: it "
            "runs on like a heavy ball without friction, swings about the minimum and often diverges.",
            "在 PyTorch 里就是漏了 optimizer.zero_grad()。每一步都由至今所有梯度之和带着走：像没有摩擦的重球，"
            "冲过谷底来回摆，往往发散。",
        ),
        check=text(
            "The check sees it if a pass has run before, as here. On the very first pass after the start everything "
            "is right.",
            "只要之前跑过一遍（如这里），检验就能发现；程序启动后的第一遍则全对。",
        ),
        way=lambda descent: descent.memory + descent.true_gradient(),
    ),
    Rule(
        "mean_over_examples",
        text("Sum and mean mixed up", "求和与求平均弄混"),
        text(
            "The total loss L is the sum of the examples' losses, the cost C their mean, so ∇L is N times ∇C. Here one "
            "is taken for the other, with the learning rate left as it was.",
            "总体损失 L 是各样本损失之和，代价 C 是它们的平均，所以 ∇L 是 ∇C 的 N 倍。这里把一个当成了另一个，"
            "学习率却没有跟着改。",
        ),
        (),
        formula=r"\frac{\partial L}{\partial w} = \frac{1}{N} \sum_{n} \frac{\partial l^{n}}{\partial w}",
        right_formula=r"\frac{\partial L}{\partial w} = \sum_{n} \frac{\partial l^{n}}{\partial w}",
        needs=text(
            "it needs several examples; the mean over one example is the sum. Training shows it.",
            "需要多个样本；只有一个样本时平均就是和。请在训练中看。",
        ),
        applies=lambda structure: False,
        notice=text(
            "Both are in use, so say which one you mean; the Lab follows the mean, as frameworks do by default. With "
            "the same η a step along the sum is N times as long: nearly the same path while the steps are small, N "
            "times as fast. A learning rate copied from the other convention makes hardly any progress, or diverges.",
            "两种写法都有人用，要说清是哪一种；实验室按平均走，和各框架的默认一致。学习率相同时，"
            "沿和的一步是沿平均的 N 倍长：步子小的时候路线几乎相同，快慢差 N 倍。照搬另一种约定下的学习率，"
            "要么几乎不动，要么发散。",
        ),
        caught=False,
        check=text(
            "The check cannot see it: it looks at one example, whose mean is its sum. A check over several examples "
            "sees it, if its loss is the sum.",
            "梯度检验查不出来：它只看一个样本，平均就是和。对多个样本检验、损失也取和时才会发现。",
        ),
        way=Descent.otherwise_reduced,
        several_examples=True,
    ),
)

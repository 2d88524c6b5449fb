"""Slips of the pen: wrong ways to a single number that learners take, each with its name.

Wrong ways to run the whole backward pass are in ``rules``; ``diagnosis`` asks both where a number comes from.
Long because of its texts, which are data: an entry is all it takes to add a slip.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log
from types import MappingProxyType

import numpy as np

from ..arrays import Array
from ..functions.reductions import Reduction
from ..record.operations.operation import Operation
from .rules.families.slope_rules import logistic_slope
from .rules.misconception import Misconception
from .rules.registry import RULES
from .rules.run import Run
from .rules.twists import both, copied, everywhere, products, scaling, square, text
from .slip_twists import (
    BENT,
    UPDATES,
    after_first,
    as_loss,
    at_paired_output,
    column_for_row,
    dl_dz_only,
    each_product,
    for_each_weight,
    left_out,
    minus_bias,
    minus_lost,
    named,
    of_z,
    one_by_outputs,
    one_minus,
    outer_row,
    own,
    own_a_for_dl_dz,
    sign_lost,
    softmax_of_softmax,
    stepped,
    sum_of_products_and_rest,
    summed_elsewhere,
    swapped,
    times_all,
    unwritten,
    unwritten_twist,
    with_logarithm,
    with_row_of,
    without_bias,
)

Variants = Callable[[Run, Operation, int], Array]


@dataclass(frozen=True)
class Slip(Misconception):
    """One slip.

    Attributes:
        variants: for a slip that may happen at several places of one operation, the numbers it then gives at one of
            the rows that the operation writes, shape (places, columns).
    """

    variants: Variants | None = None


_ENTRIES = (
    Slip(
        "minus_lost",
        text("A minus lost", "丢了负号"),
        text(
            "The size is right, the sign is not: a minus got lost or crept in.",
            "数值对，符号不对：漏了或多了一个负号。",
        ),
        (),
        variants=minus_lost,
    ),
    Slip(
        "bias_left_out",
        text("The bias left out of z", "z 中漏加了偏置"),
        text("Only the products are added up: z = Σ w x, without b.", "只把各个乘积相加：z = Σ w x，没有加 b。"),
        (unwritten_twist("weighted_sum", everywhere, products, without_bias),),
    ),
    Slip(
        "bias_subtracted",
        text("The bias subtracted", "偏置的符号弄反"),
        text("b is subtracted where it is to be added.", "本该加 b，却减了 b。"),
        (unwritten_twist("weighted_sum", everywhere, minus_bias),),
    ),
    Slip(
        "weights_transposed",
        text("Column taken for row in z", "求 z 时行列弄反"),
        text(
            "The weights that leave a unit are taken, not those that enter it: a row of W belongs to the receiving "
            "unit.",
            "用了从单元出去的权重，而不是进入它的权重：W 的一行属于接收信号的单元。",
        ),
        (unwritten_twist("weighted_sum", square, sum_of_products_and_rest, column_for_row),),
    ),
    Slip(
        "term_left_out",
        text("One product left out of a sum", "求和漏了一项"),
        text("One of the products is missing from the sum.", "和式里少加了一个乘积。"),
        (),
        variants=left_out,
    ),
    Slip(
        "product_sign",
        text("One product with the wrong sign", "有一个乘积的符号错了"),
        text("One of the products has lost or gained a minus.", "有一个乘积多了或少了负号。"),
        (),
        variants=sign_lost,
    ),
    Slip(
        "activation_left_out",
        text("The activation left out", "漏了激活函数"),
        text("z is handed on as if it were a = σ(z).", "把 z 直接当成了 a = σ(z)。"),
        (unwritten_twist("activation", BENT, copied),),
    ),
    Slip(
        "slope_for_activation",
        text("σ′ taken for σ", "把 σ′ 当成了 σ"),
        text("a is computed as σ′(z).", "a 算成了 σ′(z)。"),
        (unwritten_twist("activation", BENT, of_z(lambda entry, z: entry.derivative(z, np))),),
    ),
    Slip(
        "exponent_sign",
        text("The minus in the exponent forgotten", "指数上漏了负号"),
        text(
            "1 / (1 + e^z) in place of 1 / (1 + e^−z): one gets 1 − a.",
            "把 1 / (1 + e^−z) 写成 1 / (1 + e^z)，得到的是 1 − a。",
        ),
        (unwritten_twist("activation", named("sigmoid"), of_z(lambda entry, z: entry.function(-z, np))),),
    ),
    Slip(
        "activation_for_slope",
        text("σ taken for σ′", "把 σ 当成了 σ′"),
        text("The gain is taken to be a itself.", "把 a 本身当成了放大倍数 σ′(z)。"),
        (unwritten_twist("gain", BENT, copied, own("a")),),
    ),
    Slip(
        "factor_left_out",
        text("Half of a(1 − a)", "a(1 − a) 只写了一半"),
        text("The gain is taken to be 1 − a; the factor a is missing.", "放大倍数写成了 1 − a，少乘了 a。"),
        (unwritten_twist("gain", named("sigmoid"), one_minus, own("a")),),
    ),
    Slip(
        "square_left_out",
        text("1 − a in place of 1 − a²", "把 1 − a² 写成了 1 − a"),
        text("The gain of tanh is 1 − a²; the square is missing.", "tanh 的放大倍数是 1 − a²，这里漏了平方。"),
        (unwritten_twist("gain", named("tanh"), one_minus, own("a")),),
    ),
    Slip(
        "sigmoid_slope_for_tanh",
        text("The sigmoid's slope for tanh", "给 tanh 用了 sigmoid 的导数"),
        text(
            "The gain is taken to be a(1 − a), which is right for the sigmoid only.",
            "放大倍数用了 a(1 − a)，这只对 sigmoid 成立。",
        ),
        (unwritten_twist("gain", named("tanh"), logistic_slope, own("a")),),
    ),
    Slip(
        "sigmoid_slope_for_linear",
        text("The sigmoid’s slope at a linear unit", "给线性单元用了 sigmoid 的导数"),
        text(
            "The gain is taken to be a(1 − a). A linear unit passes everything on as it is: its slope is 1.",
            "斜率用了 a(1 − a)。线性单元原样传递，斜率是 1。",
        ),
        (unwritten_twist("gain", named("linear"), logistic_slope, own("a")),),
    ),
    Slip(
        "sigmoid_slope_for_relu",
        text("The sigmoid’s slope at a ReLU unit", "给 ReLU 用了 sigmoid 的导数"),
        text(
            "The gain is taken to be a(1 − a). The slope of ReLU is 1 where z is positive and 0 elsewhere.",
            "斜率用了 a(1 − a)。ReLU 的斜率在 z 为正时是 1，其余是 0。",
        ),
        (unwritten_twist("gain", named("relu"), logistic_slope, own("a")),),
    ),
    Slip(
        "softmax_twice",
        text("Softmax of the softmax", "softmax 又做了一次 softmax"),
        text(
            "The probabilities are put through softmax once more before they are compared with the target.",
            "与目标比较之前，已经是概率的输出又过了一遍 softmax。",
        ),
        (unwritten_twist("activation", named("softmax"), softmax_of_softmax),),
    ),
    Slip(
        "output_for_own_delta",
        text("The unit’s output in place of its ∂l/∂z", "用单元自己的输出代替了 ∂l/∂z"),
        text(
            "The input of the wire is multiplied by a of the unit that receives it, not by its ∂l/∂z.",
            "连线输入端的值乘的是接收单元的 a，而不是它的 ∂l/∂z。",
        ),
        (unwritten_twist("weight_gradient", everywhere, outer_row, own_a_for_dl_dz),),
    ),
    Slip(
        "weights_left_out",
        text("The weights left out on the way back", "反向时漏乘权重"),
        text(
            "The ∂l/∂z of the units behind are added up as they are, without the weights of the wires.",
            "把后面各单元的 ∂l/∂z 直接相加，没有乘连线上的权重。",
        ),
        (
            unwritten_twist("backward_sum", everywhere, dl_dz_only),
            unwritten_twist("input_gradient", everywhere, dl_dz_only),
        ),
    ),
    Slip(
        "input_left_out",
        text("The input left out of ∂l/∂w", "∂l/∂w 漏乘输入"),
        text(
            "∂l/∂z is given for ∂l/∂w, without the value at the wire's input.",
            "把 ∂l/∂z 当成了 ∂l/∂w，没有乘连线输入端的值。",
        ),
        (unwritten_twist("weight_gradient", everywhere, for_each_weight),),
    ),
    Slip(
        "z_for_input",
        text("z taken for a in ∂l/∂w", "∂l/∂w 里用了 z 而不是 a"),
        text("∂l/∂z is multiplied by z of the sending unit, not by its a.", "∂l/∂z 乘的是送出单元的 z，而不是它的 a。"),
        (unwritten_twist("weight_gradient", after_first, outer_row, with_row_of("z")),),
    ),
    Slip(
        "index_transposed",
        text("Indices of ∂l/∂w swapped", "∂l/∂w 的下标弄反"),
        text(
            "The number is that of the weight on the other side of the diagonal: row is the receiving unit, column the "
            "sending one.",
            "算出的是对角线另一侧那个权重的值：行是接收单元，列是送出单元。",
        ),
        (unwritten_twist("weight_gradient", square, each_product, swapped),),
    ),
    Slip(
        "as_half_squared_error",
        text("The loss taken with ½", "损失多乘了 ½"),
        text("The loss is taken to be ½ Σ (y − ŷ)².", "把损失当成了 ½ Σ (y − ŷ)²。"),
        as_loss("half_squared_error"),
    ),
    Slip(
        "as_squared_error",
        text("The loss taken as the plain sum", "损失当成了直接求和"),
        text(
            "The loss is taken to be Σ (y − ŷ)², with neither ½ nor a mean.",
            "把损失当成了 Σ (y − ŷ)²：既没有 ½，也没有取平均。",
        ),
        as_loss("squared_error"),
    ),
    Slip(
        "as_mean_squared_error",
        text("The loss taken as the mean of squares", "损失当成了均方"),
        text("The loss is taken to be the mean of (y − ŷ)² over the outputs.", "把损失当成了各输出 (y − ŷ)² 的平均。"),
        as_loss("mean_squared_error"),
    ),
    Slip(
        "stray_half",
        text("A stray ½", "多了一个 ½"),
        text(
            "The loss and all that follows from it are halved once too often.",
            "损失以及由它得出的各个数，都多乘了一个 ½。",
        ),
        times_all(0.5),
    ),
    Slip(
        "stray_two",
        text("A stray 2", "多了一个 2"),
        text(
            "The loss and all that follows from it are twice as large as they should be; a ½ was forgotten, or the 2 "
            "of a square’s derivative written where none belongs.",
            "损失以及由它得出的各个数都大了一倍：可能忘了 ½，也可能多写了平方求导得出的 2。",
        ),
        times_all(2.0),
    ),
    Slip(
        "mean_over_outputs",
        text("The mean over the outputs where their sum is meant", "该对各输出求和却取了平均"),
        text("The loss is divided by the number of outputs.", "损失多除了一个输出个数。"),
        (
            scaling("loss", summed_elsewhere, one_by_outputs, unwritten, "loss"),
            scaling("loss_gradient", summed_elsewhere, one_by_outputs, unwritten),
            scaling("amplify", both(summed_elsewhere, at_paired_output), one_by_outputs, unwritten),
        ),
    ),
    Slip(
        "common_logarithm",
        text("lg in place of ln", "把 ln 算成了 lg"),
        text(
            "The logarithm is taken to base 10; the loss wants the natural one.",
            "对数取了以 10 为底；损失用的是自然对数。",
        ),
        (scaling("loss", with_logarithm, lambda spans, operation: 1.0 / log(10.0), unwritten, "loss"),),
    ),
    Slip(
        "uphill",
        text("The step taken uphill", "更新走反了方向"),
        text("η times the gradient is added; descent subtracts it.", "加上了 η 乘梯度；下降应当减去。"),
        tuple(unwritten_twist(name, everywhere, stepped(lambda eta: eta)) for name in UPDATES),
    ),
    Slip(
        "learning_rate_left_out",
        text("The learning rate left out", "漏乘学习率"),
        text("The whole gradient is subtracted, not η times it.", "减去了整个梯度，没有乘 η。"),
        tuple(unwritten_twist(name, everywhere, stepped(lambda eta: -1.0)) for name in UPDATES),
    ),
)

SLIPS: Mapping[str, Slip] = MappingProxyType({entry.name: entry for entry in _ENTRIES})


@dataclass(frozen=True)
class BatchSlip(Misconception):
    """A slip where the numbers of several examples are put together.

    Attributes:
        put_together: what is made of them instead, one way or several, shape (ways, …); they lie along the last axis.
    """

    put_together: Callable[[Array, Reduction], Array] = lambda numbers, reduction: np.empty((0, *numbers.shape[:-1]))


def _otherwise(numbers: Array, reduction: Reduction) -> Array:
    total = numbers.sum(axis=-1)
    return np.stack([total if reduction.divides else total / numbers.shape[-1]])


def _divided_twice(numbers: Array, reduction: Reduction) -> Array:
    ways = numbers.sum(axis=-1)[None] / numbers.shape[-1] ** 2
    found: Array = ways if reduction.divides else ways[:0]
    return found


def _last_only(numbers: Array, reduction: Reduction) -> Array:
    last = numbers[..., -1]
    return np.stack([last * reduction.share(numbers.shape[-1]), last])


_MIXED_UP = RULES["mean_over_examples"]

_BATCH_ENTRIES = (
    BatchSlip(_MIXED_UP.name, _MIXED_UP.title, _MIXED_UP.description, (), put_together=_otherwise),
    BatchSlip(
        "mean_taken_twice",
        text("Divided by the number of examples twice", "除了两次样本数"),
        text(
            "The mean is taken once over the examples’ losses and once more over their gradients: a stray 1/m.",
            "对损失取过平均，对梯度又取了一次：多乘了一个 1/m。",
        ),
        (),
        put_together=_divided_twice,
    ),
    BatchSlip(
        "last_example_only",
        text("Only the last example counted", "只算了最后一个样本"),
        text(
            "The numbers of the examples before are overwritten instead of added up.",
            "前面各样本的数没有累加，而是被后一个覆盖了。",
        ),
        (),
        put_together=_last_only,
    ),
)

BATCH_SLIPS: Mapping[str, BatchSlip] = MappingProxyType({entry.name: entry for entry in _BATCH_ENTRIES})
"""What goes wrong over several examples only."""

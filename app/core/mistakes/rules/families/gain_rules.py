r"""The wrong rules about what enters the way back, and about the gain: ∂l/∂y, σ'(z), their product.

Long because of its texts, which are data: an entry is all it takes to add a rule.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ....arrays import Array
from ....functions.activations import ACTIVATIONS
from ....record.layout import Layout, Structure
from ....record.operations.formulas import Piece, Slot, Symbols, Texts
from ....record.operations.operation import Operation, is_paired
from ..rule import Rule
from ..run import Run
from ..twists import (
    Twist,
    as_copy,
    as_products,
    at_output,
    both,
    copied,
    curved,
    elementwise,
    everywhere,
    hidden,
    products,
    right_formula,
    scaling,
    some_layer,
    text,
)

DL_DA, DL_DZ = r"\frac{\partial l}{\partial a_{i}}", r"\frac{\partial l}{\partial z_{i}}"
NEXT = r"\frac{\partial l}{\partial z'_{j}}"
SUM = rf"{DL_DA} = \sum_{{j}} w'_{{ji}} {NEXT}"
AMPLIFY = rf"{DL_DZ} = \sigma'(z_{{i}})\, {DL_DA}"
EACH_NUMBER = text(
    "The check compares every derivative with a finite difference of the loss, and those affected by the bug disagree.",
    "检验把出错处之后的每个导数都与两个损失之差相比，对不上。",
)


def _dl_da(spans: Layout, operation: Operation) -> tuple[int, ...]:
    assert operation.layer is not None
    return (spans.layers[operation.layer].dl_da.at(operation.unit or 0),)


def own_a(spans: Layout, operation: Operation) -> tuple[int, ...]:
    """The unit's own a."""
    assert operation.layer is not None
    return (spans.layers[operation.layer].a.at(operation.unit or 0),)


def gain_and_dl_da(spans: Layout, operation: Operation) -> tuple[int, ...]:
    """The two factors of ∂l/∂z of a unit."""
    assert operation.layer is not None
    layer = spans.layers[operation.layer]
    return layer.gain.at(operation.unit or 0), layer.dl_da.at(operation.unit or 0)


def _diagonal_and_dl_da(spans: Layout, operation: Operation) -> tuple[int, ...]:
    assert operation.layer is not None
    layer, unit = spans.layers[operation.layer], operation.unit or 0
    assert layer.jacobian is not None
    return layer.jacobian.at(unit, unit), layer.dl_da.at(unit)


def _slope_at(run: Run, operation: Operation) -> Array:
    """σ' of the number read."""
    assert operation.layer is not None
    entry = ACTIVATIONS[run.right.layout.structure.activations[operation.layer]]
    gain: Array = entry.derivative(run.at(operation.reads), np)
    return gain


def _as_slope_at(symbols: Symbols, operation: Operation) -> list[Piece]:
    function = symbols.function(operation.layer or 0)
    return [Slot(operation.writes[0]), " = ", f"{function}'\\left(", Slot(operation.reads[0]), r"\right)"]


def _no_slope_below(run: Run, operation: Operation) -> Array:
    return np.where(run.at(operation.reads) > 0, 1.0, 0.0)


def _as_no_slope_below(symbols: Symbols, operation: Operation) -> list[Piece]:
    z = Slot(operation.reads[0])
    below = Texts(r"\begin{cases} 1 & z > 0 \\ 0 & z \le 0 \end{cases}", r"\operatorname{relu}'\left(")
    return [*right_formula(symbols, operation)[:1], " = ", below, z._replace(silent=True), Texts("", r"\right)")]


@lru_cache(maxsize=64)
def _slope_depends_on_place(name: str) -> bool:
    """Whether σ'(a) can differ from σ'(z)."""
    entry, z = ACTIVATIONS[name], np.linspace(-4.0, 4.0, 33)
    slopes = (entry.derivative(each, np) for each in (z, entry.function(z, np)))
    return not entry.reads_whole_layer and not np.array_equal(*slopes)


def _moved_slope(structure: Structure, layer: int) -> bool:
    return _slope_depends_on_place(structure.activations[layer])


def _soft(structure: Structure, layer: int) -> bool:
    return not elementwise(structure, layer) and structure.sizes[layer + 1] > 1


def _leaky(structure: Structure, layer: int) -> bool:
    entry = ACTIVATIONS[structure.activations[layer]]
    return entry.name == "leaky_relu" and entry.parameters["slope"] != 0.0


def paired(structure: Structure, layer: int) -> bool:
    """In an output layer whose ∂l/∂z is taken together with the loss."""
    return at_output(structure, layer) and is_paired(structure)


def _unsigned(spans: Layout, operation: Operation) -> float:
    return -1.0


def _minus(spans: Layout, operation: Operation) -> str:
    return "-"


GAIN_RULES = (
    Rule(
        "no_output_gain",
        text("σ′ left out at the output", "输出层漏乘 σ′"),
        text(
            "∂l/∂y is used as if it were ∂l/∂z: the backward pass skips the output unit’s amplifier.",
            "把 ∂l/∂y 当成了 ∂l/∂z：反向传播少过了输出层这一级放大器。",
        ),
        (Twist("amplify", both(at_output, curved), copied, "@dl_dz@ = @dl_da@", as_copy, _dl_da),),
        formula=rf"{DL_DZ} = {DL_DA}",
        right_formula=AMPLIFY,
        needs=text("it needs an output layer that is not linear.", "需要输出层不是线性的。"),
        applies=lambda structure: structure.output_activation != "linear",
        notice=text(
            "It comes from remembering y − ŷ as the error, which is right for a linear output, for softmax with cross "
            "entropy and for sigmoid with binary cross entropy only. Training often goes downhill all the same: at "
            "the output every sign is right and every size is wrong.",
            "常因记住了“误差就是 y − ŷ”：这只对线性输出、softmax 配交叉熵、sigmoid 配二元交叉熵成立。"
            "输出层的符号都对，大小都错，所以训练一开始仍会下降，不容易察觉。",
        ),
        check=EACH_NUMBER,
    ),
    Rule(
        "no_hidden_gain",
        text("σ′ left out in the hidden layers", "隐藏层漏乘 σ′"),
        text(
            "What comes back along the wires, Σ w ∂l/∂z, is taken for ∂l/∂z of a hidden unit; its amplifier is missed.",
            "把沿连线传回来的 Σ w ∂l/∂z 直接当作隐藏单元的 ∂l/∂z，漏掉了这一级放大器。",
        ),
        (Twist("amplify", both(hidden, curved), copied, "@dl_dz@ = @dl_da@", as_copy, _dl_da),),
        formula=rf"{DL_DZ} = \sum_{{j}} w'_{{ji}} {NEXT}",
        right_formula=rf"{DL_DZ} = \sigma'(z_{{i}}) \sum_{{j}} w'_{{ji}} {NEXT}",
        needs=text("it needs a hidden layer that is not linear.", "需要有非线性的隐藏层。"),
        applies=some_layer(both(hidden, curved)),
        notice=text(
            "The output layer's gradients are right, those before it too large (σ′ of the sigmoid is at most ¼), the "
            "more the deeper. Saturated units, which should hardly learn, learn most.",
            "输出层的梯度是对的，前面各层都偏大（sigmoid 的 σ′ 最大只有 ¼），越往前越离谱；"
            "本该学不动的饱和单元反而改得最多。",
        ),
        check=EACH_NUMBER,
    ),
    Rule(
        "gain_at_a",
        text("σ′ taken at a instead of z", "σ′ 代入了 a 而不是 z"),
        text(
            "The gain is computed as σ′(a). With s(1 − s) in the code and a handed in as if it were z, the sigmoid is "
            "applied twice.",
            "放大倍数算成了 σ′(a)：相当于把已经过一次 sigmoid 的 a 又过了一次。",
        ),
        (
            Twist("gain", _moved_slope, _slope_at, "@gain@ = @f@'(@a@)", _as_slope_at, own_a),
            Twist(
                "amplify",
                both(paired, _moved_slope),
                products,
                r"@dl_dz@ = @gain@ \odot @dl_da@",
                as_products,
                gain_and_dl_da,
            ),
        ),
        formula=rf"{DL_DZ} = \sigma'(a_{{i}})\, {DL_DA}",
        right_formula=AMPLIFY,
        needs=text(
            "it needs an activation whose slope at a can differ from that at z, such as sigmoid or tanh.",
            "需要 σ′(a) 与 σ′(z) 会不同的激活函数，例如 sigmoid 或 tanh。",
        ),
        applies=some_layer(_moved_slope),
        notice=text(
            "A function called derivative(x) does not say which x it wants: z or a. For the sigmoid all gains come out "
            "between 0.197 and 0.25, so that no unit ever seems saturated.",
            "名叫 derivative(x) 的函数没说清 x 该是 z 还是 a。sigmoid 的放大倍数会全落在 0.197 到 0.25 之间，"
            "看上去没有一个单元饱和。",
        ),
        check=EACH_NUMBER,
    ),
    Rule(
        "sign_flipped",
        text("The sign flipped", "符号弄反"),
        text(
            "ŷ − y is sent back instead of y − ŷ: all derivatives have the wrong sign, and descent climbs.",
            "传回去的是 ŷ − y 而不是 y − ŷ：所有导数都反号，“下降”变成了上升。",
        ),
        (
            scaling("loss_gradient", everywhere, _unsigned, _minus),
            scaling("amplify", paired, _unsigned, _minus),
        ),
        formula=r"\frac{\partial l}{\partial y_{i}} = \hat{y}_{i} - y_{i}",
        right_formula=r"\frac{\partial l}{\partial y_{i}} = y_{i} - \hat{y}_{i}",
        needs=text("it needs the loss's own derivative, not a signal.", "需要由损失出发，不能改用自定的信号。"),
        applies=lambda structure: not structure.injected,
        notice=text(
            "(ŷ − y)² and (y − ŷ)² are the same, their derivatives by y are not. Books that write θ ← θ + η(ŷ − y)… "
            "have put the minus into the update: mixing the two conventions gives this. The loss rises from the "
            "first step.",
            "(ŷ − y)² 与 (y − ŷ)² 相等，对 y 求导却差一个负号。有的书把负号并进更新式写成 θ ← θ + η(ŷ − y)…，"
            "两种写法一混就会这样。"
            "损失从第一步起就上升。",
        ),
        check=EACH_NUMBER,
    ),
    Rule(
        "leaky_slope_zero",
        text("Leaky ReLU with slope 0 backwards", "带泄漏的 ReLU 反向斜率写成 0"),
        text(
            "Forward it leaks, z < 0 gives 0.01 z; backward it is treated like ReLU, and nothing comes through.",
            "前向时 z < 0 给出 0.01 z，反向却按普通 ReLU 处理，什么都传不回来。",
        ),
        (Twist("gain", _leaky, _no_slope_below, r"@gain@ = \operatorname{relu}'(@z@)", _as_no_slope_below),),
        formula=r"\sigma'(z) = \begin{cases} 1 & z > 0 \\ 0 & z \le 0 \end{cases}",
        right_formula=r"\sigma'(z) = \begin{cases} 1 & z > 0 \\ 0.01 & z \le 0 \end{cases}",
        needs=text("it needs a leaky ReLU layer.", "需要有带泄漏的 ReLU 层。"),
        applies=some_layer(_leaky),
        notice=text(
            "One changes the activation and forgets its derivative. It shows only where some z is negative: units die "
            "as with ReLU, which is what the leak was there to prevent.",
            "换了激活函数，忘了换导数。只有 z 为负时才看得出：单元像 ReLU 一样“死掉”，而泄漏本是为了防止这个。",
        ),
        check=text(
            "The check sees it where some z is negative; with every z positive there is nothing to see.",
            "只要有 z 为负就查得出来；若所有 z 都为正，则毫无差别。",
        ),
    ),
    Rule(
        "elementwise_softmax",
        text("Softmax taken element by element", "把 softmax 当作逐元素函数"),
        text(
            "∂l/∂z of an output is taken as y(1 − y) ∂l/∂y, the Jacobian's diagonal alone. But each y depends on "
            "every z of the layer, and these other paths are missing.",
            "输出层的 ∂l/∂z 算成 y(1 − y) ∂l/∂y，只用了雅可比矩阵的对角线。其实每个 y 都依赖整层的 z，其余的路全漏了。",
        ),
        (
            Twist(
                "amplify",
                _soft,
                products,
                r"@dl_dz@ = \operatorname{diag}\left(@jacobian@\right) @dl_da@",
                as_products,
                _diagonal_and_dl_da,
            ),
        ),
        formula=rf"{DL_DZ} = y_{{i}} (1 - y_{{i}}) \frac{{\partial l}}{{\partial y_{{i}}}}",
        right_formula=rf"{DL_DZ} = \sum_{{k}} \frac{{\partial y_{{k}}}}{{\partial z_{{i}}}}"
        r" \frac{\partial l}{\partial y_{k}}",
        needs=text("it needs a softmax output of two units or more.", "需要两个以上单元的 softmax 输出层。"),
        applies=some_layer(_soft),
        notice=text(
            "With cross entropy everyone uses y − ŷ and the trap stays hidden; with squared error one has to multiply "
            "by the Jacobian, and y(1 − y) of the sigmoid looks so familiar. The ∂l/∂z of the outputs no longer add "
            "up to 0.",
            "配交叉熵时大家直接用 y − ŷ，碰不到这个坑；换成平方误差就得乘雅可比矩阵，而 sigmoid 的 y(1 − y) "
            "看着太眼熟了。"
            "识别方法：各输出的 ∂l/∂z 之和不再是 0。",
        ),
        check=EACH_NUMBER,
    ),
)

r"""The wrong rules about what comes back to a unit from the layer after it: left out, raw, or another number."""

from __future__ import annotations

from ....record.layout import Layout, Structure
from ....record.operations.operation import Operation
from ..rule import Rule
from ..twists import (
    Twist,
    as_copy,
    as_products,
    copied,
    curved,
    elementwise,
    everywhere,
    hidden,
    products,
    some_layer,
    text,
)
from .gain_rules import AMPLIFY, DL_DA, DL_DZ, EACH_NUMBER, SUM, paired
from .path_rules import fed_layer


def _own_gain(spans: Layout, operation: Operation) -> tuple[int, ...]:
    assert operation.layer is not None
    return (spans.layers[operation.layer].gain.at(operation.unit or 0),)


def _weights_and(name: str, spans: Layout, operation: Operation) -> tuple[int, ...]:
    """The weights of the sum as they are, each with the number of this name of the unit that the wire feeds."""
    others = getattr(fed_layer(spans, operation), name).positions
    return tuple(each for pair in zip(operation.reads[::2], others, strict=True) for each in pair)


def _raw(spans: Layout, operation: Operation) -> tuple[int, ...]:
    return _weights_and("dl_da", spans, operation)


def _outputs(spans: Layout, operation: Operation) -> tuple[int, ...]:
    return _weights_and("a", spans, operation)


def amplifies(structure: Structure, layer: int) -> bool:
    """In layers whose ∂l/∂z is another number than their ∂l/∂a, and not known to be the error itself."""
    return curved(structure, layer) and not paired(structure, layer)


def before_amplifying(structure: Structure, layer: int) -> bool:
    """In hidden layers before such a one."""
    return hidden(structure, layer) and amplifies(structure, layer + 1)


UPSTREAM_RULES = (
    Rule(
        "upstream_left_out",
        text("The upstream gradient left out", "漏乘传回来的梯度"),
        text(
            "σ′(z) alone is given for ∂l/∂z. It still has to be multiplied by ∂l/∂a, which comes back from the "
            "later layers or from the loss.",
            "把 σ′(z) 直接当成了 ∂l/∂z，没有再乘从后面各层（或损失）传回来的 ∂l/∂a。",
        ),
        (Twist("amplify", elementwise, copied, "@dl_dz@ = @gain@", as_copy, _own_gain),),
        formula=rf"{DL_DZ} = \sigma'(z_{{i}})",
        right_formula=AMPLIFY,
        needs=text("it needs a layer other than softmax.", "需要有 softmax 以外的层。"),
        applies=some_layer(elementwise),
        notice=text(
            "The derivative of the activation is only one link of the chain. Without the other link the target plays "
            "no part: each step pushes the outputs the same way, whatever they should be.",
            "激活函数的导数只是链式法则中的一环。少了另一环，目标就毫无作用：不论输出该是多少，"
            "每一步都往同一个方向推。",
        ),
        check=EACH_NUMBER,
    ),
    Rule(
        "raw_errors",
        text("Raw errors sent back, without σ′", "误差原样往回传，没有乘 σ′"),
        text(
            "The errors of a layer go back through the weights before they are multiplied by σ′; σ′ is used only for "
            "∂l/∂w. What goes back must be ∂l/∂z, which has its σ′ already.",
            "误差没有乘 σ′ 就经过权重往回传，σ′ 只在求 ∂l/∂w 时才用上。往回传的应当是已经乘过 σ′ 的 ∂l/∂z。",
        ),
        (
            Twist("backward_sum", before_amplifying, products, r"@dl_da@ = {@w+@}^{\top} @dl_da+@", as_products, _raw),
            Twist("input_gradient", amplifies, products, r"@dl_dx@ = {@w@}^{\top} @dl_da@", as_products, _raw),
        ),
        formula=rf"{DL_DA} = \sum_{{j}} w'_{{ji}} \frac{{\partial l}}{{\partial a'_{{j}}}}",
        right_formula=SUM,
        needs=text(
            "it needs two layers, of which a later one is not linear (nor an output taken together with its loss).",
            "需要至少两层，并且后面有一层不是线性的（也不是与损失合在一起求导的输出层）。",
        ),
        applies=some_layer(before_amplifying),
        notice=text(
            "A widely read introduction passes errors back like this. The output layer's gradients are right, those of "
            "the layers before it lack every σ′ between them and the loss: training goes downhill, but not along the "
            "gradient.",
            "有一本流传很广的入门书就是这样往回传误差的。输出层的梯度是对的，前面各层却漏了沿途所有的 σ′："
            "损失会下降，但走的不是梯度方向。",
        ),
        check=EACH_NUMBER,
    ),
    Rule(
        "output_for_delta",
        text("The next layer’s output in place of its ∂l/∂z", "用后一层的输出代替了它的 ∂l/∂z"),
        text(
            "On the way back the weights are multiplied by a of the units they feed. The sum needs their ∂l/∂z.",
            "反向求和时，权重乘的是后一层单元的 a；应当乘它们的 ∂l/∂z。",
        ),
        (
            Twist("backward_sum", hidden, products, r"@dl_da@ = {@w+@}^{\top} @a+@", as_products, _outputs),
            Twist("input_gradient", everywhere, products, r"@dl_dx@ = {@w@}^{\top} @a@", as_products, _outputs),
        ),
        formula=rf"{DL_DA} = \sum_{{j}} w'_{{ji}} a'_{{j}}",
        right_formula=SUM,
        needs=text("it needs a hidden layer.", "需要有隐藏层。"),
        applies=some_layer(hidden),
        notice=text(
            "A second forward pass through the transposed weights: the hidden layers never hear of the target. Compare "
            "two examples with the same x and different targets; their ∂l/∂w before the last layer come out the same.",
            "这等于用转置的权重又做了一遍前向：隐藏层完全不知道目标是什么。取 x 相同、目标不同的两个样本比较，"
            "最后一层以前的 ∂l/∂w 竟然一样。",
        ),
        check=EACH_NUMBER,
    ),
)

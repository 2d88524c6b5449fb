r"""The wrong rules about the sums of the way back: which wires bring what to a unit."""

from __future__ import annotations

from ....record.layout import LayerSpans, Layout, Structure
from ....record.operations.operation import Operation
from ..rule import Rule
from ..twists import (
    Formula,
    Reads,
    Twist,
    Value,
    Where,
    as_products,
    everywhere,
    hidden,
    products,
    scaling,
    some_layer,
    square,
    text,
)
from .gain_rules import DL_DA, EACH_NUMBER, NEXT, SUM


def fed_layer(spans: Layout, operation: Operation) -> LayerSpans:
    """The layer that sends back what a sum of the way back adds up."""
    assert operation.layer is not None
    return spans.layers[0 if operation.phase == "gradient" else operation.layer + 1]


def _last_path(spans: Layout, operation: Operation) -> tuple[int, ...]:
    return operation.reads[-2:]


def _row_for_column(spans: Layout, operation: Operation) -> tuple[int, ...]:
    """The weights of a row where those of the column belong; the other factors stay."""
    fed = fed_layer(spans, operation)
    weights = (fed.w.at(operation.unit or 0, column) for column in range(fed.w.columns))
    return tuple(each for pair in zip(weights, operation.reads[1::2], strict=True) for each in pair)


def _units_fed(spans: Layout, operation: Operation) -> int:
    return fed_layer(spans, operation).w.rows


def _mean_factor(spans: Layout, operation: Operation) -> float:
    return 1.0 / _units_fed(spans, operation)


def _one_by_units(spans: Layout, operation: Operation) -> str:
    return rf"\frac{{1}}{{{_units_fed(spans, operation)}}}"


def _feeds_several(structure: Structure, layer: int) -> bool:
    """Whether the units before this layer each feed several units of it, with a layer before it to feel that."""
    return layer > 0 and structure.sizes[layer + 1] > 1


def _has_square_inside(structure: Structure) -> bool:
    return any(square(structure, layer) for layer in range(1, len(structure.activations)))


def _before_square(structure: Structure, layer: int) -> bool:
    return hidden(structure, layer) and square(structure, layer + 1)


def _sums(
    value: Value, formula: Formula, reads: Reads, matrices: tuple[str, str], where: tuple[Where, Where]
) -> tuple[Twist, ...]:
    """The two sums of the way back: to the units of a hidden layer, and to the inputs."""
    names = ("backward_sum", "input_gradient")
    return tuple(
        Twist(name, each, value, matrix, formula, reads)
        for name, each, matrix in zip(names, where, matrices, strict=True)
    )


PATH_RULES = (
    Rule(
        "one_path",
        text("= where += belongs", "该用 += 的地方用了 ="),
        text(
            "A unit that feeds several others gets back only what the last of them sends; what the paths before it "
            "brought is overwritten.",
            "一个单元连向好几个单元，传回来时却只剩最后一条路：前面几条路的结果被覆盖了。",
        ),
        _sums(
            products,
            as_products,
            _last_path,
            (
                r"@dl_da@ = {@w+@}^{\top} \left(\mathbf{e}_{n} \odot @dl_dz+@\right)",
                r"@dl_dx@ = {@w@}^{\top} \left(\mathbf{e}_{n} \odot @dl_dz@\right)",
            ),
            (hidden, everywhere),
        ),
        formula=rf"{DL_DA} = w'_{{ni}} \frac{{\partial l}}{{\partial z'_{{n}}}}",
        right_formula=SUM,
        needs=text(
            "it needs a hidden layer whose units each feed two others or more.",
            "需要有隐藏层，且它的单元各连向两个以上的单元。",
        ),
        applies=some_layer(_feeds_several),
        notice=text(
            "In a loop over wires, dl_da[i] = … in place of dl_da[i] += …. Networks with one output and one hidden "
            "layer work, which is why it survives the first tests.",
            "按连线循环时把 dl_da[i] += … 写成了 dl_da[i] = …。只有一个输出、一个隐藏层时结果照样对，"
            "所以常能混过最初的测试。",
        ),
        check=EACH_NUMBER,
    ),
    Rule(
        "untransposed",
        text("W instead of Wᵀ", "用了 W 而不是 Wᵀ"),
        text(
            "On the way back the weights of a unit's own row are taken, not those of the wires that leave it. In a "
            "square layer the shapes fit all the same.",
            "反向时取了权重矩阵的行，而不是该单元送出的那些连线（列）。方阵层里形状照样对得上，程序不报错。",
        ),
        _sums(
            products,
            as_products,
            _row_for_column,
            ("@dl_da@ = @w+@ @dl_dz+@", "@dl_dx@ = @w@ @dl_dz@"),
            (_before_square, square),
        ),
        formula=rf"{DL_DA} = \sum_{{j}} w'_{{ij}} {NEXT}",
        right_formula=SUM,
        needs=text(
            "it needs a layer after the first that is square: as many units as it receives values, two or more.",
            "需要第一层之后有方阵层：单元数等于它接收的数值个数，且不少于两个。",
        ),
        applies=_has_square_inside,
        notice=text(
            "With layers of different sizes the program stops with a shape error; it is the square test network that "
            "lets it through. Try sizes 2-3-4-1 once: no two alike.",
            "各层大小不同时程序会报形状错误；恰恰是方方正正的测试网络放过了它。不妨试一次 2-3-4-1，各层都不一样大。",
        ),
        check=EACH_NUMBER,
    ),
    Rule(
        "mean_of_paths",
        text("The mean where the sum is meant", "该求和的地方求了平均"),
        text(
            "What the wires bring back to a unit is averaged instead of added up: np.mean where np.sum belongs.",
            "各条连线传回来的量被取了平均，而不是相加：该用 np.sum 的地方用了 np.mean。",
        ),
        (
            scaling("backward_sum", hidden, _mean_factor, _one_by_units),
            scaling("input_gradient", everywhere, _mean_factor, _one_by_units),
        ),
        formula=rf"{DL_DA} = \frac{{1}}{{n}} \sum_{{j}} w'_{{ji}} {NEXT}",
        right_formula=SUM,
        needs=text(
            "it needs a hidden layer whose units each feed two others or more.",
            "需要有隐藏层，且它的单元各连向两个以上的单元。",
        ),
        applies=some_layer(_feeds_several),
        notice=text(
            "Paths add up: that is the chain rule for several paths. The direction stays right within a layer, but "
            "each layer further in is smaller by a factor of the width, and early layers seem to learn nothing.",
            "多条路径要相加，这正是链式法则。同一层内方向没错，但每往前一层就小一个“宽度”的倍数，靠前的层好像学不动。",
        ),
        check=EACH_NUMBER,
    ),
)

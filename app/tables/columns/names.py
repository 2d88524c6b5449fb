"""What the name of a column says of it: a target, a number of the row, a part of the data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

LONGEST_NAME = 100
"""Characters; what a training takes."""

_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_a-zA-Z]+")

_TARGETS: tuple[frozenset[str], ...] = (
    frozenset(("target", "targets", "label", "labels", "y", "目标", "目标值", "标签", "因变量")),
    frozenset(
        (
            "survived",
            "outcome",
            "response",
            "churn",
            "default",
            "diagnosis",
            "medv",
            "exited",
            "attrition",
            "生存",
            "结果",
        )
    ),
    frozenset(("species", "variety", "cultivar", "种类", "品种", "物种")),
    frozenset(("class", "classes", "classification", "category", "类别", "分类", "类")),
    frozenset(
        ("price", "prices", "saleprice", "cost", "charges", "value", "价格", "房价", "售价", "价钱", "单价", "总价")
    ),
    frozenset(("mpg", "quality", "grade", "score", "rating", "salary", "wage", "income", "sales", "yield")),
    frozenset(("质量", "成绩", "得分", "评分", "工资", "收入", "销量", "产量")),
    frozenset(("type", "kind", "group", "result", "类型", "组别")),
)
"""Names of targets, the surest first; of several the surest is taken, and of equals the last column."""

_SURE_IDENTIFIERS = frozenset(
    (
        "id",
        "ids",
        "uuid",
        "guid",
        "row",
        "rownames",
        "rowname",
        "rownum",
        "rowid",
        "序号",
        "编号",
        "行号",
        "学号",
        "工号",
    )
)
_IDENTIFIERS = frozenset(
    (
        *("index", "idx", "no", "nr", "num", "number", "key", "code", "obs", "observation", "case", "sample", "record"),
        *("unnamed", "name", "ticket", "lfd", "索引", "号", "号码", "姓名", "名称", "代码"),
    )
)
_DATES = frozenset(("date", "day", "datum", "jour", "fecha", "日期", "时间"))
_PARTS = frozenset(("part", "split", "set", "subset", "fold", "partition", "dataset", "部分", "划分"))
_PART_WORDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("train", "training", "训练", "训练集", "fit"), "train"),
        **dict.fromkeys(
            ("test", "testing", "held out", "held-out", "holdout", "validation", "valid", "val", "dev", "eval"), "test"
        ),
        **dict.fromkeys(("测试", "测试集", "验证", "验证集", "留出"), "test"),
    }
)
_NUMBERED_TARGET = re.compile(r"target_\d+")


def words(name: str) -> list[str]:
    """The words of a name in lower case: ``PassengerId`` has two, ``row_no`` too."""
    return [word.lower() for word in _WORDS.findall(name)]


def target_rank(name: str) -> int | None:
    """How sure a name is that of a target, 0 for the surest; None if it is not.

    The whole name counts most; then its last word, as in ``sale_price`` or ``house value``.
    """
    whole, parts = name.strip().lower(), words(name)
    for rank, known in enumerate(_TARGETS):
        if whole in known or "".join(parts) in known:
            return rank
    last = parts[-1] if len(parts) > 1 else ""
    # Of the sure names the last word says as much; "unit cost" or "parent class" beside the whole name do not.
    return next((len(_TARGETS) + rank for rank, known in enumerate(_TARGETS) if last in known and last != "y"), None)


def is_numbered_target(name: str) -> bool:
    """Whether this is one of ``target_1``, ``target_2`` … that the Lab writes into its data file."""
    return _NUMBERED_TARGET.fullmatch(name) is not None


def surely_identifies(name: str) -> bool:
    """Whether a column of this name numbers or names its rows, whatever stands in it."""
    parts = words(name)
    return bool(parts) and parts[-1] in _SURE_IDENTIFIERS


def may_identify(name: str) -> bool:
    """Whether a column of this name numbers its rows if all its values differ."""
    parts = words(name)
    if not parts:
        return True
    return parts[0] == "unnamed" or parts[-1] in _IDENTIFIERS or (len(parts) == 1 and parts[0].endswith("id"))


def is_date(name: str) -> bool:
    """Whether whole numbers such as 20240131 under this name are dates."""
    return any(word in _DATES for word in words(name))


def parts_of(name: str, values: Sequence[str]) -> dict[str, str] | None:
    """Which values of a column mean "train" and which "test"; None if the column does not say that."""
    meant = {value: _PART_WORDS.get(value.strip().lower()) for value in values}
    by_name = any(word in _PARTS for word in words(name))
    if not by_name or not meant or None in meant.values():
        return None
    return {value: part for value, part in meant.items() if part}


def clipped(name: str) -> str:
    """A name on one line, as long as a training takes it."""
    line = " ".join(name.split())
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1]}…"


def distinct(names: Sequence[str]) -> list[str]:
    """Each name once: a second "x" is "x (2)"."""
    used: set[str] = set()
    result = []
    for name in names:
        free, copy = name, 2
        while free in used:
            ending = f" ({copy})"
            free, copy = name[: LONGEST_NAME - len(ending)] + ending, copy + 1
        used.add(free)
        result.append(free)
    return result

"""Why something cannot be read as a table, or not become examples: code to English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_SHEET = (
    "This is a spreadsheet ({kind}), not a text file. Open it, save the sheet as CSV (UTF-8), and use that file.",
    "这是电子表格（{kind}），不是文本文件。请打开它，把工作表另存为 CSV（UTF-8）后再使用。",
)
_PICTURE = (
    "This is a picture ({kind}). A table of numbers is wanted, as a CSV or text file.",
    "这是图片（{kind}）。需要的是数值表格，请用 CSV 或文本文件。",
)
_PACKED = (
    "This is a compressed file ({kind}). Unpack it and use the table inside.",
    "这是压缩文件（{kind}）。请先解压，再使用其中的表格。",
)
_DATA = (
    "This is a file of binary data ({kind}). Read it with the program that wrote it, and save the table as CSV.",
    "这是二进制数据文件（{kind}）。请用写出它的程序读取，并把表格存为 CSV。",
)
_PAPER = (
    "This is a document ({kind}), not a table. Copy the table out of it, or save it as CSV.",
    "这是文档（{kind}），不是表格。请把其中的表格复制出来，或存为 CSV。",
)

REFUSALS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "empty": (
            "There is nothing in it. A table has a row for each example and a column for each number.",
            "里面没有内容。表格应当每行一个样本，每列一个数值。",
        ),
        "spreadsheet": _SHEET,
        "picture": _PICTURE,
        "compressed": _PACKED,
        "data_format": _DATA,
        "document": _PAPER,
        "json": (
            "This is JSON, not a table. Save the table as CSV, or send xs and targets to /api/v1/training.",
            "这是 JSON，不是表格。请把表格存为 CSV，或把 xs 和 targets 发送到 /api/v1/training。",
        ),
        "binary": (
            "This is no text file. Save the table as CSV (UTF-8) and use that file.",
            "这不是文本文件。请把表格存为 CSV（UTF-8）后再使用。",
        ),
        "wrong_encoding": (
            "The file is not written in {encoding}. Leave the encoding to be guessed, or choose another.",
            "文件不是用 {encoding} 编码的。请改为自动识别，或选择其他编码。",
        ),
        "long_cell": (
            "A cell has more than {most} characters. Close the quotation mark, or choose the separator.",
            "有一格超过 {most} 个字符。请检查引号是否闭合，或改选分隔符。",
        ),
        "nothing_left": (
            "So many rows are skipped that none is left. Skip fewer.",
            "跳过的行太多，没有剩下任何行。请少跳过一些。",
        ),
        "unknown_column": (
            "The table has no column of a name that was given; /api/v1/tables lists them.",
            "所给的列名中有的不在表格里；/api/v1/tables 列出全部列名。",
        ),
        "no_rows": ("There are no rows yet.", "还没有数据行。"),
        "no_inputs": ("Choose at least one input column.", "请至少选择一个输入列。"),
        "no_target": ("Choose the target column.", "请选择目标列。"),
        "target_is_input": (
            "A column is both input and target; choose one of the two.",
            "有一列同时是输入和目标，请只选其一。",
        ),
        "several_targets": (
            "Classes stand in one column: choose a single target, or learn numbers.",
            "类别只能来自一列：请只选一个目标，或改为学习数值。",
        ),
        "not_an_input": (
            "The column {column} cannot be an input: it is {kind}.",
            "列 {column} 不能作为输入：它是{kind_zh}。",
        ),
        "too_many_words": (
            "The column {column} has {count} different words; at most {most} can be an input.",
            "列 {column} 有 {count} 种不同的词，作为输入最多 {most} 种。",
        ),
        "unknown_coding": (
            "The coding {way} does not fit the column {column}: it has {count} different values.",
            "编码方式 {way} 不适用于列 {column}：它有 {count} 种不同的值。",
        ),
        "words_as_values": (
            "The target {column} has words. Learn its classes, or choose a column of numbers.",
            "目标列 {column} 是文字。请学习它的类别，或选择数值列。",
        ),
        "few_rows": (
            "At least two whole rows are needed; {count} can be used.",
            "至少需要两行完整的数据；现有 {count} 行可用。",
        ),
        "one_class": (
            "The target {column} has only one class; there is nothing to tell apart.",
            "目标列 {column} 只有一个类别，没有可区分的内容。",
        ),
        "class_a_row": (
            "The target {column} has a class of its own in every row; there is nothing to learn from that. "
            "Choose another target, or learn numbers.",
            "目标列 {column} 每一行都自成一类，无从学习。请另选目标，或改为学习数值。",
        ),
        "too_wide": (
            "A number in column {column} is too large for float64.",
            "列 {column} 中有一个数超出 float64 的范围。",
        ),
    }
)

OF_CHOICES = frozenset(
    (
        *("wrong_encoding", "nothing_left", "unknown_column", "no_rows", "no_inputs", "no_target", "target_is_input"),
        *("several_targets", "not_an_input", "too_many_words", "unknown_coding", "words_as_values", "few_rows"),
        *("one_class", "class_a_row", "too_wide"),
    )
)
"""Those that are about what was chosen; the others say that the file is no table."""

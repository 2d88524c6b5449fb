"""What is said of how a table was read: code to English and Chinese, with ``{placeholders}``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

NOTES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "encoding_guessed": (
            "The file does not say how its letters are written; they are read as {encoding}. "
            "If they look wrong, choose another encoding.",
            "文件没有说明字符编码，按 {encoding} 读取。若文字显示不对，请改选编码。",
        ),
        "one_column": (
            "Only one column was found. If there are more, choose what separates them.",
            "只找到一列。若不止一列，请选择分隔符。",
        ),
        "skipped_above": (
            "Above the table are title or comment lines; they are not read (rows skipped: {count}).",
            "表格上方的标题或注释行不读取（跳过 {count} 行）。",
        ),
        "skipped_within": (
            "Comment lines in the table and lines below it are not read (rows: {count}; the first is row {row}).",
            "表格中间的注释行和表格下方的说明行不读取（共 {count} 行，最前面的是第 {row} 行）。",
        ),
        "units_row": (
            "Row {row} has words over columns of numbers, such as units; it is not read.",
            "第 {row} 行在数值列中写的是文字（如单位），不读取。",
        ),
        "header_from_comment": (
            "The names of the columns come from the comment line in row {row}.",
            "列名取自第 {row} 行的注释。",
        ),
        "header_guessed": (
            "Some names in the first row are numbers; the row is read as names all the same.",
            "首行中有的列名是数字，这一行仍按列名读取。",
        ),
        "header_short": (
            "The first row has one name less than the rows have cells: the first column has no name.",
            "首行比数据行少一格：第一列没有列名。",
        ),
        "no_header": (
            "The first row is read as data; the columns are named by their place.",
            "首行按数据读取；各列以位置命名。",
        ),
        "no_rows": ("There are no rows below the names.", "列名下面没有数据行。"),
        "open_quote": (
            "A quotation mark in row {row} does not close; quotation marks are read as ordinary characters.",
            "第 {row} 行的引号没有闭合；引号按普通字符读取。",
        ),
        "ragged": (
            "Rows with too few or too many cells are left out: {count}; the first is row {row}.",
            "格数不足或过多的行不使用：共 {count} 行，最前面的是第 {row} 行。",
        ),
        "decimal_comma": (
            "The comma is the decimal mark: {cell} is read as {value}.",
            "逗号是小数点：{cell} 读作 {value}。",
        ),
        "grouped": (
            "{column}: thousands are grouped; {cell} is read as {value}.",
            "{column}：数字带千位分隔符，{cell} 读作 {value}。",
        ),
        "ambiguous_mark": (
            "{column}: {cell} could be {value} or {other}; it is read as {value}. "
            "If that is wrong, choose the other decimal mark.",
            "{column}：{cell} 可能是 {value}，也可能是 {other}，现读作 {value}。若不对，请改选小数点。",
        ),
        "mixed_marks": (
            "{column}: some cells have a decimal comma and others a decimal point; most have “{decimal}”, "
            "and the others are not read as numbers where that fails.",
            "{column}：有的格用逗号作小数点，有的用句点；多数用“{decimal}”，其余读不通的格不算数值。",
        ),
        "unit": (
            "{column}: “{unit}” is left away; {cell} is read as {value}.",
            "{column}：去掉“{unit}”，{cell} 读作 {value}。",
        ),
        "not_numbers": (
            "{column}: {count} cells are not numbers; the first is “{cell}” in row {row}. "
            "Their rows are left out if the column is used.",
            "{column}：有 {count} 格不是数值，第一处是第 {row} 行的“{cell}”。使用该列时，这些行不参与。",
        ),
        "numbers_as_words": (
            "{column}: {numbers} of {count} cells are numbers; the column is read as words.",
            "{column}：{count} 格中有 {numbers} 格是数值，该列按文字读取。",
        ),
        "missing": ("{column}: values missing: {count}.", "{column}：有 {count} 行缺失。"),
        "identifier": (
            "{column} names the rows and says nothing about them; it is not offered as an input.",
            "{column} 只是行的编号或名称，不含可学习的信息，不作为输入。",
        ),
        "constant": (
            "{column} is “{cell}” in every row; it is not offered as an input.",
            "{column} 每一行都是“{cell}”，不作为输入。",
        ),
        "empty": ("{column} is empty; it is not offered as an input.", "{column} 是空列，不作为输入。"),
        "date": (
            "{column} has dates or times; they are not offered as an input.",
            "{column} 是日期或时间，不作为输入。",
        ),
        "text": ("{column} is text; it is not offered as an input.", "{column} 是文本，不作为输入。"),
        "many_words": (
            "{column} has {count} different words; more than {most} are not offered as an input.",
            "{column} 有 {count} 种不同的词，超过 {most} 种，不作为输入。",
        ),
        "part": (
            "{column} says which rows are for training and which are held out; it is not an input.",
            "{column} 说明哪些行用于训练、哪些行留出，不作为输入。",
        ),
        "numbers_as_classes": (
            "{column} has few different values, all whole numbers ({numbers}); they are learnt as classes. "
            "If they are quantities, choose numbers in place of classes.",
            "{column} 只有少数几个不同的值，且都是整数（{numbers}），按类别学习。"
            "如果它们表示数量，请把“类别”改为“数值”。",
        ),
        "tells_target": (
            "{column} tells {target} by itself, value by value; as an input it would give the answer away. "
            "It is not offered.",
            "{column} 与 {target} 逐值对应，作为输入会泄露答案，因此不作为输入。",
        ),
    }
)

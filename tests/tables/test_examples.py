"""From a table and a choice to examples: targets, words as inputs, what gives the answer away, what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.tables.guess import guessed
from app.tables.reading import read_table
from app.tables.table import Bounds, Choices
from app.tables.words.saying import Refused, TooMuch
from tests.tables.reading import learn, read


def flowers(rows: int = 12) -> str:
    kinds = ["setosa", "virginica", "versicolor"]
    return "\n".join(["length,width,species", *(f"{row + 0.5},{12 - row},{kinds[row % 3]}" for row in range(rows))])


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("Survived,Class,x", "Survived"),
        ("x,species,size", "species"),
        ("class,x,z", "class"),
        ("x,y,z", "y"),
        ("price,area,rooms", "price"),
        ("medv,crim,zn", "medv"),
        ("sale_price,area,rooms", "sale_price"),
        ("SalePrice,area,rooms", "SalePrice"),
        ("价格,面积,房间", "价格"),
        ("类别,长,宽", "类别"),
        ("标签,长,宽", "标签"),
        ("label,x,price", "label"),
        ("a,b,c", "c"),
    ],
)
def test_a_target_is_guessed_by_name_before_place(header: str, target: str) -> None:
    rows = [f"{row % 2},{row / 4 + 0.25},{row / 8 + 0.5}" for row in range(8)]
    assert guessed(read("\n".join([header, *rows]))).targets == (target,)


def test_classes_are_words_or_few_whole_numbers() -> None:
    assert guessed(read("x,y\n" + "\n".join(f"0.{row},{row % 3}" for row in range(9)))).task == "classification"
    assert guessed(read("x,y\n" + "\n".join(f"0.{row},{row}" for row in range(9)))).task == "regression"
    assert guessed(read("x,y\n" + "\n".join(f"0.{row},{row % 3 / 2}" for row in range(9)))).task == "regression"


@pytest.mark.parametrize("name", ["y", "survived", "label", "target", "class", "outcome", "是否存活", "z"])
@pytest.mark.parametrize("pair", [("0", "1"), ("1", "2"), ("-1", "1"), ("0.0", "1.0"), ("0", "100")])
@pytest.mark.parametrize("count", [3, 4, 20])
def test_two_whole_numbers_are_classes_and_a_note_says_so(name: str, pair: tuple[str, str], count: int) -> None:
    rows = "\n".join(f"{row / 4 + 0.1},{pair[row % 2]}" for row in range(count))
    table = read(f"x,{name}\n{rows}\n")
    guess = guessed(table)
    assert (guess.targets, guess.task) == ((name,), "classification")
    (said,) = [each for each in guess.notes if each.code == "numbers_as_classes"]
    assert said.column == name
    assert "({}, {})".format(*(f"{float(each):g}" for each in pair)) in said.document()["detail"]
    assert len(learn(table).class_names) == 2
    assert learn(table, task="regression").class_names == ()


@pytest.mark.parametrize("cells", ["0.5 1 0.5 1", "0 1", "a b a b", "0 1 2 3", "7 8 9"])
def test_no_note_says_so_of_words_fractions_and_numbers_that_all_differ(cells: str) -> None:
    rows = "\n".join(f"{row / 4 + 0.1},{cell}" for row, cell in enumerate(cells.split()))
    guess = guessed(read(f"x,y\n{rows}\n"))
    assert guess.task == ("classification" if "a" in cells else "regression")
    assert [each.code for each in guess.notes] == []


def test_two_classes_are_one_output_and_more_are_one_each() -> None:
    made = learn(read(flowers()))
    assert made.class_names == ("setosa", "versicolor", "virginica")
    assert made.targets[:3].tolist() == [[1, 0, 0], [0, 0, 1], [0, 1, 0]]
    two = learn(read("x,kind\n1,b\n2,a\n3,b\n"))
    assert (two.class_names, two.targets.tolist()) == (("a", "b"), [[1], [0], [1]])


def test_numbered_classes_stand_in_the_order_of_their_size_and_once() -> None:
    made = learn(read("x,class\n1,10\n2,2\n3,2.0\n4,10\n"))
    assert (made.class_names, made.class_counts) == (("2", "10"), (2, 2))


def test_a_class_that_no_row_is_left_of_is_none() -> None:
    made = learn(read("x,class\n1,a\n2,b\n3,a\n4,b\nNA,c\n"))
    assert made.class_names == ("a", "b")


def test_words_become_inputs_and_the_coding_can_be_chosen() -> None:
    table = read("sex,town,x,y\n" + "\n".join(f"{'fm'[row % 2]},{'ABC'[row % 3]},{row},{row / 3}" for row in range(6)))
    assert learn(table).feature_names == ("sex=m", "town=A", "town=B", "town=C", "x")
    assert learn(table, coding="one_hot").feature_names[:2] == ("sex=f", "sex=m")
    assert learn(table, codings={"x": "one_hot"}).feature_names[-2:] == ("x=4", "x=5")
    made = learn(table)
    assert made.xs[:, 1:4].sum(axis=1).tolist() == [1.0] * 6
    assert made.xs[:, 0].tolist() == [0.0, 1.0] * 3


def test_a_missing_word_is_filled_by_the_commonest_and_a_missing_target_never() -> None:
    table = read("sex,x,y\nm,1,0.5\nm,2,1.5\n?,3,2.5\nf,4,3.5\nf,5,\nm,6,1\n")
    made = learn(table, missing="mean")
    assert made.xs[2].tolist() == [1.0, 3.0]
    assert [(each.row, each.column) for each in made.left_out] == [(6, "y")]
    assert [tuple(each) for each in made.filled] == [("sex", 1, "m")]


def test_a_column_that_tells_the_target_by_itself_is_not_offered() -> None:
    rows = [f"{row % 2},{'ny'[row % 2]},{row * 7 % 11}" for row in range(30)]
    table = read("\n".join(["survived,alive,age", *rows]))
    guess = guessed(table)
    assert (guess.targets, guess.inputs) == (("survived",), ("age",))
    assert [note.code for note in guess.notes] == ["tells_target", "numbers_as_classes"]
    assert learn(table, inputs=["alive"]).feature_names == ("alive=y",)


def lab_file(*, classes: bool) -> str:
    """As the Lab writes its data: part, place, inputs, outputs, class."""
    lines = ["part,row,length,width,target_1,target_2" + ",class" * classes]
    for row in range(30):
        part, kind = "test" if row % 5 == 0 else "train", row % 2
        targets = f"{1 - kind},{kind}" if classes else f"{row / 7:.3f},{row / 11:.3f}"
        lines.append(f"{part},{row},{row * 7 % 13 / 4},{row * 5 % 11 / 8},{targets}" + f",{'ab'[kind]}" * classes)
    return "\r\n".join(lines)


def test_the_labs_own_file_dropped_back_gives_nothing_away() -> None:
    made = learn(read(lab_file(classes=True)))
    assert (made.targets_of, made.inputs_of) == (("class",), ("length", "width"))
    assert made.parts is not None
    assert [place for place, part in enumerate(made.parts) if part == "test"] == [0, 5, 10, 15, 20, 25]
    values = learn(read(lab_file(classes=False)))
    assert (values.task, values.targets_of) == ("regression", ("target_1", "target_2"))
    assert values.inputs_of == ("length", "width")


@pytest.mark.parametrize(
    ("text", "chosen", "code", "about"),
    [
        ("x,y\n", {}, "no_rows", ""),
        ("x,y\n1,2\n3,4\n5,7\n", {"target": "nope"}, "unknown_column", "target"),
        ("x,y\n1,2\n3,4\n5,7\n", {"inputs": ["nope"]}, "unknown_column", "inputs"),
        ("x,y\n1,2\n3,4\n5,7\n", {"inputs": []}, "no_inputs", "inputs"),
        ("x,y\n1,2\n3,4\n5,7\n", {"target": "x", "inputs": ["x"]}, "target_is_input", "inputs"),
        (
            "x,y\n1,2\n3,4\n5,7\n",
            {"targets": ["x", "y"], "task": "classification", "inputs": ["x"]},
            "target_is_input",
            "inputs",
        ),
        (
            "x,y,z\n1,2,1\n3,4,2\n",
            {"targets": ["z", "y"], "task": "classification", "inputs": ["x"]},
            "several_targets",
            "target",
        ),
        ("x,y\n1,a\n3,b\n5,a\n", {"task": "regression"}, "words_as_values", "target"),
        ("x,y\n1,a\n3,a\n5,a\n", {"target": "y", "inputs": ["x"]}, "one_class", "target"),
        ("x,name\n1,Ann\n3,Bob\n5,Cid\n", {"target": "name", "inputs": ["x"]}, "class_a_row", "target"),
        ("x,y\n1,0.5\n3,0.7\n5,0.9\n", {"task": "classification"}, "class_a_row", "target"),
        ("x,y\n1,\n3,4\n", {"target": "y", "inputs": ["x"]}, "few_rows", ""),
        ("when,y\n2020-01-01,1\n2020-01-02,2\n", {"inputs": ["when"]}, "not_an_input", "inputs"),
        ("x,y\n1,2\n3,4\n5,7\n", {"codings": {"x": "zero_one"}}, "unknown_coding", "coding"),
    ],
)
def test_each_choice_that_does_not_hold_together_is_refused_by_name(
    text: str, chosen: dict[str, object], code: str, about: str
) -> None:
    if "target" in chosen:
        chosen = {**chosen, "targets": [chosen["target"]]}
        del chosen["target"]
    with pytest.raises(Refused) as raised:
        learn(read(text), **chosen)
    assert (raised.value.code, raised.value.about) == (code, about)
    assert raised.value.text["en"].endswith(".")
    assert raised.value.text["zh"].endswith("。")


@pytest.mark.parametrize(
    ("raw", "code", "kind"),
    [
        (b"", "empty", ""),
        (b" \r\n\t ", "empty", ""),
        (b"\xef\xbb\xbf", "empty", ""),
        (b"PK\x03\x04....[Content_Types].xml....xl/workbook.xml", "spreadsheet", ".xlsx"),
        (b"PK\x03\x04....data.csv", "compressed", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "spreadsheet", ".xls"),
        (b"\x89PNG\r\n\x1a\n....", "picture", "PNG"),
        (b"\xff\xd8\xff\xe0....", "picture", "JPEG"),
        (b"GIF89a....", "picture", "GIF"),
        (b"\x1f\x8b\x08....", "compressed", "gzip"),
        (b"%PDF-1.7 ....", "document", "PDF"),
        (b"PAR1\x15\x04\x15....", "data_format", "Parquet"),
        (b"\x93NUMPY....", "data_format", ".npy"),
        (b"<!DOCTYPE html><table>", "document", "HTML"),
        (b'{"layers": []}', "json", ""),
        (bytes(range(256)) * 4, "binary", ""),
        (b"a,b\n1,\x00\n2,3\n", "binary", ""),
    ],
)
def test_what_is_no_table_is_called_by_its_name_with_what_to_do(raw: bytes, code: str, kind: str) -> None:
    with pytest.raises(Refused) as raised:
        read(raw)
    assert raised.value.code == code
    for text in raised.value.text.values():
        assert kind in text


def test_a_column_may_be_called_like_the_beginning_of_another_format() -> None:
    assert [column.name for column in read("PAR1,BMI\n1,2\n3,4\n").columns] == ["PAR1", "BMI"]


@pytest.mark.parametrize(
    ("make", "limit"),
    [
        (lambda: ",".join(["1"] * 500_000), "table_columns"),
        (lambda: "1\n" * 200, "table_rows"),
        (lambda: "#\n" * 200, "table_rows"),
    ],
)
def test_a_table_over_a_limit_is_refused_by_the_limits_name(make: Callable[[], str], limit: str) -> None:
    with pytest.raises(TooMuch) as raised:
        read_table(make().encode(), Choices(), Bounds(rows=100, columns=50))
    assert raised.value.limit == limit


@pytest.mark.parametrize("raw", [b'"' * 1_000_000, b"1" * 1_000_000, b'a,b\n"' + b"x" * 300_000])
def test_a_cell_without_end_is_refused(raw: bytes) -> None:
    with pytest.raises(Refused) as raised:
        read(raw)
    assert raised.value.code == "long_cell"

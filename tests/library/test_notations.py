from app.library.lessons import LANGUAGES
from app.library.notations import PLAIN_SYMBOLS, SYMBOLS, notations


def test_each_choice_begins_with_the_courses_own_way_and_says_everything_in_both_languages():
    choices = notations()
    assert len({choice["name"] for choice in choices}) == len(choices)
    for choice in choices:
        own, *others = choice["options"]
        assert others
        assert not {"tex", "plain", "remark"} & set(own)
        assert set(choice["title"]) == set(LANGUAGES)
        for option in choice["options"]:
            assert option["symbol"]
            assert set(option["title"]) == set(LANGUAGES)
            assert set(option.get("remark", option["title"])) == set(LANGUAGES)


def test_an_option_writes_only_symbols_that_the_page_knows_or_says_what_becomes_of_the_numbers():
    for choice in notations():
        for option in choice["options"][1:]:
            assert bool(option.get("tex")) != bool(option.get("remark"))
            assert set(option.get("tex", ())) <= set(SYMBOLS)
            assert set(option.get("plain", ())) <= set(PLAIN_SYMBOLS)
            assert bool(option.get("tex")) == bool(option.get("plain")), "formulas and sentences follow together"

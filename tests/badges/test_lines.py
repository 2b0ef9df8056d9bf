import pytest

from eventapp.badges.printing.lines import line, reads_right_to_left


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Ada", False), ("سميرة", True), ("1 יעל", True), ("(R) محمد", False), ("", False), ("42", False)],
)
def test_the_first_letter_tells_the_direction(text: str, expected: bool) -> None:
    assert reads_right_to_left(text) == expected


@pytest.mark.parametrize(
    ("text", "language", "form"),
    [
        ("渡辺 健二", "ja", "JP"),
        ("わたなべ", "", "JP"),
        ("김민지", "", "KR"),
        ("李文静", "zh-Hant", "TC"),
        ("李文静", "", "SC"),
    ],
)
def test_han_characters_take_the_form_of_their_language(text: str, language: str, form: str) -> None:
    assert line(text, language).font == form


def test_a_very_long_word_may_break() -> None:
    assert line("a" * 50).text == "\u200b".join(["a" * 24, "a" * 24, "aa"])


def test_the_longest_word_is_one_that_may_not_break() -> None:
    assert line("Ada กกกกกกกกกก Byron").word == "Byron"


def test_joiners_are_never_missing() -> None:
    assert line("ශ්\u200dරී \u200c\ufe0f").missing == ()

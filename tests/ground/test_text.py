import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from eventapp.ground.text.policy import clean, fault_in, figure, folded, search_key, words_in

MARK = "\u0301"
CONTROL = "Remove the hidden control character."
DIRECTION = "Remove the hidden character that changes the direction of the text."


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada  ", "Ada"),
        ("e\u0301", "é"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\u200b\u200b", ""),
        ("\ufeffx", "x"),
        ("   ", ""),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("𠜎", "𠜎"),
    ],
)
def test_clean(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("O'Brien", None),
        ("สมชาย", None),
        ("می\u200cخواهم", None),
        ("\u202egnp.exe", DIRECTION),
        ("\u2066name", DIRECTION),
        ("a\u2028b", DIRECTION),
        ("a\0b", CONTROL),
        ("\x1b[31m", CONTROL),
        ("\ud800", CONTROL),
        ("\uffff", CONTROL),
        ("\U000e0041", CONTROL),
        ("a\nb", "Write this on one line."),
        ("e" + MARK * 11, "Remove some of the marks that are piled on one letter."),
        ("a" * 201, "Use 200 characters or less."),
    ],
)
def test_one_line(app: Flask, text: str, fault: str | None) -> None:
    assert fault_in(text) == fault


def test_several_lines_may_break_and_carry_directions(app: Flask) -> None:
    assert fault_in("one\n\ttwo \u2067three\u2069", lines=True) is None
    assert fault_in("a\x0bb", lines=True) == CONTROL


def test_folding_is_the_same_on_every_database() -> None:
    assert folded("STRASSE") == folded("straße")
    assert folded("É") == "é"


def test_a_search_finds_with_and_without_accents() -> None:
    words = search_key("Réunion", None, "สมชาย")
    assert all(search_key(asked) in words for asked in ("réunion", "Reunion", "สมชาย"))


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("Işık", "isik"),
        ("ĐẶNG", "dang"),
        ("Łukasz Møller", "lukasz moller"),
        ("Ðorđe", "dorde"),
        ("Sœur Æsa Þóra", "soeur aesa thora"),
        ("İpek", "ipek"),
    ],
)
def test_letters_that_take_no_accent_apart_are_found_without_it(name: str, asked: str) -> None:
    assert search_key(name) == search_key(asked) == asked


COUNTED = {  # how many words a text has, on the server and in the page
    "Three short  words\n": 3,
    "a - b": 3,
    "": 0,
    "e\u0301cole d’été": 2,
    "वित्त और प्रशिक्षण": 3,
    "인터넷 접근성": 2,
    "تصل الإذاعة إلى المزارعين": 4,
    "วิทยุชุมชนเข้าถึงเกษตรกรก่อนพอร์ทัล": 7,  # 27 letters; six words in a dictionary
    "ສະບາຍດີ": 2,
    "ប្រជាជនកម្ពុជា": 3,
    "မြန်မာနိုင်ငံ": 2,
    "བཀྲ་ཤིས་བདེ་ལེགས།": 3,
    "农民通过手机收听广播。": 5,  # as many as in a dictionary
    "使用ICT的农民，5G。": 5,  # six characters, and ICT and 5G between them
    "ひらがなとカタカナ": 5,
    "𠮷野家": 2,
    "๑๒ ……": 1,
}


@pytest.mark.parametrize(("text", "words"), COUNTED.items())
def test_words_are_counted_in_every_script(text: str, words: int) -> None:
    assert words_in(text) == words


@pytest.mark.parametrize("words", ["", None, "-1", "²", "१२", "1e3", " 1", "1234567890", "9" * 5000])
def test_what_is_no_number_of_a_row_is_none(words: str | None) -> None:
    assert (figure(words), figure(words, -1), figure("000000042")) == (0, -1, 42)


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_letters_are_folded_as_all_others(typed: str) -> None:
    """Another letter beside them takes the long way."""
    assert folded(f"{typed}é").removesuffix("é") == folded(typed)
    assert search_key(typed, "ø").split()[:-1] == search_key(typed).split()

from datetime import date, datetime, time

import pytest
from flask import Flask
from flask_babel import force_locale

from eventapp.ground.text.typed import clock_in, colour_in, day_in, moment_in


@pytest.mark.parametrize(
    "words",
    ["2016-10-18", "18/10/2016", "18.10.2016", "18-10-2016", "18 October 2016", "18 Oct 2016", "18 oct. 2016",
     "18th October 2016", "October 18, 2016", "18 octobre 2016", "18 OCTOBRE 2016", "  18   October  2016 ",
     "18 تشرين الأول/أكتوبر 2016", "١٨/١٠/٢٠١٦", "18 أكتوبر 2016"],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(words: str) -> None:
    assert day_in(words) == date(2016, 10, 18)


def test_the_day_comes_first_unless_the_reader_writes_the_month_first() -> None:
    assert day_in("04/10/2016") == date(2016, 10, 4)
    assert day_in("04/10/2016", month_first=True) == date(2016, 4, 10)
    for is_first in (True, False):  # only one of the two is a day
        assert (
            day_in("18/10/2016", month_first=is_first)
            == day_in("10/18/2016", month_first=is_first)
            == date(2016, 10, 18)
        )


@pytest.mark.parametrize(
    "words", ["", "soon", "31 February 2016", "2016-13-01", "18/10/16", "2016-10-18 x", "18 Foo 2016", "9" * 99]
)
def test_what_is_no_day_is_none(words: str) -> None:
    assert day_in(words) is None


@pytest.mark.parametrize(
    ("words", "found"),
    [("09:00", time(9)), ("9:00", time(9)), ("9.30", time(9, 30)), ("9am", time(9)), ("9 AM", time(9)), ("9:30 p.m.", time(21, 30)),
     ("12am", time(0)), ("12pm", time(12)), ("9h", time(9)), ("9 h 30", time(9, 30)), ("21:15", time(21, 15)), ("٠٩:٣٠", time(9, 30)),
     ("9", None), ("24:00", None), ("25:00", None), ("13pm", None), ("0am", None), ("9:60", None), ("noonish", None), ("", None)],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it(words: str, found: time | None) -> None:
    assert clock_in(words) == found


@pytest.mark.parametrize(
    "words",
    ["2016-10-04 09:00", "2016-10-04T09:00", "4 Oct 2016 09:00", "4 October 2016, 9am", "04/10/2016 9 am", "4 octobre 2016 à 9h",
     "October 4, 2016 at 9:00"],
)  # fmt: skip
def test_a_moment_is_a_day_and_a_time(words: str) -> None:
    assert moment_in(words) == datetime(2016, 10, 4, 9)  # noqa: DTZ001 -- of no zone yet


@pytest.mark.parametrize("words", ["2016-10-04", "9am", "4 Oct 2016 later", "4 Oct 201609:00", "{{7*7}}"])
def test_what_is_no_moment_is_none(words: str) -> None:
    assert moment_in(words) is None


@pytest.mark.parametrize(
    ("words", "code"),
    [("#123F7A", "#123f7a"), ("123f7a", "#123f7a"), ("#abc", "#aabbcc"), ("navy", "#123f7a"), ("Dark  Blue", "#123f7a"),
     ("rgb 18 63 122", "#123f7a"), ("rgb(18, 63, 122)", "#123f7a"), ("dark gray", "#3d3d3d"), ("rgb 1 2 256", None),
     ("bluish", None), ("#12345", None), ("url(x)", None), ("", None)],
)  # fmt: skip
def test_a_colour_is_read_by_its_name_or_its_code(app: Flask, words: str, code: str | None) -> None:
    with app.test_request_context():
        assert colour_in(words) == code


def test_a_colour_may_be_named_in_the_language_of_the_reader(app: Flask) -> None:
    with app.test_request_context(), force_locale("fr"):
        assert colour_in("bleu foncé") == colour_in("dark blue") == "#123f7a"

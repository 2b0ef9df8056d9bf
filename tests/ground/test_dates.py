from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask_babel import force_locale

from eventapp.ground.text import dates

NINE = datetime(2016, 10, 4, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Tuesday 4 October 2016"),
        ("fr", "mardi 4 octobre 2016"),
        ("ar", "الثلاثاء 4 تشرين الأول/أكتوبر 2016"),
    ],
)
def test_a_day_is_written_as_the_united_nations_writes_it(app: Flask, language: str, words: str) -> None:
    with app.test_request_context(), force_locale(language):
        assert dates.weekday(date(2016, 10, 4)) == words


def test_the_first_of_a_month_is_ordinal_in_french_alone(app: Flask) -> None:
    with app.test_request_context(), force_locale("fr"):
        assert dates.day(date(2016, 10, 1)) == "1er octobre 2016"
    assert dates.day(date(2016, 10, 1)) == "1 October 2016"


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (date(2016, 10, 4), "4 October 2016"),
        (date(2016, 10, 5), "4–5 October 2016"),
        (date(2016, 11, 2), "4 October – 2 November 2016"),
        (date(2017, 1, 2), "4 October 2016 – 2 January 2017"),
    ],
)
def test_days_say_no_more_than_they_must(app: Flask, last: date, words: str) -> None:
    assert dates.days(date(2016, 10, 4), last) == words


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Bangkok", "09:00 (Bangkok, UTC+7)"),
        ("Asia/Kathmandu", "07:45 (Kathmandu, UTC+5:45)"),
        ("Pacific/Efate", "13:00 (Efate, UTC+11)"),
        ("America/St_Johns", "23:30 (St. John’s, UTC−2:30)"),
        ("UTC", "02:00 (UTC)"),
    ],
)
def test_a_time_names_its_zone(app: Flask, zone: str, words: str) -> None:
    assert dates.when(NINE, zone) == words


def test_a_moment_is_on_the_day_of_its_own_zone(app: Flask) -> None:
    late = datetime(2016, 10, 4, 20, 0, tzinfo=UTC)
    assert dates.moment(late, "Asia/Bangkok") == "5 October 2016, 03:00 (Bangkok, UTC+7)"


def test_a_time_without_a_zone_is_refused(app: Flask) -> None:
    with pytest.raises(ValueError, match="a time needs its zone"):
        dates.clock(NINE.replace(tzinfo=None), "Asia/Bangkok")


@pytest.mark.parametrize(("language", "word"), [("en", "Oct"), ("fr", "oct."), ("ar", "أكتوبر")])
def test_a_column_of_dates_has_short_months(app: Flask, language: str, word: str) -> None:
    with app.test_request_context(), force_locale(language):
        assert dates.short_month(date(2016, 10, 4)) == word

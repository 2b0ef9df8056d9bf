"""Figures and dates in words, each with its value and its place."""

from datetime import date

import pytest

from eventapp.record.reading.dates import dates_in, due_in
from eventapp.record.reading.figures import figures_in, value_of

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "words", "first", "last", "is_deadline"),
    [
        ("Done by 31 December 2027.", "by 31 December 2027", "2027-12-31", "2027-12-31", True),
        ("By December 31, 2027 all", "By December 31, 2027", "2027-12-31", "2027-12-31", True),
        ("by 2027-12-31", "by 2027-12-31", "2027-12-31", "2027-12-31", True),
        ("by 31/12/2027", "by 31/12/2027", "2027-12-31", "2027-12-31", True),
        ("will start in 2027", "in 2027", "2027-01-01", "2027-12-31", False),
        ("within two years", "within two years", "2026-11-28", "2028-11-28", True),
        ("over the next three months", "over the next three months", "2026-11-28", "2027-02-28", True),
        ("by the end of 2026", "by the end of 2026", "2026-12-01", "2026-12-31", True),
        ("by end 2026", "by end 2026", "2026-12-01", "2026-12-31", True),
        ("by the end of June 2027", "by the end of June 2027", "2027-06-01", "2027-06-30", True),
        ("before 2027", "before 2027", "2026-12-31", "2026-12-31", True),
        ("by mid-2027", "by mid-2027", "2027-06-01", "2027-06-30", True),
        ("in the first half of 2027", "in the first half of 2027", "2027-01-01", "2027-06-30", False),
        ("the plan 2026–2030", "2026–2030", "2026-01-01", "2030-12-31", False),
        ("from 2026 to 2030", "from 2026 to 2030", "2026-01-01", "2030-12-31", False),
        ("next year", "next year", "2027-01-01", "2027-12-31", False),
        ("d'ici la fin de 2026", "d'ici la fin de 2026", "2026-12-01", "2026-12-31", True),
        ("d’ici à 2030", "d’ici à 2030", "2030-01-01", "2030-12-31", True),
        ("d'ici le 31 décembre 2027", "d'ici le 31 décembre 2027", "2027-12-31", "2027-12-31", True),
        ("avant le 1er janvier 2027", "avant le 1er janvier 2027", "2027-01-01", "2027-01-01", True),
        ("en 2027", "en 2027", "2027-01-01", "2027-12-31", False),
        ("dans les deux ans", "dans les deux ans", "2026-11-28", "2028-11-28", True),
        ("au plus tard le 30 juin 2027", "au plus tard le 30 juin 2027", "2027-06-30", "2027-06-30", True),
        ("hasta el 31 de diciembre de 2027", "hasta el 31 de diciembre de 2027", "2027-12-31", "2027-12-31", True),
    ],
)
def test_a_date_in_words_has_its_days(text: str, words: str, first: str, last: str, is_deadline: bool) -> None:
    (found,) = dates_in(text, TODAY)
    assert (found.words, str(found.first), str(found.last)) == (words, first, last)
    assert found.is_deadline is is_deadline
    assert text[found.start : found.end] == words


@pytest.mark.parametrize("text", ["31 June 2027", "Resolution 2027", "1,999", "COVID-2019", "A/RES/2015/12", "Goal 16"])
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert dates_in(text, TODAY) == ()


def test_a_length_of_time_says_no_day_where_nobody_knows_when_it_was_said() -> None:
    assert dates_in("within two years") == ()


def test_something_is_due_by_the_first_deadline_and_else_on_the_first_day_to_come() -> None:
    deadline = due_in("Begun in 2024, in 2027 tested, done by 31 December 2028.", TODAY)
    assert deadline and deadline.due == date(2028, 12, 31)
    planned = due_in("Begun in 2024, opened in 2027.", TODAY)
    assert planned and planned.due == date(2027, 12, 31)
    assert due_in("Tonga was offline in January 2022.", TODAY) is None
    assert due_in("By 2020 half were connected.", TODAY) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("96 per cent of schools", [("96 per cent", "96%")]),
        ("96% of schools", [("96%", "96%")]),
        ("3,5 pour cent", [("3,5 pour cent", "3.5%")]),
        ("1,200 and 45 villages", [("1,200", "1200"), ("45", "45")]),
        ("12 000 foyers", [("12 000", "12000")]),
        ("US$ 20 billion", [("US$ 20 billion", "USD 20000000000")]),
        ("$1.5 million", [("$1.5 million", "USD 1500000")]),
        ("60% of 3 million", [("60%", "60%"), ("3 million", "3000000")]),
        ("20 millions de personnes", [("20 millions", "20000000")]),
        ("It cost 2,000.", [("2,000", "2000")]),
        ("(45 per cent)", [("45 per cent", "45%")]),
        ("by 31 December 2027, 40 islands", [("40", "40")]),
        ("9" * 5000, [("9" * 5000, "9" * 5000)]),  # more digits than int() reads
        ("1" * 400 + ".5 million", [("1" * 400 + ".5 million", "1" * 400 + "500000")]),  # and than a float has
    ],
)
def test_a_figure_in_words_has_one_form(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.words, one.value) for one in figures_in(text)] == found
    assert all(text[one.start : one.end] == one.words for one in figures_in(text))


@pytest.mark.parametrize(
    "text",
    ["in 2027", "Goal 17, SDG 16", "COVID-19", "WSIS+20", "10:30", "2026–2030", "A/RES/70/125", "5 countries", "24/7",
     "a 5G network", "Article 19(2)", "resolution 75/3", "paragraph 12"],
)  # fmt: skip
def test_years_days_symbols_and_numbers_of_things_are_no_figures(text: str) -> None:
    assert figures_in(text) == ()


def test_a_figure_typed_into_its_field_is_the_same_as_in_the_words() -> None:
    assert value_of("96 %") == value_of("96 per cent") == "96%"
    assert value_of("three quarters") == "three quarters"

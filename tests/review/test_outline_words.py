"""An outline says some things otherwise than the grammar, and a fault in its words is told with its line."""

import pytest
from flask import Flask

from eventapp.review.compiling.likeness import short_forms, terms_of
from eventapp.review.language.data import written_in
from eventapp.review.language.grammar import how_many, in_the_past, in_turn, is_clause, one_of
from eventapp.review.reports import outlines
from eventapp.review.reports.outline_file import FaultyOutline, Outline, read_outline
from tests import make, make_review

CHAPTER = '[[chapters]]\ncode = "all"\ntitle = "All"\nrest = true\n'
OWN = f"""title = "Own"
{CHAPTER}
[words.en.thresholds]
few = 3
some = 4

[words.en.quantifiers]
some = "quite a few delegations"

[words.en.active]
trend = ["{{also}}remarked that"]

[words.en.headings]
C2 = "Cables"

[words.en.synonyms]
ixp = "internet-exchange-point"
"""


def own() -> Outline:
    return read_outline("own", OWN)


def test_an_outline_says_otherwise_what_it_says_and_nothing_else() -> None:
    with written_in("en", own().words["en"]):
        assert how_many(4, 20) == "quite a few delegations"
        assert how_many(2, 20) == "two delegations"
        assert in_turn("active", "trend", 1) == "{also}remarked that"
        assert in_turn("active", "recommendation", 0) == "{also}recommended that"
        assert (one_of("headings", "C2"), one_of("headings", "C4")) == ("Cables", "Capacity-building")
        assert "point" in terms_of("ixp", short_forms())
    assert how_many(4, 20) == "several delegations"
    assert "point" not in terms_of("ixp", short_forms())


PAST = f"""title = "Own"
{CHAPTER}
[words.en.past]
leapfrogs = "leapfrogged"
remains = "remains"
[words.en.past_plural]
leapfrog = "leapfrogged"
[words.en.past_before]
fuels = "fuelled"
"""


def test_an_outline_adds_and_changes_past_tenses() -> None:
    said = "it leapfrogs, it remains, islands leapfrog and fuel fuels a fire"
    assert in_the_past(said) == "it leapfrogs, it remained, islands leapfrog and fuel fuels a fire"
    with written_in("en", read_outline("own", PAST).words["en"]):
        assert in_the_past(said) == "it leapfrogged, it remains, islands leapfrogged and fuel fuelled a fire"
        assert is_clause("One leapfrogs")
    assert not is_clause("One leapfrogs")


def test_a_report_is_compiled_in_the_words_of_its_outline(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {**outlines.all_outlines(), "own": own()}
    monkeypatch.setattr(outlines, "all_outlines", lambda: found)
    session = make.session(make.meeting())
    make_review.note(session, organization="ITU")
    texts = {name: make_review.report(session.meeting, name=name, outline=name) for name in ("own", "kinds")}
    assert "ITU remarked that" in make_review.texts(texts["own"], "all")[0]
    assert "remarked" not in make_review.texts(texts["kinds"], "trends")[0]


@pytest.mark.parametrize(
    ("words", "line", "reason"),
    [
        ('[words.de.topics]\nC2 = "x"', 6, "may be only of: en, fr"),
        ('[words.en.verbs]\ntrend = "x"', 6, "may have only the tables: active"),
        ('[words.en.active]\ntrend = "noted that"', 7, "active.trend: this is a list"),
        ("[words.en.active]\nlaunch = []", 7, "one at least"),
        ('[words.en.active]\nrumour = ["said that"]', 7, "this may be only: "),
        ('[words.en.active]\n\ntrend = ["{often}noted that"]', 8, "{often} may not stand here; only {also}, {a}"),
        ("[words.en.quantifiers]\nfew = 3", 7, "this is a text"),
        ('[words.en.quantifiers]\nfew = "three {"', 7, "not closed"),
        ('[words.en.opening]\nviews = ["{many} spoke."]', 7, "{topic} is missing"),
        ("[words.en.thresholds]\nfew = 2", 7, "3 at least"),
        ("[words.en.thresholds]\nhalf = 5", 7, "a share between 0 and 1"),
        ("[words.en.thresholds]\nfew = 9", 6, "few has to be below some"),
        ('[words.en.headings]\nC99 = "x"', 7, "this may be only: C1"),
        ('[words.en.synonyms]\nIXP = "x"', 7, "small letters"),
        ('[words.en.past]\nGrows = "grew"', 7, "past.Grows: a verb is one word in small letters"),
        ('[words.en.past_plural]\n\ngrow = ["grew"]', 8, "past_plural.grow: this is the past of a verb"),
        ('[words.en.past_before]\nlinks = "linked {it}"', 7, "this is the past of a verb"),
        ('[words.en.we]\nplan = ""', 7, "this is the past of a verb"),
    ],
)
def test_a_fault_in_the_words_is_told_with_its_line(words: str, line: int, reason: str) -> None:
    with pytest.raises(FaultyOutline) as told:
        read_outline("own", f'title = "Own"\n{CHAPTER}{words}\n')
    assert reason in str(told.value)
    assert told.value.line == line


def test_a_language_or_a_title_that_is_not_known_is_a_fault() -> None:
    for text, line in (
        (f'title = "Own"\nlanguage = "de"\n{CHAPTER}', 2),
        (f'title = "Own"\n{CHAPTER}titles = {{ fr = 3 }}', 6),
    ):
        with pytest.raises(FaultyOutline) as told:
            read_outline("own", text)
        assert told.value.line == line
    assert read_outline("own", f'title = "Own"\nlanguage = "fr"\n{CHAPTER}').language == "fr"

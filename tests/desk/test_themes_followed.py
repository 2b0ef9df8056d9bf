"""Themes of a meeting's own in its file, its copies, its package, its inputs, its cards and its reports."""

from dataclasses import replace

import pytest
from flask import Flask

from eventapp.desk.languages.actions import delete_texts, take_language_out
from eventapp.desk.languages.queries import texts_by_language
from eventapp.desk.starting.actions import start
from eventapp.desk.starting.content import AT_FIRST, Beginning, copied
from eventapp.desk.texts.queries import missing_texts
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.inputs.forms import InputForm
from eventapp.meeting_file.actions import load
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.reader import Faulty, read
from eventapp.meeting_file.writer import write
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.meetings.removal.dependents import remove_rows
from eventapp.meetings.themes.content import OwnLine, ThemeSet, as_record
from eventapp.meetings.themes.queries import themes_of
from eventapp.package.actions import bring_in
from eventapp.package.export.meeting import filled
from eventapp.package.manifest.validation import nonsense_in
from eventapp.practices.forms import CardForm
from tests import make, make_record, make_review

LINES = (OwnLine("P1", "Skills", {"fr": "Compétences"}), OwnLine("P2", "Finance"))
PRIORITIES = ThemeSet("set1", "Priorities", {"fr": "Priorités"}, LINES)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring", languages=["en", "fr"], themes=as_record([PRIORITIES, ThemeSet("sdg")]))


def test_a_meeting_file_says_them_and_brings_them_back(meeting: Meeting) -> None:
    make.category(meeting, protocol_order=1)
    text = write(content_of(meeting))
    with transaction():
        load(read(text.replace("slug: spring", "slug: summer")), by=None, at=make.TODAY)
        assert load(read(text), by=None, at=make.TODAY) == []
    other = meeting_at("summer")
    assert other is not None
    assert themes_of(other) == themes_of(meeting)
    make_record.note(make.session(meeting, code="S1"), action_lines=["P1"])
    with pytest.raises(Refused, match="carry the theme P1"):
        load(replace(content_of(meeting), themes=()), by=None, at=make.TODAY)


def test_no_themes_at_all_is_said_in_a_file_too(meeting: Meeting) -> None:
    meeting.themes = as_record([])
    file = content_of(meeting)
    assert [one.code for one in file.themes] == ["none"]
    with transaction():
        load(read(write(file).replace("slug: spring", "slug: summer")), by=None, at=make.TODAY)
    other = meeting_at("summer")
    assert other is not None
    assert themes_of(other).sets == ()
    assert content_of(make.meeting(slug="usual")).themes == ()


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("code: P1", "code: C7", "“C7” is the number of an action line or a goal"),
        ("code: P2", "code: P1", "The theme “P1” is already on line"),
        ("code: P2", "code: p2", "Write it like P1"),
        ("name: Priorities", "name:", "The set “set1” has no name"),
        ("code: sdg", "code: none", "“none” stands alone"),
        ("language: fr\n            title", "language: th\n            title", "is no other language of the meeting"),
    ],
)
def test_a_file_is_told_what_is_wrong_at_its_line(meeting: Meeting, before: str, after: str, says: str) -> None:
    text = write(content_of(meeting))
    assert before in text
    with pytest.raises(Faulty) as found:
        read(text.replace(before, after, 1))
    assert any(says in str(fault) for fault in found.value.faults)


def test_a_copy_has_them(meeting: Meeting) -> None:
    wanted = Beginning(
        slug="next", title="Next", starts=meeting.starts_on, ends=meeting.ends_on, venue="V", city="C", country="THA",
        zone=meeting.zone, organization="O", organizer="Ada", email="ada@example.org",
    )  # fmt: skip
    by = make.administrator()
    with transaction():
        start(copied(content_of(meeting), wanted, make.TODAY, {"themes"}), by=by, at=make.TODAY)
    copy = meeting_at("next")
    assert copy is not None
    assert themes_of(copy) == themes_of(meeting)
    assert "themes" in AT_FIRST


def test_a_package_has_them_with_the_notes_that_carry_them(meeting: Meeting) -> None:
    make_record.note(make.session(meeting, code="S1"), action_lines=["P2"], state="published")
    package = filled(meeting, "public").package
    assert [one.code for one in package.meeting.themes] == ["set1", "sdg"]
    assert not list(nonsense_in(package))
    themes = themes_of(meeting)
    with transaction():
        remove_rows(meeting)
        other = bring_in(package, contact="ada@example.org", by=None, at=make.TODAY)
    assert themes_of(other) == themes
    wrong = replace(package, meeting=replace(package.meeting, themes=()))
    assert any("'P2'" in one for one in nonsense_in(wrong))


def test_texts_in_other_languages_count_them(meeting: Meeting) -> None:
    assert missing_texts(meeting)["fr"]["themes"] == 1  # Finance


def test_what_they_are_called_in_a_language_goes_with_it(meeting: Meeting) -> None:
    by = make.administrator()
    with transaction():
        take_language_out(meeting, "fr", by=by, at=make.TODAY)
        assert texts_by_language(meeting) == {"fr": 2}
        delete_texts(meeting, "fr", by=by, at=make.TODAY)
    assert texts_by_language(meeting) == {}
    assert themes_of(meeting).lines["P1"].label == "P1 Skills"


def test_inputs_and_cards_ask_for_them(meeting: Meeting) -> None:
    themes = themes_of(meeting)
    assert [code for code, *_more in InputForm(themes=themes).lines] == ["P1", "P2"]
    card = CardForm(themes=themes)
    assert card.action_lines.label.text == "Themes"
    assert card.action_lines.choices == [("P1", "P1 Skills"), ("P2", "P2 Finance")]


def test_a_report_tells_notes_of_one_theme_below_its_name(meeting: Meeting) -> None:
    for code, line in (("S1", "P1"), ("S2", "P2")):
        session = make.session(meeting, code=code, kind="trends")
        for words in ("Prices fell in all countries.", "Schools have computers now."):
            make_record.note(session, words, action_lines=[line], state="approved")
    db.session.commit()
    report = make_review.report(meeting)
    headings = {paragraph.heading for paragraph in make_review.paragraphs(report)}
    assert {"Skills", "Finance"} <= headings

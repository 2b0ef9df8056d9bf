"""From a paragraph to who said it where, from a note to where it is used, and from a session to what became of it."""

from datetime import timedelta

import pytest
from flask import Flask

from eventapp.floor.models import Statement
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.people.models import Person
from eventapp.record.notes.models import APPROVED, DRAFT, Note
from eventapp.review.actions import leave_out
from eventapp.review.evidence.citable import MOST, citable
from eventapp.review.evidence.uses import places_in, uses_of
from eventapp.review.paragraphs import actions as editing
from eventapp.review.paragraphs import arranging
from eventapp.review.reports.models import Report
from eventapp.review.reports.queries import notes_for
from eventapp.review.versions.printed import printed
from tests import make, make_inputs, make_review
from tests.browserless import PageClient
from tests.make_practices import sent
from tests.make_review import paragraphs

pytestmark = pytest.mark.usefixtures("_apart")

LATER = make.TODAY + timedelta(hours=9)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(mandate=[], objectives=[])


@pytest.fixture
def editor(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, ORGANIZER))


def address(report: Report, tail: str = "") -> str:
    return f"/meetings/{report.meeting.slug}/review/reports/{report.name}{tail}"


def evidence(report: Report, tail: str = "") -> str:
    """The page of what the last paragraph rests on."""
    return address(report, f"/paragraphs/{paragraphs(report)[-1].id}/evidence{tail}")


def test_the_editor_leaves_what_a_source_says_to_the_page_of_its_paragraph(
    meeting: Meeting, editor: PageClient
) -> None:
    make_review.note(make.session(meeting), text="Prices fall.", speaker="Samira Haddad")
    report = make_review.report(meeting)
    assert "Samira Haddad" not in editor.get(address(report)).text
    assert "Samira Haddad" in editor.get(evidence(report)).text


def test_the_evidence_of_a_removed_paragraph_and_of_one_without_any_can_be_read(
    meeting: Meeting, editor: PageClient
) -> None:
    make_review.note(make.session(meeting), text="Prices fall.")
    report = make_review.report(meeting)
    removed, page = paragraphs(report)[-1], evidence(report)
    with transaction():
        editing.remove(removed, by=None, at=LATER)
    assert "Evidence for paragraph –" in editor.get(page).text
    assert "It rests on no note yet." in editor.get(evidence(report)).text  # the one before it is fixed text


def test_the_number_of_each_paragraph_is_the_one_that_is_printed(meeting: Meeting) -> None:
    session = make.session(meeting)
    for text in ("Prices fall.", "Prices rise.", "Radio is heard."):
        make_review.note(session, text=text)
    report = make_review.report(meeting)
    with transaction():
        arranging.indent(paragraphs(report)[-1], 1, by=None, at=LATER)
    with transaction():
        editing.remove(paragraphs(report)[-3], by=None, at=LATER)
    places = places_in(report)
    assert list(places.values())[-2:] == ["2", "2 (a)"]
    assert places == {number: paragraph.place for number, (paragraph, _numeral) in printed(report).items()}


def test_the_evidence_of_a_paragraph_says_who_said_it_when_and_in_which_statement(
    meeting: Meeting, editor: PageClient
) -> None:
    session = make.session(meeting, code="S2", title="Trends of the region")
    note = make_review.note(session, text="Prices fall.", speaker="Samira Haddad", organization="ITU")
    make_review.revise(note, text="Prices fall fast.", speaker="Samira Haddad", organization="ITU")
    at = make.TODAY
    turn = make.kept(
        Statement(
            session_id=session.id, name="Samira Haddad", asked_at=at, started_at=at,
            ended_at=at + timedelta(minutes=4), place=1, pauses=[],
        )
    )  # fmt: skip
    with transaction():
        db.session.get_one(Note, note.id).statement_id = turn.id
    report = make_review.report(meeting)
    paragraph = paragraphs(report)[-1]
    chip = f'/paragraphs/{paragraph.id}/evidence#src-{paragraph.id}-{note.id}"'
    assert chip in editor.get(address(report)).text
    page = editor.get(evidence(report)).text

    panel = page.split(f'id="src-{paragraph.id}-{note.id}"')[1].split('class="source"')[0]
    assert f"Evidence for paragraph {places_in(report)[paragraph.id]}" in page
    for words in (
        note.reference,
        "2 of 2",
        "Trends of the region",
        "Samira Haddad",
        "ITU",
        "2 March 2026",
        "Prices fall fast.",
    ):
        assert words in panel, words
    assert "/sessions/S2/floor" in panel or "/S2/floor" in panel


@pytest.mark.parametrize("kind", ["card", "input"])
def test_the_evidence_leads_to_the_card_or_input_it_was_made_from(
    meeting: Meeting, editor: PageClient, kind: str
) -> None:
    session = make.session(meeting, code="S2")
    if kind == "card":
        number, path = sent(session)[0].number, "practices"
    else:
        make_inputs.call(meeting)
        number, path = make_inputs.sent(meeting).number, "inputs"
    note = make_review.note(session)
    with transaction():
        db.session.get_one(Note, note.id).origin = f"{kind}:{number}"
    link = f"/meetings/{meeting.slug}/{path}/{number}"
    page = editor.get(evidence(make_review.report(meeting)))
    assert link in page.text.replace("/manage", "")


def test_a_source_that_is_off_the_record_now_is_not_read_in_the_editor(meeting: Meeting, editor: PageClient) -> None:
    note = make_review.note(make.session(meeting), text="Prices fall.")
    report = make_review.report(meeting)
    [*_others, last] = paragraphs(report)
    with transaction():
        editing.rewrite(last, "Cut.", version=last.version, by=None, at=LATER)
    assert "Prices fall." in editor.get(evidence(report)).text
    make_review.revise(note, text="Prices fall.", off_record=True)
    page = editor.get(evidence(report)).text
    assert "Off the record now" in page
    assert "Prices fall." not in page.split('id="src-')[1]


def test_a_note_says_where_it_is_used_and_why_it_was_left_out(meeting: Meeting, editor: PageClient) -> None:
    session = make.session(meeting, code="S2")
    note = make_review.note(session, text="Prices fall.")
    edit = f"/meetings/{meeting.slug}/record/S2/{note.number}"
    assert "in no report yet" in editor.get(edit).text
    report = make_review.report(meeting)
    paragraph = paragraphs(report)[-1]
    page = editor.get(edit).text
    assert f"{address(report)}#para-{paragraph.id}" in page
    assert "Summary report, paragraph " in page

    with transaction():
        editing.remove(paragraph, by=None, at=LATER)
    with transaction():
        leave_out(report, db.session.get_one(Note, note.id), "Said elsewhere.", by=None, at=LATER)
    page = editor.get(edit).text
    assert "in no report yet" not in page
    assert "Said elsewhere." in page
    assert "#para-" not in page


def test_a_session_says_what_became_of_each_of_its_notes(app: Flask, meeting: Meeting, editor: PageClient) -> None:
    session = make.session(meeting, code="S2")
    used, unused = make_review.note(session), make_review.note(session, state=DRAFT, title="Not cleared")
    report = make_review.report(meeting)
    page = editor.get(f"/meetings/{meeting.slug}/record/S2/uses").text
    assert "2 notes, 1 in a report" in page
    assert (used.reference in page, unused.reference in page) == (True, True)
    assert "Summary report, paragraph 2" in page
    assert "Not cleared" in page
    assert [one.place for one in uses_of([used])[used.id].uses] == ["2"]
    assert report.version == 0


def test_the_rapporteur_of_the_session_reads_it_without_a_link_to_the_editor(app: Flask, meeting: Meeting) -> None:
    session = make.session(meeting, code="S2")
    make_review.note(session)
    make_review.report(meeting)
    person = db.session.get_one(Person, make.person("Rapporteur of S2").id)
    make.role(session, "rapporteur", person_id=person.id, name=person.name)
    client = app.test_client()
    assert isinstance(client, PageClient)
    client.sign_in(person)
    page = client.get(f"/meetings/{meeting.slug}/record/S2/uses")
    assert page.status_code == 200
    assert "Summary report, paragraph 2" in page.text
    assert "/review/reports/" not in page.text


def test_a_note_is_found_by_its_words_and_cited(meeting: Meeting, editor: PageClient) -> None:
    session = make.session(meeting, code="S2")
    make_review.note(session, text="Prices fall.")
    report = make_review.report(meeting)
    other = make_review.note(session, text="Undersea cables reach Tonga.", organization="Tonga Cable")
    found = editor.get(evidence(report, "?q=cable+tong")).text
    assert "Undersea cables reach Tonga." in found
    assert f"Cite {other.reference}" in found
    assert "No cleared note has all these words." in editor.get(evidence(report, "?q=zebra")).text
    editor.post(evidence(report), data={"note": other.reference})
    assert [one.note_id for one in paragraphs(report)[-1].evidence][-1] == other.id
    again = editor.get(evidence(report, "?q=cable+tong")).text
    assert "Cited here already" in again
    assert f"Cite {other.reference}" not in again


def test_a_reference_finds_its_own_note_and_a_search_shows_a_dozen(meeting: Meeting, editor: PageClient) -> None:
    session = make.session(meeting, code="S2")
    places = ["in Vientiane", *["elsewhere"] * (MOST + 1)]  # words, for a number may begin a reference too
    notes = [make_review.note(session, text=f"Broadband {place}.") for place in places]
    report = make_review.report(meeting)
    cleared = notes_for(report)
    assert len(citable(cleared, "broadband")) == MOST + 2
    page = editor.get(evidence(report, "?q=broadband")).text
    assert f"{MOST + 2} notes found for paragraph" in page
    assert f"The first {MOST} are shown: more words find fewer." in page
    assert page.partition('class="found"')[2].partition("</ul>")[0].count("<li>") == MOST
    assert "are shown" not in editor.get(evidence(report, "?q=broadband+vientiane")).text
    assert [one.id for one in citable(cleared, notes[0].reference)] == [notes[0].id]
    assert citable(cleared, " -- ") == []
    assert {one.state for one in cleared} == {APPROVED}

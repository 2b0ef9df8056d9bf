"""The neutral wording of a note: proposed from its words, refused where it names somebody, and stored by hand alone."""

from typing import Any

import pytest
from flask import Flask

from eventapp.ground.refusal import Refused
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR
from eventapp.record.notes.content import Figure, NoteContent
from eventapp.record.notes.queries import notes_of
from eventapp.record.reading.neutral import fault_in_neutral, proposed
from tests import make
from tests.browserless import PageClient
from tests.make_record import draft, note

FIJI: dict[str, Any] = {"organization": "Fiji", "country": "FJI", "stakeholder_type": "government"}
BUILT = "My Government has built three cables. We plan a fourth, and our islands depend on it."
NEUTRAL = "One Government has built three cables. It plans a fourth, and its islands depend on it."


def said(text: str, **facts: Any) -> NoteContent:
    return NoteContent("trend", text, **{**FIJI, **facts})


@pytest.mark.parametrize(
    ("text", "facts", "wording"),
    [
        (BUILT, {}, NEUTRAL),
        ("Fiji stated that prices fall.", {}, "It was stated that prices fall."),
        ("The representative of Fiji informed the meeting that prices fall.", {}, "It was stated that prices fall."),
        ("Fiji has two cables, and Fiji’s islands have none.", {}, "One Government has two cables, and its islands have none."),
        ("In Fiji, every school is connected.", {}, "In one country, every school is connected."),
        ("Our islands depend on a cable. We carry the cost.", {}, "The islands depend on a cable. One Government carries the cost."),
        ("Ms. Haddad recommended that the office study prices.", {"speaker": "Samira Haddad"}, "It was recommended that the office study prices."),
        ("ITU will keep the portal.", {"organization": "ITU", "country": "", "stakeholder_type": "un"}, "One United Nations body will keep the portal."),
        ("Nous avons formé 60 femmes et nous soutenons les écoles.", {"language": "fr"}, "Une délégation gouvernementale a formé 60 femmes et elle soutient les écoles."),
        ("La Thaïlande a déclaré que les îles attendent.", {"organization": "", "country": "THA", "language": "fr"}, "Il a été déclaré que les îles attendent."),
    ],
)  # fmt: skip
def test_a_wording_is_proposed_that_names_nobody(app: Flask, text: str, facts: dict[str, Any], wording: str) -> None:
    with app.test_request_context():
        assert proposed(said(text, **facts)) == wording


@pytest.mark.parametrize(
    "text",
    [
        "Prices fall in the region.",  # names nobody as it is
        "I thank the hosts.",
        "Tuvalu has a cable, and Fiji has two.",  # another State is the subject
        "The strategy Digital Fiji 2030 connects every village.",  # a name of which the State's is a part
    ],
)
def test_what_needs_no_wording_or_cannot_have_one_by_rule_has_no_proposal(app: Flask, text: str) -> None:
    with app.test_request_context():
        assert proposed(said(text)) == ""


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("Villages in Fiji are connected.", "Fiji"),
        ("Tuvalu has a cable.", "Tuvalu"),
        ("It was said by Haddad.", "Haddad"),
        ("We have a cable.", "We"),
        ("One Government connects 97 per cent.", "97 per cent"),
        ("One Government connects 96 per cent.", ""),
        ("One Government calls it “our cable”.", ""),
        ("The US is far.", ""),
    ],
)
def test_a_wording_says_nobody_and_nothing_that_the_note_does_not_say(app: Flask, words: str, fault: str) -> None:
    now = said("96 per cent of us are connected.", speaker="Samira Haddad", figures=(Figure("96 per cent"),))
    with app.test_request_context():
        found = fault_in_neutral(words, now)
    assert fault in found if fault else not found


def test_it_is_refused_wherever_a_note_is_kept(app: Flask) -> None:
    session = make.session(make.meeting())
    with app.test_request_context(), pytest.raises(Refused, match="Fiji"):
        note(session, BUILT, neutral="Fiji has built three cables.", **FIJI)
    assert notes_of(session) == []
    assert note(session, BUILT, neutral=NEUTRAL, **FIJI).current.neutral == NEUTRAL


def test_it_is_offered_at_the_note_and_stored_when_it_is_saved(client: PageClient) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    row = note(session, BUILT, **FIJI)
    page = f"/meetings/{meeting.slug}/record/{session.code}/{row.number}"
    sent = {"kind": "trend", "text": BUILT, "base": "1", "ceiling": "nobody", "organization": "Fiji", "country": "FJI",
            "stakeholder_type": "government"}  # fmt: skip

    shown = client.get(page).text
    assert NEUTRAL in shown and 'value="wording"' in shown
    filled = client.post(page, data={**sent, "suggest": "wording"})
    assert f">{NEUTRAL}</textarea>" in filled.text.replace(">\r\n", ">") and 'value="wording"' not in filled.text
    assert notes_of(session)[0].current.neutral == ""  # a press fills the field; nothing is stored

    wrong = client.post(page, data={**sent, "neutral": "Fiji has built three cables."})
    assert (wrong.status_code, 'id="neutral-error"' in wrong.text) == (422, True)
    assert notes_of(session)[0].head == 1
    assert client.post(page, data={**sent, "neutral": NEUTRAL}).status_code in (302, 303)
    assert notes_of(session)[0].current.neutral == NEUTRAL
    assert "Neutral wording" in client.get(f"{page}/revisions").text


def test_a_new_note_is_offered_its_wording_where_the_page_is_asked(client: PageClient) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    record = f"/meetings/{meeting.slug}/record/{session.code}"
    assert 'value="wording"' not in client.get(record).text
    asked = client.post(record, data={"kind": "trend", "text": BUILT, "suggest": "1", "country": "FJI"})
    assert NEUTRAL in asked.text and notes_of(session) == []


def test_a_draft_says_nothing_else_for_it() -> None:
    assert draft().neutral == ""


def test_who_approves_a_note_reads_its_neutral_wording(client: PageClient) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    note(session, BUILT, neutral=NEUTRAL, state="submitted", **FIJI)
    client.sign_in(make.staff(meeting, ORGANIZER))
    assert NEUTRAL in client.get(f"/meetings/{meeting.slug}/manage/outcomes").text

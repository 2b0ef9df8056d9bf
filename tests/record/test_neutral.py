"""The neutral wording of a note: proposed from its words, refused where it names somebody, and stored by hand alone."""

from dataclasses import replace
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
    ("kind", "text", "wording"),
    [
        ("commitment", "We will train 1,000 nurses by 2027.", "A commitment was made to train 1,000 nurses by 2027."),
        ("commitment", "Fiji undertakes to build two cables.", "A commitment was made to build two cables."),
        ("commitment", "We commit to sharing our code.", "One Government commits to sharing its code."),
        ("challenge", "We are concerned that prices rise.", "Concern was expressed that prices rise."),
        ("challenge", "Fiji expressed concern at the cost.", "Concern was expressed about the cost."),
        ("recommendation", "We ask the secretariat to study prices.", "A request was made to the secretariat to study prices."),
        ("recommendation", "Fiji calls for a regional fund.", "A call was made for a regional fund."),
        ("recommendation", "We should share our data.", "Steps should be taken to share the data."),
        ("announcement", "Fiji announced that it will host the session.", "It was announced that one Government will host the session."),
        ("good-practice", "In Fiji we trained 100 women.", "In one country it trained 100 women."),
        ("opportunity", "We hope that prices fall.", "The hope was expressed that prices fall."),
        ("agreement", "We agree to share data.", "It was agreed to share data."),
        ("debated-issue", "We do not agree with the proposal.", "Disagreement was expressed with the proposal."),
        ("quote", "We are one ocean.", "“We are one ocean.”"),
        ("quote", "Fiji is one ocean.", ""),  # what is quoted is never rewritten
        ("trend", "We are concerned that prices rise.", "One Government is concerned that prices rise."),
    ],
)  # fmt: skip
def test_the_kind_of_a_note_says_how_its_wording_reads(app: Flask, kind: str, text: str, wording: str) -> None:
    with app.test_request_context():
        assert proposed(replace(said(text), kind=kind)) == wording


@pytest.mark.parametrize(
    ("kind", "text", "wording"),
    [
        ("commitment", "Les Fidji s’engagent à poser deux câbles.", "L’engagement a été pris de poser deux câbles."),
        ("commitment", "Nous nous engageons à partager nos données.", "Une délégation gouvernementale s’engage à partager ses données."),
        ("challenge", "Nous sommes préoccupés par le coût du transit.", "Il a été fait part de préoccupations suscitées par le coût du transit."),
        ("recommendation", "Nous demandons au secrétariat d’étudier les prix.", "Il a été demandé au secrétariat d’étudier les prix."),
        ("agreement", "Nous convenons de partager les données.", "Il a été convenu de partager les données."),
        ("trend", "Les Fidji ont deux câbles et nous dépendons de ces câbles.", "Une délégation gouvernementale a deux câbles et elle dépend de ces câbles."),
        ("quote", "Nous sommes un seul océan.", "« Nous sommes un seul océan. »"),
    ],
)  # fmt: skip
def test_so_it_does_in_french(app: Flask, kind: str, text: str, wording: str) -> None:
    with app.test_request_context():
        assert proposed(replace(said(text, language="fr"), kind=kind)) == wording


def test_what_only_some_agreed_is_not_said_to_be_agreed(app: Flask) -> None:
    one = replace(said("We agree to share data.", support="one-voice"), kind="agreement")
    with app.test_request_context():
        assert proposed(one) == "Readiness was expressed to share data."


def test_the_wording_on_the_page_follows_the_kind(client: PageClient) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    record, sent = f"/meetings/{meeting.slug}/record/{session.code}", {"text": "We will train nurses.", "suggest": "1"}
    as_trend = client.post(record, data={**sent, "kind": "trend", "country": "FJI"}).text
    as_commitment = client.post(record, data={**sent, "kind": "commitment", "country": "FJI"}).text
    assert "One Government will train nurses." in as_trend
    assert "A commitment was made to train nurses." in as_commitment


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

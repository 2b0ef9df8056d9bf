"""The fields of a note beside its words: each is kept, checked and told."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from eventapp.meetings.models import RAPPORTEUR
from eventapp.record.capture.forms import NoteForm, typed
from eventapp.record.notes.content import Figure, content_from, content_of
from eventapp.record.notes.difference import changes
from eventapp.record.notes.queries import notes_of
from eventapp.record.sessions.speakers import speakers_of
from tests import make
from tests.browserless import PageClient
from tests.make_record import draft, note

SENT: dict[str, Any] = {
    "kind": "good-practice",
    "text": "A national portal lists every course.",
    "action_lines": ["C4"],
    "targets": "17.8, 9.C",
    "partners": "ITU\n\nMinistry of Education",
    "replicability": "Open source, and translated.",
    "sustainability": "Paid for by the universal service fund.",
    "gender_relevance": "Half of the learners are women.",
    "outlets": ["cstd", "prizes"],
}


def address(client: PageClient) -> tuple[Any, str]:
    meeting = make.meeting()
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    session = make.session(meeting)
    return session, f"/meetings/{meeting.slug}/record/{session.code}"


@pytest.mark.parametrize(
    ("speaker", "organization"), [("", "ESCAP"), ("Samira Haddad", "ITU"), ("Samira Haddad", ""), ("", "")]
)
def test_who_said_it_is_the_same_after_a_note_was_opened_and_saved(app: Flask, speaker: str, organization: str) -> None:
    session = make.session(make.meeting())
    before = draft(speaker=speaker, organization=organization)
    with app.test_request_context():
        fields = NoteForm(session, [], data=typed(before))
        sent = NoteForm(session, [], MultiDict({name: fields[name].data or "" for name in ("speaker", "organization")}))
        said = sent.said()
    assert (said.speaker, said.organization) == (speaker, organization)


def test_every_field_of_the_form_is_kept_and_shown_again(client: PageClient) -> None:
    session, record = address(client)

    assert client.post(record, data=SENT).status_code == 303

    [made] = notes_of(session)
    now = made.current
    assert (now.targets, now.goals) == (["9.c", "17.8"], [9, 17])  # a target is of its goal
    assert now.partners == ["ITU", "Ministry of Education"]
    assert now.outlets == ["prizes", "cstd"]
    page = client.get(f"{record}/{made.number}").text
    for words in (
        "9.c, 17.8",
        "Ministry of Education",
        *(SENT[name] for name in ("replicability", "sustainability", "gender_relevance")),
    ):
        assert words in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"targets": "9.z"}, "There is no target 9.z."),
        ({"targets": "18.1"}, "There is no target 18.1."),
        ({"replicability": "word " * 51}, "Take out 1 word."),
        ({"gender_relevance": "word " * 53}, "Take out 3 words."),
        ({"outlets": ["newspaper"]}, "valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client: PageClient, wrong: dict[str, Any], said: str) -> None:
    session, record = address(client)

    sent = client.post(record, data={**SENT, **wrong})

    assert sent.status_code == 422
    assert said in sent.text or "valid choice" in sent.text
    assert notes_of(session) == []


def test_limits_are_counted_in_words_and_characters(client: PageClient) -> None:
    _session, record = address(client)
    page = client.get(record).text
    assert page.count('<word-count for="') == 4
    assert '<word-count for="title" most="120" letters>0</word-count>' in page
    assert '<word-count for="replicability" most="50">0</word-count>' in page


def test_a_figure_without_a_source_is_flagged_at_the_note(client: PageClient) -> None:
    session, record = address(client)
    note(session, figures=(Figure("60 women", "Project report"),))
    assert "not publishable" not in client.get(record).text
    note(session, figures=(Figure("59 women"),))
    assert client.get(record).text.count("Figure without a source: not publishable") == 1


def test_an_older_copy_in_a_browser_is_read_as_it_is() -> None:
    old: dict[str, Any] = {"kind": "trend", "text": "Words.", "due_on": None, "figures": []}
    assert content_from(old).targets == ()


def test_the_history_tells_what_changed_in_them(app: Flask) -> None:
    before = note(make.session(make.meeting()))
    after = draft(targets=("9.c",), partners=("ITU",), outlets=("cstd",), replicability="Yes.")
    told = {change.what for change in changes(content_of(before.current), after.tidy(before.session))}
    assert told == {"Targets", "Partners", "Suggested for", "Replicability", "Goals"}


def test_who_has_no_organization_on_the_agenda_speaks_for_their_delegation(app: Flask) -> None:
    meeting = make.meeting()
    registration = make.registration(meeting, person=make.person("Tashi Dorji"))
    session = make.session(meeting)
    make.role(session, person_id=registration.person_id, name="Tashi Dorji", organization="")
    make.role(session, person_id=make.person("Ada").id, name="Ada", organization="ITU")

    first, second = speakers_of(session)

    assert (first.organization, first.country) == (registration.delegation.name, registration.delegation.country)
    assert first.label == f"Tashi Dorji, {registration.delegation.name}"
    assert second.organization == "ITU"

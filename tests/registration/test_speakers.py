"""Speakers who are not registered: found, invited by one press, and parts linked to who is registered."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import SpeakingRole
from eventapp.desk.attention.lines import Look
from eventapp.desk.attention.speakers import unregistered
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.invitations.actions import write_next
from eventapp.registration.invitations.models import Invitation
from eventapp.registration.invitations.speakers import manage
from eventapp.registration.invitations.speakers.queries import counted, speakers
from tests import make
from tests.browserless import PageClient
from tests.counting import counted as queries

HERE = "/meetings/spring/manage/speakers"


@pytest.fixture(autouse=True)
def _today(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manage, "now", lambda: make.TODAY)


@pytest.fixture
def meeting() -> Meeting:
    meeting = make.meeting(slug="spring", capacity=50)
    make.category(meeting, code="STA", represents="state")
    make.category(meeting, code="SPK", represents="organization", takes_registrations=False)
    return meeting


@pytest.fixture
def organizer(client: PageClient, meeting: Meeting) -> PageClient:
    client.sign_in(make.staff(meeting, "organizer"))
    return client


def speaker(meeting: Meeting, name: str, role: str = "speaker", **facts: object) -> SpeakingRole:
    """A part of somebody with an address in a session of its own, two weeks from TODAY."""
    return make.role(make.session(meeting), role, name=name, person_id=make.person(name).id, **facts)


def names(meeting: Meeting, days: int = 0) -> list[str]:
    return [one.person.name for one in speakers(meeting, make.TODAY + timedelta(days=days), None).rows]


def today(meeting: Meeting) -> list[tuple[str, str, str]]:
    lines = unregistered(Look(meeting, make.TODAY, ()))
    return [(line.what, line.why, line.verb) for line in lines]


def test_who_speaks_and_is_not_registered(meeting: Meeting) -> None:
    speaker(meeting, "Ane Tabai")
    there = speaker(meeting, "Bo There")
    make.registration(meeting, person=there.person)
    gone = speaker(meeting, "Cy Gone")
    make.registration(meeting, person=gone.person, state="withdrawn")
    speaker(meeting, "Di Declined", state="declined")
    speaker(meeting, "Ed Ended", ended_at=make.TODAY)
    speaker(meeting, "Fay Writes", "rapporteur")
    elsewhere = make.meeting()
    make.registration(elsewhere, person=speaker(elsewhere, "Gus Elsewhere").person)
    assert names(meeting) == ["Ane Tabai", "Cy Gone"]
    assert names(meeting, days=20) == [], "their sessions are over"
    found = counted(meeting, make.TODAY)
    assert (found.people, found.to_invite, found.nameless) == (2, 1, 0)


def test_one_press_invites_them_once_each_in_their_language(organizer: PageClient, meeting: Meeting) -> None:
    role = speaker(meeting, "Ane TABAI", organization="Ministry of Ink")
    make.role(make.session(meeting), "chair", name="Ane TABAI", person_id=role.person_id)
    with transaction():
        db.session.get_one(Person, role.person_id).language = "fr"
    [(what, why, verb)] = today(meeting)
    assert (what, verb) == ("1 speaker is not registered", "Invite 1") and "Ane TABAI" in why
    page = organizer.get(HERE).text
    assert "Ane TABAI" in page and "Invite 1 speaker" in page and "Not invited" in page
    assert page.index('value="SPK"') < page.index("selected") or 'selected value="SPK"' in page
    for _twice in range(2):
        sent = organizer.post(HERE, data={"kind": "SPK", "skips_approval": "y"})
        assert sent.status_code == 303
    with transaction():
        write_next(make.TODAY)
    [one] = db.session.scalars(select(Invitation))
    assert (one.given_name, one.family_name, one.organization) == ("Ane", "TABAI", "Ministry of Ink")
    assert (one.category.code, one.skips_approval, one.language, one.is_draft) == ("SPK", True, "fr", False)
    [letter] = db.session.scalars(select(Letter).where(Letter.about.startswith("registration_invitation")))
    assert "Vous êtes" in letter.text or "invit" in letter.subject.lower()
    assert db.session.scalar(select(Entry.detail).where(Entry.verb == "invited speakers to register")) is not None
    assert "Invited, no answer" in organizer.get(HERE).text
    assert today(meeting) == [("1 speaker is not registered", "Ane TABAI. Everybody is invited.", "See who")]


def test_a_type_of_participant_that_is_not_there_is_bad_input(organizer: PageClient, meeting: Meeting) -> None:
    speaker(meeting, "Ane Tabai")
    assert organizer.post(HERE, data={"kind": "NOBODY"}).status_code == 422
    assert db.session.scalar(select(Invitation.id)) is None


def test_nobody_is_invited_once_registration_is_over(
    organizer: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    speaker(meeting, "Ane Tabai")
    late = meeting.registration_ends_at
    monkeypatch.setattr(manage, "now", lambda: late)
    refused = organizer.post(HERE, data={"kind": "SPK"})
    assert refused.status_code == 409 and "Registration for this meeting is closed." in refused.text
    assert db.session.scalar(select(Invitation.id)) is None


def test_a_part_without_an_address_is_linked_to_who_is_registered(organizer: PageClient, meeting: Meeting) -> None:
    role = make.role(make.session(meeting), name="Anong SUKSAWAT")
    [line] = today(meeting)
    assert line[0] == "1 role is somebody’s without an address"
    one = make.registration(meeting, record_name="Anong Suksawat", number=7)
    make.registration(meeting, record_name="Anong Other", number=8)
    page = organizer.get(HERE).text
    assert "It is Anong Suksawat, R-0007" in page and "Every speaker is registered" in page
    there = f"{HERE}/{role.id}/link"
    assert organizer.post(there, data={"reference": "R-0007"}).status_code == 303
    db.session.rollback()
    assert db.session.get_one(SpeakingRole, role.id).person_id == one.person_id
    assert counted(meeting, make.TODAY).nameless == 0
    for reference, sentence in (
        ("R-0008", "Somebody changed this role meanwhile."),
        ("R-0099", "Nobody of this meeting has this number any more."),
    ):
        organizer.post(there, data={"reference": reference})
        assert sentence in organizer.get(HERE).text
    db.session.rollback()
    assert db.session.get_one(SpeakingRole, role.id).person_id == one.person_id


def test_the_page_asks_as_often_for_many_as_for_one(organizer: PageClient, meeting: Meeting) -> None:
    counts = []
    for more in (1, 60):
        for number in range(more):
            speaker(meeting, f"Many {more} {number}")
            make.role(make.session(meeting), name=f"Nameless {more} {number}")
        organizer.get(HERE)
        with queries() as count:
            page = organizer.get(HERE).text
        counts.append(len(count))
    assert counts[0] == counts[1]
    assert "Page 1 of 2" in page and "The first 50 are shown." in page


@pytest.mark.parametrize("role", ["steward", "rapporteur"])
def test_only_organizers(client: PageClient, meeting: Meeting, role: str) -> None:
    client.sign_in(make.staff(meeting, role))
    assert client.get(HERE).status_code == 404
    assert client.post(HERE, data={"kind": "SPK"}).status_code == 404

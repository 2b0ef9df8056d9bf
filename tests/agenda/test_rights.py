"""What people with a part in a session may edit of it, as far as the meeting lets them, and nothing else."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from flask import Flask

from eventapp.agenda.models import CONFIRMED, INVITED, Session, SpeakingRole
from eventapp.agenda.releases.actions import draft_difference, release
from eventapp.agenda.releases.live import release_live
from eventapp.agenda.rights.actions import change_rights
from eventapp.agenda.rights.queries import edited_since, opened_to
from eventapp.desk.attention.agenda import unpublished
from eventapp.desk.attention.lines import Look
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.history.queries import entries_of
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.people.models import Person
from tests import make
from tests.browserless import PageClient
from tests.counting import counted
from tests.make import TODAY

EDIT = "/meetings/spring/sessions/S3/edit"
SETTINGS = "/meetings/spring/manage/settings/session-rights"


@pytest.fixture
def session(app: Flask) -> Session:
    session = make.session(make.meeting(slug="spring"), code="S3", title="Opening", summary="Why we meet")
    make.session(session.meeting, code="S4")
    return session


@pytest.fixture
def moderator(session: Session) -> Person:
    person = make.person("Mina Moderator", "mina@example.org")
    make.role(session, "moderator", person_id=person.id, name=person.name)
    return person


def let(meeting: Meeting, **rights: list[str]) -> None:
    with transaction():
        change_rights(meeting, rights, by=None, at=TODAY)


def test_nothing_may_be_edited_until_the_meeting_says_so(
    client: PageClient, session: Session, moderator: Person
) -> None:
    client.sign_in(moderator)
    assert client.get(EDIT).status_code == HTTPStatus.NOT_FOUND
    assert client.post(EDIT, data={"title": "Mine"}).status_code == HTTPStatus.NOT_FOUND
    let(session.meeting, text=["moderator"])
    assert client.get(EDIT).status_code == HTTPStatus.OK
    assert client.get("/meetings/spring/sessions/S4/edit").status_code == HTTPStatus.NOT_FOUND
    let(session.meeting, text=["coordinator"])
    assert client.get(EDIT).status_code == HTTPStatus.NOT_FOUND


def test_title_and_texts_go_into_the_draft_and_nothing_else(
    client: PageClient, session: Session, moderator: Person
) -> None:
    let(session.meeting, text=["moderator"])
    with transaction():
        release(session.meeting, by=None, at=TODAY)
    before = session.ends_at, session.kind, session.links
    client.sign_in(moderator)
    page = client.get(EDIT).text
    assert "Reports to" not in page and "Assign a role" not in page and 'name="links"' not in page
    words = {"title": "Opening of the forum", "summary": "Why", "kind": "closing", "links": "https://example.org x"}
    answer = client.post(EDIT, data={"version": str(session.version), **words})
    assert answer.status_code == HTTPStatus.SEE_OTHER
    db.session.expire_all()
    assert (session.title, session.summary) == ("Opening of the forum", "Why")
    assert (session.ends_at, session.kind, session.links) == before
    assert [one.code for one in draft_difference(session.meeting)] == ["S3"]
    assert ("changed session", "Mina Moderator") in [(one.verb, one.by_name) for one in entries_of(session)]
    assert "Opening of the forum" not in client.get("/meetings/spring/agenda").text


def test_who_edits_an_older_version_reads_both(client: PageClient, session: Session, moderator: Person) -> None:
    let(session.meeting, text=["moderator"])
    client.sign_in(moderator)
    stale = str(session.version)
    client.post(EDIT, data={"version": stale, "title": "First"})
    page = client.post(EDIT, data={"version": stale, "title": "Second"})
    assert page.status_code == HTTPStatus.CONFLICT
    assert "Second" in page.text and "First" in page.text
    assert client.post(EDIT, data={"version": stale, "title": ""}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    db.session.expire_all()
    assert session.title == "First"


def test_material_alone_is_the_links(client: PageClient, session: Session, moderator: Person) -> None:
    let(session.meeting, material=["moderator"])
    client.sign_in(moderator)
    version = str(session.version)
    wrong = client.post(EDIT, data={"version": version, "links": "slides.pdf", "title": "Mine"})
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY and "slides.pdf" in wrong.text
    client.post(EDIT, data={"version": version, "links": "https://example.org/s.pdf Slides", "title": "Mine"})
    db.session.expire_all()
    assert (session.links, session.title) == (["https://example.org/s.pdf Slides"], "Opening")


def test_people_who_do_not_lead(client: PageClient, session: Session, moderator: Person) -> None:
    let(session.meeting, people=["moderator"])
    chair = make.role(session, "chair", name="Carla Chair")
    client.sign_in(moderator)
    assert client.post(EDIT, data={"title": "Mine"}).status_code == HTTPStatus.NOT_FOUND
    people = f"{EDIT}/people"
    for leads in ("moderator", "chair", "coordinator", "rapporteur"):
        answer = client.post(people, data={"role-role": leads, "role-name": "Friend", "role-country": ""})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY, leads
    given = client.post(
        people, data={"role-role": "panellist", "role-name": "Pat", "role-country": "", "confirmed": "1"}
    )
    assert given.status_code == HTTPStatus.SEE_OTHER
    role = db.session.scalars(db.select(SpeakingRole).where(SpeakingRole.name == "Pat")).one()
    assert role.state == CONFIRMED and "Pat" in client.get(EDIT).text
    assert client.get(f"{people}/{chair.id}").status_code == HTTPStatus.NOT_FOUND
    assert client.post(f"{people}/{chair.id}/end").status_code == HTTPStatus.NOT_FOUND
    assert client.get(f"{people}/{role.id}").status_code == HTTPStatus.OK
    client.post(f"{people}/{role.id}", data={"role-name": "Pat Smith", "role-organization": "ITU", "role-country": ""})
    db.session.expire_all()
    assert (role.name, role.organization, chair.ended_at) == ("Pat Smith", "ITU", None)
    client.post(f"{people}/{role.id}/end")
    db.session.expire_all()
    assert role.ended_at is not None


@pytest.mark.parametrize("what", ["asked", "ended", "cancelled", "draft"])
def test_a_part_that_does_not_hold_edits_nothing(
    client: PageClient, session: Session, moderator: Person, what: str
) -> None:
    let(session.meeting, text=["moderator"])
    client.sign_in(moderator)
    assert client.get(EDIT).status_code == HTTPStatus.OK
    [role] = [one for one in session.roles if one.person_id == moderator.id]
    if what == "asked":
        role.state = INVITED
    elif what == "ended":
        role.ended_at = TODAY
    elif what == "cancelled":
        session.cancelled_at = TODAY
    else:
        session.meeting.published_at = None
    db.session.commit()
    assert client.get(EDIT).status_code == HTTPStatus.NOT_FOUND


def test_nothing_of_a_closed_meeting_changes(client: PageClient, session: Session, moderator: Person) -> None:
    let(session.meeting, text=["moderator"])
    session.meeting.closed_at = TODAY
    db.session.commit()
    client.sign_in(moderator)
    assert client.get(EDIT).status_code == HTTPStatus.OK
    assert client.post(EDIT, data={"version": "1", "title": "Late"}).status_code == HTTPStatus.CONFLICT


def test_the_way_there(client: PageClient, session: Session, moderator: Person) -> None:
    let(session.meeting, text=["moderator"])
    with transaction():
        release(session.meeting, by=None, at=TODAY)
    own = "/meetings/spring/sessions/S3"
    assert EDIT not in client.get(own).text
    assert client.get(EDIT).status_code == HTTPStatus.FOUND  # to sign in, and back
    client.sign_in(moderator)
    assert EDIT in client.get(own).text
    assert EDIT not in client.get("/meetings/spring/sessions/S4").text
    assert "/meetings/spring/sessions-to-edit" in client.get("/").text
    assert EDIT in client.get("/meetings/spring/sessions-to-edit").text
    client.sign_in(make.person("Other", "other@example.org"))
    assert EDIT not in client.get(own).text
    assert client.get("/meetings/spring/sessions-to-edit").status_code == HTTPStatus.NOT_FOUND


def test_access_is_one_query(session: Session, moderator: Person) -> None:
    let(session.meeting, text=["moderator"], people=["moderator"])
    for number in range(4):
        make.role(session, "speaker", name=f"Speaker {number}")
    meeting, code = session.meeting, session.code
    assert moderator.id and meeting.id
    with counted() as statements:
        opened = opened_to(moderator, meeting, code)
    assert opened and opened.rights == {"text", "people"}
    assert len(statements) == 1


def test_organizers_read_who_edited(client: PageClient, session: Session, moderator: Person) -> None:
    let(session.meeting, text=["moderator"])
    with transaction():
        last = release(session.meeting, by=None, at=TODAY)
    client.sign_in(moderator)
    client.post(EDIT, data={"version": str(session.version), "title": "Another"})
    organizer = make.staff(session.meeting, ORGANIZER)
    make.role(session, "speaker", person_id=organizer.id, name=organizer.name)
    client.sign_in(organizer)
    client.post(EDIT, data={"version": str(session.version), "title": "By the organizer"})
    assert edited_since(session.meeting, last) == ["Mina Moderator"]
    assert "Edited by people with a role: Mina Moderator." in client.get("/meetings/spring/manage/agenda/releases").text
    [line] = unpublished(Look(session.meeting, TODAY, []))
    assert "Mina Moderator" in line.why


def test_a_version_of_the_day_leaves_what_waits_with_who_edited(
    client: PageClient, session: Session, moderator: Person
) -> None:
    let(session.meeting, text=["moderator"])
    with transaction():
        release(session.meeting, by=None, at=TODAY - timedelta(hours=2))
    client.sign_in(moderator)
    client.post(EDIT, data={"version": str(session.version), "title": "Another"})
    db.session.expire_all()
    later = now() + timedelta(hours=1)  # pages go by the real clock
    with transaction():
        release_live(session.meeting, [moved_by_an_hour(session)], by=None, at=later, remark="Late")
    [line] = unpublished(Look(session.meeting, later, []))
    assert "Mina Moderator" in line.why
    client.sign_in(make.staff(session.meeting, ORGANIZER))
    assert "Edited by people with a role: Mina Moderator." in client.get("/meetings/spring/manage/agenda/releases").text


def moved_by_an_hour(session: Session) -> Session:
    session.starts_at, session.ends_at = (one + timedelta(hours=1) for one in (session.starts_at, session.ends_at))
    return session


def test_organizers_say_who_edits(client: PageClient, session: Session) -> None:
    client.sign_in(make.staff(session.meeting, ORGANIZER))
    page = client.get(SETTINGS).text
    assert "Coordinator" in page and "Interpreter" not in page
    assert client.post(SETTINGS, data={"text": ["moderator", "coordinator"]}).status_code == HTTPStatus.SEE_OTHER
    db.session.expire_all()
    assert session.meeting.session_rights == {"text": ["moderator", "coordinator"]}
    assert client.post(SETTINGS, data={"text": ["head"]}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    older = client.post(SETTINGS, data={"seen": "older", "people": ["chair"]})
    assert older.status_code == HTTPStatus.CONFLICT
    db.session.expire_all()
    assert session.meeting.session_rights == {"text": ["moderator", "coordinator"]}

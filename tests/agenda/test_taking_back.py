"""The draft is taken back to a version: what that changes is shown first, what cannot be is named, and it is undone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.agenda.planning.draft import draft_of
from eventapp.agenda.queries import mark_of_draft, release_numbered
from eventapp.agenda.releases.actions import draft_difference
from eventapp.agenda.roles.actions import end_role, give_role
from eventapp.agenda.sessions.actions import cancel_session, change_session, create_session, facts_of, move
from eventapp.agenda.taking_back import manage as taking_back
from eventapp.agenda.taking_back.models import DraftTakenBack
from eventapp.agenda.taking_back.planning import way_back
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from tests import make
from tests.agenda.test_manage import AGENDA, the_session
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_agenda import NINE, facts, part, published

PAGE, UNDO = f"{AGENDA}/releases/1/draft", f"{AGENDA}/releases/undo"
HOUR = timedelta(hours=1)


@pytest.fixture
def meeting(app: object, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    """A version with two sessions; since then one was moved and renamed, one cancelled, one added."""
    monkeypatch.setattr(taking_back, "now", lambda: TODAY)
    meeting = make.meeting(slug="spring")
    room = make.room(meeting, code="A", name="Hall A")
    one = make.session(meeting, code="S1", title="Trends", starts_at=NINE, room_id=room.id, texts=TEXTS)
    make.role(one, name="No Address")
    make.role(one, name="Ada Byron", person_id=make.person("Ada Byron").id)
    make.session(meeting, code="S2", title="Plans", starts_at=NINE + 2 * HOUR)
    published(meeting)
    with transaction():
        one = the_session("S1")
        wanted = replace(facts_of(one), title="Other", starts_at=NINE + HOUR, ends_at=NINE + 3 * HOUR, room_id=None)
        change_session(one, replace(wanted, track="Cities"), by=None, at=TODAY)
        one.texts = {}
        for role in one.roles:
            end_role(role, by=None, at=TODAY)
        give_role(one, part(name="New One"), by=None, at=TODAY, confirmed=True)
        give_role(one, part(name="Grace", email="grace@example.org"), by=None, at=TODAY, confirmed=True)
        cancel_session(the_session("S2"), by=None, at=TODAY, reason="No money")
        create_session(meeting, "S3", facts(title="Added", starts_at=NINE), by=None, at=TODAY)
    return meeting


TEXTS = {"fr": {"title": "Tendances"}}


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def draft(meeting: Meeting) -> dict[str, tuple[object, ...]]:
    """The draft as a reader of the next version would see it, and what waits."""
    db.session.expire_all()
    rows = db.session.scalars(select(Session).where(Session.meeting_id == meeting.id).order_by(Session.code))
    return {
        one.code: (facts_of(one), one.texts, one.is_off, one.off_reason, sorted(r.name for r in one.roles if r.holds))
        for one in rows
    }


def letters() -> int:
    return len(db.session.scalars(select(Letter)).all())


def test_what_it_changes_is_shown_first(desk: PageClient, meeting: Meeting) -> None:
    before, page = draft(meeting), desk.get(PAGE).text
    assert PAGE in desk.get(f"{AGENDA}/releases").text
    assert "<del>Other</del>" in page and "<ins>Trends</ins>" in page
    assert "<del>cancelled</del>" in page
    assert "Added" in page.split("Sessions that this version does not have")[1]
    assert "Ada Byron was speaker in S1 and is not now." in page
    assert "Grace is speaker in S1 now and was not then." in page
    assert "No Address was" not in page
    assert draft(meeting) == before


def test_the_draft_becomes_what_the_version_holds(desk: PageClient, meeting: Meeting) -> None:
    sent = letters()
    assert desk.post(PAGE).status_code == 303
    one, two, three = (the_session(code) for code in ("S1", "S2", "S3"))
    assert (one.title, one.starts_at, one.ends_at - one.starts_at, one.track) == ("Trends", NINE, 1.5 * HOUR, "")
    assert one.room and one.room.code == "A"
    assert one.texts == TEXTS
    assert sorted(role.name for role in one.roles if role.holds) == ["Grace", "No Address"]
    assert (two.is_off, two.cancelled_at) == (False, None)
    assert (three.waits, three.is_off) == (True, False)
    assert [each.code for each in draft_of(meeting)] == ["S1", "S2"]
    assert [(each.code, set(each.fields)) for each in draft_difference(meeting)] == [("S1", {"people"})]
    assert letters() == sent, "nobody is written to"
    entry = db.session.scalars(select(Entry).where(Entry.verb == "took the draft back")).one()
    assert (entry.detail["number"], entry.detail["sessions"]) == (1, ["S1", "S2", "S3"])


def test_it_is_undone_and_the_draft_is_as_it_was(desk: PageClient, meeting: Meeting) -> None:
    before = draft(meeting)
    desk.post(PAGE)
    assert draft(meeting) != before
    taken = db.session.scalars(select(DraftTakenBack)).one()
    assert "The draft was taken back to version 1" in desk.get(f"{AGENDA}/releases").text
    for _twice in range(2):
        assert desk.post(UNDO, data={"taken": str(taken.id)}).status_code == 303
    after = draft(meeting)
    waiting = after.pop("S3"), before.pop("S3")
    assert after == before
    assert waiting[0] == waiting[1]
    assert "The draft was taken back" not in desk.get(f"{AGENDA}/releases").text


def test_what_somebody_changed_since_stays_when_it_is_undone(desk: PageClient, meeting: Meeting) -> None:
    desk.post(PAGE)
    with transaction():
        move(the_session("S1"), starts_at=NINE + 4 * HOUR, ends_at=NINE + 5 * HOUR, room_id=None, by=None, at=TODAY)
    taken = db.session.scalars(select(DraftTakenBack)).one()
    assert desk.post(UNDO, data={"taken": str(taken.id)}).status_code == 303
    page = desk.get(f"{AGENDA}/releases").text
    assert "Somebody changed S1 since: they stay as they are." in page
    assert the_session("S1").starts_at == NINE + 4 * HOUR
    assert the_session("S2").is_off


def test_a_removed_room_body_and_kind_are_named(desk: PageClient, meeting: Meeting) -> None:
    release = release_numbered(meeting.id, 1)
    assert release
    content = {**release.content, "sessions": [{**one} for one in release.content["sessions"]]}
    content["sessions"][0] |= {"room": "GONE", "body": "A body", "kind": "gone"}
    content["rooms"] = [{"code": "GONE", "name": "Old hall", "seats": 1, "where": ""}]
    content["sessions"].append({**content["sessions"][0], "code": "S99", "title": "Deleted"})
    with transaction():
        release.content = content
    page = desk.get(PAGE).text
    assert "S1 gets no room: Old hall is not in use any more." in page
    assert "S1 reports to no body: A body is there no more." in page
    assert "S1 keeps its kind: the meeting does not have “gone” any more." in page
    assert "S99, Deleted, is there no more." in page
    assert desk.post(PAGE).status_code == 303
    one = the_session("S1")
    assert (one.title, one.room, one.body, one.kind) == ("Trends", None, None, "trends")


def test_a_closed_room_is_not_given_again(desk: PageClient, meeting: Meeting) -> None:
    with transaction():
        next(one for one in meeting.rooms if one.code == "A").closed_at = TODAY
    assert "S1 gets no room: Hall A is not in use any more." in desk.get(PAGE).text
    desk.post(PAGE)
    assert the_session("S1").room is None


def test_nothing_is_taken_back_over_what_somebody_changed_meanwhile(desk: PageClient, meeting: Meeting) -> None:
    seen = desk.get(PAGE).text.split('name="seen"')[1].split('"')[3]
    assert seen == mark_of_draft(meeting)
    with transaction():
        move(the_session("S1"), starts_at=NINE + 4 * HOUR, ends_at=NINE + 5 * HOUR, room_id=None, by=None, at=TODAY)
    answer = desk.post(PAGE, data={"seen": seen})
    assert answer.status_code == 409
    assert "Somebody changed the draft meanwhile." in answer.text
    assert the_session("S1").title == "Other"


def test_pressed_twice_it_is_one_and_nothing_to_do_is_said(desk: PageClient, meeting: Meeting) -> None:
    seen = desk.get(PAGE).text.split('name="seen"')[1].split('"')[3]
    for _twice in range(2):
        assert desk.post(PAGE, data={"seen": seen}).status_code == 303
    assert len(db.session.scalars(select(DraftTakenBack)).all()) == 1
    published(meeting)
    assert desk.post(f"{AGENDA}/releases/2/draft").status_code == 409
    assert "is what this version holds already" in desk.get(f"{AGENDA}/releases/2/draft").text
    assert desk.get(f"{AGENDA}/releases/9/draft").status_code == 404


def test_what_was_cancelled_then_is_cancelled_again(desk: PageClient, meeting: Meeting) -> None:
    published(meeting)
    desk.post(PAGE)
    published(meeting)
    assert not the_session("S2").is_off
    assert desk.post(f"{AGENDA}/releases/2/draft").status_code == 303
    assert (the_session("S2").is_off, the_session("S2").off_reason) == (True, "No money")
    assert (the_session("S3").waits, the_session("S3").title) == (False, "Added")


def test_only_organizers_take_it_back(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, "rapporteur"))
    assert client.get(PAGE).status_code == client.post(PAGE).status_code == client.post(UNDO).status_code == 404
    assert db.session.scalars(select(SpeakingRole).where(SpeakingRole.name == "New One")).one().holds


def test_only_what_is_not_as_the_version_has_it_is_read_whole(meeting: Meeting) -> None:
    with transaction():
        create_session(meeting, "S4", facts(title="Untouched", starts_at=NINE), by=None, at=TODAY)
    published(meeting)
    with transaction():
        move(the_session("S4"), starts_at=NINE + HOUR, ends_at=NINE + 2 * HOUR, room_id=None, by=None, at=TODAY)
    db.session.execute(update(Session).values(changed_at=TODAY - timedelta(days=1)))
    db.session.execute(update(Entry).values(at=TODAY - timedelta(days=1)))
    db.session.commit()
    number = meeting.id
    db.session.expunge_all()
    last = release_numbered(number, 2)
    assert last is not None
    found = way_back(db.session.get_one(Meeting, number), last)
    read = {one.code for one in db.session.identity_map.values() if isinstance(one, Session)}
    assert ([one.session.code for one in found.targets], found.pool, found.lacks, read) == (["S4"], [], [], {"S4"})

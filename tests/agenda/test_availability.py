"""When people can take part: said by the link of a part, read by organizers, warned of, forgotten."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from eventapp.agenda.availability.actions import ask_when, forget_old, say_when
from eventapp.agenda.availability.content import BUT, OFF, ONLY, DayHours, minutes_of
from eventapp.agenda.availability.models import Availability
from eventapp.agenda.models import SpeakingRole
from eventapp.agenda.warnings.queries import warnings_now
from eventapp.desk.retention.queries import count_of_each
from eventapp.erasure.emptying import empty_rows
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.home.registration.everything import all_about
from eventapp.mail import asking
from eventapp.mail.models import Letter
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.meetings.retention.models import Deletion
from tests import make, make_agenda
from tests.browserless import PageClient, beside
from tests.make import TODAY

DESK = "/meetings/spring/manage/agenda"


@pytest.fixture
def meeting(app: object) -> Meeting:
    """Two days from tomorrow on."""
    first = now().date() + timedelta(days=2)
    return make.meeting(slug="spring", starts_on=first, ends_on=first + timedelta(days=1))


def nine(meeting: Meeting) -> datetime:
    """Nine o'clock there on its first day."""
    return DayHours(meeting.starts_on.isoformat(), BUT, "09:00", "09:01").away(meeting.tz)[0][0]


@pytest.fixture
def role(meeting: Meeting) -> SpeakingRole:
    starts = nine(meeting)
    session = make.session(meeting, code="S3", starts_at=starts, ends_at=starts + timedelta(hours=1))
    return make.role(session, name="Grace Hopper", state="invited", person_id=make.person("Grace Hopper").id)


@pytest.fixture
def link(role: SpeakingRole) -> str:
    return f"/roles/{make_agenda.role_link(role)}"


def typed(**more: str) -> dict[str, str]:
    fields = {f"{name}_{number}": "" for number in (0, 1) for name in ("starts", "ends")}
    return {"state_0": "free", "state_1": "free", "remark": "", **fields, **more}


def away(meeting: Meeting) -> list[str]:
    return [one.words for one in warnings_now(meeting).open if one.kind == "away"]


def test_what_is_said_is_shown_and_warned_of(client: PageClient, role: SpeakingRole, link: str) -> None:
    meeting = role.session.meeting
    assert f'href="{link}/availability"' in client.get(link).text
    assert "I can take part all day" in client.get(f"{link}/availability").text
    said = typed(state_0="but", starts_0="9:30", ends_0="11:00", remark="I come by the night train.")
    assert client.post(f"{link}/availability", data=said).status_code == 303
    page = client.get(f"{link}/availability").text
    assert "Thank you." in page and 'value="09:30"' in page and "night train" in page
    [words] = away(meeting)
    assert "Grace Hopper is speaker in S3" in words and "cannot take part then" in words
    client.sign_in(make.staff(meeting, ORGANIZER))
    for address in (f"{DESK}/sessions/S3", f"{DESK}/availability"):
        page = client.get(address).text
        assert "not from 09:30 to 11:00" in page and "night train" in page
    client.post(f"{link}/availability", data=typed(state_0="but", starts_0="10:00", ends_0="11:00"))
    db.session.expire_all()
    assert away(meeting) == []  # the session ends when they go


def test_an_acknowledged_one_is_quiet_until_its_cause_changes(role: SpeakingRole, client: PageClient) -> None:
    meeting, day = role.session.meeting, role.session.meeting.starts_on.isoformat()
    with transaction():
        say_when(role, [DayHours(day, OFF)], "", at=now())
    client.sign_in(make.staff(meeting, ORGANIZER))
    [one] = [each for each in warnings_now(meeting).open if each.kind == "away"]
    client.post(f"{DESK}/warnings", data={"key": one.key, "reason": "She joins by video.", "on": day, "kind": "away"})
    db.session.expire_all()
    assert away(meeting) == []
    with transaction():
        say_when(role, [DayHours(day, ONLY, "12:00", "14:00")], "", at=now())
    assert len(away(meeting)) == 1


def test_what_each_state_says() -> None:
    zone, day = ZoneInfo("Asia/Bangkok"), "2026-03-16"

    def clocks(one: DayHours) -> list[str]:
        return [f"{moment.astimezone(zone):%d %H:%M}" for span in one.away(zone) for moment in span]

    assert clocks(DayHours(day, OFF)) == ["16 00:00", "17 00:00"]
    assert clocks(DayHours(day, BUT, "09:00", "11:30")) == ["16 09:00", "16 11:30"]
    assert clocks(DayHours(day, ONLY, "09:00", "11:30")) == ["16 00:00", "16 09:00", "16 11:30", "17 00:00"]


@pytest.mark.parametrize(
    ("more", "field", "says"),
    [
        ({"state_0": "but"}, "starts_0", "Write both times."),
        ({"state_1": "only", "starts_1": "11:00", "ends_1": "09:00"}, "ends_1", "It ends before it begins."),
        ({"state_0": "but", "starts_0": "soon", "ends_0": "9"}, "starts_0", "time of the day"),
        ({"state_0": "maybe"}, "state_0", "valid choice"),
    ],
)
def test_a_fault_is_beside_its_field(
    client: PageClient, role: SpeakingRole, link: str, more: dict[str, str], field: str, says: str
) -> None:
    answer = client.post(f"{link}/availability", data=typed(remark="Kept as typed", **more))
    assert answer.status_code == 422
    assert says in beside(field, answer.text) and "Kept as typed" in answer.text
    assert db.session.scalar(select(Availability)) is None


def test_a_part_that_is_over_takes_no_answer(client: PageClient, role: SpeakingRole, link: str) -> None:
    role.state = "declined"
    db.session.commit()
    assert client.post(f"{link}/availability", data=typed(state_0="off")).status_code == 409
    assert "Nothing is expected of you" in client.get(f"{link}/availability").text
    role.state = "confirmed"
    db.session.commit()
    with pytest.raises(Refused, match="over"), transaction():
        say_when(role, [], "", at=now() + timedelta(days=9))


def test_everybody_is_asked_once_and_reminded(client: PageClient, role: SpeakingRole) -> None:
    meeting = role.session.meeting
    other = make.session(meeting, code="S4", starts_at=nine(meeting), ends_at=nine(meeting) + timedelta(hours=1))
    make.role(other, "moderator", name="Grace Hopper", person_id=role.person_id)
    ada = make.role(other, name="Ada Byron", person_id=make.person("Ada Byron").id)
    make.role(other, name="No Address")
    client.sign_in(make.staff(meeting, ORGANIZER))
    assert "Ask 2 people by email" in client.get(f"{DESK}/availability").text
    client.post(f"{DESK}/availability/letters")
    kind = Letter.kind.endswith("availability_wanted.txt")
    assert len(db.session.scalars(select(Letter).where(kind)).all()) == 2
    client.post(f"{DESK}/availability/letters", data={"again": "1"})  # within a day
    assert len(db.session.scalars(select(Letter).where(kind)).all()) == 2
    with transaction():
        say_when(ada, [], "", at=now())
        assert ask_when(meeting, again=True, most=9, by=None, at=now() + timedelta(days=2)) == 1
    page = client.get(f"{DESK}/availability?which=answered").text
    assert "Ada Byron" in page and "Free on every day." in page and "Grace Hopper" not in page


def test_many_are_asked_some_at_a_time_and_only_those_whose_turn_it_is(
    client: PageClient, role: SpeakingRole, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "AT_ONCE", 1)
    monkeypatch.setattr(asking, "ONE_PRESS", 3)
    meeting = role.session.meeting
    for name in ("Ada Byron", "Mary Jackson", "Joan Clarke"):
        make.role(role.session, name=name, person_id=make.person(name).id)
    client.sign_in(make.staff(meeting, ORGANIZER))
    for says in ("3 emails are on their way", "1 email is on its way", "Nobody was written to"):
        assert client.post(f"{DESK}/availability/letters").status_code == 303
        assert says in client.get(f"{DESK}/availability").text
    first = db.session.scalars(select(Availability).order_by(Availability.id)).first()
    assert first is not None
    first.asked_at = now() - timedelta(days=2)  # the others were asked today
    db.session.commit()
    with transaction():
        assert ask_when(meeting, again=True, most=1, by=None, at=now()) == 1
        assert ask_when(meeting, again=True, most=1, by=None, at=now()) == 0


def test_it_is_taken_along_and_forgotten(role: SpeakingRole) -> None:
    meeting, person = role.session.meeting, role.person
    assert person is not None
    registration = make.registration(meeting, person=person)
    with transaction():
        say_when(role, [DayHours(meeting.starts_on.isoformat(), OFF)], "My own words", at=now())
    assert all_about(registration)["availability"]["remark"] == "My own words"
    assert count_of_each(meeting)["availability"] == 1
    with transaction():
        assert forget_old(at=now()) == 0
        assert forget_old(at=now() + timedelta(days=400)) == 1
    assert db.session.scalar(select(Availability)) is None
    row = db.session.scalars(select(Deletion)).one()
    assert (row.meeting_id, row.sort, row.number, row.origin) == (meeting.id, "availability", 1, "usual")
    with transaction():
        say_when(role, [], "My own words", at=now())
        empty_rows(person, [], [person.email], at=TODAY)
    assert db.session.scalar(select(Availability)) is None


def test_a_time_over_midnight_is_a_row_for_each_day() -> None:
    """By the clocks of the meeting, the days counted from its first."""
    zone, first = ZoneInfo("Asia/Bangkok"), date(2026, 3, 16)
    late = datetime(2026, 3, 16, 23, 30, tzinfo=zone)
    assert minutes_of((late, late + timedelta(hours=1)), first, zone) == [[0, 1410, 1440], [1, 0, 30]]
    assert minutes_of((late, late + timedelta(minutes=30)), first, zone) == [[0, 1410, 1440]]
    early = datetime(2026, 3, 15, 9, tzinfo=zone)
    assert minutes_of((early, early + timedelta(minutes=15)), first, zone) == [[-1, 540, 555]]

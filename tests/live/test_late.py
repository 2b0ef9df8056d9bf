"""A session runs late: the preview, the press, what the public sees, and the way back."""

from datetime import timedelta

import pytest
from flask import Flask
from icalendar import Calendar

from eventapp.agenda.models import Session
from eventapp.agenda.queries import newest_release, released
from eventapp.floor.actual.actions import begin_session, end_session
from eventapp.floor.models import ActualTimes
from eventapp.ground.db import db, transaction
from eventapp.live.late import views
from eventapp.live.models import LiveChange
from eventapp.meetings.models import ORGANIZER, Meeting
from tests import make
from tests.browserless import PageClient
from tests.make_agenda import NINE, published
from tests.make_floor import asked, begun

LATE = "/meetings/spring/record/S1/late"
MINUTE = timedelta(minutes=1)
AT = NINE + 80 * MINUTE


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """Three sessions in the hall with a break, one beside them; published."""
    meeting = make.meeting(slug="spring")
    hall, side, foyer = (make.room(meeting, name=name) for name in ("Hall", "Side", "Foyer"))
    for code, begins, ends, room, kind in (
        ("S1", 0, 90, hall, "trends"),
        ("S2", 90, 150, hall, "plans"),
        ("TEA", 150, 165, foyer, "break"),
        ("S3", 165, 225, hall, "plans"),
        ("P1", 90, 150, side, "plans"),
    ):
        span = {"starts_at": NINE + begins * MINUTE, "ends_at": NINE + ends * MINUTE}
        make.session(meeting, code=code, title=f"Title of {code}", kind=kind, room_id=room.id, **span)
    published(meeting)
    return meeting


@pytest.fixture
def organizer(client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> PageClient:
    monkeypatch.setattr(views, "now", lambda: AT)
    return client.sign_in(make.staff(meeting, ORGANIZER, make.person("Lucia Fong")))


def one(code: str) -> Session:
    db.session.rollback()
    return db.session.query(Session).filter_by(code=code).one()


def span(code: str) -> tuple[int, int]:
    """From when until when, in minutes since nine."""
    found = one(code)
    return tuple(int((moment - NINE) / MINUTE) for moment in (found.starts_at, found.ends_at))  # type: ignore[return-value]


def seen(client: PageClient, asked: str = "by=10") -> str:
    return client.get(f"{LATE}?{asked}").text.split('name="seen" value="')[1].split('"')[0]


def press(client: PageClient, by: str = "10", mark: str | None = None, **more: str) -> int:
    data = {"by": by, "seen": mark or seen(client, f"by={by}"), "scope": "room", **more}
    return client.post(LATE, data=data).status_code


def test_the_preview_shows_and_changes_nothing(organizer: PageClient, meeting: Meeting) -> None:
    page = organizer.get(f"{LATE}?by=10").text
    assert "10 minutes longer" in page and "10 minutes later" in page
    assert "For this room alone" in page and "Title of P1" not in page
    assert span("S2") == (90, 150)
    assert "Title of P1" in organizer.get(f"{LATE}?by=10&scope=all").text


def test_one_press_moves_what_follows_and_is_public_at_once(organizer: PageClient, meeting: Meeting) -> None:
    before = newest_release(meeting)
    assert before
    uid = one("S2").uid
    assert press(organizer) == 303
    assert [span(code) for code in ("S1", "S2", "TEA", "S3", "P1")] == [
        (0, 100), (100, 160), (150, 165), (170, 230), (90, 150),
    ]  # fmt: skip
    release = newest_release(meeting)
    assert release and release.number == before.number + 1
    agenda = released(meeting)
    assert agenda and agenda.by_code["S2"].starts_at == NINE + 100 * MINUTE
    feed = organizer.get("/meetings/spring/agenda.ics").data
    (event,) = [event for event in Calendar.from_ical(feed).walk("VEVENT") if event["UID"] == uid]
    assert (event["SEQUENCE"], event.decoded("DTSTART")) == (1, NINE + 100 * MINUTE)
    assert (NINE + 100 * MINUTE).isoformat() in organizer.get("/meetings/spring/agenda.json").text
    assert "10:40" in organizer.get("/meetings/spring/agenda.xml").text
    assert "S1 runs 10 minutes late." in organizer.get("/meetings/spring/agenda/changes").text


def test_what_planners_have_not_published_stays_with_them(organizer: PageClient, meeting: Meeting) -> None:
    session = one("S2")
    with transaction():
        session.title = "Not yet public"
    press(organizer)
    agenda = released(meeting)
    assert agenda and agenda.by_code["S2"].title == "Title of S2"
    assert agenda.by_code["S2"].starts_at == NINE + 100 * MINUTE


def test_the_enter_key_shows_until_the_time_that_was_typed(organizer: PageClient, meeting: Meeting) -> None:
    """A browser presses the first button of a form: it was "+5", whatever time stood in the field."""
    form = organizer.get(LATE).text.split('class="late-by"')[1].split("</form>")[0]
    assert form.split("<button ")[1].startswith('name="by" value="until"')


def test_until_a_time_and_in_every_room(organizer: PageClient, meeting: Meeting) -> None:
    for nothing in ("by=until", "by=until&until=", "by=until&until=%20"):
        empty = organizer.get(f"{LATE}?{nothing}")
        assert (empty.status_code, "Write until when, such as 15:05." in empty.text) == (422, True)
    assert organizer.get(f"{LATE}?by=until&until=10:29").status_code == 422
    assert organizer.get(f"{LATE}?by=until&until=soon").status_code == 422
    mark = seen(organizer, "by=until&until=10:45&scope=all")
    assert press(organizer, "15", mark, scope="all") == 303
    assert [span(code) for code in ("S1", "S2", "TEA", "S3", "P1")] == [
        (0, 105), (105, 165), (165, 175), (175, 235), (105, 165),
    ]  # fmt: skip


@pytest.mark.parametrize("by", ["0", "-5", "x", "241", "99999999999999"])
def test_a_wrong_number_is_told_and_changes_nothing(organizer: PageClient, meeting: Meeting, by: str) -> None:
    assert organizer.get(f"{LATE}?by={by}").status_code == 422
    assert organizer.post(LATE, data={"by": by, "seen": "", "scope": "room"}).status_code == 422
    assert span("S1") == (0, 90)


def test_what_no_longer_fits_is_decided_before_the_press(organizer: PageClient, meeting: Meeting) -> None:
    page = organizer.get("/meetings/spring/manage/delays?day=2026-03-16").text
    assert 'name="least-S2" value="45"' in page
    rules = {"hold-S3": "fixed", "least-S3": "60", "least-S2": "60", "least-TEA": "15"}
    assert organizer.post("/meetings/spring/manage/delays?day=2026-03-16", data=rules).status_code == 303
    page = organizer.get(f"{LATE}?by=10").text
    assert "No longer fits" in page and "What becomes of TEA?" in page
    assert "fit-TEA-error" not in page
    data = {"by": "10", "seen": seen(organizer, "by=10"), "scope": "room", "fit-TEA": "nonsense"}
    refused = organizer.post(LATE, data=data)
    assert refused.status_code == 409
    assert "Choose what becomes of TEA first." in refused.text
    assert 'aria-describedby="fit-TEA-error"' in refused.text, "the sentence stands beside the choice too"
    assert span("S1") == (0, 90)
    assert press(organizer, **{"fit-TEA": "cancel"}) == 303
    assert one("TEA").cancelled_at and span("S3") == (165, 225)
    agenda = released(meeting)
    assert agenda and agenda.by_code["TEA"].cancelled


def test_what_is_fixed_and_follows_leaves_no_time(organizer: PageClient, meeting: Meeting) -> None:
    organizer.post("/meetings/spring/manage/delays?day=2026-03-16", data={"hold-S2": "fixed", "least-S2": "60"})
    assert "S2 is fixed and follows at once" in organizer.get(f"{LATE}?by=10").text
    assert press(organizer) == 409
    assert span("S1") == (0, 90)


def test_a_rule_that_is_none_is_told_beside_its_field(organizer: PageClient, meeting: Meeting) -> None:
    answer = organizer.post("/meetings/spring/manage/delays?day=2026-03-16", data={"least-S2": "61"})
    assert (answer.status_code, "Write from 1 to 60 minutes." in answer.text) == (422, True)
    assert 'value="61"' in answer.text


def test_a_second_person_is_told_and_adds_nothing(
    app: Flask, organizer: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = PageClient(app, app.response_class).sign_in(make.staff(meeting, ORGANIZER))
    mark = seen(other)
    assert press(organizer, mark=mark) == 303
    answer = other.post(LATE, data={"by": "10", "seen": mark, "scope": "room"})
    assert answer.status_code == 409 and "Lucia Fong let S1 run 10 minutes late at" in answer.text
    assert span("S1") == (0, 100)
    assert press(other) == 303, "seen again, and meant"
    assert span("S1") == (0, 110)


def test_pressed_twice_is_once(organizer: PageClient, meeting: Meeting) -> None:
    mark = seen(organizer)
    assert [press(organizer, mark=mark), press(organizer, mark=mark)] == [303, 303]
    assert span("S1") == (0, 100) and db.session.query(LiveChange).count() == 1


def test_a_change_of_a_planner_meanwhile_is_told(organizer: PageClient, meeting: Meeting) -> None:
    mark = seen(organizer)
    session = one("S3")
    with transaction():
        session.version += 1
    assert press(organizer, mark=mark) == 409


def undo(client: PageClient) -> tuple[int, str]:
    number = db.session.query(LiveChange).filter_by(kind="late").one().id
    answer = client.post(f"{LATE}/{number}/undo")
    return answer.status_code, answer.text


def test_the_way_back_is_public_too_and_calendars_hear_of_it(organizer: PageClient, meeting: Meeting) -> None:
    press(organizer)
    assert "Undo" in organizer.get(LATE).text
    assert undo(organizer)[0] == 303
    assert span("S2") == (90, 150) and one("S2").sequence == 2
    agenda = released(meeting)
    assert agenda and agenda.by_code["S2"].starts_at == NINE + 90 * MINUTE
    assert undo(organizer)[0] == 303, "twice is once"
    assert one("S2").sequence == 2


def test_there_is_no_way_back_after_ten_minutes_or_once_it_changed_again(
    organizer: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(organizer)
    session = one("S2")
    with transaction():
        session.ends_at += MINUTE
    status, text = undo(organizer)
    assert (status, "S2 changed again since" in text) == (409, True)
    session = one("S2")
    with transaction():
        session.ends_at -= MINUTE
    monkeypatch.setattr(views, "now", lambda: AT + 11 * MINUTE)
    status, text = undo(organizer)
    assert (status, "Ten minutes are over" in text) == (409, True)


def test_the_moderator_may_and_others_may_not(app: Flask, client: PageClient, meeting: Meeting) -> None:
    moderator, speaker = make.person("Moderator"), make.person("Speaker")
    make.role(one("S1"), "moderator", person_id=moderator.id, name="Moderator")
    make.role(one("S1"), "speaker", person_id=speaker.id, name="Speaker")
    assert client.sign_in(moderator).get(LATE).status_code == 200
    assert "manage/delays" not in client.get(LATE).text
    assert client.sign_in(speaker).get(LATE).status_code == 404


def test_nothing_of_a_closed_meeting_changes(organizer: PageClient, meeting: Meeting) -> None:
    mark = seen(organizer)
    with transaction():
        db.session.get_one(Meeting, meeting.id).closed_at = AT
    assert press(organizer, mark=mark) == 409
    assert span("S1") == (0, 90)


def test_before_anything_is_published_only_the_plan_changes(client: PageClient) -> None:
    meeting = make.meeting(slug="spring")
    make.session(meeting, code="S1")
    client.sign_in(make.staff(meeting, ORGANIZER))
    assert press(client) == 303
    assert span("S1")[1] == 100 and newest_release(meeting) is None


def test_when_a_session_really_began_stands_beside_its_plan(organizer: PageClient, meeting: Meeting) -> None:
    session = one("S1")
    begun(asked(session), at=NINE + 7 * MINUTE)
    begun(asked(session, "Ben"), at=NINE + 9 * MINUTE)
    times = db.session.get_one(ActualTimes, session.id)
    assert (times.began_at, times.ended_at) == (NINE + 7 * MINUTE, None)
    assert "It began at 09:07." in organizer.get(LATE).text
    page = "/meetings/spring/record/S1/times"
    assert organizer.post(page, data={"act": "end"}).status_code == 303
    assert "It ended at" in organizer.get("/meetings/spring/record/S1/floor").text
    for _press in range(2):
        organizer.post(page, data={"act": "back"})
    assert "It has not begun." in organizer.get("/meetings/spring/record/S1/floor").text
    assert organizer.post(page, data={"act": "x"}).status_code == 400
    assert span("S1") == (0, 90)


def test_what_has_begun_already_holds(organizer: PageClient, meeting: Meeting) -> None:
    session = one("S2")
    with transaction():
        begin_session(session, by=None, at=AT)
        begin_session(session, by=None, at=AT + MINUTE)
        end_session(session, by=None, at=AT + MINUTE)
    page = organizer.get(f"{LATE}?by=5").text
    assert "S2 has begun already and follows at once" in page
    assert "It has begun already." in page
    assert "Fixed" not in page

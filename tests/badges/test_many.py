"""Many badges are drawn by the worker, once, and count as printed when their file is there; few are drawn at once."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from threading import Barrier, Thread

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import func, select

from eventapp.badges import making, manage
from eventapp.badges.actions import print_badges, reissue
from eventapp.badges.jobs import LONG_JOBS
from eventapp.badges.making import AT_ONCE, BADGES, is_many, make, wanted_of
from eventapp.badges.models import Badge
from eventapp.badges.printing.layouts import Size
from eventapp.badges.queries import Choice, badge_of, code_of
from eventapp.erasure.emptying import erase_prepared
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.leased import DONE, LEASE, REFUSED, STOPPED, WAITING, WORKING
from eventapp.ground.jobs.scheduler import work_long
from eventapp.history.models import Entry
from eventapp.meetings.models import ORGANIZER, STEWARD, Meeting
from eventapp.meetings.prepared import actions
from eventapp.meetings.prepared.actions import Lease, Made, Tell, order, take
from eventapp.meetings.prepared.jobs import making as job
from eventapp.meetings.prepared.models import PreparedFile, PreparedPart
from eventapp.meetings.prepared.queries import mark_of
from eventapp.registration.models import Registration
from tests import make as rows
from tests.badges.reading import codes, sides
from tests.browserless import PageClient

PAGE = "/meetings/spring/manage/badges"
MADE = {"make badges": 1}
NEWEST = Choice()


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(making, "AT_ONCE", 2)
    return rows.meeting(slug="spring")


@pytest.fixture
def three(meeting: Meeting) -> list[Registration]:
    return [rows.registration(meeting) for _each in range(3)]


@pytest.fixture
def organizer(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(rows.staff(meeting, ORGANIZER))


def asked(organizer: PageClient, **typed: str) -> str:
    answer = organizer.post(f"{PAGE}.pdf", data=typed)
    assert answer.status_code == 303
    return answer.headers["Location"]


def printed() -> int:
    db.session.rollback()
    return db.session.scalars(select(func.count()).select_from(Badge).where(Badge.printed_at.is_not(None))).one()


def state() -> str:
    db.session.rollback()
    return db.session.scalars(select(PreparedFile.state)).one()


def verbs() -> list[str]:
    db.session.rollback()
    return [one.verb for one in db.session.scalars(select(Entry).order_by(Entry.number)) if "badges" in one.verb]


def test_who_asks_looks_on_and_they_count_as_printed_when_the_file_is_there(
    organizer: PageClient, three: list[Registration]
) -> None:
    assert "the badges count as printed once the file is made" in organizer.get(PAGE).text
    where = asked(organizer, size="card")
    assert asked(organizer, size="card") == where, "two presses are one"
    page = organizer.get(where).text
    assert "The file is being made." in page and f"{where}/stop" in page and "<progress" in page
    assert organizer.get(f"{where}/badges.pdf").status_code == 404
    assert "A file is being made: look how far it is" in organizer.get(PAGE).text
    assert (printed(), verbs()) == (0, [])

    assert work_long(LONG_JOBS, at=now()) == MADE and work_long(LONG_JOBS, at=now()) == {}
    assert (printed(), verbs()) == (3, ["badges printed"])
    organizer.head(f"{where}/badges.pdf")
    answer = organizer.get(f"{where}/badges.pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="badges-spring.pdf"'
    assert len(PdfReader(BytesIO(answer.data)).pages) == 3 and sides(answer.data) == [(900, 550)] * 3
    assert codes(answer.data) == sorted(code_of(db.session.merge(one)) for one in three)
    assert verbs() == ["badges printed", "took badges along"]
    line = db.session.scalars(select(Entry).where(Entry.verb == "took badges along")).one()
    assert line.detail == {"bytes": len(answer.data), "count": 3}
    page = organizer.get(PAGE).text
    assert "Every badge is printed" in page and "The file that was asked for on" in page
    assert organizer.post(f"{PAGE}.pdf", data={"size": "card"}).status_code == 409


def test_few_are_drawn_at_once(organizer: PageClient, meeting: Meeting) -> None:
    for _each in range(2):
        rows.registration(meeting)
    answer = organizer.post(f"{PAGE}.pdf", data={"size": "a6"})
    assert (answer.mimetype, printed()) == ("application/pdf", 2)
    assert db.session.scalars(select(PreparedFile)).all() == []


def test_where_the_limit_lies() -> None:
    assert [is_many(AT_ONCE), is_many(AT_ONCE + 1)] == [False, True]


def test_those_that_were_picked_come_in_the_size_that_was_chosen(
    organizer: PageClient, meeting: Meeting, three: list[Registration]
) -> None:
    left_out = rows.registration(db.session.merge(meeting))
    picks = [db.session.merge(one).reference for one in three]
    where = organizer.post(f"{PAGE}.pdf", data={"size": "a7", "pick": picks}).headers["Location"]
    work_long(LONG_JOBS, at=now())
    assert sides(organizer.get(f"{where}/badges.pdf").data) == [(740, 1050)] * 3
    assert badge_of(db.session.merge(left_out)) is None


def test_stopped_none_is_printed(organizer: PageClient, three: list[Registration]) -> None:
    where = asked(organizer)

    def draw_and_stop(meeting: Meeting, lease: Lease, tell: Tell) -> Made:
        made = make(meeting, lease, tell)
        db.session.rollback()
        assert organizer.post(f"{where}/stop").location == where
        return made

    assert work_long([job("make badges", BADGES, draw_and_stop)], at=now()) == MADE
    assert (state(), printed(), verbs()) == (STOPPED, 0, [])
    assert "No file was made." in organizer.get(where).text
    assert work_long(LONG_JOBS, at=now()) == {}
    assert asked(organizer) != where


def test_what_a_killed_worker_drew_is_drawn_again_and_printed_once(
    organizer: PageClient, three: list[Registration], monkeypatch: pytest.MonkeyPatch
) -> None:
    where = asked(organizer, size="card")
    with monkeypatch.context() as patch:
        patch.setattr(actions, "_finish", dies)
        with pytest.raises(KeyboardInterrupt):
            work_long(LONG_JOBS, at=now())
    assert (state(), printed()) == (WORKING, 0)
    assert work_long(LONG_JOBS, at=now()) == {}
    assert work_long(LONG_JOBS, at=now() + LEASE + timedelta(minutes=1)) == MADE
    assert (state(), printed(), verbs()) == (DONE, 3, ["badges printed"])
    assert len(PdfReader(BytesIO(organizer.get(f"{where}/badges.pdf").data)).pages) == 3


def dies(*_what: object) -> None:
    raise KeyboardInterrupt


def test_whose_badge_is_another_by_then_has_none_printed(meeting: Meeting, three: list[Registration]) -> None:
    """The file has the dead code of one: that person is on the next file."""
    number = three[0].id

    def draw_and_reissue(meeting: Meeting, lease: Lease, tell: Tell) -> Made:
        made = make(meeting, lease, tell)
        db.session.rollback()
        with transaction():
            reissue(db.session.get_one(Registration, number), "lost", by=None, at=now())
        return made

    ordered(meeting.id)
    assert work_long([job("make badges", BADGES, draw_and_reissue)], at=now()) == MADE
    assert printed() == 2
    living = badge_of(db.session.get_one(Registration, number))
    assert living and living.printed_at is None


def test_a_second_file_has_only_those_that_the_first_has_not(organizer: PageClient, three: list[Registration]) -> None:
    first, second = asked(organizer, size="card"), asked(organizer, size="a6")
    assert first != second
    assert work_long(LONG_JOBS, at=now()) == MADE and work_long(LONG_JOBS, at=now()) == MADE
    page = organizer.get(second).text
    assert "This could not be done" in page and "There is no badge to print." in page
    assert (printed(), verbs()) == (3, ["badges printed"])


def test_it_says_how_far_it_is(meeting: Meeting, three: list[Registration]) -> None:
    told: list[tuple[int, int]] = []
    db.session.rollback()
    details = wanted_of(Choice(), Size.CARD)
    make(db.session.merge(meeting), Lease(1, 1, meeting.id, "", "en", None, details), lambda *far: told.append(far))
    assert told[-1] == (3, 3)


def test_only_organizers_of_its_meeting_find_it(organizer: PageClient, meeting: Meeting, three: object) -> None:
    where = asked(organizer)
    work_long(LONG_JOBS, at=now())
    meeting = db.session.merge(meeting)
    organizer.sign_in(rows.staff(meeting, ORGANIZER, rows.person("Second organizer")))
    assert organizer.get(f"{where}/badges.pdf").status_code == 200
    elsewhere = rows.meeting(slug="autumn")
    for who in (rows.staff(elsewhere, ORGANIZER), rows.staff(meeting, STEWARD), rows.person("Guest")):
        organizer.sign_in(who)
        assert [organizer.get(f"{where}{tail}").status_code for tail in ("", "/badges.pdf")] == [404, 404]
        assert organizer.post(f"{where}/stop").status_code == 404
    organizer.sign_in(rows.staff(elsewhere, ORGANIZER))
    assert organizer.get(where.replace("spring", "autumn")).status_code == 404


def test_an_erasure_takes_the_file_of_whoever_is_on_it(organizer: PageClient, three: list[Registration]) -> None:
    where = asked(organizer)
    work_long(LONG_JOBS, at=now())
    with transaction():
        one = db.session.merge(three[0])
        erase_prepared(one.person)
    assert organizer.get(f"{where}/badges.pdf").status_code == 404
    assert db.session.scalars(select(PreparedPart)).all() == []


def ordered(meeting: int, choice: Choice = NEWEST) -> int:
    details = wanted_of(choice, None)
    with transaction():
        at_it = db.session.get_one(Meeting, meeting)
        return order(at_it, BADGES, mark_of(details), details=details, by=None, at=now()).id


def test_two_who_press_in_the_same_moment_get_one_file(app: Flask, meeting: Meeting, three: object) -> None:
    start, found, number = Barrier(4), list[int](), meeting.id
    db.session.rollback()

    def press() -> None:
        with app.app_context():
            start.wait()
            try:
                found.append(ordered(number))
            finally:
                db.session.remove()

    hands = [Thread(target=press) for _each in range(4)]
    run_all(hands)
    assert (len(found), len(set(found))) == (4, 1)


def run_all(hands: list[Thread]) -> None:
    act: Callable[[Thread], None]
    for act in (Thread.start, Thread.join):
        for hand in hands:
            act(hand)
    db.session.rollback()


def test_overlapping_orders_of_a_meeting_are_drawn_one_after_the_other(
    app: Flask, meeting: Meeting, three: list[Registration]
) -> None:
    """Two workers look in the same moment: one draws all three, the other none while the first is at it."""
    assert workers_at_once(app, meeting, three[:2], in_turn=True) == [3]
    assert state_of_all() == [DONE, WAITING]
    assert work_long(LONG_JOBS, at=now()) == MADE  # what is left: nothing
    assert state_of_all() == [DONE, REFUSED] and (printed(), verbs()) == (3, ["badges printed"])


def test_without_their_turns_both_draw_the_same_badges(app: Flask, meeting: Meeting, three: list[Registration]) -> None:
    """The control."""
    assert workers_at_once(app, meeting, three[:2], in_turn=False) == [2, 3]


def test_a_meeting_waits_for_no_other_and_for_no_worker_that_died(meeting: Meeting, three: list[Registration]) -> None:
    other = rows.meeting(slug="autumn")
    for each in (meeting, other):
        ordered(each.id)
        ordered(each.id, Choice(unprinted=False))
    with transaction():
        first, second = (take(BADGES, now(), in_turn=True) for _each in range(2))
        assert take(BADGES, now(), in_turn=True) is None
        again = take(BADGES, now() + LEASE + timedelta(minutes=1), in_turn=True)
    assert first and second and again
    assert [first.meeting_id, second.meeting_id] == [meeting.id, other.id]
    assert (again.file_id, again.number) == (first.file_id, 2)


def workers_at_once(app: Flask, meeting: Meeting, picked: list[Registration], *, in_turn: bool) -> list[int]:
    """Order all badges that are not printed, then those that were picked, and let two workers look. Returns how many
    badges each drew: neither ends before the other has looked.
    """
    ordered(meeting.id)
    ordered(meeting.id, Choice(references=tuple(one.reference for one in picked)))
    start, looked, drawn = Barrier(2), Barrier(2), list[int]()
    db.session.rollback()

    def draw(meeting: Meeting, lease: Lease, tell: Tell) -> Made:
        looked.wait()
        made = make(meeting, lease, tell)
        drawn.append(made.taken["count"])
        return made

    def work() -> None:
        with app.app_context():
            start.wait()
            try:
                if not work_long([job("make badges", BADGES, draw, in_turn=in_turn)], at=now()):
                    looked.wait()
            finally:
                db.session.remove()

    run_all([Thread(target=work) for _each in range(2)])
    return sorted(drawn)


def state_of_all() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(PreparedFile.state).order_by(PreparedFile.state)))


def test_the_counter_prints_one_while_many_are_drawn(meeting: Meeting, three: list[Registration]) -> None:
    """It waits for nobody, and the history has both."""
    reference = three[0].reference

    def draw_while_the_counter_prints(meeting: Meeting, lease: Lease, tell: Tell) -> Made:
        made = make(meeting, lease, tell)
        db.session.rollback()
        with transaction():
            choice = Choice(unprinted=False, references=(reference,))
            print_badges(db.session.get_one(Meeting, lease.meeting_id), choice, by=None, at=now(), where="Desk 1")
        return made

    ordered(meeting.id)
    assert work_long([job("make badges", BADGES, draw_while_the_counter_prints)], at=now()) == MADE
    assert (printed(), verbs()) == (3, ["badges printed"] * 2)


@pytest.mark.parametrize("looks", [True, False], ids=["it looks for the worker", "it does not: drawn twice"])
def test_few_wait_while_the_worker_draws_the_same(
    organizer: PageClient, three: list[Registration], monkeypatch: pytest.MonkeyPatch, looks: bool
) -> None:
    pages = list[int]()
    if not looks:
        monkeypatch.setattr(manage, "is_making", lambda *_asked: False)

    def draw_while_another_presses(meeting: Meeting, lease: Lease, tell: Tell) -> Made:
        made = make(meeting, lease, tell)
        db.session.rollback()
        monkeypatch.setattr(making, "AT_ONCE", 3)
        answer = organizer.post(f"{PAGE}.pdf", data={"size": "a6"})
        pages.append(len(PdfReader(BytesIO(answer.data)).pages) if answer.status_code == 200 else 0)
        return made

    asked(organizer, size="card")
    assert ("These come next" in organizer.get(PAGE).text) is looks
    assert work_long([job("make badges", BADGES, draw_while_another_presses, in_turn=True)], at=now()) == MADE
    assert (pages, printed()) == ([0 if looks else 3], 3)
    work_long(LONG_JOBS, at=now())
    assert state_of_all() == ([DONE, REFUSED] if looks else [DONE])
    assert verbs() == ["badges printed"] * (1 if looks else 2)

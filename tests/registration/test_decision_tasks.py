"""A decision about many is a row that the worker does, each registration once, while organizers look on."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.erasure.emptying import empty_registrations
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.leased import FAILED, LEASE, MOST, STOPPED
from eventapp.ground.jobs.scheduler import work_long, work_through
from eventapp.ground.jobs.slices import Lease, take
from eventapp.ground.text.i18n import language
from eventapp.history.models import Entry
from eventapp.mail.models import Letter
from eventapp.meetings.models import Category, Meeting, Staff
from eventapp.people.models import Person
from eventapp.registration.decisions import manage as deciding
from eventapp.registration.decisions import many
from eventapp.registration.decisions.acts import Terms
from eventapp.registration.decisions.tasks import actions, working
from eventapp.registration.decisions.tasks.actions import ask, resume, stop
from eventapp.registration.decisions.tasks.jobs import JOBS, LONG_JOBS
from eventapp.registration.decisions.tasks.models import (
    DECIDED,
    DECIDING,
    DONE,
    LEFT,
    REFUSED,
    TO_DO,
    DecisionLine,
    DecisionTask,
)
from eventapp.registration.decisions.tasks.queries import LASTS
from eventapp.registration.models import APPROVED, DECLINED, PENDING, Registration
from eventapp.registration.models import WAITING as IN_LINE
from tests import make
from tests.browserless import PageClient
from tests.make_registration import confirmed, states
from tests.registration.test_many import hidden

LIST = "/meetings/spring/manage/registrations"
DONE_ONCE = {"decide about many": 1}


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(deciding, "FEW", 2)
    monkeypatch.setitem(app.config, "CLOCK_OFFSET", make.TODAY - datetime.now(UTC))
    return make.meeting(slug="spring", capacity=50)


@pytest.fixture
def three(meeting: Meeting) -> list[Registration]:
    category = make.category(meeting, needs_approval=True)
    return [confirmed(meeting, category, at=now()) for _each in range(3)]


@pytest.fixture
def decider(meeting: Meeting) -> Person:
    return make.staff(meeting, "organizer")


@pytest.fixture
def organizer(client: PageClient, decider: Person) -> PageClient:
    return client.sign_in(decider)


def pressed(organizer: PageClient, people: list[Registration], act: str = "approve", **typed: str) -> str:
    """The page that the press leads to."""
    answer = organizer.post(LIST, data={"do": act, "pick": [one.reference for one in people], **typed})
    assert answer.status_code == 303, answer.text
    return answer.location


def asked(
    people: list[Registration], act: str = "approve", *, by: Person, reason: str = "", key: str = ""
) -> DecisionTask:
    with transaction():
        return ask(people[0].meeting, act, [one.id for one in people], by=by, at=now(), terms=Terms(reason, key=key))


def full(meeting: Meeting) -> None:
    """Somebody has the one place."""
    make.registration(meeting)
    with transaction():
        db.session.merge(meeting).capacity = 1


def worked() -> int:
    """How many slices the worker does until nothing is due."""
    slices = 0
    while work_long(LONG_JOBS, at=now()):
        slices += 1
    db.session.rollback()
    return slices


def tasks() -> list[tuple[str, int, int]]:
    db.session.rollback()
    query = select(DecisionTask).order_by(DecisionTask.id)
    return [(one.state, one.past, one.many) for one in db.session.scalars(query)]


def outcomes() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(DecisionLine.outcome).order_by(DecisionLine.id)))


def sentences() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(DecisionLine.sentence).order_by(DecisionLine.id)))


def letters(kind: str = "approved") -> int:
    db.session.rollback()
    query = select(func.count()).select_from(Letter).where(Letter.kind == f"registration/mail/{kind}.txt")
    return db.session.scalars(query).one()


def test_who_presses_looks_on_and_reads_what_came_of_it_and_takes_it_back(
    organizer: PageClient, three: list[Registration]
) -> None:
    where = pressed(organizer, three)
    page = organizer.get(where).text
    assert "3 registrations are being approved." in page and "<progress" in page and "/stop" in page
    assert (states(*three), tasks()) == ([PENDING] * 3, [(DECIDING, 0, 3)])

    assert (work_long(LONG_JOBS, at=now()), work_long(LONG_JOBS, at=now())) == (DONE_ONCE, {})
    assert (states(*three), letters(), tasks()) == ([APPROVED] * 3, 3, [(DONE, 3, 3)])
    page = organizer.get(where).text
    assert "3 of 3 approved." in page and "<progress" not in page and page.count(">Undo<") == 1
    number = db.session.scalars(select(DecisionTask.id)).one()
    assert "Nobody was left out" in organizer.get(f"/meetings/spring/manage/decisions/{number}").text

    for _press in range(2):
        assert organizer.post(f"/meetings/spring/manage/decisions/{number}/undo").status_code == 303
    assert len(tasks()) == 2 and ">Undo<" not in organizer.get(where).text
    worked()
    assert (states(*three), letters("reopened")) == ([PENDING] * 3, 3)
    page = organizer.get(where).text
    assert "3 decisions undone." in page and ">Undo<" not in page


def test_few_are_decided_at_once(organizer: PageClient, three: list[Registration]) -> None:
    pressed(organizer, three[:2])
    assert (states(*three), tasks()) == ([APPROVED, APPROVED, PENDING], [])


def test_where_the_limit_lies(
    organizer: PageClient, three: list[Registration], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "FEW", 3)
    pressed(organizer, three)
    assert (states(*three), tasks()) == ([APPROVED] * 3, [])


def test_all_of_a_list_are_one_row(organizer: PageClient, three: list[Registration]) -> None:
    question = organizer.post(LIST, data={"all": "approve"})
    assert "Approve 3 registrations" in question.text
    for _press in range(2):
        organizer.post(LIST, data={**hidden(question.text), "do": "approve"})
    assert tasks() == [(DECIDING, 0, 3)]
    worked()
    assert states(*three) == [APPROVED] * 3


def test_two_presses_are_one_and_others_are_another(three: list[Registration], decider: Person) -> None:
    first, again = asked(three, by=decider, key="one form"), asked(three, by=decider, key="another form")
    assert first.id == again.id
    assert asked(three[:2], by=decider).id != first.id
    assert asked(three, "refuse", by=decider, reason="Full.").id != first.id
    with transaction():
        stop(first, by=decider, at=now())
    assert asked(three, by=decider).id != first.id, "that one is over"


def test_two_who_press_in_the_same_moment_get_one_row(app: Flask, three: list[Registration], decider: Person) -> None:
    ids, by, at_it, found, start = [one.id for one in three], decider.id, three[0].meeting_id, list[int](), Barrier(4)
    db.session.rollback()

    def press() -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    meeting, who = db.session.get_one(Meeting, at_it), db.session.get_one(Person, by)
                    found.append(ask(meeting, "approve", ids, by=who, at=now()).id)
            finally:
                db.session.remove()

    run_all([Thread(target=press) for _each in range(4)])
    assert (len(found), len(set(found))) == (4, 1)


def run_all(hands: list[Thread]) -> None:
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    db.session.rollback()


class Killed(BaseException):
    """The worker is no more."""


def dying(monkeypatch: pytest.MonkeyPatch, *, after: int) -> None:
    """Let the worker decide about so many, each in a transaction of its own, and die at the next."""
    monkeypatch.setattr(many, "HELD", 0.0)
    real, begun = working.decide, list[int]()

    def decide(task: DecisionTask, line: DecisionLine, one: Registration, at: datetime) -> None:
        begun.append(one.id)
        real(task, line, one, at)
        if len(begun) == after + 1:
            raise Killed

    monkeypatch.setattr(working, "decide", decide)


def test_killed_in_the_middle_the_next_goes_on_and_nobody_gets_two_letters(
    three: list[Registration], decider: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(three, by=decider)
    dying(monkeypatch, after=1)
    with pytest.raises(Killed):
        work_long(LONG_JOBS, at=now())
    assert (states(*three), letters(), outcomes()) == ([APPROVED, PENDING, PENDING], 1, [DECIDED, TO_DO, TO_DO])
    assert (work_long(LONG_JOBS, at=now()), tasks()) == ({}, [(DECIDING, 1, 3)])

    assert work_long(LONG_JOBS, at=now() + LEASE + timedelta(seconds=1)) == DONE_ONCE
    assert (states(*three), letters(), tasks()) == ([APPROVED] * 3, 3, [(DONE, 3, 3)])


def test_who_comes_back_too_late_decides_nothing(
    three: list[Registration], decider: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(three, by=decider)
    with transaction():
        late = take(DecisionTask, now())
    with transaction():
        other = take(DecisionTask, now() + LEASE + timedelta(seconds=1))
    assert late and other and (late.turn, other.turn) == (2, 3)
    assert working.work(late) is None
    assert states(*three) == [PENDING] * 3
    assert working.work(other) is None
    assert states(*three) == [APPROVED] * 3


def test_given_back_after_a_slice_it_is_gone_on_with(
    three: list[Registration], decider: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "SLICE", 0.0001)
    monkeypatch.setattr(many, "HELD", 0.0)
    asked(three, by=decider)
    assert work_long(LONG_JOBS, at=now()) == DONE_ONCE
    [task] = db.session.scalars(select(DecisionTask))
    assert (task.state, task.past, task.share, task.stuck) == (DECIDING, 1, 33, 0)
    assert (worked(), states(*three)) == (2, [APPROVED] * 3)


def test_one_that_several_workers_die_of_has_failed(
    three: list[Registration], decider: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(three, by=decider)
    dying(monkeypatch, after=0)
    at = now()
    for _worker in range(MOST):
        with transaction():
            assert take(DecisionTask, at)
        at += LEASE + timedelta(seconds=1)
    assert work_long(LONG_JOBS, at=at) == {}
    assert tasks() == [(FAILED, 0, 3)]
    assert "What was done until then stays." in db.session.scalars(select(DecisionTask.sentence)).one()


def test_stopped_in_the_middle_the_rest_is_left(
    organizer: PageClient, three: list[Registration], decider: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, real, stops = asked(three, by=decider).id, working.decide_step, iter([False, True])
    monkeypatch.setattr(many, "HELD", 0.0)

    def decide_step(lease: Lease[DecisionTask]) -> bool:
        if next(stops):
            assert organizer.post(f"/meetings/spring/manage/decisions/{number}/stop").status_code == 303
        return real(lease)

    monkeypatch.setattr(working, "decide_step", decide_step)
    assert work_long(LONG_JOBS, at=now()) == DONE_ONCE
    assert (states(*three), letters(), tasks()) == ([APPROVED, PENDING, PENDING], 1, [(STOPPED, 1, 3)])
    assert worked() == 0
    page = organizer.get(LIST).text
    assert "1 of 3 approved." in page and "Then it was stopped." in page and ">Undo<" in page
    line = db.session.scalars(select(Entry).where(Entry.verb == "stopped a decision about many")).one()
    assert line.detail == {"act": "approve", "decided": 1, "registrations": 3}


def stopped_after_one(three: list[Registration], decider: Person, monkeypatch: pytest.MonkeyPatch) -> DecisionTask:
    """A decision about three of whom one was decided about before it was stopped."""
    with monkeypatch.context() as slow:
        slow.setattr(working, "SLICE", 0.0001)
        slow.setattr(many, "HELD", 0.0)
        task = asked(three, by=decider)
        work_long(LONG_JOBS, at=now())
    with transaction():
        stop(task, by=decider, at=now())
    assert (states(*three), tasks()) == ([APPROVED, PENDING, PENDING], [(STOPPED, 1, 3)])
    return task


def test_what_was_stopped_is_gone_on_with_once_and_by_who_says_so(
    organizer: PageClient, three: list[Registration], decider: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = stopped_after_one(three, decider, monkeypatch).id
    other = make.staff(three[0].meeting, "organizer", make.person("Other", "other@example.org"))
    with transaction():
        for role in db.session.scalars(select(Staff).where(Staff.person_id == decider.id)):
            role.ended_at = now()
    organizer.sign_in(other)
    assert organizer.get(LIST).text.count(">Go on<") == 1
    for _press in range(2):
        assert organizer.post(f"/meetings/spring/manage/decisions/{number}/resume").status_code == 303
    page = organizer.get(LIST).text
    assert "33%" in page and "Asked for by Other" in page and ">Go on<" not in page
    worked()
    assert (states(*three), letters(), tasks()) == ([APPROVED] * 3, 3, [(DONE, 3, 3)])
    assert ">Go on<" not in organizer.get(LIST).text
    line = db.session.scalars(select(Entry).where(Entry.verb == "went on with a decision about many")).one()
    assert (line.by_id, line.detail) == (other.id, {"act": "approve", "registrations": 3})


def test_what_was_taken_back_or_is_done_anew_is_not_gone_on_with(
    organizer: PageClient, three: list[Registration], decider: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = stopped_after_one(three, decider, monkeypatch)
    anew = asked(three, by=decider)
    where = f"/meetings/spring/manage/decisions/{task.id}/resume"
    assert "The same is being done already." in organizer.get(organizer.post(where).location).text
    with transaction():
        stop(anew, by=decider, at=now())
        actions.ask_to_undo(task, by=decider, at=now())
    assert organizer.get(LIST).text.count(">Go on<") == 1, "the one that was asked for anew"
    assert "Nothing of this is left to go on with." in organizer.get(organizer.post(where).location).text
    worked()
    assert (states(*three), letters()) == ([PENDING] * 3, 1)


def test_an_undo_that_was_stopped_is_gone_on_with(three: list[Registration], decider: Person) -> None:
    task = asked(three, by=decider)
    worked()
    with transaction():
        undo = actions.ask_to_undo(task, by=decider, at=now())
        stop(undo, by=decider, at=now())
        resume(undo, by=decider, at=now())
    worked()
    assert (states(*three), letters("reopened")) == ([PENDING] * 3, 3)


def test_who_lost_the_right_decides_no_more(
    organizer: PageClient, three: list[Registration], decider: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, other = decider.id, make.staff(three[0].meeting, "organizer", make.person("Other", "other@example.org"))
    asked(three, by=decider)
    monkeypatch.setattr(many, "HELD", 0.0)
    monkeypatch.setattr(working, "SLICE", 0.0001)
    work_long(LONG_JOBS, at=now())
    with transaction():
        for role in db.session.scalars(select(Staff).where(Staff.person_id == number)):
            role.ended_at = now()
    worked()
    assert (states(*three), tasks()) == ([APPROVED, PENDING, PENDING], [(REFUSED, 1, 3)])
    organizer.sign_in(other)
    assert "may not decide any more, so the rest was left" in organizer.get(LIST).text


@pytest.mark.parametrize("what", ["ended", "closed"])
def test_nothing_is_decided_by_who_was_ended_and_of_what_was_closed(
    three: list[Registration], decider: Person, what: str
) -> None:
    asked(three, by=decider)
    with transaction():
        if what == "ended":
            db.session.get_one(Person, decider.id).disabled_at = now()
        else:
            db.session.get_one(Meeting, three[0].meeting_id).closed_at = now()
    worked()
    assert (states(*three), tasks()) == ([PENDING] * 3, [(REFUSED, 0, 3)])


def test_two_organizers_come_one_after_another_and_the_second_is_told(
    organizer: PageClient, three: list[Registration], decider: Person
) -> None:
    other = make.staff(three[0].meeting, "organizer", make.person("Other", "other@example.org"))
    asked(three, by=decider)
    asked(three, "refuse", by=other, reason="No room.")
    with transaction():
        assert take(DecisionTask, now()) and take(DecisionTask, now()) is None, "the second waits for the first"
    page = organizer.get(LIST).text
    assert page.count("It begins when the one before is over.") == 1
    assert work_long(LONG_JOBS, at=now() + LEASE + timedelta(seconds=1)) == DONE_ONCE
    worked()
    assert (states(*three), letters(), letters("declined")) == ([APPROVED] * 3, 3, 0)
    assert outcomes() == [DECIDED] * 3 + [LEFT] * 3
    assert "has changed meanwhile. Look again." in sentences()[-1]
    assert "For whom it was not done" not in organizer.get(LIST).text, "three fit beside it"


def test_what_was_so_before_is_no_decision_of_this_one(three: list[Registration], decider: Person) -> None:
    """To undo it later takes back nothing of what another decided."""
    asked(three[:1], by=decider)
    worked()
    asked(three, by=decider)
    worked()
    assert outcomes() == [DECIDED, LEFT, DECIDED, DECIDED] and "before." in sentences()[1]


def test_another_meeting_does_not_wait(three: list[Registration], decider: Person) -> None:
    autumn = make.meeting(slug="autumn")
    others = [make.registration(autumn, state=PENDING)]
    asked(three, by=decider)
    asked(others, by=decider)
    with transaction():
        assert take(DecisionTask, now()) and take(DecisionTask, now()) and take(DecisionTask, now()) is None


def test_two_workers_at_once_write_to_nobody_twice(app: Flask, three: list[Registration], decider: Person) -> None:
    category = db.session.get_one(Category, three[0].category_id)
    people = [*three, *(confirmed(three[0].meeting, category, at=now()) for _each in range(9))]
    for some in (people, people[:6], people[6:]):
        asked(some, by=decider)
    start = Barrier(3)
    db.session.rollback()

    def work() -> None:
        with app.app_context():
            start.wait()
            try:
                while work_long(LONG_JOBS, at=now()):
                    pass
            finally:
                db.session.remove()

    run_all([Thread(target=work) for _each in range(3)])
    worked()
    assert (letters(), {state for state, _past, _many in tasks()}) == (12, {DONE})
    assert outcomes() == [DECIDED] * 12 + [LEFT] * 12


def test_places_are_counted_and_who_gets_none_is_told(
    organizer: PageClient, three: list[Registration], decider: Person
) -> None:
    with transaction():
        db.session.get_one(Meeting, three[0].meeting_id).capacity = 1
    number = asked(three, by=decider).id
    worked()
    assert states(*three) == [APPROVED, PENDING, PENDING]
    page = organizer.get(LIST).text
    assert "1 of 3 approved." in page and f"{three[1].reference}</span>: " in page
    page = organizer.get(f"/meetings/spring/manage/decisions/{number}").text
    assert "For whom it was not done, and why" in page and three[2].record_name in page


def test_more_than_fit_beside_it_have_a_page(organizer: PageClient, three: list[Registration], decider: Person) -> None:
    full(three[0].meeting)
    category = db.session.get_one(Category, three[0].category_id)
    asked([*three, *(confirmed(three[0].meeting, category, at=now()) for _each in range(3))], by=decider)
    worked()
    assert "For whom it was not done, and why: 6 people" in organizer.get(LIST).text


def test_all_that_can_be_decided_about_many(organizer: PageClient, three: list[Registration], decider: Person) -> None:
    for _press in range(2):
        pressed(organizer, three, "ask", reason="Send the note.", key="one form")
        worked()
    assert letters("letter_wanted") == 3, "sent twice it is one letter"
    pressed(organizer, three, "refuse", reason="No room.")
    worked()
    assert (states(*three), three[0].reason, letters("declined")) == ([DECLINED] * 3, "No room.", 3)
    full(three[0].meeting)
    pressed(organizer, three, "wait")
    worked()
    assert states(*three) == [IN_LINE] * 3


def test_decisions_that_were_seen_are_taken_back_and_no_others(
    organizer: PageClient, three: list[Registration], decider: Person
) -> None:
    asked(three, by=decider)
    worked()
    seen = [str(one) for one in db.session.scalars(select(DecisionLine.decision).order_by(DecisionLine.id))]
    references = [one.reference for one in three]
    organizer.post(LIST, data={"do": "undo", "pick": references, "decision": seen[:2]})
    worked()
    assert states(*three) == [PENDING, PENDING, APPROVED]
    assert "Somebody decided anew" in sentences()[-1]


def test_the_sentences_are_in_the_language_of_who_asked(
    organizer: PageClient, three: list[Registration], monkeypatch: pytest.MonkeyPatch
) -> None:
    organizer.set_cookie("language", "fr")
    pressed(organizer, three)
    real, spoken = working.decide, set[str]()

    def decide(task: DecisionTask, line: DecisionLine, one: Registration, at: datetime) -> None:
        spoken.add(language())
        real(task, line, one, at)

    monkeypatch.setattr(working, "decide", decide)
    worked()
    assert (spoken, states(*three)) == ({"fr"}, [APPROVED] * 3)


def test_it_is_forgotten_after_a_week(three: list[Registration], decider: Person) -> None:
    number = asked(three, by=decider).id
    worked()
    with transaction():
        task = db.session.get_one(DecisionTask, number)
        actions.ask_to_undo(task, by=db.session.get_one(Person, decider.id), at=now())
    work_through(JOBS, at=now() + LASTS + timedelta(minutes=1))
    assert tasks() == [(DECIDING, 0, 3)], "what is still to be done stays"
    worked()
    work_through(JOBS, at=now() + LASTS - timedelta(minutes=1))
    assert len(tasks()) == 1
    work_through(JOBS, at=now() + LASTS + timedelta(minutes=1))
    assert (tasks(), outcomes(), states(*three)) == ([], [], [PENDING] * 3)


def test_an_erasure_empties_why_somebody_was_left(three: list[Registration], decider: Person) -> None:
    full(three[0].meeting)
    asked(three, by=decider)
    worked()
    with transaction():
        empty_registrations([three[0].id])
    assert [bool(one) for one in sentences()] == [False, True, True]


def test_strangers_find_nothing(client: PageClient, three: list[Registration], decider: Person) -> None:
    number = asked(three, by=decider).id
    page = f"/meetings/spring/manage/decisions/{number}"
    client.sign_in(make.staff(make.meeting(slug="autumn"), "organizer"))
    assert client.get(page).status_code == 404
    assert {client.post(f"{page}/{act}").status_code for act in ("stop", "resume", "undo")} == {404}
    assert client.get(page.replace("spring", "autumn")).status_code == 404
    assert tasks() == [(DECIDING, 0, 3)]

"""What is answered by link, settled, and reminded of."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from eventapp.agenda.models import Session
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import Job, work_through
from eventapp.ground.refusal import Refused
from eventapp.mail.actions import post
from eventapp.mail.models import Letter
from eventapp.record.clearing import actions as clearing
from eventapp.record.clearing.actions import approve, publish, submit_session
from eventapp.record.clearing.answers import accept, turn_down
from eventapp.record.confirmations.actions import Said, ask_to_confirm, end_link, reply, token_of
from eventapp.record.confirmations.mails import reminder
from eventapp.record.confirmations.models import Confirmation, Reply
from eventapp.record.confirmations.queries import due_reminders, notes_to_confirm, open_replies
from eventapp.record.drafts.queries import second_texts
from eventapp.record.jobs import JOBS
from eventapp.record.notes.content import content_from
from eventapp.record.notes.models import Note
from eventapp.record.revisions.actions import revise
from eventapp.record.revisions.history import delete
from tests import make
from tests.make import TODAY
from tests.make_record import draft, note

LATER = TODAY + timedelta(hours=1)
NO = Said(1, reason="Not what I said.")


def asked_about(*texts: str, role: str = "moderator") -> tuple[Session, Confirmation, list[Note]]:
    """A session handed in with these notes, and somebody asked to confirm them."""
    session = make.session(make.meeting(), code="S3")
    part = make.role(session, role, name="Grace Hopper", person_id=make.person("Grace Hopper").id)
    notes = [note(session, text, role_id=part.id) for text in texts or ("Two per cent.",)]
    with transaction():
        submit_session(session, by=None, at=TODAY, despite="Time was short.")
        asked = ask_to_confirm(session, part, by=None, at=TODAY)
    return session, asked, notes


def said(asked: Confirmation, **by_note: Said) -> list[Reply]:
    """Answer every note of the link: `n1=…` is the answer to note 1, the others are right."""
    with transaction():
        notes = notes_to_confirm(asked.session, asked.who)
        return reply(asked, {one.id: by_note.get(f"n{one.number}", Said(one.head)) for one in notes}, at=LATER)


def letters() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Letter.subject).order_by(Letter.id)))


def test_a_moderator_confirms_what_was_on_their_page(app: Flask) -> None:
    _session, asked, [made] = asked_about()
    assert token_of(asked) in db.session.scalars(select(Letter.text)).one()
    said(asked)
    assert (made.state, asked.answer) == ("confirmed", "confirmed")
    assert notes_to_confirm(asked.session, asked.who) == []


def test_each_note_has_its_own_answer(app: Flask) -> None:
    _session, asked, [right, worded, wrong] = asked_about("Right.", "Two per cent.", "Wrong.")
    said(asked, n2=Said(1, text="Three per cent."), n3=NO)
    assert [right.state, worded.state, wrong.state] == ["confirmed", "submitted", "submitted"]
    assert (asked.answer, worded.current.text) == ("objected", "Two per cent.")
    assert [content_from(kept.content).text for kept in second_texts(worded)] == ["Three per cent."]
    assert [one.reason for one in open_replies(wrong)] == ["Not what I said."]


def test_what_changed_meanwhile_is_not_confirmed_unread(app: Flask) -> None:
    _session, asked, [made] = asked_about()
    with transaction():
        revise(made, draft("Other words."), base=1, by=None, at=TODAY)
    with pytest.raises(Refused, match="changed while you were reading"):
        said(asked, n1=Said(1))
    assert (made.state, asked.answered_at) == ("submitted", None)


@pytest.mark.parametrize("late", [timedelta(hours=24), timedelta(days=3)])
def test_the_link_is_good_for_a_day(app: Flask, late: timedelta) -> None:
    _session, asked, [made] = asked_about()
    with pytest.raises(Refused), transaction():
        reply(asked, {made.id: Said(1)}, at=TODAY + late)


def test_a_link_is_answered_once_and_can_be_ended(app: Flask) -> None:
    session, first, [made] = asked_about()
    role = first.who
    with transaction():
        second = ask_to_confirm(session, role, by=None, at=TODAY)
    assert (first.is_open(LATER), second.is_open(LATER)) == (False, True)
    said(second, n1=NO)
    with pytest.raises(Refused):
        said(second)
    with transaction():
        third = ask_to_confirm(session, role, by=None, at=TODAY)
        end_link(third, by=None, at=TODAY)
    assert not third.is_open(TODAY)
    assert made.state == "submitted"


def test_what_is_objected_to_is_not_approved_until_it_is_settled(app: Flask) -> None:
    _session, asked, [made] = asked_about()
    [answer] = said(asked, n1=NO)
    with pytest.raises(Refused, match="does not agree"), transaction():
        approve(made, by=None, at=LATER)
    with pytest.raises(Refused, match="Say in a sentence"), transaction():
        turn_down(answer, "", by=None, at=LATER)
    with transaction():
        turn_down(answer, "The recording says so.", by=None, at=LATER)
        approve(made, by=None, at=LATER)
    assert made.state == "approved"
    assert letters()[-1] == "Your answer to note S3-01"
    with pytest.raises(Refused, match="settled this already"), transaction():
        turn_down(answer, "Again.", by=None, at=LATER)


def test_a_correction_waits_for_a_decision_and_is_taken_over_whole(app: Flask) -> None:
    _session, asked, [made] = asked_about()
    [answer] = said(asked, n1=Said(1, text="Three per cent."))
    with pytest.raises(Refused, match="proposes other words"), transaction():
        approve(made, by=None, at=LATER)
    with transaction():
        accept(answer, by=None, at=LATER)
    assert (made.current.text, made.current.title, made.head) == ("Three per cent.", "Three per cent", 2)
    assert (made.state, made.current.remark) == ("confirmed", "In the words of Grace Hopper, by link")
    assert "Three per cent." in db.session.scalars(select(Letter.text).order_by(Letter.id.desc())).first()  # type: ignore[operator]


def test_a_correction_keeps_what_was_tagged_meanwhile_and_not_words_that_changed(app: Flask) -> None:
    _session, asked, [tagged, changed] = asked_about("Two per cent.", "Four per cent.")
    one, other = said(asked, n1=Said(1, text="Three per cent."), n2=Said(1, text="Five per cent."))
    with transaction():
        revise(tagged, draft("Two per cent.", goals=(9,), role_id=asked.role_id), base=1, by=None, at=LATER)
        revise(changed, draft("Six per cent.", role_id=asked.role_id), base=1, by=None, at=LATER)
    with transaction():
        accept(one, by=None, at=LATER)
    assert (tagged.current.text, tagged.current.goals) == ("Three per cent.", [9])
    with pytest.raises(Refused, match="Decide between both"), transaction():
        accept(other, by=None, at=LATER)
    assert other.is_open


def test_a_correction_that_is_turned_down_leaves_the_note(app: Flask) -> None:
    _session, asked, [made] = asked_about()
    [answer] = said(asked, n1=Said(1, text="Three per cent."))
    with transaction():
        turn_down(answer, "The slide says two.", by=None, at=LATER)
        approve(made, by=None, at=LATER)
    assert (made.current.text, made.state) == ("Two per cent.", "approved")


def test_an_objection_takes_an_approval_back_and_leaves_what_is_published(app: Flask) -> None:
    _session, asked, [cleared, out] = asked_about("Cleared.", "Out.")
    with transaction():
        for one in (cleared, out):
            approve(one, by=None, at=TODAY)
        publish([out], by=None, at=TODAY)
    with transaction():
        reply(asked, {cleared.id: NO, out.id: NO}, at=LATER)
    assert (cleared.state, out.state) == ("submitted", "published")
    assert len(open_replies(out)) == 1


def test_a_moderator_does_not_confirm_over_a_speaker_who_objects(app: Flask) -> None:
    session, asked, [made] = asked_about(role="speaker")
    moderator = make.role(session, "moderator", name="Li Wenjing", person_id=make.person().id)
    said(asked, n1=NO)
    with transaction():
        led = ask_to_confirm(session, moderator, by=None, at=TODAY)
    said(led)
    assert made.state == "submitted"


def test_a_deleted_note_holds_nothing_up(app: Flask) -> None:
    _session, asked, [made] = asked_about()
    said(asked, n1=NO)
    with transaction():
        delete(made, base=1, by=None, at=LATER)
    assert open_replies(made) == []


def test_a_reminder_is_sent_once_before_the_end(app: Flask) -> None:
    _session, asked, _notes = asked_about()
    before, when = asked.expires_at - timedelta(hours=6, seconds=1), asked.expires_at - timedelta(hours=6)
    assert work_through(JOBS, at=before) == {}
    assert work_through(JOBS, at=when) == {"reminders": 1}
    assert work_through(JOBS, at=when) == {}
    assert letters()[1:] == ["Reminder: the notes of session S3 wait for your word"]
    assert token_of(asked) in db.session.scalars(select(Letter.text).order_by(Letter.id.desc())).first()  # type: ignore[operator]


@pytest.mark.parametrize("over", ["answered", "ended", "expired", "nothing left"])
def test_nobody_is_reminded_of_what_is_over(app: Flask, over: str) -> None:
    _session, asked, [made] = asked_about()
    at = asked.expires_at - timedelta(hours=1)
    if over == "answered":
        said(asked)
    with transaction():
        if over == "ended":
            end_link(asked, by=None, at=LATER)
        if over == "nothing left":
            delete(made, base=1, by=None, at=LATER)
    work_through(JOBS, at=asked.expires_at if over == "expired" else at)
    assert len([subject for subject in letters() if "Reminder" in subject]) == 0


def test_many_workers_remind_once(app: Flask) -> None:
    _session, asked, _notes = asked_about()
    at = asked.expires_at - timedelta(hours=1)
    together(app, [lambda: work_through(JOBS, at=at)] * 6)
    assert len([subject for subject in letters() if "Reminder" in subject]) == 1


def test_workers_that_trust_an_earlier_look_remind_twice(app: Flask) -> None:
    """The control: the test above can fail."""
    _session, asked, _notes = asked_about()
    at, number, everybody = asked.expires_at - timedelta(hours=1), asked.id, Barrier(6, timeout=60)

    def see(at: datetime) -> bool:
        found = db.session.scalar(due_reminders(at)) is not None
        with suppress(BrokenBarrierError):
            everybody.wait()
        return found

    def act(at: datetime) -> int:
        late = db.session.get_one(Confirmation, number)
        assert late.person is not None
        late.reminded_at = at
        post(reminder(late, late.person, token=token_of(late)), at=at)
        return 1

    together(app, [lambda: work_through([Job("reminders", see, act)], at=at)] * 6)
    assert len([subject for subject in letters() if "Reminder" in subject]) > 1


def test_an_approval_and_an_objection_at_once_never_leave_an_approved_note_that_is_objected_to(app: Flask) -> None:
    _session, asked, [made] = asked_about()
    number, link = made.id, asked.id

    def clear() -> None:
        with suppress(Refused), transaction():
            approve(db.session.get_one(Note, number), by=None, at=LATER)

    def disagree() -> None:
        with transaction():
            reply(db.session.get_one(Confirmation, link), {number: NO}, at=LATER)

    together(app, [clear, disagree])
    db.session.rollback()
    assert (made.state, len(open_replies(made))) == ("submitted", 1)


def test_an_approval_that_trusts_an_earlier_look_would(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the test above can fail. What is looked at under the lock is the guard."""
    _session, asked, [made] = asked_about()
    looked = open_replies(made)
    said(asked, n1=NO)
    monkeypatch.setattr(clearing, "open_replies", lambda note: looked)
    with transaction():
        approve(made, by=None, at=LATER)
    assert (made.state, len(open_replies(made))) == ("approved", 1)


def together(app: Flask, acts: list[Callable[[], Any]]) -> None:
    """Do all of this at once, each with a connection of its own."""
    start = Barrier(len(acts))

    def go(act: Callable[[], Any]) -> None:
        with app.app_context():
            start.wait()
            try:
                with suppress(OperationalError):
                    act()
            finally:
                db.session.remove()

    db.session.rollback()
    threads = [Thread(target=go, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

"""Whatever is handed to the worker tells the workers so, in the transaction that hands it over (PostgreSQL)."""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from flask import Flask

from eventapp.agenda.imports import actions as sessions
from eventapp.agenda.imports.foreign import Foreign, ForeignFile
from eventapp.agenda.imports.models import CHECKED as COMPARED
from eventapp.agenda.imports.models import CHOOSING as CHOOSING_SESSIONS
from eventapp.agenda.imports.models import DONE as IMPORTED
from eventapp.agenda.imports.models import AgendaImport
from eventapp.agenda.imports.tables.choosing import choose_columns
from eventapp.ground.db import transaction
from eventapp.ground.jobs.alarm import Alarm
from eventapp.ground.jobs.stopping import Stop
from eventapp.ground.jobs.waking import A_JOB, A_LETTER, wake
from eventapp.live.checking.actions import send_waiting_letters
from eventapp.live.checking.queries import mark_of_waiting, waiting_changes
from eventapp.live.models import LiveChange
from eventapp.meetings.arriving.actions import receive
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.actions import order
from eventapp.messages import actions as messages
from eventapp.messages.preparing import prepare, take
from eventapp.push.actions import write
from eventapp.push.models import PushSubscription
from eventapp.record.loading.arriving import actions as notes
from eventapp.record.loading.arriving.models import NotesImport, NotesImportPart
from eventapp.registration.imports import actions as people
from eventapp.registration.imports.models import CHECKED, CHOOSING, DONE, Import
from eventapp.registration.invitations.actions import send_drafts
from eventapp.registration.invitations.models import Invitation
from eventapp.review.tasks.actions import ask
from eventapp.review.tasks.models import COMPILE
from tests import make, make_messages, make_review
from tests.conftest import ON_POSTGRESQL
from tests.make import TODAY

PATIENCE, THE_END = 120, "the end"
Act = Callable[[], object]


@pytest.fixture
def line(fresh_app: Flask) -> Iterator[Alarm]:
    """A worker that listens; on SQLite there is nothing to hear."""
    with closing(Alarm()) as line:
        line.wait(Stop(), 0.1)
        assert (line.line is not None) == ON_POSTGRESQL
        yield line


def heard(line: Alarm, act: Act | None = None) -> set[str]:
    """What the workers are told of this act, and of all that went before it and nobody has heard yet."""
    if act:
        with transaction():
            act()
    with transaction():
        wake(THE_END)
    told = set[str]()
    for one in line.line.notifies(timeout=PATIENCE) if line.line else ():
        if one.payload == THE_END:
            break
        told.add(one.payload)
    return told


def message_sent(meeting: Meeting) -> Act:
    make.registration(meeting, state="approved")
    draft, by = make_messages.draft(meeting), make.staff(meeting, "organizer")
    return lambda: messages.send(draft, by=by, at=TODAY)


def message_stopped(meeting: Meeting) -> Act:
    make.registration(meeting, state="approved")
    message = make_messages.sent(meeting)
    return lambda: messages.stop(message, by=None, at=TODAY)


def people_in(meeting: Meeting, state: str) -> Import:
    facts = {"meeting_id": meeting.id, "at": TODAY, "language": "en", "given_name": "people.csv"}
    return make.kept(Import(state=state, heads=["Surname"], example=[], **facts))


def people_checked(meeting: Meeting) -> Act:
    one = people_in(meeting, CHOOSING)
    return lambda: people.check(one, ["family_name"], {}, at=TODAY)


def people_imported(meeting: Meeting) -> Act:
    one = people_in(meeting, CHECKED)
    return lambda: people.start(one, at=TODAY)


def people_taken_back(meeting: Meeting) -> Act:
    one, by = people_in(meeting, DONE), make.administrator()
    return lambda: people.undo(one, by=by, at=TODAY)


def sessions_in(meeting: Meeting, state: str) -> AgendaImport:
    facts = {"meeting_id": meeting.id, "at": TODAY, "language": "en", "given_name": "agenda.xml"}
    return make.kept(AgendaImport(form="xml", state=state, lacks={"rooms": {"Hall": 9}, "kinds": ["Panel"]}, **facts))


def sessions_received(meeting: Meeting) -> Act:
    file = ForeignFile("ics", (Foreign(number=1, title="Opening"),))
    return lambda: sessions.receive(meeting, "agenda.ics", file, by=None, at=TODAY)


def sessions_of_a_table(meeting: Meeting) -> Act:
    one = sessions_in(meeting, CHOOSING_SESSIONS)
    return lambda: choose_columns(one, ["title"], "")


def rooms_made(meeting: Meeting) -> Act:
    one = sessions_in(meeting, COMPARED)
    return lambda: sessions.make_rooms(one, 9, by=None, at=TODAY)


def kinds_made(meeting: Meeting) -> Act:
    one = sessions_in(meeting, COMPARED)
    return lambda: sessions.make_kinds(one, by=None, at=TODAY)


def kind_chosen(meeting: Meeting) -> Act:
    one = sessions_in(meeting, COMPARED)
    return lambda: sessions.choose_kind(one, "")


def sessions_imported(meeting: Meeting) -> Act:
    one = sessions_in(meeting, COMPARED)
    return lambda: sessions.start(one, cancels=False, at=TODAY)


def sessions_taken_back(meeting: Meeting) -> Act:
    one = sessions_in(meeting, IMPORTED)
    return lambda: sessions.undo(one, by=None, at=TODAY)


def notes_in(meeting: Meeting) -> NotesImport:
    facts = {"meeting_id": meeting.id, "at": TODAY, "asked_at": TODAY, "language": "en", "given_name": "notes.csv"}
    one = make.kept(NotesImport(state="done", size=1, **facts))
    make.kept(NotesImportPart(import_id=one.id, number=0, content=b"x"))
    return one


def notes_checked_again(meeting: Meeting) -> Act:
    one = notes_in(meeting)
    return lambda: notes.check_again(one, at=TODAY)


def notes_let_in(meeting: Meeting) -> Act:
    one, by = notes_in(meeting), make.administrator()
    return lambda: notes.load(one, "draft", by=by, at=TODAY)


def drafts_of_invitations(meeting: Meeting) -> Act:
    guest = {"email": "guest@example.org", "skips_approval": False, "family_name": "Guest", "is_draft": True}
    category, by = make.category(meeting), make.staff(meeting, "organizer")
    make.kept(Invitation(meeting_id=meeting.id, category_id=category.id, invited_at=TODAY, **guest))
    return lambda: send_drafts(meeting, by=by, at=TODAY)


def letters_of_the_day(meeting: Meeting) -> Act:
    late = {"kind": "late", "minutes": 10, "everywhere": False, "seen": "", "before": {}, "after": {}}
    facts = {"meeting_id": meeting.id, "session_id": make.session(meeting).id, "at": TODAY, **late}
    make.kept(LiveChange(has_letters=True, waits=True, **facts))
    return lambda: send_waiting_letters(meeting, mark_of_waiting(waiting_changes(meeting)), by=None, at=TODAY)


def notice(meeting: Meeting) -> Act:
    browser = {"endpoint": "https://push.example.org/1", "p256dh": "a", "auth": "a", "at": TODAY}
    number = make.kept(PushSubscription(registration_id=make.registration(meeting).id, **browser)).id
    return lambda: write(number, "Spring", "It is cancelled.", "/meetings/spring/agenda", at=TODAY)


def file_ordered(meeting: Meeting) -> Act:
    return lambda: order(meeting, "package", "public", by=None, at=TODAY)


def report_asked_for(meeting: Meeting) -> Act:
    report = make.kept(make_review.report(meeting))
    return lambda: ask(report, COMPILE, by=None, at=TODAY)


HANDED_OVER = [
    *(message_sent, message_stopped, people_checked, people_imported, people_taken_back, sessions_received),
    *(sessions_of_a_table, rooms_made, kinds_made, kind_chosen, sessions_imported, sessions_taken_back),
    *(drafts_of_invitations, letters_of_the_day, notice, file_ordered, report_asked_for),
    *(notes_checked_again, notes_let_in),
]


@pytest.mark.parametrize("made", HANDED_OVER)
def test_what_is_handed_over_wakes_the_worker(line: Alarm, made: Callable[[Meeting], Act]) -> None:
    act = made(make.meeting())
    heard(line)
    assert heard(line, act) == ({A_JOB} if ON_POSTGRESQL else set())


def test_a_meeting_that_arrives_wakes_the_worker(line: Alarm) -> None:
    """Its parts are written in transactions of their own, none of which is ours."""
    receive("package", "autumn", b"PK", by=None, at=TODAY)
    assert heard(line) == ({A_JOB} if ON_POSTGRESQL else set())


def test_a_file_of_notes_wakes_the_worker(line: Alarm) -> None:
    notes.receive(make.meeting(), "notes.csv", b"session,kind,words", by=make.administrator(), at=TODAY)
    assert heard(line) == ({A_JOB} if ON_POSTGRESQL else set())


def test_letters_of_a_message_wake_the_postman(line: Alarm) -> None:
    meeting = make.meeting()
    make.registration(meeting, state="approved")
    make_messages.sent(meeting)
    with transaction():
        batch = take(TODAY)
    assert batch
    write_them = prepare(batch)
    heard(line)
    assert heard(line, write_them) == ({A_LETTER} if ON_POSTGRESQL else set())

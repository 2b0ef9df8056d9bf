from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from functools import partial
from typing import TypeVar

from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import folded
from eventapp.history.actions import record
from eventapp.meetings.actions import change_masthead, make_meeting
from eventapp.meetings.arriving.coming import Act, cut
from eventapp.meetings.facts import MeetingFacts, MeetingMastheadFacts
from eventapp.meetings.models import Body, Category, Meeting, SessionKind
from eventapp.meetings.queries import meeting_at
from eventapp.package.export.meeting import APART, CHOSEN, filled
from eventapp.package.export.own.chapters import chapter_records
from eventapp.package.export.own.consents import consents_from
from eventapp.package.export.own.themes import themes_record
from eventapp.package.manifest import content
from eventapp.package.manifest.archive import KINDS, files_of, kinds_of
from eventapp.package.manifest.content import Package
from eventapp.package.manifest.delegations import Delegation
from eventapp.package.manifest.inputs import Card, Input
from eventapp.package.manifest.papers import Page
from eventapp.package.manifest.summaries import Summary
from eventapp.package.manifest.validation import nonsense_in
from eventapp.package.restore.arrival import Arrival, values
from eventapp.package.restore.attached import documents_from, pages_from
from eventapp.package.restore.delegations import delegations_from, participants_from
from eventapp.package.restore.entrances import entrances_from
from eventapp.package.restore.inputs import cards_from, inputs_from
from eventapp.package.restore.kind import called_alike, retention_from
from eventapp.package.restore.notes import notes_from
from eventapp.package.restore.questions import answers_from, input_answers_from, questions_from
from eventapp.package.restore.reports import reports_from
from eventapp.package.restore.rooms import room_from
from eventapp.package.restore.sessions import releases_from, sessions_from
from eventapp.package.restore.summaries import summaries_from
from eventapp.people.models import Person

A_PIECE = 5  # rows with all that hangs on them
AT_ONCE = 10  # acts that one transaction may do
T = TypeVar("T")


def bring_in(package: Package, *, contact: str, by: Person | None, at: datetime) -> Meeting:
    """Make the meeting that this package holds; nobody sees it yet but administrators, and nobody is written to.

    Refused where the meeting is here already, where the package makes no sense, and where the same package could not
    be made of it again, byte for byte.
    """
    refuse_nonsense(package)
    refuse_known(package)
    meeting = meeting_from(package.meeting, contact, by=by, at=at)
    for acts in pieces(Arrival(package, meeting.id, at, at_once)):
        for act in acts:
            act()
            db.session.flush()
    say_imported(package, meeting, by=by, at=at)
    refuse_other(package, meeting)
    return meeting


def at_once(ask: Callable[[], T]) -> T:
    """Ask within the transaction that is open."""
    return ask()


def say_imported(package: Package, meeting: Meeting, *, by: Person | None, at: datetime) -> None:
    """Write down that this package has become this meeting, and how much is in it."""
    record("imported package", meeting, by=by, at=at, level=package.level, **asdict(package.counts))


def pieces(one: Arrival) -> Iterator[Iterable[Act]]:
    """What is to be written of a package once its meeting is there, in its order, as acts that each take some 10 ms.

    Some acts together are a group. What a group rests on is read, and worked out, when the one before it is done.
    """
    package, people = one.package, list(enumerate(one.package.participants, start=1))
    yield (partial(sessions_from, one, piece) for piece in cut(package.agenda.sessions, A_PIECE))
    yield releases_from(one)
    yield (partial(notes_from, one, piece) for piece in cut(package.notes, A_PIECE))
    yield (partial(texts_from, one, piece) for piece in cut(package.summaries, A_PIECE))
    yield (partial(handed_from, one, piece) for piece in cut(package.inputs, A_PIECE))
    yield (partial(practices_from, one, piece) for piece in cut(package.cards, A_PIECE))
    yield (partial(senders_from, one, piece) for piece in cut(package.delegations, A_PIECE))
    yield (partial(gates_from, one),)
    yield (partial(participants_from, one, piece) for piece in cut(people, A_PIECE))
    yield (partial(questions_from, one),)
    yield (partial(answers_from, one, piece) for piece in cut([each for each in people if each[1].answers], A_PIECE))
    yield (partial(input_answers_from, one, piece) for piece in cut(package.inputs, A_PIECE))
    yield (partial(papers_from, one, piece) for piece in cut(package.documents, 1))
    yield (partial(information_from, one, piece) for piece in cut(package.information, 1))
    yield from reports_from(one)


def acts_in(package: Package) -> int:
    """About how many acts it takes to write this package: for how far that is."""
    counts = package.counts
    rows = counts.sessions + counts.notes + counts.participants + counts.inputs + counts.cards + counts.citations // 2
    return 1 + rows // A_PIECE


def is_small(package: Package) -> bool:
    """Whether it is written in less than a second, so that one transaction may do it."""
    return acts_in(package) <= AT_ONCE


def texts_from(one: Arrival, summaries: Sequence[Summary]) -> None:
    summaries_from(summaries, one.sessions(each.session for each in summaries))


def handed_from(one: Arrival, inputs: Sequence[Input]) -> None:
    notes = one.notes(source.note for each in inputs for source in each.notes)
    inputs_from(inputs, one.meeting, notes, at=one.at)


def practices_from(one: Arrival, cards: Sequence[Card]) -> None:
    sessions, notes = one.sessions(each.session for each in cards), one.notes(each.note for each in cards if each.note)
    cards_from(cards, one.meeting, sessions, notes, at=one.at)


def senders_from(one: Arrival, delegations: Sequence[Delegation]) -> None:
    delegations_from(delegations, one.meeting)


def gates_from(one: Arrival) -> None:
    gates = one.package.meeting.gates
    delegations = one.delegations(folded(name) for gate in gates for name in gate.delegations)
    entrances_from(one.package.meeting, one.meeting, one.sessions(gate.session for gate in gates), delegations)


def papers_from(one: Arrival, documents: Sequence[content.Document]) -> None:
    documents_from(documents, one.package.files, one.meeting, one.sessions(each.session for each in documents))


def information_from(one: Arrival, pages: Sequence[Page]) -> None:
    pages_from(pages, one.package.files, one.meeting, at=one.at)


def refuse_nonsense(package: Package) -> None:
    """Say the first thing in the package that cannot be."""
    for fault in nonsense_in(package):
        raise Refused(_("The package makes no sense at %(fault)s", fault=fault))


def refuse_known(package: Package) -> None:
    """A package makes a meeting and changes none. A calendar event is the same for ever: no two meetings have it."""
    slug = package.meeting.slug
    if meeting_at(slug):
        raise Refused(
            _("There is a meeting at “%(slug)s” already: a package makes a meeting, it changes none.", slug=slug)
        )
    sessions = {one.uid: one.code for one in package.agenda.sessions}
    known = db.session.scalar(select(Session.uid).where(Session.uid.in_(sessions)).limit(1))
    if known:
        code = sessions[known]
        raise Refused(_("Session %(code)s of this package is here already, in another meeting.", code=code))


def refuse_other(package: Package, meeting: Meeting) -> None:
    """What was read in must come out again as it came; files that its version had not are not looked at."""
    db.session.flush()
    db.session.expire_all()
    came, goes = files_of(package), files_of(called_alike(filled(meeting, package.level).package, package))
    for name in sorted((came.keys() | goes.keys()) - (KINDS.keys() - kinds_of(package.version).keys())):
        if came.get(name) != goes.get(name):
            text = _(
                "Not imported: %(name)s would not be exported again as it was. It was not made by an export.", name=name
            )
            raise Refused(text)


def meeting_from(one: content.Meeting, contact: str, *, by: Person | None, at: datetime) -> Meeting:
    """The meeting itself, with its bodies, rooms, kinds, categories and what it sets of its own."""
    head = {each.name: getattr(one, each.name) for each in fields(MeetingMastheadFacts)}
    facts = MeetingFacts(
        **values(one, but=["slug", "texts", "session_rights", *CHOSEN, *APART, *head]),
        contact_email=contact,
    )
    meeting = make_meeting(one.slug, facts, by=by, at=at)
    change_masthead(meeting, MeetingMastheadFacts(**{**head, "organs": list(one.organs)}), by=by, at=at)
    meeting.texts, meeting.themes, meeting.chapters = one.texts, themes_record(one), chapter_records(one)
    retention_from(one, meeting, by=by, at=at)
    meeting.session_rights = one.session_rights
    for name in CHOSEN:
        setattr(meeting, name, getattr(one, name))
    meeting.bodies = [Body(**values(body)) for body in one.bodies]
    meeting.rooms = [room_from(room, at) for room in one.rooms]
    meeting.kinds = [SessionKind(**asdict(kind)) for kind in one.kinds]
    meeting.categories = [Category(**asdict(category)) for category in one.categories]
    db.session.flush()
    consents_from(one, meeting, by=by, at=at)
    return meeting

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from eventapp.agenda.rights.actions import change_rights
from eventapp.agenda.rights.content import RIGHTS
from eventapp.agenda.room_hours.actions import set_hours
from eventapp.documents.actions import remove_document
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.live.checking.actions import choose_live_letters
from eventapp.meeting_file import facts
from eventapp.meeting_file.changes import Change, changes
from eventapp.meeting_file.chapters.content import set_chapters
from eventapp.meeting_file.consents.content import set_consents
from eventapp.meeting_file.entrances.actions import end_zones, set_delegations, set_entrances, set_gates
from eventapp.meeting_file.entrances.entries import DelegationEntry, GateEntry
from eventapp.meeting_file.information.actions import set_pages
from eventapp.meeting_file.networking.actions import set_networking_by_file
from eventapp.meeting_file.objections import objections_to
from eventapp.meeting_file.parts.people import StaffEntry
from eventapp.meeting_file.programme import cancel_sessions, put_all_on_wall, set_sessions
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.questions.actions import set_questions
from eventapp.meeting_file.retention.actions import set_retention
from eventapp.meeting_file.schema import MeetingFile, SessionEntry
from eventapp.meeting_file.texts.actions import set_texts
from eventapp.meeting_file.themes.content import set_themes
from eventapp.meetings.actions import (
    ROW_OF,
    Part,
    add_part,
    change_masthead,
    change_meeting,
    change_part,
    close_room,
    end_role,
    grant,
    make_meeting,
    name_of_part,
    open_room,
    parts_of,
    remove_part,
)
from eventapp.meetings.arriving.coming import Act, Objected, cut
from eventapp.meetings.chapters.actions import choose_for_reports
from eventapp.meetings.facts import PartFacts
from eventapp.meetings.models import Body, Category, Document, Meeting, Room, SessionKind
from eventapp.meetings.queries import meeting_at, staff_of
from eventapp.people.actions import know
from eventapp.people.models import Person
from eventapp.registration.offers.actions import set_waiting_rules
from eventapp.registration.places.actions import offer_next

PARTS: tuple[type[Part], ...] = (Body, Room, SessionKind, Category, Document)  # as `facts.of_parts` has them
A_PIECE = 5  # rows, each with what hangs on it
AT_ONCE = 150  # rows of a file that one transaction may write, in 0.2 s; the one place where this is said


@dataclass(frozen=True)
class Loading:
    """A file, and the number of the meeting that is made of it, or changed to it; who does so, and when."""

    file: MeetingFile
    meeting_id: int
    by_id: int | None
    at: datetime
    is_new: bool

    @property
    def meeting(self) -> Meeting:
        return db.session.get_one(Meeting, self.meeting_id)

    @property
    def by(self) -> Person | None:
        return db.session.get_one(Person, self.by_id) if self.by_id else None


def load(file: MeetingFile, *, by: Person | None, at: datetime) -> list[Change]:
    """Make the meeting as the file says, or change it to that. Returns what changed; nothing where all is as it says.

    Nobody gets an email by it, but those whom a raised number of places lets in. Refused, with every reason on a line
    of its own, where something would vanish that others rest on.
    """
    meeting = meeting_at(file.slug)
    if meeting is not None:
        lock(meeting)
    found = changes(content_of(meeting) if meeting else None, file)
    if meeting is not None and not found:
        return []
    if meeting is not None and (objections := objections_to(meeting, file)):
        raise Objected(objections)
    is_new = meeting is None
    if meeting is None:
        meeting = begin(file, by=by, at=at)
    else:
        change_meeting(meeting, facts.of_meeting(file), by=by, at=at)
    for acts in pieces(Loading(file, meeting.id, by and by.id, at, is_new)):
        for act in acts:
            act()
    return found


def begin(file: MeetingFile, *, by: Person | None, at: datetime) -> Meeting:
    """Make the meeting itself, without anything that hangs on it. Refused when its address is taken."""
    return make_meeting(file.slug, facts.of_meeting(file), by=by, at=at)


def pieces(one: Loading) -> Iterator[Iterable[Act]]:
    """What is to be written of a file once its meeting is there, in its order, as acts that each take some 10 ms.

    What ends comes last, when no session names it any more.
    """
    file = one.file
    for listed in facts.of_parts(file):
        yield (partial(parts_from, one, piece) for piece in cut(listed, A_PIECE))
    yield (partial(settings_from, one),)
    yield (partial(staff_from, one, piece) for piece in cut(file.staff, A_PIECE))
    yield (partial(end_staff, one),)
    if not one.is_new:
        yield (partial(cancel_sessions, one.meeting, file, by=one.by, at=one.at),)
    yield (partial(sessions_from, one, piece) for piece in cut(file.sessions, A_PIECE))
    yield (partial(on_wall, one),)
    yield (partial(delegations_from, one, piece) for piece in cut(file.delegations, A_PIECE))
    yield (partial(entrances_from, one),)
    yield (partial(gates_from, one, piece) for piece in cut(file.gates, A_PIECE))
    yield (partial(rest_from, one),)


def rows_in(file: MeetingFile) -> int:
    """How many rows a file is about: what hangs on sessions counts as well."""
    lists = (file.bodies, file.rooms, file.kinds, file.categories, file.documents, file.staff, file.questions)
    within = sum(1 + len(one.roles) + len(one.sub_items) + len(one.texts) for one in file.sessions)
    return within + sum(map(len, (*lists, file.information, file.delegations, file.zones, file.gates)))


def is_small(file: MeetingFile) -> bool:
    """Whether one transaction may write it."""
    return rows_in(file) <= AT_ONCE


def parts_from(one: Loading, piece: Sequence[PartFacts]) -> None:
    """Bodies, rooms, categories, documents or kinds: those of the file, made and changed."""
    meeting = one.meeting
    known = {name_of_part(row): row for row in parts_of(meeting, ROW_OF[type(piece[0])])}
    for fact in piece:
        row = known.get(name_of_part(fact))
        if row is None:
            add_part(meeting, fact, by=one.by, at=one.at)
            continue
        change_part(row, fact, by=one.by, at=one.at)
        if isinstance(row, Room):
            open_room(row, by=one.by, at=one.at)


def settings_from(one: Loading) -> None:
    """What the meeting has chosen for itself."""
    meeting, file, by, at = one.meeting, one.file, one.by, one.at
    change_masthead(meeting, facts.of_masthead(file), by=by, at=at)
    heads = facts.of_mastheads(file)
    for body in meeting.bodies:
        if body.code in heads:
            change_masthead(body, heads[body.code], by=by, at=at)
    hours = {room.code: [each.hours for each in room.hours] for room in file.rooms}
    for room in meeting.rooms:
        if room.code in hours:
            set_hours(room, hours[room.code], by=by, at=at)
    set_retention(meeting, file, is_new=one.is_new, by=by, at=at)
    set_consents(meeting, file.consents, by=by, at=at)
    change_rights(meeting, {right: getattr(file, f"edit_{right}") for right in RIGHTS}, by=by, at=at)
    set_chapters(meeting, file.chapters, by=by, at=at)
    choose_for_reports(meeting, file.report_outline, file.report_policy, by=by, at=at)
    choose_live_letters(meeting, file.live_letters, by=by, at=at)
    set_themes(meeting, file.themes, by=by, at=at)
    set_questions(meeting, file.questions, by=by, at=at)


def staff_from(one: Loading, piece: Sequence[StaffEntry]) -> None:
    """Those who work at the meeting by the file, and did not before."""
    meeting = one.meeting
    known = {(staff.person.email, staff.role) for staff in staff_of(meeting)}
    for entry in piece:
        if entry.key not in known:
            grant(meeting, know(entry.name, entry.email, at=one.at), entry.role, by=one.by, at=one.at)


def end_staff(one: Loading) -> None:
    """The roles that the file does not name end."""
    listed = {entry.key for entry in one.file.staff}
    for staff in staff_of(one.meeting):
        if (staff.person.email, staff.role) not in listed:
            try:
                end_role(staff, by=one.by, at=one.at)
            except Refused as refused:
                raise Objected([(one.file.place.of("staff"), str(refused))]) from None


def sessions_from(one: Loading, piece: Sequence[SessionEntry]) -> None:
    set_sessions(one.meeting, piece, by=one.by, at=one.at)


def on_wall(one: Loading) -> None:
    put_all_on_wall(one.meeting)


def delegations_from(one: Loading, piece: Sequence[DelegationEntry]) -> None:
    set_delegations(one.meeting, piece, by=one.by, at=one.at)


def entrances_from(one: Loading) -> None:
    set_entrances(one.meeting, one.file, by=one.by, at=one.at)


def gates_from(one: Loading, piece: Sequence[GateEntry]) -> None:
    set_gates(one.meeting, piece, by=one.by, at=one.at)


def rest_from(one: Loading) -> None:
    """Texts in other languages, pages, and what ends."""
    meeting, file, by, at = one.meeting, one.file, one.by, one.at
    end_zones(meeting, file.zones, by=by, at=at)
    set_networking_by_file(meeting, file, by=by, at=at)
    set_texts(meeting, file, by=by, at=at)
    set_pages(meeting, file, by=by, at=at)
    for model, listed in zip(PARTS, facts.of_parts(file), strict=True):
        names = {name_of_part(each) for each in listed}
        for row in parts_of(meeting, model):
            if name_of_part(row) not in names:
                _end_part(row, by=by, at=at)
    set_waiting_rules(meeting, file.offer_hours, by_protocol=file.waiting_by_protocol, by=by, at=at)
    offer_next(meeting, at=at)


def _end_part(row: Part, *, by: Person | None, at: datetime) -> None:
    if isinstance(row, Room):
        close_room(row, by=by, at=at)
    elif isinstance(row, Document):
        remove_document(row, by=by, at=at)
    else:
        remove_part(row, by=by, at=at)

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import partial
from types import MappingProxyType

from eventapp.agenda.rights.actions import change_rights
from eventapp.agenda.rights.content import RIGHTS
from eventapp.agenda.room_hours.actions import set_hours
from eventapp.documents.actions import remove_document
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.live.checking.actions import choose_live_letters
from eventapp.meeting_file import facts
from eventapp.meeting_file.chapters.content import set_chapters
from eventapp.meeting_file.consents.content import set_consents
from eventapp.meeting_file.entrances.actions import end_zones, set_delegations, set_entrances, set_gates
from eventapp.meeting_file.entrances.entries import DelegationEntry, GateEntry
from eventapp.meeting_file.information.actions import set_pages
from eventapp.meeting_file.loading.differences import Difference
from eventapp.meeting_file.networking.actions import set_networking_by_file
from eventapp.meeting_file.objections import objections_to
from eventapp.meeting_file.parts.people import StaffEntry
from eventapp.meeting_file.programme import cancel_sessions, put_all_on_wall, set_sessions
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
    name_of_part,
    open_room,
    parts_of,
    remove_part,
)
from eventapp.meetings.arriving.coming import Act, Objected, cut
from eventapp.meetings.chapters.actions import choose_for_reports
from eventapp.meetings.facts import PartFacts
from eventapp.meetings.models import Body, Category, Document, Meeting, Room, SessionKind
from eventapp.meetings.queries import staff_of
from eventapp.people.actions import know
from eventapp.people.models import Person
from eventapp.registration.offers.actions import set_waiting_rules
from eventapp.registration.places.actions import offer_next

# The lists of a file and their tables, in the order of `facts.of_parts`.
PARTS: Mapping[str, type[Part]] = MappingProxyType(
    {"bodies": Body, "rooms": Room, "kinds": SessionKind, "categories": Category, "documents": Document}
)
NETWORKING = {one.name for one in fields(MeetingFile) if one.name.startswith("networking")}
A_PIECE = 5  # rows, each with what hangs on it


@dataclass(frozen=True)
class Loading:
    """A file, and the number of the meeting that is made of it, or changed to it; who does so, and when."""

    file: MeetingFile
    meeting_id: int
    by_id: int | None
    at: datetime
    differs: Difference

    @property
    def meeting(self) -> Meeting:
        return db.session.get_one(Meeting, self.meeting_id)

    @property
    def by(self) -> Person | None:
        return db.session.get_one(Person, self.by_id) if self.by_id else None


def pieces(one: Loading) -> Iterator[Iterable[Act]]:
    """What is to be written of a file once its meeting is there, in its order, as acts that each take some 10 ms.

    What ends comes last, when no session names it any more.
    """
    file, differs = one.file, one.differs
    if not differs.is_new:
        yield (partial(itself_from, one),)
    for name, listed in zip(PARTS, facts.of_parts(file), strict=True):
        if name not in differs.same:
            yield (partial(parts_from, one, piece) for piece in cut(listed, A_PIECE))
    yield (partial(settings_from, one),)
    if "staff" not in differs.same:
        yield (partial(staff_from, one, piece) for piece in cut(file.staff, A_PIECE))
        yield (partial(end_staff, one),)
    yield (partial(cancel_from, one, piece) for piece in cut(differs.gone, A_PIECE))
    yield (partial(sessions_from, one, piece) for piece in cut(differs.sessions, A_PIECE))
    yield (partial(on_wall, one),)
    if "delegations" not in differs.same:
        yield (partial(delegations_from, one, piece) for piece in cut(file.delegations, A_PIECE))
    yield (partial(entrances_from, one),)
    if "gates" not in differs.same:
        yield (partial(gates_from, one, piece) for piece in cut(file.gates, A_PIECE))
    if not differs.same >= NETWORKING:
        yield (partial(networking_from, one),)
    yield (partial(rest_from, one),)


def itself_from(one: Loading) -> None:
    """The meeting itself, once nothing speaks against all the rest."""
    refuse_objected(one)
    change_meeting(one.meeting, facts.of_meeting(one.file), by=one.by, at=one.at)


def refuse_objected(one: Loading) -> None:
    """Say what speaks against the file by now; the meeting is locked, so that it stays so."""
    meeting = one.meeting
    lock(meeting)
    if objections := objections_to(meeting, one.file):
        raise Objected(objections)


def cancel_from(one: Loading, piece: Sequence[str]) -> None:
    """Cancel these sessions, which the file does not name."""
    refuse_objected(one)
    cancel_sessions(one.meeting, piece, by=one.by, at=one.at)


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
    set_retention(meeting, file, is_new=one.differs.is_new, by=by, at=at)
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


def networking_from(one: Loading) -> None:
    set_networking_by_file(one.meeting, one.file, by=one.by, at=one.at)


def rest_from(one: Loading) -> None:
    """Texts in other languages, pages, and what ends."""
    meeting, file, by, at = one.meeting, one.file, one.by, one.at
    if not one.differs.is_new:
        refuse_objected(one)
    end_zones(meeting, file.zones, by=by, at=at)
    set_texts(meeting, file, by=by, at=at)
    set_pages(meeting, file, by=by, at=at)
    for model, listed in zip(PARTS.values(), facts.of_parts(file), strict=True):
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

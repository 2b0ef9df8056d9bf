from dataclasses import dataclass
from datetime import datetime

from eventapp.agenda.rights.actions import change_rights
from eventapp.agenda.rights.content import RIGHTS
from eventapp.agenda.room_hours.actions import set_hours
from eventapp.documents.actions import remove_document
from eventapp.ground.db import lock
from eventapp.ground.refusal import Refused
from eventapp.live.checking.actions import choose_live_letters
from eventapp.meeting_file import facts
from eventapp.meeting_file.changes import Change, changes
from eventapp.meeting_file.chapters.content import set_chapters
from eventapp.meeting_file.consents.content import set_consents
from eventapp.meeting_file.entrances.actions import set_entrances
from eventapp.meeting_file.information.actions import set_pages
from eventapp.meeting_file.networking.actions import set_networking_by_file
from eventapp.meeting_file.objections import Objected, objections_to
from eventapp.meeting_file.programme import set_programme
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.questions.actions import set_questions
from eventapp.meeting_file.retention.actions import set_retention
from eventapp.meeting_file.schema import MeetingFile
from eventapp.meeting_file.texts.actions import set_texts
from eventapp.meeting_file.themes.content import set_themes
from eventapp.meetings.actions import (
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
    remove_part,
)
from eventapp.meetings.chapters.actions import choose_for_reports
from eventapp.meetings.facts import PartFacts
from eventapp.meetings.models import Document, Meeting, Room
from eventapp.meetings.queries import meeting_at, staff_of
from eventapp.people.actions import know
from eventapp.people.models import Person
from eventapp.registration.offers.actions import set_waiting_rules
from eventapp.registration.places.actions import offer_next


@dataclass(frozen=True)
class Hand:
    """Who loads the file, and when."""

    by: Person | None
    at: datetime


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
    hand, is_new = Hand(by, at), meeting is None
    meeting = _set_meeting(meeting, file, hand)
    _set_parts(meeting, file, hand)
    _set_mastheads(meeting, file, hand)
    _set_room_hours(meeting, file, hand)
    set_retention(meeting, file, is_new=is_new, by=by, at=at)
    set_consents(meeting, file.consents, by=by, at=at)
    change_rights(meeting, {right: getattr(file, f"edit_{right}") for right in RIGHTS}, by=by, at=at)
    set_chapters(meeting, file.chapters, by=by, at=at)
    choose_for_reports(meeting, file.report_outline, file.report_policy, by=by, at=at)
    choose_live_letters(meeting, file.live_letters, by=by, at=at)
    set_themes(meeting, file.themes, by=by, at=at)
    set_questions(meeting, file.questions, by=by, at=at)
    _set_staff(meeting, file, hand)
    set_programme(meeting, file, by=by, at=at)
    set_entrances(meeting, file, by=by, at=at)
    set_networking_by_file(meeting, file, by=by, at=at)
    set_texts(meeting, file, by=by, at=at)
    set_pages(meeting, file, by=by, at=at)
    _end_parts(meeting, file, hand)  # last, when no session names them any more
    set_waiting_rules(meeting, file.offer_hours, by_protocol=file.waiting_by_protocol, by=by, at=at)
    offer_next(meeting, at=at)
    return found


def _set_meeting(meeting: Meeting | None, file: MeetingFile, hand: Hand) -> Meeting:
    listed = facts.of_meeting(file)
    if meeting is None:
        return make_meeting(file.slug, listed, by=hand.by, at=hand.at)
    change_meeting(meeting, listed, by=hand.by, at=hand.at)
    return meeting


def _set_parts(meeting: Meeting, file: MeetingFile, hand: Hand) -> None:
    for rows, listed in _parts(meeting, file):
        known = {name_of_part(row): row for row in rows}
        for code, fact in listed.items():
            if code not in known:
                add_part(meeting, fact, by=hand.by, at=hand.at)
                continue
            row = known[code]
            change_part(row, fact, by=hand.by, at=hand.at)
            if isinstance(row, Room):
                open_room(row, by=hand.by, at=hand.at)


def _set_mastheads(meeting: Meeting, file: MeetingFile, hand: Hand) -> None:
    change_masthead(meeting, facts.of_masthead(file), by=hand.by, at=hand.at)
    listed = facts.of_mastheads(file)
    for body in meeting.bodies:
        if body.code in listed:
            change_masthead(body, listed[body.code], by=hand.by, at=hand.at)


def _set_room_hours(meeting: Meeting, file: MeetingFile, hand: Hand) -> None:
    listed = {one.code: [each.hours for each in one.hours] for one in file.rooms}
    for room in meeting.rooms:
        if room.code in listed:
            set_hours(room, listed[room.code], by=hand.by, at=hand.at)


def _end_parts(meeting: Meeting, file: MeetingFile, hand: Hand) -> None:
    for rows, listed in _parts(meeting, file):
        for row in rows:
            if name_of_part(row) in listed:
                continue
            if isinstance(row, Room):
                close_room(row, by=hand.by, at=hand.at)
            elif isinstance(row, Document):
                remove_document(row, by=hand.by, at=hand.at)
            else:
                remove_part(row, by=hand.by, at=hand.at)


def _parts(meeting: Meeting, file: MeetingFile) -> list[tuple[list[Part], dict[str, PartFacts]]]:
    return [
        (list(meeting.bodies), {**facts.of_bodies(file)}),
        (list(meeting.rooms), {**facts.of_rooms(file)}),
        (list(meeting.kinds), {**facts.of_kinds(file)}),
        (list(meeting.categories), {**facts.of_categories(file)}),
        (list(meeting.documents), {**facts.of_documents(file)}),
    ]


def _set_staff(meeting: Meeting, file: MeetingFile, hand: Hand) -> None:
    known = {(staff.person.email, staff.role): staff for staff in staff_of(meeting)}
    listed = {one.key: one for one in file.staff}
    for key, one in listed.items():
        if key not in known:
            person = know(one.name, one.email, at=hand.at)
            grant(meeting, person, one.role, by=hand.by, at=hand.at)
    for key, staff in known.items():
        if key not in listed:
            try:
                end_role(staff, by=hand.by, at=hand.at)
            except Refused as refused:
                raise Objected([(file.place.of("staff"), str(refused))]) from None

"""What speaks against a meeting file: things it leaves out that others rest on, and numbers that are too small."""

from collections.abc import Iterator

from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.documents.material.queries import numbers_handed_in
from eventapp.documents.queries import has_files
from eventapp.ground.db import db
from eventapp.ground.text.i18n import _, ngettext
from eventapp.meeting_file.entrances.actions import objections_to_gates
from eventapp.meeting_file.information.actions import objections_to_pages
from eventapp.meeting_file.networking.actions import objections_to_slots
from eventapp.meeting_file.queries import (
    notes_in,
    registrations_in,
    scans_in,
    sessions_by_code,
    uses_of,
)
from eventapp.meeting_file.questions.actions import objections_to_questions
from eventapp.meeting_file.schema import MeetingFile
from eventapp.meeting_file.themes.content import objections_to_themes
from eventapp.meeting_file.validation import kinds_in
from eventapp.meetings.models import Meeting
from eventapp.my_agenda.queries import signed_up
from eventapp.registration.queries import places_taken

Found = tuple[int, str]  # line, what to do


def objections_to(meeting: Meeting, file: MeetingFile) -> list[Found]:
    """Every reason why this meeting cannot become what the file says, with its line and what to do."""
    return [
        *_too_few_places(meeting, file),
        *_categories(meeting, file),
        *_bodies(meeting, file),
        *_kinds(meeting, file),
        *objections_to_themes(meeting, file.themes, file.place.of("themes")),
        *_sessions(meeting, file),
        *_sign_ups(meeting, file),
        *_documents(meeting, file),
        *objections_to_pages(meeting, file),
        *objections_to_gates(meeting, file),
        *objections_to_slots(meeting, file),
        *objections_to_questions(meeting, file.questions, file.languages),
    ]


def _too_few_places(meeting: Meeting, file: MeetingFile) -> Iterator[Found]:
    taken = places_taken(meeting)
    if file.capacity < taken:
        yield (
            file.place.of("capacity"),
            ngettext(
                "%(num)d place is taken. Write a capacity of %(num)d or more.",
                "%(num)d places are taken. Write a capacity of %(num)d or more.",
                taken,
            ),
        )
    listed = {one.code: one for one in file.categories}
    for category in meeting.categories:
        one, taken = listed.get(category.code), places_taken(meeting, category)
        if one is not None and one.capacity is not None and one.capacity < taken:
            yield (
                one.place.of("capacity"),
                ngettext(
                    "%(num)d place of category %(code)s is taken. Write a capacity of %(num)d or more there.",
                    "%(num)d places of category %(code)s are taken. Write a capacity of %(num)d or more there.",
                    taken,
                    code=category.code,
                ),
            )


def _categories(meeting: Meeting, file: MeetingFile) -> Iterator[Found]:
    listed = {one.code for one in file.categories}
    for category in meeting.categories:
        if category.code not in listed and (count := registrations_in(category)):
            yield (
                file.place.of("categories"),
                ngettext(
                    "Category %(code)s has %(num)d registration. Keep it in the file.",
                    "Category %(code)s has %(num)d registrations. Keep it in the file.",
                    count,
                    code=category.code,
                ),
            )


def _bodies(meeting: Meeting, file: MeetingFile) -> Iterator[Found]:
    listed, sessions = {one.code for one in file.bodies}, {one.code for one in file.sessions}
    for body in meeting.bodies:
        if body.code not in listed and uses_of(body, but=sessions):
            yield (
                file.place.of("bodies"),
                _("Sessions or reports name the body %(code)s. Keep it in the file.", code=body.code),
            )


def _kinds(meeting: Meeting, file: MeetingFile) -> Iterator[Found]:
    listed, codes = {one.code for one in file.sessions}, kinds_in(file)
    known = db.session.execute(select(Session.code, Session.kind).where(Session.meeting_id == meeting.id))
    left = {kind for code, kind in known if code not in listed and kind not in codes}
    for code in sorted(left):
        yield (
            file.place.of("kinds"),
            _("Sessions outside the file are of the kind %(code)s. Keep it in the file.", code=code),
        )


def _sessions(meeting: Meeting, file: MeetingFile) -> Iterator[Found]:
    listed = {one.code for one in file.sessions}
    codes = select(Session.code).where(Session.meeting_id == meeting.id, Session.cancelled_at.is_(None))
    left = [code for code in db.session.scalars(codes.order_by(Session.starts_at, Session.code)) if code not in listed]
    for session in sessions_by_code(meeting, left).values():
        if count := notes_in(session):
            yield (
                file.place.of("sessions"),
                ngettext(
                    "Session %(code)s has %(num)d note. Keep it in the file; the agenda can cancel it.",
                    "Session %(code)s has %(num)d notes. Keep it in the file; the agenda can cancel it.",
                    count,
                    code=session.code,
                ),
            )
        elif count := scans_in(session):
            yield (
                file.place.of("sessions"),
                ngettext(
                    "%(num)d badge was read at session %(code)s. Keep it in the file; the agenda can cancel it.",
                    "%(num)d badges were read at session %(code)s. Keep it in the file; the agenda can cancel it.",
                    count,
                    code=session.code,
                ),
            )


def _sign_ups(meeting: Meeting, file: MeetingFile) -> Iterator[Found]:
    signed = signed_up(meeting)
    for one in file.sessions:
        count = signed.get(one.code, 0)
        if count > (one.sign_up or 0):
            yield (
                one.place.of("sign_up"),
                ngettext(
                    "%(num)d person has signed up for %(code)s. Write sign_up: %(num)d or more there.",
                    "%(num)d people have signed up for %(code)s. Write sign_up: %(num)d or more there.",
                    count,
                    code=one.code,
                ),
            )


def _documents(meeting: Meeting, file: MeetingFile) -> Iterator[Found]:
    listed = {one.symbol for one in file.documents}
    came = numbers_handed_in(meeting)
    for document in meeting.documents:
        if document.symbol not in listed and (has_files(document) or document.id in came):
            yield (
                file.place.of("documents"),
                _(
                    "Document %(symbol)s has files or was handed in. Keep it in the file; Settings can remove it.",
                    symbol=document.symbol,
                ),
            )

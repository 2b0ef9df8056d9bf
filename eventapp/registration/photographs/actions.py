"""Sending a photograph, and deciding about it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration import mails
from eventapp.registration.actions import refuse_when_over
from eventapp.registration.models import DECLINED, LAPSED, PHOTO, WITHDRAWN, Registration, Upload
from eventapp.registration.photographs.models import PhotoCheck, PhotoStandard
from eventapp.registration.photographs.queries import checks_of, photographs_numbered, standard_row
from eventapp.registration.queries import newest_upload
from eventapp.registration.register import attach


@dataclass(frozen=True)
class Asked:
    """What is asked of photographs: proportion, least width in pixels, whether an organizer checks them first."""

    across: int
    down: int
    least_width: int
    is_checked: bool


def set_standard(meeting: Meeting, asked: Asked, *, by: Person | None, at: datetime) -> None:
    """Ask this of the photographs that are sent from now on; the check counts for those that are there too."""
    lock(meeting)
    row, is_new = standard_row(meeting), False
    if row is None:
        row, is_new = PhotoStandard(meeting_id=meeting.id), True
        db.session.add(row)
    wanted = vars(asked)
    changes = {
        name: [None if is_new else getattr(row, name), value]
        for name, value in wanted.items()
        if is_new or getattr(row, name) != value
    }
    for name, value in wanted.items():
        setattr(row, name, value)
    if changes:
        meeting.version += 1  # pages with the form are kept by it
        db.session.flush()
        record("set the standard of photographs", meeting, by=by, at=at, changes=changes)


def send_photograph(registration: Registration, photograph: Upload, *, by: Person, at: datetime) -> None:
    """The person's new photograph; it waits for its check. The one before is replaced.

    Refused once the meeting is over or closed, and of somebody who does not come.
    """
    lock(registration.meeting)
    refuse_when_over(registration, at)
    if registration.state_now(at) in (WITHDRAWN, DECLINED, LAPSED):
        raise Refused(_("This registration does not count any more, so it needs no photograph."))
    attach(registration, [photograph], at=at, by=by)


def take_photograph(registration: Registration, photograph: Upload, *, by: Person, at: datetime) -> None:
    """A photograph that staff took of the person before them: they saw whom it shows, so it is accepted."""
    lock(registration.meeting)
    attach(registration, [photograph], at=at, by=by)
    there = newest_upload(registration, PHOTO)
    if there:
        decide(there, "", by=by, at=at)


def accept(meeting: Meeting, numbers: Collection[int], *, by: Person, at: datetime) -> int:
    """Accept these photographs. Returns how many that made accepted: one that was replaced meanwhile is left out."""
    lock(meeting)
    found, before = photographs_numbered(meeting, numbers), checks_of(numbers)
    new = [one for one in found if one.id not in before or not before[one.id].accepted]
    for photograph in new:
        decide(photograph, "", by=by, at=at)
    return len(new)


def ask_again(meeting: Meeting, number: int, reason: str, *, by: Person, at: datetime) -> Registration:
    """Ask the person for another photograph by letter. Refused where they sent another one meanwhile."""
    lock(meeting)
    found = photographs_numbered(meeting, [number])
    if not found:
        raise Refused(_("This photograph was replaced or taken away meanwhile. Look at the one that is there now."))
    [photograph] = found
    decide(photograph, reason, by=by, at=at)
    post(mails.photograph_wanted(photograph.registration, reason), at=at)
    return photograph.registration


def decide(photograph: Upload, reason: str, *, by: Person, at: datetime) -> None:
    """Write down what was decided: accepted without a reason, asked for again with one."""
    check = checks_of([photograph.id]).get(photograph.id) or PhotoCheck(upload_id=photograph.id)
    check.accepted, check.reason, check.at, check.by_id = not reason, reason, at, by.id
    db.session.add(check)
    db.session.flush()
    if reason:
        record("asked for another photograph", photograph.registration, by=by, at=at, reason=reason)
    else:
        record("accepted a photograph", photograph.registration, by=by, at=at)

"""Issuing a badge, issuing another in its place, and noting that badges were printed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from eventapp.badges import mails
from eventapp.badges.models import Badge
from eventapp.badges.queries import Bearer, Choice, badge_of, badges_of, bearers, dead_badges_of
from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.security.tokens import code
from eventapp.ground.text.i18n import _
from eventapp.history.actions import Actor, record
from eventapp.mail.actions import post
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.entry import CODE_LENGTH, entry_code
from eventapp.registration.models import APPROVED, Registration


def issue(registration: Registration, *, by: Actor | None, at: datetime) -> Badge:
    """The badge in force, issued now if there was none; the first has the code of the letter of approval.

    Refused where the registration is not approved.
    """
    lock(registration.meeting)
    lock(registration)
    if registration.state != APPROVED:
        raise Refused(_("%(reference)s is not approved, so it gets no badge.", reference=registration.reference))
    badge = badge_of(registration)
    if badge:
        return badge
    badge = _added(registration, code(CODE_LENGTH) if badges_of(registration) else entry_code(registration), by, at)
    record("badge issued", badge, by=by, at=at, meeting_id=registration.meeting_id, reference=registration.reference)
    return badge


def reissue(
    registration: Registration, because: str, *, by: Person | None, at: datetime, replaced: int | None = None
) -> Badge:
    """A new badge with a new code, written to its bearer; the code of every badge before it is dead from this moment.

    Where more than `replaced` badges are dead already, somebody pressed twice: the newest stays in force. Refused where
    the registration is not approved.
    """
    ended = issue(registration, by=by, at=at)
    if replaced is not None and dead_badges_of(registration) > replaced:
        return ended
    ended.ended_at, ended.ended_because = at, because
    db.session.flush()
    badge = _added(registration, code(CODE_LENGTH), by, at)
    detail = {"reference": registration.reference, "because": because}
    record("badge issued again", badge, by=by, at=at, meeting_id=registration.meeting_id, **detail)
    post(mails.replaced(badge), at=at)
    return badge


def print_badges(meeting: Meeting, choice: Choice, *, by: Person | None, at: datetime, where: str = "") -> list[Bearer]:
    """Note that the chosen badges are printed now, issuing those that never were; one line of history for the batch,
    with the gate where it was done.

    Returns who bears them, in the order of printing. Refused where there is none to print.
    """
    lock(meeting)  # two prints of one batch issue each badge once
    chosen = bearers(meeting, choice)
    if not chosen:
        raise Refused(_("There is no badge to print. Choose another category, or badges already printed."))
    return _printed(meeting, chosen, by, at, where)


def print_drawn(
    meeting: Meeting, choice: Choice, drawn: Mapping[int, str], *, by: Person | None, at: datetime
) -> list[Bearer]:
    """The same of badges that were drawn while nothing was held, by the id of their registration, with their codes.

    Whoever has another badge by now, or no place any more, has none printed.
    """
    lock(meeting)
    still = bearers(meeting, replace(choice, unprinted=False))
    chosen = [one for one in still if drawn.get(one.registration.id) == one.code]
    return _printed(meeting, chosen, by, at) if chosen else []


def _printed(
    meeting: Meeting, chosen: Sequence[Bearer], by: Person | None, at: datetime, where: str = ""
) -> list[Bearer]:
    printed = [
        Bearer(bearer.registration, bearer.badge or _new(bearer.registration, bearer.code, by, at)) for bearer in chosen
    ]
    for bearer in printed:
        if bearer.badge:
            bearer.badge.printed_at = at
            db.session.add(bearer.badge)
    references = [bearer.registration.reference for bearer in printed]
    detail: Record = {"count": len(printed), "references": references, **({"gate": where} if where else {})}
    record("badges printed", meeting, by=by, at=at, **detail)
    return printed


def _added(registration: Registration, secret: str, by: Actor | None, at: datetime) -> Badge:
    badge = _new(registration, secret, by, at)
    db.session.add(badge)
    db.session.flush()
    return badge


def _new(registration: Registration, secret: str, by: Actor | None, at: datetime) -> Badge:
    return Badge(registration_id=registration.id, code=secret, issued_at=at, issued_by_id=by.id if by else None)

"""What stands against a place for somebody: said where one decides, and overridden only with a reason."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from eventapp.ground.db import db
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, ngettext
from eventapp.history.actions import record
from eventapp.meetings.rules import run_meeting
from eventapp.people.models import Person
from eventapp.registration.models import APPROVED, PENDING, UNCONFIRMED, WAITING, Delegation, Registration
from eventapp.registration.nominated.queries import waits_for_focal_point
from eventapp.registration.offers.queries import is_offered
from eventapp.registration.queries import has_letter
from eventapp.vocabulary.participants import DELEGATION_ROLES, HEAD


class Obstructed(Refused):
    """A place that something stands against; `may_override` says whether the reader can give it with a reason."""

    def __init__(self, sentences: Collection[str], *, may_override: bool) -> None:
        what_to_do = (
            _("To approve all the same, write why.")
            if may_override
            else _("Ask an organizer, who can add the person all the same.")
        )
        super().__init__(" ".join((*sentences, what_to_do)))
        self.may_override = may_override


def obstacles(registration: Registration) -> list[str]:
    """What stands against a place for this person, each as a sentence; only right while the meeting is locked."""
    found: list[str] = []
    if registration.brought_by_id is not None:  # an accompanying person: not one of the delegation
        return found
    if registration.category.needs_letter and not is_covered(registration):
        found.append(_("The letter is missing."))
    delegation = registration.delegation
    if waits_for_focal_point(registration):
        found.append(_("The focal point of the delegation has not confirmed this person."))
    if registration.delegation_role == HEAD:
        found += [_("%(name)s is head of this delegation already.", name=one) for one in other_heads(registration)]
    if delegation.places is not None and placed_beside(registration) >= delegation.places:
        found.append(
            _("All %(count)s places of %(delegation)s are taken.", count=delegation.places, delegation=delegation.label)
            if delegation.places
            else _("%(delegation)s has no place.", delegation=delegation.label)
        )
    if role_is_full(delegation, registration.delegation_role, beside=registration.id):
        found.append(all_taken_in(delegation, registration.delegation_role))
    return found


def refuse_obstructed(
    registration: Registration, despite: str, *, by: Person, at: datetime, known: Collection[str] = ()
) -> None:
    """Refuse a place that more stands against than what is `known`, unless an organizer says why: history keeps that,
    the person does not read it. Only right while the meeting is locked.
    """
    against = [sentence for sentence in obstacles(registration) if sentence not in known]
    if not against:
        return
    may_override = run_meeting(by, registration.meeting)
    if not (despite and may_override):
        raise Obstructed(against, may_override=may_override)
    record("approved all the same", registration, by=by, at=at, against=against, reason=despite)


def is_covered(registration: Registration) -> bool:
    """Whether there is a letter for this person or for the whole delegation."""
    query = select(Registration.id).where(Registration.id == registration.id, has_letter())
    return db.session.scalar(query) is not None


def takes_place() -> ColumnElement[bool]:
    """The condition that somebody takes one of the places of their delegation: has a place or the offer of one, or is
    nominated for one. Accompanying persons take none.
    """
    asks = Registration.state.in_((UNCONFIRMED, PENDING, WAITING))
    takes = or_(Registration.state == APPROVED, and_(Registration.vouched_at.is_not(None), asks), is_offered())
    return and_(Registration.brought_by_id.is_(None), takes)


def other_heads(registration: Registration) -> list[str]:
    """The names of those who lead the same delegation and have a place there, or are nominated for one."""
    return heads_of(registration.delegation_id, beside=registration.id)


def placed_beside(registration: Registration) -> int:
    """How many others of the same delegation have a place there, or are nominated for one."""
    return taken_of(registration.delegation_id, beside=registration.id)


def heads_of(delegation: int, *, beside: int = 0) -> list[str]:
    """The names of those who lead the delegation with this number, without the registration with that one."""
    query = select(Registration.record_name).where(
        Registration.delegation_id == delegation,
        takes_place(),
        Registration.delegation_role == HEAD,
        Registration.id != beside,
    )
    return list(db.session.scalars(query.order_by(Registration.number)))


def taken_of(delegation: int, *, beside: int = 0) -> int:
    """How many places of the delegation with this number are taken, without the registration with that one."""
    query = select(func.count()).where(
        Registration.delegation_id == delegation, takes_place(), Registration.id != beside
    )
    return db.session.scalar(query) or 0


def role_is_full(delegation: Delegation, role: str, *, beside: int = 0) -> bool:
    """Whether the delegation has no place left in this role, without the registration with that number."""
    most = delegation.role_places.get(role)
    return most is not None and taken_in(delegation.id, role, beside=beside) >= most


def taken_in(delegation: int, role: str, *, beside: int = 0) -> int:
    """How many places of the delegation with this number are taken in this role, without that registration."""
    query = select(func.count()).where(
        Registration.delegation_id == delegation,
        takes_place(),
        Registration.delegation_role == role,
        Registration.id != beside,
    )
    return db.session.scalar(query) or 0


def all_taken_in(delegation: Delegation, role: str) -> str:
    """That there is no place left in this role, as a sentence."""
    most = delegation.role_places[role]
    return ngettext(
        "The delegation has %(num)s place for “%(role)s”, and none is left.",
        "The delegation has %(num)s places for “%(role)s”, and none is left.",
        most,
        role=DELEGATION_ROLES[role].label,
    )

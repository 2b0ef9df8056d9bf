"""Changing what was asked: at once before approval; afterwards checked again, while the place stays theirs."""

from collections.abc import Sequence
from datetime import datetime

from eventapp.ground.db import db
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.meetings.models import Category
from eventapp.meetings.queries import category_of
from eventapp.people.models import Person
from eventapp.questions.answers import Given
from eventapp.questions.kinds import APPROVED as AFTER_APPROVAL
from eventapp.questions.kinds import REGISTRATION
from eventapp.registration import mails
from eventapp.registration.actions import refuse_when_over
from eventapp.registration.answers.actions import answer
from eventapp.registration.answers.queries import answered_otherwise, mark_of_answers
from eventapp.registration.application import (
    CHECKED,
    ELSEWHERE,
    Application,
    differences,
    facts_of,
    for_history,
    index,
    write_down,
)
from eventapp.registration.changes.versions import mark_of, refuse_differing, refuse_others, stages_to_correct
from eventapp.registration.decisions.obstacles import obstacles, refuse_obstructed
from eventapp.registration.models import (
    APPROVED,
    DECLINED,
    LAPSED,
    PENDING,
    WAITING,
    WITHDRAWN,
    Amendment,
    Registration,
    Upload,
)
from eventapp.registration.offers.giving import end_offer
from eventapp.registration.places.actions import change_state, hold, offer_next
from eventapp.registration.queries import open_amendment, places_taken
from eventapp.registration.register import attach, open_category, sent_by


def amend(
    registration: Registration,
    application: Application,
    *,
    by: Person | None,
    at: datetime,
    files: Sequence[Upload] = (),
    base: str = "",
) -> Amendment | None:
    """Change the answers. Returns the change that waits for an organizer, None where all of it holds at once.

    A newer change replaces one that still waits. Refused after the meeting, when the registration is not active, or
    when others than the answers of `base` are on record by now.
    """
    hold(registration)
    refuse_when_over(registration, at)
    if registration.state_now(at) in (DECLINED, WITHDRAWN, LAPSED):
        raise Refused(_("This registration is not active. Nothing can be changed on it."))
    if base and base != mark_of(registration):
        refuse_others(registration, application, (REGISTRATION,))
    changes = differences(registration, application)
    if "category" in changes:
        open_category(registration.meeting, application.category)
    if application.privacy_notice:  # the person's own form
        registration.privacy_notice = application.privacy_notice
        registration.consent_wording_id = application.consent_wording
    attach(registration, files, at=at)
    if application.answers is not None:
        answer(registration, application.answers, by=by, at=at, category=application.category, files=files)
    checked = {name: pair for name, pair in changes.items() if name in CHECKED}
    waits = registration.state == APPROVED
    apply(
        registration, {name: pair for name, pair in changes.items() if name not in checked or not waits}, by=by, at=at
    )
    return ask_again(registration, checked, by=by, at=at) if waits else None


def answer_more(
    registration: Registration,
    sent: Given,
    *,
    by: Person | None,
    at: datetime,
    files: Sequence[Upload] = (),
    base: str = "",
) -> None:
    """Answer what is asked once a place is given.

    Refused without one, after the meeting, for a full choice, or when other answers than those of `base` are on record.
    """
    hold(registration)
    refuse_when_over(registration, at)
    if not registration.holds_a_place:
        raise Refused(_("These questions are asked of those who have a place."))
    if base and base != mark_of_answers(registration, (AFTER_APPROVAL,)):
        refuse_differing(answered_otherwise(registration, sent, (AFTER_APPROVAL,)))
    answer(registration, sent, (AFTER_APPROVAL,), by=by, at=at, files=files, by_themselves=True)


def correct(
    registration: Registration,
    application: Application,
    *,
    by: Person,
    at: datetime,
    files: Sequence[Upload] = (),
    base: str = "",
    despite: str = "",
) -> None:
    """Put answers right on the organizers' behalf: all of it holds at once, and nobody gets an email.

    Refused when the registration is not active, a change of the person's own waits, the new category has no place
    left, something new stands against the place they have and `despite` does not say why, or others than the answers
    of `base` are on record by now.
    """
    hold(registration)
    if registration.state_now(at) in (DECLINED, WITHDRAWN, LAPSED):
        raise Refused(_("This registration is not active. Nothing can be changed on it."))
    if open_amendment(registration):
        raise Refused(_("A change that the person asked for waits. Approve or refuse it first."))
    stages = stages_to_correct(registration)
    if base and base != mark_of(registration, stages):
        refuse_others(registration, application, stages)
    changes = differences(registration, application)
    if "category" in changes:
        refuse_when_full(registration, application.category)
    apply_to_place(registration, changes, despite, by=by, at=at)
    if application.answers is not None:
        answer(registration, application.answers, stages, by=by, at=at, files=files)


def ask_again(
    registration: Registration, checked: dict[str, list[object]], *, by: Person | None, at: datetime
) -> Amendment | None:
    """Keep a change of what was approved until an organizer decides; no difference, nothing to decide."""
    before = open_amendment(registration)
    if before and before.changes == checked:
        return before
    if before:
        before.decided_at, before.accepted = at, False
        before.decided_by_id = by.id if by else None
    if not checked:
        return None
    amendment = Amendment(registration=registration, changes=checked, asked_at=at)
    db.session.add(amendment)
    db.session.flush()
    record("asked for a change", registration, by=by, at=at, changes=checked)
    return amendment


def apply(registration: Registration, changes: dict[str, list[object]], *, by: Person | None, at: datetime) -> None:
    """Write changes down, as field → [old, new]. Another category may let in somebody who waits."""
    if not changes:
        return
    facts = facts_of(registration) | {name: pair[1] for name, pair in changes.items()}
    write_down(registration, {name: facts[name] for name in changes if name not in ELSEWHERE})
    if "delegation" in changes or "delegation_country" in changes:
        country = str(facts["delegation_country"])
        registration.delegation = sent_by(registration.meeting, str(facts["delegation"]), country)
        if not registration.is_nominated:  # nobody of the new one has nominated them
            registration.vouched_at, registration.position = None, 0
    if "category" in changes:
        move(registration, wanted_category(registration, str(facts["category"])), by=by, at=at)
    index(registration, registration.delegation.name, registration.person.email)
    registration.version += 1
    db.session.flush()
    open_changes = for_history(changes)
    record("changed", registration, by=by, at=at, changes=open_changes)
    if "category" in changes:
        offer_next(registration.meeting, at=at)  # a place in the old one came free, or one in the new one is


def apply_to_place(
    registration: Registration, changes: dict[str, list[object]], despite: str, *, by: Person, at: datetime
) -> None:
    """Write changes down. Refused where somebody has a place that something new stands against by them."""
    stood = obstacles(registration)
    apply(registration, changes, by=by, at=at)
    if registration.state == APPROVED:
        refuse_obstructed(registration, despite, by=by, at=at, known=stood)


def move(registration: Registration, category: Category, *, by: Person | None, at: datetime) -> None:
    """To another category; somebody who waits in one that asks no approval is checked in one that does.

    A place that was offered in the old one is offered no more.
    """
    end_offer(registration, registration.state, at=at)
    registration.category = category
    db.session.flush()
    if registration.state == WAITING and category.needs_approval:
        change_state(registration, PENDING, "changed the type", by=by, at=at)


def wanted_category(registration: Registration, code: str) -> Category:
    category = category_of(registration.meeting, code)
    if category is None:
        raise Refused(_("This meeting has no such type of participant any more. Ask the person to choose another one."))
    return category


def refuse_when_full(registration: Registration, code: str) -> None:
    """Refused where somebody with a place would take it to a category that has none left."""
    category = wanted_category(registration, code)
    is_full = category.capacity is not None and category.capacity <= places_taken(registration.meeting, category)
    if registration.state == APPROVED and is_full:
        raise Refused(no_place_in(category))


def accept_change(amendment: Amendment, *, by: Person, at: datetime, despite: str = "") -> None:
    """Let the change hold. Refused when it is decided already, the new category has no place left, or something new
    stands against the place by it and `despite` does not say why.
    """
    registration = amendment.registration
    hold(registration)
    refuse_decided(amendment)
    if "category" in amendment.changes:
        refuse_when_full(registration, str(amendment.changes["category"][1]))
    decide(amendment, accepted=True, reason="", by=by, at=at)
    apply_to_place(registration, amendment.changes, despite, by=by, at=at)
    post(mails.change_decided(registration, accepted=True, reason=""), at=at)


def refuse_change(amendment: Amendment, reason: str, *, by: Person, at: datetime) -> None:
    """Leave everything as approved, with a reason that the person reads. Refused when it is decided already."""
    hold(amendment.registration)
    refuse_decided(amendment)
    if not reason:
        raise Refused(_("Write the reason: the person reads it word for word."))
    decide(amendment, accepted=False, reason=reason, by=by, at=at)
    registration = amendment.registration
    record("refused a change", registration, by=by, at=at, reason=reason)
    post(mails.change_decided(registration, accepted=False, reason=reason), at=at)


def decide(amendment: Amendment, *, accepted: bool, reason: str, by: Person, at: datetime) -> None:
    amendment.decided_at, amendment.accepted, amendment.reason = at, accepted, reason
    amendment.decided_by_id = by.id
    db.session.flush()


def refuse_decided(amendment: Amendment) -> None:
    db.session.refresh(amendment)
    if amendment.decided_at is not None:
        raise Refused(_("This change is decided already."))


def no_place_in(category: Category) -> str:
    places = {"category": category.name, "places": category.capacity}
    return _("Every place for %(category)s is taken (%(places)s). Refuse the change, or raise the number.", **places)

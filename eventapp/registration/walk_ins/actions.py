"""Adding somebody at the counter."""

from collections.abc import Sequence
from datetime import datetime

from eventapp.ground.db import lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.mail.actions import post
from eventapp.meetings.models import Category, Meeting
from eventapp.meetings.queries import category_of
from eventapp.people.actions import Met, meet
from eventapp.people.models import Person
from eventapp.registration import mails
from eventapp.registration.answers.actions import answer
from eventapp.registration.application import Application
from eventapp.registration.decisions.obstacles import refuse_obstructed
from eventapp.registration.models import APPROVED, LAPSED, UNCONFIRMED, Registration, Upload
from eventapp.registration.places.actions import change_state, hold, is_free, offer_next
from eventapp.registration.queries import next_number, places_left, registration_by_key, registration_of
from eventapp.registration.register import ask, key_of, sent_by


def add_walk_in(
    meeting: Meeting,
    application: Application,
    *,
    key: str,
    by: Person,
    at: datetime,
    language: str = "en",
    files: Sequence[Upload] = (),
    despite: str = "",
) -> Registration:
    """Add somebody who stands at the counter, with a place at once.

    Refused when every place is taken, the person is registered already, or something stands against the place: there
    an organizer says why in `despite`.
    """
    lock(meeting)
    key = key_of(key, meeting, application, files)
    sent_before = registration_by_key(key)
    if sent_before:
        return sent_before
    category = category_at(meeting, application.category)
    person = meet(application.record_name, application.email, at=at, language=language)
    registration = registration_at(meeting, person, at)
    delegation = sent_by(meeting, application.delegation, application.delegation_country)
    ask(registration, category, delegation, application, key=key, at=at)
    if application.answers is not None:
        answer(registration, application.answers, by=by, at=at, files=files)
    hold(registration)
    offer_next(meeting, at=at)
    if not is_free(registration):
        raise Refused(full(meeting, category))
    refuse_obstructed(registration, despite, by=by, at=at)
    registration.confirmed_at = at
    change_state(registration, APPROVED, "added at the counter", by=by, at=at)
    post(mails.approved(registration), at=at)
    return registration


def registration_at(meeting: Meeting, person: Met, at: datetime) -> Registration:
    """Their request that nobody confirmed, or a new one. Refused where the person is registered already."""
    there = registration_of(person.id, meeting.id)
    if there is None:
        return Registration(meeting_id=meeting.id, person_id=person.id, number=next_number(meeting))
    if there.state_now(at) not in (UNCONFIRMED, LAPSED):
        known = {"name": there.record_name, "number": there.reference}
        raise Refused(_("%(name)s is registered already as %(number)s. Open that registration.", **known))
    return there


def category_at(meeting: Meeting, code: str) -> Category:
    """The category of this code. Refused where the meeting has none."""
    category = category_of(meeting, code)
    if category is None:
        raise Refused(_("This meeting has no such type of participant. Choose another one."))
    return category


def full(meeting: Meeting, category: Category) -> str:
    """Why there is no place, in a sentence that says what to do."""
    if places_left(meeting) > 0:
        return _(
            "Every place for %(category)s is taken (%(places)s). "
            "An organizer can raise the number, or use the waiting list.",
            category=category.name,
            places=category.capacity,
        )
    return _(
        "Every place at the meeting is taken (%(places)s). An organizer can raise the number, or use the waiting list.",
        places=meeting.capacity,
    )

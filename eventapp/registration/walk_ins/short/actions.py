"""Adding somebody at the counter with four fields."""

from collections.abc import Sequence
from datetime import datetime

from eventapp.mail.actions import post
from eventapp.mail.mailbox import reaches_somebody
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration import mails
from eventapp.registration.application import Application
from eventapp.registration.models import Registration, Upload
from eventapp.registration.photographs.actions import take_photograph
from eventapp.registration.queries import registration_by_key
from eventapp.registration.register import key_of
from eventapp.registration.walk_ins.actions import add_walk_in
from eventapp.registration.walk_ins.short.queries import left_to_answer


def add_shortly(
    meeting: Meeting,
    application: Application,
    *,
    key: str,
    by: Person,
    at: datetime,
    language: str = "en",
    photographs: Sequence[Upload] = (),
    despite: str = "",
) -> Registration:
    """Add somebody who stands at the counter, with a place and the photograph that was taken.

    Who has an address is asked by letter for what else the form of the category requires. Refused as `add_walk_in`.
    """
    is_known = registration_by_key(key_of(key, meeting, application)) is not None
    one = add_walk_in(meeting, application, key=key, by=by, at=at, language=language, despite=despite)
    if is_known:
        return one
    for photograph in photographs:
        take_photograph(one, photograph, by=by, at=at)
    left = left_to_answer(one)
    if left and reaches_somebody(one.person.email):
        post(mails.completing(one, left), at=at)
    return one

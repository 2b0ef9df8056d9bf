"""Another address for somebody whose own was misheard."""

from datetime import datetime

from eventapp.ground.db import db
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.mail.actions import post, post_first
from eventapp.people.actions import forget_unused, know
from eventapp.people.addresses import address_of
from eventapp.people.models import Person
from eventapp.registration import mails
from eventapp.registration.application import index
from eventapp.registration.entry import OWN, replace_link
from eventapp.registration.models import UNCONFIRMED, Registration
from eventapp.registration.places.actions import hold
from eventapp.registration.queries import registration_of


def readdress(registration: Registration, email: str, *, before: str, by: Person, at: datetime) -> None:
    """Write to another address than `before`, which nobody has confirmed: links sent there end, 48 hours begin anew.

    It counts once somebody opens the letter at the new one. Whom we knew by the old one only is forgotten. Refused
    where the address was confirmed or changed meanwhile, or is somebody's who is registered already.
    """
    hold(registration)
    if registration.person.email == address_of(email):
        return
    if registration.state_now(at) != UNCONFIRMED:
        raise Refused(_("The address was confirmed meanwhile, and stays. Look at the registration again."))
    if registration.person.email != before:
        raise Refused(_("The address was changed meanwhile in another window. Look at the registration again."))
    person = know(registration.record_name, email, at=at, language=registration.person.language)
    known = registration_of(person.id, registration.meeting_id)
    if known:
        raise Refused(
            _(
                "%(name)s is registered already as %(number)s. Open that registration.",
                name=known.record_name,
                number=known.reference,
            )
        )
    mistyped, registration.asked_at, registration.person = registration.person, at, person
    token = replace_link(OWN, registration, at=at)
    db.session.flush()
    forget_unused(mistyped)
    index(registration, registration.delegation.name, person.email)
    record("changed the address", registration, by=by, at=at)
    if registration.is_nominated:
        post(mails.nominated(registration), at=at)
    else:
        post_first(mails.confirm_address(registration, registration.meeting, person, token=token), at=at)

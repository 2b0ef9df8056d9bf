from datetime import datetime

from eventapp.badges.actions import issue
from eventapp.badges.queries import badges_of
from eventapp.checkin.actions import scan
from eventapp.checkin.models import SELF, Gate
from eventapp.checkin.queries import Answer
from eventapp.checkin.reading import Reading
from eventapp.checkin.self_check_in.queries import is_day_of
from eventapp.ground.refusal import Refused
from eventapp.ground.security.tokens import hashed
from eventapp.ground.text.i18n import _
from eventapp.registration.models import Registration


def check_in(registration: Registration, gate: Gate, *, key: str, at: datetime) -> Answer:
    """The answer of the door to somebody who reads themselves: as to a badge, by the same rules, kept as theirs.

    The same key is the same reading. Who has no badge yet gets their first one here, as with the code of the letter of
    approval: phones without a connection know people by their badges. Refused where nobody does that at this gate, and
    on a day that is not one of the meeting.
    """
    if not gate.self_check_in:
        raise Refused(_("At %(gate)s nobody checks in by themselves. Go to the registration desk.", gate=gate.name))
    if not is_day_of(gate.meeting, at):
        raise Refused(_("You can check in by yourself on the days of the meeting only."))
    if registration.holds_a_place and not badges_of(registration):
        issue(registration, by=registration.person, at=at)
    return scan(gate, Reading(registration.reference, own_key(registration, key), SELF), by=registration.person, at=at)


def leave(registration: Registration, gate: Gate, *, key: str, at: datetime) -> Answer:
    """Somebody who checked in by themselves says that they go. The same key is the same reading.

    Refused where people are not read on the way out, or do not read themselves any more.
    """
    if not (gate.self_check_in and gate.reads_out):
        raise Refused(_("At %(gate)s nobody is read on the way out.", gate=gate.name))
    reading = Reading(registration.reference, own_key(registration, key), SELF, goes_out=True)
    return scan(gate, reading, by=registration.person, at=at)


def own_key(registration: Registration, key: str) -> str:
    """The key of a reading that somebody makes by themselves: nobody is answered about another's."""
    return hashed(f"self check-in of registration {registration.id} {key}")

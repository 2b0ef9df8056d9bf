"""What a steward reads and says: one sentence why, one to say aloud, for each reason not to let somebody in."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from eventapp.checkin.actions import OTHER_MEETING, REPLACED, UNKNOWN
from eventapp.registration.models import DECLINED, LAPSED, PENDING, UNCONFIRMED, WAITING, WITHDRAWN
from eventapp.words import LazyString, _l


@dataclass(frozen=True)
class Reason:
    """Why, and what to say."""

    why: LazyString
    say: LazyString


REASONS: Mapping[str, Reason] = MappingProxyType(
    {
        UNKNOWN: Reason(
            _l("No badge of this meeting has this code"),
            _l("“I cannot read this badge. My colleague at the registration desk will help you.”"),
        ),
        OTHER_MEETING: Reason(
            _l("This badge is for another meeting"),
            _l("“This badge is for another meeting. Do you have the one for today, or the code on your phone?”"),
        ),
        REPLACED: Reason(
            _l("This badge was replaced by a newer one"),
            _l("“A newer badge was made for this name. Please show that one, or see the registration desk.”"),
        ),
        UNCONFIRMED: Reason(
            _l("The email address was never confirmed"),
            _l("“We wrote to you to confirm your address. Please open that letter, or see the registration desk.”"),
        ),
        PENDING: Reason(
            _l("Registration is not approved"),
            _l("“Your registration needs one more check. My colleague at the registration desk will help you.”"),
        ),
        WAITING: Reason(
            _l("On the waiting list"),
            _l("“Every place is taken at the moment. My colleague at the registration desk knows where you stand.”"),
        ),
        DECLINED: Reason(
            _l("Registration was declined"),
            _l("“Your registration was not accepted. My colleague at the registration desk can tell you more.”"),
        ),
        WITHDRAWN: Reason(
            _l("Registration was withdrawn"),
            _l("“This registration was withdrawn. My colleague at the registration desk will help you.”"),
        ),
        LAPSED: Reason(
            _l("Registration lapsed, the address was not confirmed in time"),
            _l("“Your registration was not completed. My colleague at the registration desk will help you.”"),
        ),
    }
)

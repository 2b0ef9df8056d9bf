"""What opens an input: a link of its own, mailed to an invited body or made for a registered participant."""

from datetime import datetime

from eventapp.inputs.models import LINK, Input
from eventapp.links.actions import link_for_letter
from eventapp.links.queries import open_links
from eventapp.registration.entry import OWN
from eventapp.registration.models import Registration


def own_token(written: Input, registration: Registration, *, at: datetime) -> str:
    """The secret part of the address for the registered participant; it ends with the link to the registration."""
    above = next(iter(open_links(OWN, registration, at=at)), None)
    return link_for_letter(LINK, written, meeting_id=written.meeting_id, at=at, under=above)

"""The first administrator of an empty installation, by a link that is printed at the start."""

from datetime import datetime

from eventapp.ground.refusal import Refused
from eventapp.ground.security.tokens import made_of, same
from eventapp.ground.text.i18n import _
from eventapp.people.accounts.actions import make_administrator
from eventapp.people.actions import know
from eventapp.people.models import SignIn
from eventapp.people.queries import administrators
from eventapp.people.sign_in.actions import open_sign_in


def first_link() -> str | None:
    """Return the secret of the link, the same at every start; None where somebody administers already."""
    return None if administrators() else made_of("first administrator", "")[0][0]


def is_first_link(link: str) -> bool:
    """Whether this is the link, and still leads to something."""
    expected = first_link()
    return expected is not None and same(link, expected)


def become_first(link: str, name: str, email: str, *, browser: str, at: datetime) -> tuple[SignIn, str]:
    """Make this person the first administrator and sign them in. Refused once there is one.

    Returns the sign-in and the secret that only the browser keeps.
    """
    if not is_first_link(link):
        raise Refused(_("Somebody administers this installation already. Sign in instead."))
    person = know(name, email, at=at)
    make_administrator(person, by=person, at=at)
    return open_sign_in(person, browser=browser, at=at)

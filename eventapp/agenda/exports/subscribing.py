"""The links that subscribe to a calendar: a program that only gets the https address imports it once."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from flask import current_app

from eventapp.agenda.releases.content import Published
from eventapp.ground.text.i18n import _

GOOGLE = "https://calendar.google.com/calendar/r?cid="
OUTLOOK = "https://outlook.live.com/calendar/0/addfromweb?url="
OFFICE = "https://outlook.office.com/calendar/0/addfromweb?url="


@dataclass(frozen=True)
class Subscription:
    """A way to subscribe: what it is called, and its address."""

    label: str
    href: str


def tracks_of(agenda: Published) -> list[str]:
    """The tracks that sessions are of, in the order of their letters."""
    return sorted({one.more.track for one in agenda.all_sessions if one.more.track}, key=str.casefold)


def subscriptions(path: str) -> list[Subscription]:
    """The ways to subscribe to the calendar at this path of ours, that of the reader's own program first."""
    address = current_app.config["BASE_URL"] + path
    webcal = "webcal:" + address.removeprefix(urlsplit(address).scheme + ":")
    return [
        Subscription(_("Apple Calendar and other programs of this device"), webcal),
        Subscription(_("Google Calendar"), GOOGLE + quote(webcal, safe="")),
        Subscription(_("Outlook.com"), OUTLOOK + quote(address, safe="")),
        Subscription(_("Microsoft 365"), OFFICE + quote(address, safe="")),
        Subscription(_("Address or file"), address),
    ]

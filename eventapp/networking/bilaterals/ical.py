"""A bilateral meeting as iCalendar (RFC 5545), for one of the two. UID never changes; SEQUENCE rises when time, place
or status does."""

from urllib.parse import urlsplit

from eventapp.agenda.exports.ical import without_controls
from eventapp.ground.text.i18n import _
from eventapp.networking.bilaterals.models import AGREED, ASKED, Bilateral
from eventapp.registration.models import Registration

STATUS = {AGREED: "CONFIRMED", ASKED: "TENTATIVE"}


def event(one: Bilateral, reader: Registration, base: str) -> bytes:
    """The meeting as an event; b"" while both have not agreed once, and without a time."""
    from icalendar import Event

    if one.slot is None or one.agreed_at is None:
        return b""
    other = one.other_than(reader)
    made = Event()
    made.add("uid", f"bilateral-{one.id}@{urlsplit(base).hostname or 'localhost'}")
    made.add("dtstamp", one.changed_at)
    made.add("last-modified", one.changed_at)
    made.add("sequence", one.sequence)
    made.add("dtstart", one.slot.starts_at)
    made.add("dtend", one.slot.ends_at)
    made.add("summary", without_controls(_("Meeting with %(name)s", name=other.record_name)))
    made.add("location", without_controls(one.slot.place))
    made.add("status", STATUS.get(one.state, "CANCELLED"))
    made.add("transp", "OPAQUE" if one.state == AGREED else "TRANSPARENT")
    return bytes(made.to_ical())


def calendar(one: Bilateral, reader: Registration, base: str) -> bytes:
    """The same as a calendar of its own, for a letter; b"" where there is no event."""
    from icalendar import Calendar

    found = event(one, reader, base)
    if not found:
        return b""
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//eventapp//networking//EN")
    made.add("method", "PUBLISH")
    head, end, rest = bytes(made.to_ical()).partition(b"END:VCALENDAR")
    return b"".join((head, found, end, rest))

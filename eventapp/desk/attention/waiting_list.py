"""The waiting list on Today: offers to answer, offers that nobody answered, and places that stay free."""

from collections.abc import Iterator
from datetime import timedelta

from eventapp.desk.attention.lines import SOON, Line, Look
from eventapp.ground.text.i18n import _, ngettext
from eventapp.registration.offers.queries import counts, first_deadline, lapsed_since
from eventapp.registration.queries import places_left

LATELY = timedelta(days=3)  # how long an organizer is reminded of those who let an offer pass
LIST = "waiting_list.index"


def waiting_list(look: Look) -> Iterator[Line]:
    """What the waiting list asks of an organizer, until the meeting is over."""
    if look.meeting.has_ended(look.at):
        return
    waits, offered, over = counts(look.meeting)
    if offered:
        yield from unanswered_offers(look, offered)
    if over:
        yield from lapsed(look)
    free = places_left(look.meeting) if waits > offered else 0
    if free > 0:
        yield Line(
            tone="wait",
            when=_("Now"),
            at=look.at,
            what=ngettext("%(num)d place is free while people wait", "%(num)d places are free while people wait", free),
            why=_("Something stands against those in line, or nobody has given them the place."),
            verb=_("See the waiting list"),
            endpoint=LIST,
        )


def unanswered_offers(look: Look, offered: int) -> Iterator[Line]:
    """Places that are offered and not accepted yet."""
    ends = first_deadline(look.meeting) or look.at
    yield Line(
        tone="wait" if ends < look.at + SOON else "off",
        when=look.clock(ends),
        at=ends,
        what=ngettext(
            "%(num)d offer of a place waits for an answer", "%(num)d offers of a place wait for an answer", offered
        ),
        why=_("Without an answer the place goes to the next in line. You can extend the deadline."),
        verb=_("See the waiting list"),
        endpoint=LIST,
    )


def lapsed(look: Look) -> Iterator[Line]:
    """People who lately let an offer pass."""
    count = lapsed_since(look.meeting, look.at - LATELY)
    if count:
        yield Line(
            tone="off",
            when=_("Now"),
            at=look.at,
            what=ngettext(
                "%(num)d offer of a place ended without an answer",
                "%(num)d offers of a place ended without an answer",
                count,
            ),
            why=_("These people are out of the line. You can put them back where they were."),
            verb=_("See who it was"),
            endpoint=LIST,
            values={"tab": "ended"},
        )

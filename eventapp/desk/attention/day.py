"""The day as it happens: people who are not told yet of what has changed, and browsers that are told nothing."""

from collections.abc import Iterator

from eventapp.desk.attention.lines import Line, Look
from eventapp.ground.text.i18n import _, ngettext
from eventapp.live.checking.queries import count_waiting_letters, oldest_waiting
from eventapp.push.queries import refusals_at


def letters_of_the_day(look: Look) -> Iterator[Line]:
    """Live changes whose letters wait for an organizer."""
    since = oldest_waiting(look.meeting)
    if since is None:
        return
    count = count_waiting_letters(look.meeting)
    yield Line(
        tone="stop",
        when=look.clock(since),
        at=since,
        what=ngettext(
            "%(num)d change is public and told to nobody yet",
            "%(num)d changes are public and told to nobody yet",
            count,
        ),
        why=_("Their letters wait until an organizer sends them."),
        verb=_("Look at the letters"),
        endpoint="live_letters.index",
    )


def without_notices(look: Look) -> Iterator[Line]:
    """Browsers that get no notices: their services do not take this server's key."""
    refusals = refusals_at(look.meeting)
    if not refusals:
        return
    count, last = sum(one.count for one in refusals), max(one.last for one in refusals)
    yield Line(
        tone="wait",
        when=look.clock(last),
        at=last,
        what=ngettext("%(num)d browser gets no notices", "%(num)d browsers get no notices", count),
        why=_("Their push services refuse this server. The letters of the day still go to these people."),
        verb=_("See which services"),
        endpoint="desk.letters",
    )

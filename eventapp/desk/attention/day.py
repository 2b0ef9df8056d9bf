"""The day as it happens: people who are not told yet of what has changed."""

from collections.abc import Iterator

from eventapp.desk.attention.lines import Line, Look
from eventapp.ground.text.i18n import _, ngettext
from eventapp.live.checking.queries import count_waiting_letters, oldest_waiting


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

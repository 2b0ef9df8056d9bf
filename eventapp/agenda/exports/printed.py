"""The published agenda to print: the programme, a page for each day, and a sheet that folds into eight small pages."""

from collections.abc import Sequence
from pathlib import Path

from eventapp.agenda.exports.programme import values_of
from eventapp.agenda.models import Release
from eventapp.agenda.releases.content import Published
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _, ngettext

_PROGRAMME, _GLANCE, _POCKET = (Path(__file__).with_name(f"{name}.typ") for name in ("programme", "glance", "pocket"))
PANELS = 7  # small pages of a sheet beside its cover
ENOUGH, MOST, LONGEST = 9, 36, 90  # sessions of a small page that is not parted, and of any; letters of a title
Sheet = tuple[Path, Record]  # what the press takes; the same release is the same bytes
Day = Record  # a name and sessions, as the press takes them


def programme(agenda: Published, release: Release, language: str, first: str) -> Sheet:
    """The whole programme, in the language that is spoken now, whose code this is.

    What is not there in that language is marked as what it is in, the `first` of the meeting.
    """
    return _PROGRAMME, values_of(agenda, release, language, first)


def glance(agenda: Published, release: Release, language: str, first: str) -> Sheet:
    """One page for each day, in the language that is spoken now."""
    return _GLANCE, values_of(agenda, release, language, first)


def pocket(agenda: Published, release: Release, language: str, first: str) -> Sheet:
    """Sheets of eight small pages: a cover and the days in their order."""
    values = values_of(agenda, release, language, first)
    sheets = [filled(some) for some in in_pieces(values["days"], PANELS)] or [[]]
    fold = _("Fold it three times, open it, cut the middle from fold to fold, and fold it again as a booklet.")
    return _POCKET, {**values, "sheets": sheets, "fold": fold}


def filled(days: Sequence[Day]) -> list[Day]:
    """The panels of a sheet: a day that has most sessions on one is parted first, while there are panels left."""
    panels = [[day] for day in days]
    while panels and sum(map(len, panels)) < PANELS:
        longest = max(panels, key=lambda parts: len(parts[0]["sessions"]))
        if len(longest[0]["sessions"]) <= ENOUGH:
            break
        sessions = [one for part in longest for one in part["sessions"]]
        size = -(-len(sessions) // (len(longest) + 1))
        longest[:] = [{**longest[0], "sessions": some} for some in in_pieces(sessions, size)]
    return [panel(part) for parts in panels for part in parts]


def in_pieces(rows: Sequence[Day], most: int) -> list[Sequence[Day]]:
    return [rows[first : first + most] for first in range(0, len(rows), most)]


def panel(day: Day) -> Day:
    """A day as a panel has room for it: titles cut, and how many sessions are left out."""
    sessions, left = day["sessions"][:MOST], len(day["sessions"][MOST:])
    more = ngettext("and %(num)s session more", "and %(num)s sessions more", left) if left else ""
    return {**day, "sessions": [shortened(one) for one in sessions], "more": more}


def shortened(session: Day) -> Day:
    title = session["title"]
    words = title["text"]
    return {**session, "title": {**title, "text": words if len(words) <= LONGEST else f"{words[:LONGEST].rstrip()}…"}}

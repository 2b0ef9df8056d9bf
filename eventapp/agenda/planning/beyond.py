"""Warnings that features above the agenda know of: who signed up, who is registered."""

from collections.abc import Callable, Iterable, Sequence

from eventapp.agenda.planning.conflicts import Notice
from eventapp.agenda.planning.draft import DraftSession
from eventapp.meetings.models import Meeting

Source = Callable[[Meeting, Sequence[DraftSession]], Iterable[Notice]]
SOURCES: list[Source] = []


def also_warn(source: Source) -> None:
    """Ask this one too, whenever warnings are looked at; the same one twice is asked once."""
    if source not in SOURCES:
        SOURCES.append(source)


def warned_beyond(meeting: Meeting, sessions: Sequence[DraftSession]) -> list[Notice]:
    """What they say about these sessions."""
    return [one for source in SOURCES for one in source(meeting, sessions)]

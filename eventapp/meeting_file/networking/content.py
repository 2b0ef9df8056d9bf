"""From the networking of a meeting to what a file says of it, and what of that cannot be."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TypedDict

from eventapp.meeting_file.entrances.validation import unknown
from eventapp.meeting_file.kinds import Place
from eventapp.meeting_file.networking.entries import SlotsEntry
from eventapp.meetings.models import Meeting
from eventapp.networking.actions import Rules
from eventapp.networking.queries import rules_of
from eventapp.networking.slots.actions import MOST
from eventapp.networking.slots.queries import open_times

Found = tuple[int, str]  # line, what to do
USUAL = Rules(is_open=False)
MINUTE = timedelta(minutes=1)


class Networking(TypedDict):
    """What a file says of networking."""

    networking: bool
    networking_requests: int
    networking_hours: int
    networking_session: str
    networking_slots: tuple[SlotsEntry, ...]


def networking_of(meeting: Meeting) -> Networking:
    """What a file says of networking at this meeting; of a session that was cancelled nothing."""
    rules = rules_of(meeting) or USUAL
    session = rules.session if rules.session and rules.session.cancelled_at is None else None
    return {
        "networking": rules.is_open,
        "networking_requests": rules.requests_a_day,
        "networking_hours": rules.answer_hours,
        "networking_session": session.code if session else "",
        "networking_slots": entries_of_slots(meeting),
    }


def entries_of_slots(meeting: Meeting) -> tuple[SlotsEntry, ...]:
    """The open slots, those of equal length that follow each other at one place as one entry. One query."""
    found = list[SlotsEntry]()
    blocks: dict[str, list[tuple[datetime, datetime]]] = {}
    for where, starts, ends in open_times(meeting):
        blocks.setdefault(where, []).append((starts, ends))
    for where, times in blocks.items():
        first, last = times[0]
        length = last - first
        for starts, ends in times[1:]:
            if starts == last and ends - starts == length:
                last = ends
                continue
            found.append(SlotsEntry(where=where, starts=first, ends=last, minutes=length // MINUTE))
            first, last, length = starts, ends, ends - starts
        found.append(SlotsEntry(where=where, starts=first, ends=last, minutes=length // MINUTE))
    return tuple(sorted(found, key=lambda one: (one.starts, one.where)))


def faults_in_networking(
    session: str, entries: Sequence[SlotsEntry], known: Collection[str], place: Place
) -> Iterator[Found]:
    """A session that is not there, times that slots do not fill, too many slots, and one that is there twice."""
    yield from unknown("Networking", "networking_session", (session,) if session else (), known, place)
    for one in entries:
        if one.ends <= one.starts:
            yield one.place.of("ends"), f"The slots at “{one.where}” end before they start. Move “ends” after “starts”."
        elif (one.ends - one.starts) % one.length:
            says = f"The slots at “{one.where}” do not fill the time: slots of {one.minutes} minutes leave some over."
            yield one.place.of("ends"), f"{says} Write another end."
    if sum(one.count for one in entries) > MOST:
        yield place.of("networking_slots"), f"A meeting has {MOST:,} slots at most. Leave some out."
        return
    first = dict[tuple[str, datetime], SlotsEntry]()
    for one in entries:
        for starts in one.beginnings:
            there = first.setdefault((one.where, starts), one)
            if there is not one:
                yield (
                    one.place.line,
                    f"A slot at “{one.where}” begins there on line {there.place.line} too. Take one away.",
                )
                break

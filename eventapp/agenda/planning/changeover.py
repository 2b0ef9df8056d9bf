"""Little time between two sessions: of a room, in which somebody clears up, and of a person who goes elsewhere."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice

from eventapp.agenda.planning.conflicts import MOST, Notice, day_of, times_of
from eventapp.agenda.planning.draft import DraftRole, DraftSession
from eventapp.ground.text.i18n import ngettext
from eventapp.ground.text.policy import folded
from eventapp.meetings.models import Meeting
from eventapp.vocabulary.sessions import BREAK

Pair = tuple[DraftSession, DraftSession]


def changeovers(meeting: Meeting, sessions: Sequence[DraftSession], minutes: int) -> list[Notice]:
    """Every two sessions with less than so many minutes between them; none where that is 0. Breaks are such minutes."""
    if not minutes:
        return []
    by_time = sorted((one for one in sessions if one.kind != BREAK), key=lambda one: (one.starts_at, one.code))
    least = timedelta(minutes=minutes)
    return [
        *islice(of_rooms(meeting, by_time, least), MOST),
        *islice(of_people(meeting, by_time, least), MOST),
    ]


def close_pairs(sessions: Sequence[DraftSession], least: timedelta) -> Iterator[Pair]:
    """One session and the next, where too little is between them. Those that run at the same time are a clash."""
    last = None
    for one in sessions:
        if last and timedelta() <= one.starts_at - last.ends_at < least:
            yield last, one
        if last is None or one.ends_at > last.ends_at:
            last = one


def of_rooms(meeting: Meeting, sessions: Sequence[DraftSession], least: timedelta) -> Iterator[Notice]:
    by_room: dict[int, list[DraftSession]] = {}
    for one in sessions:
        if one.room:
            by_room.setdefault(one.room.id, []).append(one)
    for number, here in by_room.items():
        for pair in close_pairs(here, least):
            yield notice(meeting, number, Tell(pair))


def of_people(meeting: Meeting, sessions: Sequence[DraftSession], least: timedelta) -> Iterator[Notice]:
    """Of who goes from one room to another: the same address, or the same name where no address is known."""
    theirs: dict[int | str, dict[str, tuple[DraftSession, DraftRole]]] = {}
    for one in sessions:
        for role in one.roles:
            if role.holds and one.room:
                theirs.setdefault(role.person_id or folded(role.name), {}).setdefault(one.code, (one, role))
    for who, parts in theirs.items():
        for pair in close_pairs([one for one, _role in parts.values()], least):
            rooms = [one.room.id for one in pair if one.room]
            if rooms[0] != rooms[1]:
                yield notice(meeting, who, Tell(pair, parts[pair[0].code][1].name))


def notice(meeting: Meeting, who: int | str, tell: "Tell") -> Notice:
    one, other = tell.pair
    cause = (who, *(each.room.id if each.room else None for each in tell.pair), *times_of(one), *times_of(other))
    return Notice("changeover", (one.code, other.code), day_of(meeting, other.starts_at), tell, cause)


class Tell:
    """The sentence of two sessions, said where it is shown."""

    def __init__(self, pair: Pair, name: str = "") -> None:
        self.pair, self.name = pair, name

    def __call__(self) -> str:
        one, other = self.pair
        room, other_room = (each.room.name if each.room else "" for each in self.pair)
        minutes = int((other.starts_at - one.ends_at).total_seconds() // 60)
        if self.name:
            return ngettext(
                "%(name)s has %(num)s minute from %(one)s in %(room)s to %(other)s in %(other_room)s.",
                "%(name)s has %(num)s minutes from %(one)s in %(room)s to %(other)s in %(other_room)s.",
                minutes,
                name=self.name,
                one=one.code,
                room=room,
                other=other.code,
                other_room=other_room,
            )
        return ngettext(
            "%(room)s has %(num)s minute between %(one)s and %(other)s.",
            "%(room)s has %(num)s minutes between %(one)s and %(other)s.",
            minutes,
            room=room,
            one=one.code,
            other=other.code,
        )

"""The sessions of a room beside one another where they meet, and what they leave of the band of a break."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from eventapp.agenda.models import Session
from eventapp.meetings.models import Room


@dataclass(frozen=True)
class Slot:
    """A session with the rows it fills, from one to before another."""

    session: Session
    first: int
    end: int

    def meets(self, other: "Slot") -> bool:
        return self is not other and self.first < other.end and other.first < self.end


@dataclass(frozen=True)
class Lanes:
    """The sessions of a room, each with its lane and how many lanes it takes."""

    room: Room
    slots: tuple[tuple[Slot, int, int], ...]
    count: int


def lanes_of(room: Room, slots: list[Slot]) -> Lanes:
    """The sessions of a room beside one another where they meet; the last of a group takes what is left of the room."""
    groups = [list(beside_each_other(group)) for group in groups_of(slots)]
    count = max((1 + max(lane for _slot, lane in group) for group in groups), default=1)
    placed = [
        (slot, lane, count - lane if lane == max(other for _slot, other in group) else 1)
        for group in groups
        for slot, lane in group
    ]
    return Lanes(room, tuple(placed), count)


def groups_of(slots: list[Slot]) -> list[list[Slot]]:
    """The sessions that meet one another, or one that meets both, together."""
    groups: list[list[Slot]] = []
    end = 0
    for slot in sorted(slots, key=lambda one: (one.first, one.session.code)):
        if not groups or slot.first >= end:
            groups.append([])
        groups[-1].append(slot)
        end = max(end, slot.end)
    return groups


def beside_each_other(group: list[Slot]) -> Iterator[tuple[Slot, int]]:
    """Each with the first lane that is free when it begins."""
    until: list[int] = []
    for slot in group:
        lane = next((number for number, end in enumerate(until) if end <= slot.first), len(until))
        until[lane : lane + 1] = [slot.end]
        yield slot, lane


def overlap(one: Session, other: Session) -> bool:
    return one is not other and one.starts_at < other.ends_at and other.starts_at < one.ends_at


def firsts_of(lanes: list[Lanes]) -> Iterator[tuple[int, Lanes]]:
    """Each room with the first of its columns."""
    first = 0
    for one in lanes:
        yield first, one
        first += one.count


def pieces(band: Slot, lanes: list[Lanes]) -> Iterator[tuple[int, int]]:
    """Where the band of a break is drawn and over how many columns: all but the rooms where a session takes it."""
    for is_taken, run in groupby(firsts_of(lanes), key=lambda pair: any(one[0].meets(band) for one in pair[1].slots)):
        rooms = list(run)
        if not is_taken:
            yield rooms[0][0], sum(one.count for _first, one in rooms)

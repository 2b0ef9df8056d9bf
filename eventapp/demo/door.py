"""The illustrative day at the door: badges printed, one lost, people let in, at the house and at two sessions."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from eventapp.badges.actions import print_badges, reissue
from eventapp.badges.queries import Choice, code_of
from eventapp.checkin.actions import open_gate, scan
from eventapp.checkin.models import Gate
from eventapp.checkin.reading import CAMERA, SEARCH, TYPED, Reading
from eventapp.demo.arrivals import Counter
from eventapp.demo.people import Guest
from eventapp.demo.story import bangkok
from eventapp.meetings.models import STEWARD
from eventapp.meetings.queries import holders_of
from eventapp.people.models import Person
from eventapp.record.sessions.queries import session_at
from eventapp.registration.entry import entry_code

HOUSE = "Main entrance"
AT_SESSIONS = {"S2": (bangkok(10, 4, 9, 24), 1.4), "S7": (bangkok(10, 4, 14, 38), 1.9)}  # seats fill from; one in …
CAME = ("came", "change", "counter", "reissued", "undone")


@dataclass
class Door:
    """The gates that stand open, and who stands at them."""

    desk: Counter
    steward: Person
    gates: dict[str, Gate] = field(default_factory=dict)

    def let_in(self, guest: Guest, gate: str, code: str, method: str, at: datetime) -> None:
        """One reading of what this guest shows."""
        key = f"demo {gate} {guest.place} {at:%H%M%S} {code[:4]}"
        scan(self.gates[gate], Reading(code, key, method), by=self.steward, at=at)


def tell(desk: Counter, everybody: list[Guest]) -> None:
    """Put the badges and the door in the story."""
    steward = next((staff.person for staff in holders_of(desk.meeting, STEWARD)), desk.organizer)
    door, story = Door(desk, steward), desk.story
    story.add(bangkok(10, 3, 16), partial(print_all, desk))
    story.add(bangkok(10, 3, 16, 30), partial(open_gates, door))
    story.add(bangkok(10, 4, 8, 45), partial(print_all, desk))  # for those who came to the counter
    for guest in everybody:
        if guest.fate in CAME:
            story.add(arrives(guest), partial(enter, door, guest))
            sit_down(door, guest)
        if guest.fate == "reissued":
            story.add(bangkok(10, 4, 9, 20), partial(lose_badge, door, guest))
        if guest.fate == "pending" and guest.place % 4 == 0:
            story.add(bangkok(10, 4, 9, guest.place % 40), partial(ask_in, door, guest))


def arrives(guest: Guest) -> datetime:
    """Most between half past eight and nine, some late."""
    start = bangkok(10, 4, 8, 47) if guest.fate == "counter" else bangkok(10, 4, 8, 28)
    late = 75 if guest.place % 17 == 5 else 0  # noqa: PLR2004 -- a few
    return start + timedelta(minutes=late, seconds=13 * guest.place)


def sit_down(door: Door, guest: Guest) -> None:
    for code, (start, every) in AT_SESSIONS.items():
        if int(guest.place % every) == 0:
            at = max(start, arrives(guest) + timedelta(minutes=1)) + timedelta(seconds=9 * guest.place)
            door.desk.story.add(at, partial(enter_session, door, guest, code))


def print_all(desk: Counter, at: datetime) -> None:
    print_badges(desk.meeting, Choice(), by=desk.organizer, at=at)


def open_gates(door: Door, at: datetime) -> None:
    by = door.desk.organizer
    door.gates[HOUSE] = open_gate(door.desk.meeting, HOUSE, by=by, at=at)
    for code in AT_SESSIONS:
        session = session_at(door.desk.meeting, code)
        door.gates[code] = open_gate(door.desk.meeting, f"{code}, Conference Room 4", session, by=by, at=at)


def enter(door: Door, guest: Guest, at: datetime) -> None:
    registration = door.desk.registration(guest)
    if guest.place % 11 == 0:  # a name typed where the badge stayed in the bag
        door.let_in(guest, HOUSE, registration.reference, SEARCH, at)
    else:
        door.let_in(guest, HOUSE, code_of(registration), CAMERA, at)
    if guest.place % 29 == 0:  # and once more, for a friend who wanted to see it
        door.let_in(guest, HOUSE, code_of(registration), CAMERA, at + timedelta(seconds=20))


def enter_session(door: Door, guest: Guest, code: str, at: datetime) -> None:
    door.let_in(guest, code, code_of(door.desk.registration(guest)), CAMERA, at)


def lose_badge(door: Door, guest: Guest, at: datetime) -> None:
    """A new badge; somebody shows the old one, which opens nothing any more."""
    registration = door.desk.registration(guest)
    reissue(registration, "Lost on the way", by=door.desk.organizer, at=at)
    door.let_in(guest, HOUSE, entry_code(registration), CAMERA, at + timedelta(minutes=3))


def ask_in(door: Door, guest: Guest, at: datetime) -> None:
    door.let_in(guest, HOUSE, door.desk.registration(guest).reference, TYPED, at)

"""Who may read a badge where, asked in one statement and inside the transaction that keeps the reading."""

from datetime import datetime

from sqlalchemy import Connection

from eventapp.checkin.reading import Reading
from eventapp.checkin.told import Card, Spot, look
from eventapp.gate import View, open_to
from eventapp.meetings.rules import KEEPERS_OF_THE_DOOR, keep_door
from eventapp.meetings.standing import Standing
from eventapp.people.current import current_secret, note_use, proof_of


def for_keepers(view: View) -> View:
    """Declare a view that asks `keeper_at` by itself, and hands over to one behind `with_meeting` whom that refuses."""
    return open_to(keep_door, view)


def keeper_at(
    ask: Connection, slug: str, gate: str, reading: Reading, *, at: datetime
) -> tuple[Standing, Spot, Card] | None:
    """Whoever asks, where they may keep the door of this gate now, the gate, and whose badge was read, locked.

    None where they may not, where there is no such gate, or no such badge.
    """
    found = look(ask, proof_of(current_secret(), at=at), slug, gate, reading)
    if found is None or not found[0].holds(*KEEPERS_OF_THE_DOOR):
        return None
    note_use(found[0].sign_in_id, found[0].last_seen_at, at=at)
    return found

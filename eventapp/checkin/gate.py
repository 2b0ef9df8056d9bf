"""Who may read a badge where, asked in one statement and inside the transaction that keeps the reading."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from eventapp.checkin.actions import refusal_of
from eventapp.checkin.reading import Reading
from eventapp.checkin.told import Card, Spot, look
from eventapp.meetings.rules import KEEPERS_OF_THE_DOOR
from eventapp.meetings.standing import Standing
from eventapp.people.current import SEEN_EVERY


def keeper_at(
    ask: Connection, proof: Mapping[str, object], slug: str, gate: str, reading: Reading, *, at: datetime
) -> tuple[Standing, Spot, Card] | None:
    """Whoever has this proof of a sign-in, where they may keep the door of this gate now, and whose badge was read.

    None where they may not, where there is no such gate or no such badge, where the badge is refused, or where the
    idle clock of the sign-in is to be moved: the application knows what to do.
    """
    found = look(ask, proof, slug, gate, reading)
    if found is None:
        return None
    standing, spot, card = found
    may = standing.holds(*KEEPERS_OF_THE_DOOR) and standing.last_seen_at >= at - SEEN_EVERY
    return found if may and not refusal_of(spot, card, at) else None

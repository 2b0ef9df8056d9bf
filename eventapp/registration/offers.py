"""What a meeting offers to whoever registers: its row and its categories as plain values, by two plain statements.

Every visitor asks for it, at every form and at every sending. As rows of the session it would cost five times as much.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Text, bindparam, cast, select

from eventapp.db import Base, plain
from eventapp.meetings.models import Category, Meeting, is_open
from eventapp.prepared import Ask

MEETINGS = Base.metadata.tables[Meeting.__tablename__]
CATEGORIES = Base.metadata.tables[Category.__tablename__]
# Its paragraphs come as one text each: they are compared, and nobody reads them here.
WHOLE = select(*(cast(one, Text()).label(one.key) if isinstance(one.type, JSON) else one for one in MEETINGS.columns))
SHORT = (
    "id", "title", "short_title", "starts_on", "ends_on", "contact_email", "illustrative",
    "published_at", "registration_opens_at", "registration_closes_at",
)  # fmt: skip
# Made once: building a statement costs more than running it.
AT_SLUG = WHOLE.where(MEETINGS.c.slug == bindparam("address"))
HELD = select(*(MEETINGS.c[name] for name in SHORT)).where(MEETINGS.c.id == bindparam("number")).with_for_update()
OF_MEETING = (
    select(CATEGORIES).where(CATEGORIES.c.meeting_id == bindparam("number")).order_by(CATEGORIES.c.protocol_order)
)


@dataclass(frozen=True)
class Offer:
    """A meeting and its categories in order of protocol, with every column of theirs and nothing else."""

    meeting: Any
    categories: Sequence[Any]

    def takes_registrations(self, at: datetime) -> bool:
        """Whether a request sent at this moment is in time."""
        return is_open(self.meeting, at)


def offer_at(slug: str, ask: Ask) -> Offer | None:
    """What the meeting at this address offers, None where there is no such meeting."""
    meeting = ask(AT_SLUG, {"address": slug}).first()
    return Offer(meeting, ask(OF_MEETING, {"number": meeting.id})) if meeting else None


def held(meeting: Meeting | Any) -> Any:
    """Hold the meeting until the transaction ends. Returns what a letter and a clock need of it: lock() for a crowd."""
    return plain(HELD, {"number": meeting.id}).one()

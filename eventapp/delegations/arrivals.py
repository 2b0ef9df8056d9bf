"""Who of a delegation has a badge and who has come: two questions for all of its people."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from eventapp.badges.models import Badge
from eventapp.checkin.labels import admitted
from eventapp.checkin.models import Scan
from eventapp.ground.db import db
from eventapp.registration.models import APPROVED, Registration


@dataclass(frozen=True)
class Arrivals:
    """By the number of a registration: when the badge in force was printed, and when a door first let the person in, in
    UTC. Whoever has none is left out.
    """

    placed: int = 0  # how many of the people have a place
    printed: dict[int, datetime] = field(default_factory=dict)
    came: dict[int, datetime] = field(default_factory=dict)


def arrivals_of(registrations: Collection[Registration]) -> Arrivals:
    """The badges and the first arrivals of these people."""
    numbers = [one.id for one in registrations]
    badges = select(Badge.registration_id, Badge.printed_at).where(
        Badge.registration_id.in_(numbers), Badge.ended_at.is_(None), Badge.printed_at.is_not(None)
    )
    came = select(Scan.registration_id, func.min(Scan.scanned_at)).where(Scan.registration_id.in_(numbers), *admitted())
    return Arrivals(
        placed=sum(one.state == APPROVED for one in registrations),
        printed={number: at for number, at in db.session.execute(badges) if at},
        came={number: at for number, at in db.session.execute(came.group_by(Scan.registration_id)) if number},
    )

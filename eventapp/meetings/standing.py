"""Where somebody stands at a meeting, read in one statement: for a view that a queue of people waits for.

Every other view gets its meeting from gate.py, which loads whole rows and asks one thing after the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select

from eventapp.db import table_of
from eventapp.meetings.models import Meeting, Staff
from eventapp.people.models import Administrator, Person, SignIn
from eventapp.people.queries import LIVING

sign_in, person, administrator = table_of(SignIn), table_of(Person), table_of(Administrator)
meeting, staff = table_of(Meeting), table_of(Staff)

# A row for each role the person holds now, one without a role where there is none, no row for an ended sign-in.
STANDING: Select[*tuple[Any, ...]] = (
    select(
        *(sign_in.c.id, sign_in.c.last_seen_at, person.c.id, person.c.name, meeting.c.id, meeting.c.zone),
        *(staff.c.role, administrator.c.id),
    )
    .select_from(
        sign_in.join(person, sign_in.c.person_id == person.c.id)
        .join(meeting, meeting.c.slug == bindparam("slug"))
        .outerjoin(
            staff,
            (staff.c.person_id == person.c.id) & (staff.c.meeting_id == meeting.c.id) & staff.c.ended_at.is_(None),
        )
        .outerjoin(administrator, (administrator.c.person_id == person.c.id) & administrator.c.ended_at.is_(None))
    )
    .where(*LIVING)
)
WIDTH = len(STANDING.selected_columns)  # whoever adds columns finds them from here on


@dataclass(frozen=True)
class Somebody:
    """A person as history writes them down."""

    id: int
    name: str


@dataclass(frozen=True)
class Standing:
    """Who asks, at which meeting, and which staff roles they hold there at this moment."""

    sign_in_id: int
    last_seen_at: datetime
    person: Somebody
    meeting_id: int
    zone: str
    roles: frozenset[str]
    administers: bool

    def holds(self, *roles: str) -> bool:
        """Whether one of these roles is theirs; administrators hold every one."""
        return self.administers or not self.roles.isdisjoint(roles)


def standing_in(rows: Sequence[Sequence[Any]]) -> Standing:
    """What the rows of `STANDING` say."""
    sign_in_id, last_seen_at, person_id, name, meeting_id, zone = rows[0][:6]
    roles, administers = frozenset(row[6] for row in rows if row[6]), rows[0][7] is not None
    return Standing(sign_in_id, last_seen_at, Somebody(person_id, name), meeting_id, zone, roles, administers)

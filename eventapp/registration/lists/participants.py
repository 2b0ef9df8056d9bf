"""The list of participants, in order of protocol."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.ground.db import db
from eventapp.meetings.models import Category, Meeting
from eventapp.registration.models import APPROVED, Delegation, Registration
from eventapp.registration.queries import protocol_groups
from eventapp.vocabulary.protocol import protocol_order

HAVE_A_PLACE = (Registration.state == APPROVED,)


def people_in_protocol_order(meeting: Meeting, wanted: Sequence[ColumnElement[bool]] = HAVE_A_PLACE) -> list[int]:
    """The ids of who has a place, or is wanted: by category, what the delegation is, State or body, role and name."""
    query = (
        select(
            Registration.id,
            Category.protocol_order,
            Delegation.id,
            Delegation.name,
            Registration.delegation_role,
            Registration.family_name + " " + Registration.given_name,
        )
        .join(Category, Registration.category_id == Category.id)
        .join(Delegation, Registration.delegation_id == Delegation.id)
        .where(Registration.meeting_id == meeting.id, *wanted)
    )
    found = db.session.execute(query)
    places = protocol_groups(meeting)
    keys = {
        number: protocol_order(rank, sender, role, name, group=places[delegation])
        for number, rank, delegation, sender, role, name in found
    }
    return sorted(keys, key=keys.__getitem__)


def in_this_order(numbers: Sequence[int]) -> list[Registration]:
    """The registrations with these ids, with what the list says of each."""
    query = (
        select(Registration)
        .join(Registration.category)
        .join(Registration.delegation)
        .options(
            contains_eager(Registration.category),
            contains_eager(Registration.delegation),
            joinedload(Registration.person),
        )
        .where(Registration.id.in_(numbers))
    )
    found = {one.id: one for one in db.session.scalars(query)}
    return [found[number] for number in numbers if number in found]

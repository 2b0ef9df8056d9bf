"""Delegations that leave with an archive: States, and those of people who agreed to be listed."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from typing import Any

from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.ground.text.policy import folded
from eventapp.meetings.models import Meeting
from eventapp.package.manifest import content
from eventapp.package.manifest import delegations as sent
from eventapp.registration.models import Delegation, DelegationLetter, Registration
from eventapp.vocabulary.countries import all_countries
from eventapp.vocabulary.participants import DELEGATION_ROLES
from eventapp.vocabulary.protocol import protocol_order


def delegations_leaving(
    meeting: Meeting, people: Collection[Registration], level: str, words: Callable[[str], str]
) -> Iterator[sent.Delegation]:
    """Each with its places, other names and accreditation; of its letters that they came, not what they say.

    Nothing in a public package. An organization of which nobody is listed stays behind, as its people do.
    """
    if level != content.ARCHIVE:
        return
    listed = {one.delegation_id for one in people}
    query = select(Delegation).where(Delegation.meeting_id == meeting.id)
    rows = list(db.session.scalars(query.order_by(Delegation.folded_name)))
    names: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if row.merged_into_id is not None and words(row.name):
            names[row.merged_into_id].append(row.name)
    letters: dict[int, list[sent.Letter]] = defaultdict(list)
    came = select(DelegationLetter).join(DelegationLetter.delegation).where(Delegation.meeting_id == meeting.id)
    for one in db.session.execute(came.order_by(DelegationLetter.id).with_only_columns(*COLUMNS)):
        letters[one.delegation_id].append(
            sent.Letter(words(one.reference), one.dated, one.uploaded_at, one.replaced_at)
        )
    for row in rows:
        if row.merged_into_id is None and (row.is_state or row.id in listed):
            yield sent.Delegation(
                name=row.name,
                country=row.country,
                is_state=row.is_state,
                places=row.places,
                accredited_at=row.accredited_at,
                accredited_why=words(row.accredited_why),
                other_names=tuple(names[row.id]),
                letters=tuple(letters[row.id]),
                role_places=row.role_places,
            )


COLUMNS = (
    DelegationLetter.delegation_id,
    DelegationLetter.reference,
    DelegationLetter.dated,
    DelegationLetter.uploaded_at,
    DelegationLetter.replaced_at,
)


def loose_delegations(package: content.Package) -> Iterator[str]:
    """What a delegation says that none does; people of one that is not there, where any is."""
    countries, names = {one.iso3 for one in all_countries()} | {""}, set[str]()
    for one in package.delegations:
        if one.country not in countries or (one.places or 0) < 0 or not one.name:
            yield f"delegation {one.name!a}: its country or its places"
        numbers = one.role_places.values()
        if not one.role_places.keys() <= DELEGATION_ROLES.keys() or not all(type(n) is int and n >= 0 for n in numbers):
            yield f"delegation {one.name!a}: its places by role"
        for name in (one.name, *one.other_names):
            if folded(name) in names:
                yield f"delegation {name!a} is there twice"
            names.add(folded(name))
    if package.level == content.PUBLIC and package.delegations:
        yield "delegations: a public package has none"


def participant(one: Registration) -> content.Participant:
    """Somebody as the list of participants prints them."""
    return content.Participant(
        category=one.category.code,
        delegation=one.delegation.name,
        is_state=one.delegation.is_state,
        country=one.delegation.country,
        delegation_role=one.delegation_role,
        record_name=one.record_name,
        job_title=one.job_title,
        organization=one.organization,
        illustrative=one.illustrative,
    )


def in_the_list(one: Registration) -> tuple[Any, ...]:  # to sort by
    order = protocol_order(one.category.protocol_order, one.delegation.name, one.delegation_role, one.record_name)
    return (*order, one.category.code, one.job_title, one.organization)

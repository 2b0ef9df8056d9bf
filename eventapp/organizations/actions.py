"""What becomes of the register. Names are held apart by the database: two are not called the same."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib.resources import files

from sqlalchemy import delete, update

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.organizations.kinds import NGO
from eventapp.organizations.models import DROPPED, PROPOSED, Organization, OrganizationName
from eventapp.organizations.queries import key_of, named, organization_of
from eventapp.people.models import Person


@dataclass(frozen=True)
class Facts:
    """What is said of an organization."""

    name: str
    kind: str
    abbreviation: str = ""
    names: dict[str, str] = field(default_factory=dict)
    other_names: tuple[str, ...] = ()
    status: str = ""


def add(facts: Facts, *, by: Person, at: datetime) -> Organization:
    """Take an organization into the register. Refused where another is called the same."""
    made = Organization(name="", names={}, other_names=[], kind=facts.kind)
    write(made, facts)
    record("added an organization", made, by=by, at=at, name=made.name)
    return made


def propose(facts: Facts, meeting: int, *, by: Person, at: datetime) -> Organization:
    """Take an organization into the register for the meeting with this number; an administrator confirms it.

    Refused as add() is.
    """
    made = Organization(name="", names={}, other_names=[], kind=facts.kind, state=PROPOSED, proposed_in_id=meeting)
    write(made, facts)
    record("proposed an organization", made, by=by, at=at, meeting_id=meeting, name=made.name)
    return made


def confirm(organization: Organization, *, by: Person, at: datetime) -> None:
    """Let a proposed organization count in every meeting. Done twice, it is done once."""
    lock(organization)
    if organization.is_proposed:
        organization.state = ""
        record("confirmed an organization", organization, by=by, at=at, name=organization.name)


def drop(organization: Organization, *, by: Person, at: datetime) -> None:
    """Take a proposed organization out of the register: its names are free. Refused for one that was confirmed."""
    lock(organization)
    if organization.state == DROPPED:
        return
    if not organization.is_proposed:
        raise Refused(_("%(name)s is confirmed already. Merge it into another.", name=organization.name))
    organization.state = DROPPED
    db.session.execute(delete(OrganizationName).where(OrganizationName.organization_id == organization.id))
    record("dropped an organization", organization, by=by, at=at, name=organization.name)


def take_back(organization: Organization, *, by: Person, at: datetime) -> None:
    """Let one that was confirmed or dropped wait again. Refused where another has one of its names by now."""
    lock(organization)
    if organization.is_proposed or organization.proposed_in_id is None:
        return
    one = organization
    write(one, Facts(one.name, one.kind, one.abbreviation, one.names, tuple(one.other_names), one.status))
    organization.state = PROPOSED
    record("let an organization wait again", organization, by=by, at=at, name=organization.name)


def change(organization: Organization, facts: Facts, version: int, *, by: Person, at: datetime) -> None:
    """Say other things about it. Refused where another is called the same, or somebody saved since `version`.

    What registrations and delegations have as their words stays.
    """
    lock(organization)
    if organization.version != version:
        raise Refused(_("Somebody else saved this organization meanwhile. Open it again."))
    before = shown(organization)
    write(organization, facts)
    changes = {name: [before[name], value] for name, value in shown(organization).items() if before[name] != value}
    if changes:
        organization.version += 1
        record("changed an organization", organization, by=by, at=at, changes=changes)


def write(organization: Organization, facts: Facts) -> None:
    """Put this on the row and its names. Refused where another is called the same."""
    organization.name, organization.abbreviation, organization.kind = facts.name, facts.abbreviation, facts.kind
    organization.names = {code: name for code, name in facts.names.items() if name}
    organization.other_names = list(facts.other_names)
    organization.status = facts.status if facts.kind == NGO else ""
    keys: dict[str, str] = {}
    for name in organization.all_names:
        keys.setdefault(key_of(name), name)
    keys.pop("", None)
    for key, other in named(keys).items():
        if other.id != organization.id:
            raise Refused(
                _(
                    "“%(name)s” is a name of %(other)s. Merge the two, or leave it out.",
                    name=keys[key],
                    other=other.name,
                )
            )
    db.session.add(organization)
    db.session.flush()
    db.session.execute(delete(OrganizationName).where(OrganizationName.organization_id == organization.id))
    db.session.add_all(
        OrganizationName(organization_id=organization.id, name=name, key=key) for key, name in keys.items()
    )
    db.session.flush()


def shown(organization: Organization) -> dict[str, object]:
    names = ("name", "abbreviation", "names", "other_names", "kind", "status")
    return {name: getattr(organization, name) for name in names}


def add_name(organization: Organization, name: str) -> None:
    """Let whoever types this name mean the organization."""
    if key_of(name) not in {key_of(one) for one in organization.all_names}:
        one = organization
        write(
            one,
            Facts(one.name, one.kind, one.abbreviation, one.names, (*one.other_names, name), one.status),
        )
        organization.version += 1


def merge(organization: Organization, number: int, *, by: Person, at: datetime) -> Organization:
    """Let this one lead to the one with that number, which is returned; all that hangs on it is found there.

    Nothing else is moved, so that separate() takes it back. Refused for itself and for one that is not there.
    """
    lock(organization)
    into = organization_of(number)
    if into is None or into.id == organization.id or organization.merged_into_id is not None:
        raise Refused(_("Choose the organization that stays."))
    lock(into)
    led = update(Organization).where(Organization.merged_into_id == organization.id)
    db.session.execute(led.values(merged_into_id=into.id))
    organization.merged_into_id = into.id
    db.session.flush()
    record("merged an organization", into, by=by, at=at, name=organization.name)
    return into


def separate(organization: Organization, number: int, *, by: Person, at: datetime) -> None:
    """Take a merger back: the one with that number stands by itself again. Done twice, it is done once."""
    lock(organization)
    other = db.session.get(Organization, number)
    if other is None or other.merged_into_id != organization.id:
        return
    other.merged_into_id = None
    db.session.flush()
    record("took a merger of organizations back", organization, by=by, at=at, name=other.name)


def take_in_shipped(*, by: Person, at: datetime) -> list[Organization]:
    """Add the organizations that ship and whose names nobody has; give those that are there the names that they lack.

    Returns what was added. Names that somebody wrote stay.
    """
    added: list[Organization] = []
    for facts in shipped():
        there = list(named([key_of(name) for name in (facts.name, facts.abbreviation)]).values())
        if not there:
            added.append(add(free_names(facts, None), by=by, at=at))
        elif there[0].name == facts.name:
            complete(there[0], facts, by=by, at=at)
    return added


def complete(organization: Organization, facts: Facts, *, by: Person, at: datetime) -> None:
    """Give an organization names of a row that ships: in languages that have none yet, and other names."""
    lock(organization)
    one, free = organization, free_names(facts, organization)
    names = {**free.names, **one.names}
    known = {key_of(name) for name in one.all_names}
    others = (*one.other_names, *(name for name in free.other_names if key_of(name) not in known))
    wanted = Facts(one.name, one.kind, one.abbreviation, names, others, one.status)
    change(organization, wanted, organization.version, by=by, at=at)


def free_names(facts: Facts, organization: Organization | None) -> Facts:
    """These facts without the names in languages, and other names, that are those of another organization."""
    taken = named([key_of(name) for name in (*facts.names.values(), *facts.other_names)])
    own = organization.id if organization else 0

    def is_free(name: str) -> bool:
        other = taken.get(key_of(name))
        return other is None or other.id == own

    names = {code: name for code, name in facts.names.items() if is_free(name)}
    return replace(facts, names=names, other_names=tuple(name for name in facts.other_names if is_free(name)))


def shipped() -> list[Facts]:
    """The organizations of the file that ships."""
    text = files("eventapp.organizations.data").joinpath("organizations.json").read_text(encoding="utf-8")
    rows = json.loads(text)["rows"]
    return [Facts(**{**row, "other_names": tuple(row.get("other_names", ()))}) for row in rows]

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from eventapp.ground.db import db
from eventapp.ground.text.policy import search_key
from eventapp.ground.web.paging import Page, page_in_sql
from eventapp.organizations.models import DROPPED, PROPOSED, Organization, OrganizationName

PAGE = 50
MOST_SUGGESTED = 20
BOTH = re.compile(r"(.+?)\s*\((.+)\)")  # a name and its abbreviation, or the other way round


class Suggestion(NamedTuple):
    """What a field may offer: the name that is stored, and what it was found by."""

    name: str
    found_by: str


def key_of(name: str) -> str:
    """A name as it is looked for: without capitals, accents and the kind of apostrophe."""
    return search_key(name.replace("’", "'"))[:400]


def organization_called(typed: str, meeting: int | None = None) -> Organization | None:
    """The organization of this name, abbreviation or "name (abbreviation)"; the one that took it in where it was
    merged. None for any other words, and for one that is only proposed, but in the `meeting` with this number.
    """
    return organizations_called([typed], meeting).get(typed)


def organizations_called(several: Iterable[str], meeting: int | None = None) -> dict[str, Organization]:
    """The same for many at once, by what was typed, in one query; what is no organization is left out."""
    keys = {typed: keys_of(typed) for typed in several}
    known = named({key for those in keys.values() for key in those})
    found = {key: one for key, one in known.items() if counts_in(one, meeting)}
    called = {typed: found.get(whole) or both_of(found, parts) for typed, (whole, *parts) in keys.items()}
    return {typed: organization for typed, organization in called.items() if organization is not None}


def keys_of(typed: str) -> list[str]:
    """What is looked for: all that was typed, and its two parts where it is a name and an abbreviation."""
    both = BOTH.fullmatch(typed.strip())
    return [key_of(part) for part in (typed, *(both.groups() if both else ()))]


def both_of(found: Mapping[str, Organization], parts: Sequence[str]) -> Organization | None:
    """The one organization that both parts name."""
    one, other = (found.get(part) for part in parts) if parts else (None, None)
    return one if one is other else None


def counts_in(organization: Organization, meeting: int | None) -> bool:
    """Whether it is known to everybody, or proposed in this meeting."""
    return not organization.is_proposed or (meeting is not None and organization.proposed_in_id == meeting)


def named(keys: Iterable[str]) -> dict[str, Organization]:
    """The organizations that are called so, by the key of the name, in one query."""
    found = db.session.execute(by_key(), {"keys": [one for one in keys if one]})
    return {key: organization for key, organization in found}  # noqa: C416 -- a row is no pair to the types


@cache
def by_key() -> Select[str, Organization]:
    """The statement of every registration, made once: building it costs more than running it."""
    own, into = aliased(Organization), aliased(Organization)
    query = select(OrganizationName.key, into).join(own, own.id == OrganizationName.organization_id)
    query = query.join(into, into.id == func.coalesce(own.merged_into_id, own.id))
    return query.where(OrganizationName.key.in_(bindparam("keys", expanding=True)))


def suggestions(typed: str, meeting: int | None = None) -> list[Suggestion]:
    """Organizations with a name that has these words, those that begin with them first; each once. Of those that are
    proposed only what was proposed in the `meeting` with this number.
    """
    key = key_of(typed)
    if not key:
        return []
    own, into = aliased(Organization), aliased(Organization)
    begins = OrganizationName.key.startswith(key, autoescape=True)
    query = (
        select(into.name, OrganizationName.name, begins)
        .select_from(OrganizationName)
        .join(own, own.id == OrganizationName.organization_id)
        .join(into, into.id == func.coalesce(own.merged_into_id, own.id))
        .where(OrganizationName.key.contains(key, autoescape=True))
        .where((into.state != PROPOSED) | (into.proposed_in_id == meeting))
        .order_by(begins.desc(), func.length(OrganizationName.key), OrganizationName.key)
        .limit(MOST_SUGGESTED * 2)
    )
    found: dict[str, str] = {}
    for name, found_by, _begins in db.session.execute(query):
        found.setdefault(name, found_by)
    return [Suggestion(*one) for one in list(found.items())[:MOST_SUGGESTED]]


def listed(words: str, kind: str, page: str | None) -> Page[Organization]:
    """The page of organizations of this kind with a name that has these words, by name; none that were merged.

    PROPOSED as the kind: those that wait for an administrator.
    """
    query = select(Organization).where(is_there(), *conditions(words, kind))
    return page_in_sql(query.order_by(func.lower(Organization.name), Organization.id), page, most=PAGE)


def conditions(words: str, kind: str) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if kind == PROPOSED:
        wanted.append(Organization.state == PROPOSED)
    elif kind:
        wanted.append(Organization.kind == kind)
    if key_of(words):
        own = aliased(Organization)
        fitting = select(func.coalesce(own.merged_into_id, own.id)).where(own.id.in_(organizations_named(words)))
        wanted.append(Organization.id.in_(fitting))
    return wanted


def organizations_named(words: str) -> Select[int]:
    """The numbers of the organizations with a name, in any language, that has these words."""
    key = key_of(words)
    return select(OrganizationName.organization_id).where(OrganizationName.key.contains(key, autoescape=True))


def names_by_language(names: Iterable[str]) -> dict[str, dict[str, str]]:
    """What organizations with these English names are called in the other languages of the United Nations."""
    query = select(Organization.name, Organization.names).where(Organization.name.in_(list(names)), is_there())
    return {name: dict(others) for name, others in db.session.execute(query) if others}


def organization_of(number: int) -> Organization | None:
    """The organization with this number; None for one that was merged into another or dropped."""
    return db.session.scalar(select(Organization).where(Organization.id == number, is_there()))


def is_there() -> ColumnElement[bool]:
    """The condition that it is one of the register: not merged into another, and not dropped."""
    return Organization.merged_into_id.is_(None) & (Organization.state != DROPPED)


def merged_into(organization: Organization) -> list[Organization]:
    """The organizations that lead to this one."""
    query = select(Organization).where(Organization.merged_into_id == organization.id)
    return list(db.session.scalars(query.order_by(Organization.name, Organization.id)))


def number_of_organizations() -> int:
    """How many there are in the register."""
    return db.session.scalar(select(func.count()).where(is_there())) or 0


def number_of_proposals() -> int:
    """How many of them wait for an administrator."""
    return db.session.scalar(select(func.count()).where(is_there(), Organization.state == PROPOSED)) or 0


def kind_of(organization: ColumnElement[int | None] | InstrumentedAttribute[int | None]) -> ColumnElement[str]:
    """The kind of the organization with this number, or of the one that took it in; NULL where there is none."""
    own, into = aliased(Organization), aliased(Organization)
    query = select(into.kind).join(own, into.id == func.coalesce(own.merged_into_id, own.id))
    return query.where(own.id == organization).scalar_subquery()

"""The registrations of a meeting as organizers look at them: saved views, filters, search, order, pages."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import ceil
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.ground.db import db
from eventapp.ground.text.i18n import _l
from eventapp.ground.text.policy import figure, search_key
from eventapp.ground.web.pages import Address
from eventapp.meetings.models import Category, Meeting
from eventapp.registration.lists.by_answers import answers_asked, has_answers
from eventapp.registration.lists.columns import chosen
from eventapp.registration.models import (
    APPROVED,
    DECLINED,
    PENDING,
    WAITING,
    WITHDRAWN,
    Amendment,
    Delegation,
    Registration,
)
from eventapp.registration.offers.queries import IN_LINE
from eventapp.registration.queries import has_letter
from eventapp.registration.tags.queries import has_tag
from eventapp.vocabulary.countries import MEMBERS

EVERYONE, NO_LETTER = "everyone", "no-letter"
VIEWS = {
    PENDING: _l("To check"),
    APPROVED: _l("Approved"),
    NO_LETTER: _l("No letter"),
    DECLINED: _l("Refused"),
    WITHDRAWN: _l("Withdrawn"),
    WAITING: _l("Waiting list"),
    EVERYONE: _l("Everyone"),
}
SORTS = ("sent", "name", "for")
PAGE = 50
MISSING, RECEIVED, ACCEPTED = "missing", "received", "accepted"


@dataclass(frozen=True)
class Look:
    """Which registrations, in which order: what the address of the list says."""

    state: str = PENDING
    q: str = ""
    type: str = ""
    subregion: str = ""
    letter: str = ""
    changed: str = ""
    tag: str = ""  # the number of one
    answer: str = ""  # by_answers.py
    columns: str = ""  # their codes; '' for the usual ones
    sort: str = "sent"
    page: int = 1

    def address(self, **changes: object) -> Address:
        """The words of the address of this list with these changes; what is as usual is left out."""
        usual = asdict(Look())
        return {name: value for name, value in {**asdict(self), **changes}.items() if value != usual.get(name)}


@dataclass(frozen=True)
class Row:
    """One registration in the list; `letter` is '' where none is asked for."""

    registration: Registration
    letter: str
    is_changed: bool


@dataclass(frozen=True)
class Listing:
    """One page of the list."""

    rows: list[Row]
    count: int
    page: int
    pages: int


def read_look(words: Mapping[str, str]) -> Look:
    """What an address asks for; what makes no sense counts for nothing."""
    state = words.get("state", "")
    return Look(
        state=state if state in VIEWS else (EVERYONE if words.get("q") or words.get("changed") else PENDING),
        q=words.get("q", "").replace("\0", "")[:200].strip(),
        type=words.get("type", ""),
        subregion=words.get("subregion", ""),
        letter=words.get("letter", "") if words.get("letter") in (MISSING, RECEIVED) else "",
        changed="1" if words.get("changed") else "",
        tag=str(figure(words.get("tag")) or ""),
        answer=answers_asked(words),
        columns=",".join(chosen(words.get("columns", ""))),
        sort=words.get("sort", "sent") if words.get("sort") in SORTS else "sent",
        page=max(1, figure(words.get("page"))),
    )


def listed(meeting: Meeting, look: Look) -> Listing:
    """The page that the look asks for, or the last one."""
    query, count = everything(meeting).where(*conditions(look)), count_of(meeting, look)
    pages = max(1, ceil(count / PAGE))
    page = min(look.page, pages)
    rows = db.session.execute(query.order_by(*order(look)).limit(PAGE).offset((page - 1) * PAGE))
    return Listing([row_of(one, has_one, changed) for one, has_one, changed in rows], count, page, pages)


def asked_for(meeting: Meeting, look: Look) -> Select[int]:
    return everything(meeting).where(*conditions(look)).with_only_columns(Registration.id).order_by(None)


def numbers_of(meeting: Meeting, look: Look) -> list[int]:
    """The row numbers of all registrations that the look asks for, the first first."""
    return list(db.session.scalars(asked_for(meeting, look).order_by(Registration.id)))


def count_of(meeting: Meeting, look: Look) -> int:
    """How many registrations the look asks for."""
    return db.session.scalar(select(func.count()).select_from(asked_for(meeting, look).subquery())) or 0


def numbers_in_order(meeting: Meeting, look: Look) -> list[int]:
    """The row numbers of all registrations that the look asks for, in its order."""
    return list(db.session.scalars(asked_for(meeting, look).order_by(*order(look))))


def rows_of(meeting: Meeting, numbers: Sequence[int]) -> list[Row]:
    """The registrations with these row numbers, in this order."""
    query = everything(meeting).where(Registration.id.in_(numbers))
    found = {one.id: row_of(one, has_one, changed) for one, has_one, changed in db.session.execute(query)}
    return [found[number] for number in numbers if number in found]


def view_counts(meeting: Meeting) -> dict[str, int]:
    """How many registrations each saved view has."""
    wanted = [func.count(Registration.id).filter(in_view(view)).label(view) for view in VIEWS]
    query = select(*wanted).select_from(Registration).join(Category, Registration.category_id == Category.id)
    found = db.session.execute(query.where(Registration.meeting_id == meeting.id)).one()
    return dict(zip(VIEWS, found, strict=True))


def of_same_delegation(registration: Registration) -> int:
    """How many from the same delegation have a place."""
    query = select(func.count()).where(
        Registration.delegation_id == registration.delegation_id, Registration.state == APPROVED
    )
    return db.session.scalar(query) or 0


def sessions_with(registration: Registration) -> list[Session]:
    """Sessions in which this person has a part."""
    parts = select(SpeakingRole.session_id).where(
        SpeakingRole.person_id == registration.person_id, SpeakingRole.ended_at.is_(None)
    )
    query = select(Session).where(Session.meeting_id == registration.meeting_id, Session.id.in_(parts))
    return list(db.session.scalars(query.order_by(Session.starts_at, Session.code)))


def everything(meeting: Meeting) -> Select[Registration, bool, bool]:
    return (
        select(Registration, has_letter().label("has_letter"), is_changed().label("is_changed"))
        .join(Category, Registration.category_id == Category.id)
        .join(Delegation, Registration.delegation_id == Delegation.id)
        .where(Registration.meeting_id == meeting.id)
        .options(
            contains_eager(Registration.category),
            contains_eager(Registration.delegation),
            joinedload(Registration.person),
        )
    )


def row_of(registration: Registration, has_one: bool, is_changed: bool) -> Row:  # noqa: FBT001 -- columns of one query
    letter = ""
    if has_one:
        letter = ACCEPTED if registration.state == APPROVED else RECEIVED
    elif registration.category.needs_letter:
        letter = MISSING
    return Row(registration, letter, is_changed)


def is_changed() -> ColumnElement[bool]:
    """The condition that a change waits for an organizer."""
    waits = select(Amendment.id).where(Amendment.registration_id == Registration.id, Amendment.decided_at.is_(None))
    return (Registration.state == APPROVED) & waits.exists()


def in_view(view: str) -> ColumnElement[bool]:
    if view == EVERYONE:
        return true()
    if view == PENDING:
        return (Registration.state == PENDING) | is_changed()
    if view == NO_LETTER:
        asking = Registration.state.in_((PENDING, APPROVED, WAITING))
        return Category.needs_letter & asking & ~has_letter()
    return Registration.state == view


def conditions(look: Look) -> list[ColumnElement[bool]]:
    wanted = [in_view(look.state)]
    wanted += [Registration.search_text.contains(word, autoescape=True) for word in search_key(look.q).split()]
    if look.type:
        wanted.append(Category.code == look.type)
    if look.subregion:
        here = [one.iso3 for one in MEMBERS.values() if one.subregion == look.subregion]
        by_person = (Delegation.country == "") & Registration.country.in_(here)
        wanted.append(Delegation.country.in_(here) | by_person)
    if look.letter:
        wanted.append(has_letter() if look.letter == RECEIVED else Category.needs_letter & ~has_letter())
    if look.tag:
        wanted.append(has_tag(figure(look.tag)))
    if look.changed:
        wanted.append(is_changed())
    return wanted + has_answers(look.answer)


def order(look: Look) -> list[Any]:  # columns of many types
    """A waiting list stands in its own order; everything ends with the number, so that no page repeats a row."""
    number = Registration.number
    if look.sort == "name":
        return [func.lower(Registration.family_name), func.lower(Registration.given_name), number]
    if look.sort == "for":
        return [Delegation.folded_name, func.lower(Registration.family_name), number]
    if look.state == WAITING:
        return list(IN_LINE)
    return [Registration.asked_at.desc(), number.desc()]

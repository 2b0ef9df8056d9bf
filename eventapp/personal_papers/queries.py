import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qsl

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, undefer

from eventapp.ground.db import db
from eventapp.ground.text.policy import figure
from eventapp.meetings.models import Category, Meeting
from eventapp.official_list.queries import let_in
from eventapp.personal_papers.kinds import KINDS
from eventapp.personal_papers.models import PaperTemplate, PersonalPaper
from eventapp.registration.lists.listing import Look, asked_for, read_look
from eventapp.registration.models import APPROVED, Registration

MOST = 1000  # papers in one file
REFERENCE = re.compile(r"R-0*([0-9]{1,9})", re.IGNORECASE)


@dataclass(frozen=True)
class Chosen:
    """Whose papers: of one category, of the list with these filters, or only these registrations.

    With none of them, of everybody who has a place.
    """

    category: str = ""
    references: str = ""
    filters: str = ""  # the words of the address of the list of registrations

    @property
    def look(self) -> Look | None:
        """The list whose people are chosen; None for everybody."""
        return read_look(dict(parse_qsl(self.filters))) if self.filters else None

    @property
    def numbers(self) -> list[int]:
        """The numbers of the registrations that are named."""
        return [figure(number) for number in REFERENCE.findall(self.references)]


def template_of(meeting: Meeting, kind: str, tongue: str) -> PaperTemplate | None:
    """The meeting's own text for this kind in this language, with its letterhead."""
    query = select(PaperTemplate).where(PaperTemplate.meeting_id == meeting.id, PaperTemplate.kind == kind)
    return db.session.scalar(query.where(PaperTemplate.tongue == tongue).options(undefer(PaperTemplate.letterhead)))


def own_templates(meeting: Meeting) -> set[tuple[str, str]]:
    """Kind and language of every text of the meeting's own."""
    query = select(PaperTemplate.kind, PaperTemplate.tongue).where(PaperTemplate.meeting_id == meeting.id)
    return {(kind, tongue) for kind, tongue in db.session.execute(query)}


def people(meeting: Meeting, kind: str, chosen: Chosen, *, most: int = MOST) -> list[Registration]:
    """Whom the choice takes in, by delegation and name; for a certificate those who were let in at a door."""
    around = (joinedload(Registration.category), joinedload(Registration.delegation), joinedload(Registration.meeting))
    query = select(Registration).join(Registration.category).where(*_fitting(meeting, kind, chosen))
    by = Category.protocol_order, Registration.delegation_id, func.lower(Registration.family_name), Registration.number
    return list(db.session.scalars(query.order_by(*by).options(*around).limit(most)))


def counted(meeting: Meeting, kind: str, chosen: Chosen) -> int:
    """How many that are."""
    query = select(func.count(Registration.id)).join(Registration.category)
    return db.session.scalar(query.where(*_fitting(meeting, kind, chosen))) or 0


def numbers_fitting(meeting: Meeting, kind: str, chosen: Chosen) -> set[int]:
    """The numbers of these registrations."""
    query = select(Registration.number).join(Registration.category)
    return set(db.session.scalars(query.where(*_fitting(meeting, kind, chosen))))


def states_of(meeting: Meeting, numbers: Collection[int]) -> dict[int, str]:
    """The states of the registrations of this meeting with these numbers."""
    query = select(Registration.number, Registration.state).where(Registration.meeting_id == meeting.id)
    found = db.session.execute(query.where(Registration.number.in_(numbers)))
    return dict(row for row in found)


def _fitting(meeting: Meeting, kind: str, chosen: Chosen) -> list[ColumnElement[bool]]:
    wanted = [Registration.meeting_id == meeting.id, Registration.state == APPROVED]
    if chosen.category:
        wanted.append(Category.code == chosen.category)
    if look := chosen.look:
        wanted.append(Registration.id.in_(asked_for(meeting, look)))
    if chosen.references:
        wanted.append(Registration.number.in_(chosen.numbers))
    if KINDS[kind].needs_presence:
        wanted.append(Registration.id.in_(let_in(meeting)))
    return wanted


def references_of(registrations: Collection[int]) -> list[str]:
    """What these registrations are called, by their ids."""
    query = select(Registration).where(Registration.id.in_(registrations)).order_by(Registration.number)
    return [one.reference for one in db.session.scalars(query)]


def next_number(meeting: Meeting) -> int:
    """The number after the newest; only right while the meeting is locked."""
    highest = select(func.max(PersonalPaper.number)).where(PersonalPaper.meeting_id == meeting.id)
    return (db.session.scalar(highest) or 0) + 1


def in_force(registrations: Collection[int], kind: str, tongue: str) -> dict[int, PersonalPaper]:
    """The papers of this kind and language that these people have, by the id of the registration."""
    query = select(PersonalPaper).where(
        PersonalPaper.registration_id.in_(registrations),
        PersonalPaper.kind == kind,
        PersonalPaper.tongue == tongue,
        PersonalPaper.replaced_at.is_(None),
    )
    return {one.registration_id: one for one in db.session.scalars(query)}


def papers_of(registration: Registration) -> list[PersonalPaper]:
    """The papers in force of this person, the newest first; none for whoever has no place any more."""
    if not registration.holds_a_place:
        return []
    query = select(PersonalPaper).where(PersonalPaper.registration_id == registration.id)
    return list(
        db.session.scalars(query.where(PersonalPaper.replaced_at.is_(None)).order_by(PersonalPaper.number.desc()))
    )


def paper_at(code: str) -> PersonalPaper | None:
    """The paper with this code."""
    around = (
        joinedload(PersonalPaper.registration).joinedload(Registration.delegation),
        joinedload(PersonalPaper.meeting),
    )
    return db.session.scalar(select(PersonalPaper).where(PersonalPaper.code == code).options(*around))


def issued_counts(meeting: Meeting) -> dict[str, int]:
    """How many papers of each kind are in force."""
    query = select(PersonalPaper.kind, func.count()).where(PersonalPaper.meeting_id == meeting.id)
    found = db.session.execute(query.where(PersonalPaper.replaced_at.is_(None)).group_by(PersonalPaper.kind))
    return dict(row for row in found)

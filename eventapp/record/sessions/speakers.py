"""Who may have said something in a session."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.floor.queries import statements_of
from eventapp.ground.db import db
from eventapp.meetings.models import Category
from eventapp.record.sessions.queries import SILENT_ROLES
from eventapp.registration.models import Delegation, Registration


@dataclass(frozen=True)
class Speaker:
    """Somebody of the session or of its floor list: what a rapporteur types, and what it stands for."""

    name: str
    organization: str
    stakeholder_type: str
    country: str
    role_id: int | None = None

    @property
    def label(self) -> str:
        return f"{self.name}, {self.organization}" if self.organization else self.name


def speakers_of(session: Session) -> list[Speaker]:
    """Who may have said something here: the people of the session, then those of its floor list; each once.

    Who was given no organization on the agenda speaks for the delegation they are registered with.
    """
    delegates = registered(session.meeting_id, [role.person_id for role in session.roles if role.person_id])
    roles = [
        speaker_of(role, *delegates.get(role.person_id or 0, ("", None)))
        for role in session.roles
        if role.holds and role.role not in SILENT_ROLES
    ]
    known = {one.label for one in roles}
    floor = [
        Speaker(one.name, one.organization, one.stakeholder_type, one.country, one.role_id)
        for one in statements_of(session)
        if one.label not in known
    ]
    return [*roles, *{one.label: one for one in floor}.values()]


def speaker_of(role: SpeakingRole, stakeholder_type: str, delegation: Delegation | None) -> Speaker:
    return Speaker(
        role.name,
        role.organization or (delegation.name if delegation else ""),
        stakeholder_type,
        role.country or (delegation.country if delegation else ""),
        role.id,
    )


def registered(meeting_id: int, people: Iterable[int]) -> dict[int, tuple[str, Delegation]]:
    """What these people are registered as at this meeting, and with whom: person -> (stakeholder type, delegation)."""
    query = (
        select(Registration.person_id, Category.stakeholder_type, Delegation)
        .join(Category, Category.id == Registration.category_id)
        .join(Delegation, Delegation.id == Registration.delegation_id)
        .where(Registration.meeting_id == meeting_id, Registration.person_id.in_(list(people)))
    )
    return {person_id: (kind, delegation) for person_id, kind, delegation in db.session.execute(query)}

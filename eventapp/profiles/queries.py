from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload

from eventapp.agenda.models import DECLINED, Session, SpeakingRole
from eventapp.agenda.queries import of_person
from eventapp.agenda.releases.content import Published, PublishedSession
from eventapp.agenda.releases.parts import PublishedRole
from eventapp.ground.db import db, table_of
from eventapp.ground.db.types import Query
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.profiles.models import Profile
from eventapp.registration.models import PHOTO, Registration, Upload
from eventapp.registration.photographs.queries import may_be_shown

Part = tuple[str, str, str]  # code of the session, part, name: how a release says who it is


@dataclass(frozen=True)
class ReleasedPart:
    """One session of the newest release, and what somebody does in it."""

    session: PublishedSession
    roles: tuple[PublishedRole, ...]


def profile_of(person: Person, meeting: Meeting) -> Profile | None:
    """The public page of this person at this meeting, where they published one."""
    return db.session.scalar(select(Profile).where(Profile.person_id == person.id, Profile.meeting_id == meeting.id))


def profile_at(meeting: Meeting, code: str) -> Profile | None:
    """The public page at this address."""
    query = select(Profile).where(Profile.meeting_id == meeting.id, Profile.code == code)
    return db.session.scalar(query.options(joinedload(Profile.meeting)))


def codes_taken(meeting: Meeting) -> set[str]:
    """The addresses of public pages of this meeting."""
    return set(db.session.scalars(select(Profile.code).where(Profile.meeting_id == meeting.id)))


def may_publish(person: Person, meeting: Meeting) -> bool:
    """Whether this person has a part in a session that takes place."""
    query = select(SpeakingRole.id).join(Session).where(*of_person(person, meeting))
    return db.session.scalar(query.limit(1)) is not None


def pages_by_part(meeting: Meeting, session: str = "") -> Mapping[Part, str]:
    """The address of the public page of whoever has one, by their part; of one session where it is named. One query."""
    query = parts(Profile.code).join(Profile, Profile.person_id == SpeakingRole.person_id)
    query = query.where(Profile.meeting_id == Session.meeting_id, Session.meeting_id == meeting.id)
    if session:
        query = query.where(Session.code == session)
    return {(one, role, name): code for one, role, name, code in db.session.execute(query)}


def released_parts(profile: Profile, agenda: Published) -> list[ReleasedPart]:
    """The sessions of this release in which it names this person, by time; cancelled ones too."""
    query = parts(SpeakingRole.id).where(
        SpeakingRole.person_id == profile.person_id, Session.meeting_id == profile.meeting_id
    )
    mine = {(session, role, name) for session, role, name, _number in db.session.execute(query)}
    found = []
    for code in {session for session, _role, _name in mine} & agenda.by_code.keys():
        session = agenda.by_code[code]
        roles = tuple(role for role in session.roles if (code, role.role, role.name) in mine)
        if roles:
            found.append(ReleasedPart(session, roles))
    return sorted(found, key=lambda one: (one.session.starts_at, one.session.code))


def parts(more: InstrumentedAttribute[str] | InstrumentedAttribute[int]) -> Query:
    """Parts as a release names them. One that ended counts until the next release, unless somebody else has it now."""
    other = aliased(SpeakingRole)
    given_on = exists().where(
        other.session_id == SpeakingRole.session_id,
        other.role == SpeakingRole.role,
        other.name == SpeakingRole.name,
        other.ended_at.is_(None),
        other.state != DECLINED,
    )
    holds = SpeakingRole.ended_at.is_(None) & (SpeakingRole.state != DECLINED)
    query = select(Session.code, SpeakingRole.role, SpeakingRole.name, more).select_from(SpeakingRole)
    return query.join(Session, Session.id == SpeakingRole.session_id).where(or_(holds, ~given_on))


def photo_of(profile: Profile) -> Upload | None:
    """The photograph that the page shows: none where the person does not want it, or it may not be shown."""
    if not profile.shows_photo:
        return None
    upload, registration = table_of(Upload), table_of(Registration)
    query = select(Upload).join(Upload.registration)
    query = query.where(
        Registration.person_id == profile.person_id,
        Registration.meeting_id == profile.meeting_id,
        Upload.kind == PHOTO,
        Upload.replaced_at.is_(None),
        Upload.sha256 != "",
        may_be_shown(upload.c.id, registration.c.meeting_id),
    )
    return db.session.scalar(query.order_by(Upload.id.desc()).limit(1))

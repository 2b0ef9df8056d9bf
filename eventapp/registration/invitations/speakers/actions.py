from dataclasses import replace
from datetime import datetime

from eventapp.agenda.models import SpeakingRole
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.invitations.actions import Terms, new_row, refuse_over
from eventapp.registration.invitations.speakers.queries import to_invite
from eventapp.registration.models import Registration
from eventapp.registration.walk_ins.names import parts_of


def invite_speakers(meeting: Meeting, terms: Terms, *, by: Person, at: datetime) -> int:
    """Invite every speaker who is not registered and not invited, each in their own language; the worker writes the
    letters. Returns how many. Refused once registration is over.
    """
    lock(meeting)
    refuse_over(meeting, at)
    found = to_invite(meeting, at)
    for one in found:
        given_name, family_name = parts_of(one.roles[0].name)
        facts = {"given_name": given_name[:100], "family_name": family_name, "email": one.person.email}
        facts |= {"organization": one.roles[0].organization, "country": one.roles[0].country}
        new_row(meeting, replace(terms, language=one.person.language), by=by, at=at, **facts)
    db.session.flush()
    if found:
        record("invited speakers to register", meeting, by=by, at=at, people=len(found))
    return len(found)


def link_part(role: SpeakingRole, registration: Registration, *, by: Person, at: datetime) -> None:
    """Let a part without an address be that of this registered person, who sees it among theirs. Done twice, it is done
    once.

    Refused where somebody else gave it an address, or took it back.
    """
    lock(role.session)
    lock(role)
    if role.person_id == registration.person_id:
        return
    if role.ended_at is not None or role.person_id is not None:
        raise Refused(_("Somebody changed this role meanwhile. Look at the session again."))
    role.person_id = registration.person_id
    db.session.flush()
    number = registration.reference
    record("linked part to a registration", role, by=by, at=at, name=role.name, reference=number)

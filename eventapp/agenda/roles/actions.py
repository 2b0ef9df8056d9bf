"""Parts in a session: given, corrected, answered, taken back."""

from dataclasses import asdict
from datetime import datetime

from eventapp.agenda.mails import role_called_off, role_ended, role_given, role_invitation
from eventapp.agenda.models import CONFIRMED, DECLINED, INVITED, ROLE_LINK, Session, SpeakingRole
from eventapp.agenda.sessions.actions import says
from eventapp.agenda.sessions.facts import RoleFacts
from eventapp.agenda.sessions.running import call_anew
from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.links.actions import link_for_letter
from eventapp.mail.actions import post
from eventapp.people.actions import know
from eventapp.people.addresses import address_of
from eventapp.people.models import Person


def give_role(
    session: Session, facts: RoleFacts, *, by: Person | None, at: datetime, confirmed: bool = False
) -> SpeakingRole:
    """Give somebody a part in a session. With an address the person is asked by letter, unless known to have agreed.

    Once the session has begun nobody is asked, as nobody could answer: the part is noted as confirmed, and only a
    rapporteur, whose work is still to do, is told by letter. The same part in the same words twice is one, with one
    letter. Refused when the session is cancelled, or when somebody of that name has the part with other words.
    """
    lock(session)
    if session.is_off:
        raise Refused(_("Session %(code)s is cancelled. Put it back first.", code=session.code))
    begun = session.is_past(at)
    words = asdict(facts)
    email = words.pop("email")
    known = next((one for one in session.roles if one.holds and (one.role, one.name) == (facts.role, facts.name)), None)
    if (
        known and says(known, words) and (known.person.email if known.person else "") == address_of(email)
    ):  # pressed twice
        return known
    if known:
        raise Refused(_("%(name)s has this role in the session already.", name=facts.name))
    role = SpeakingRole(
        session=session,
        person_id=know(facts.name, email, at=at).id if email else None,
        position=max((role.position for role in session.roles), default=0) + 1,
        state=CONFIRMED if confirmed or begun else INVITED,
        asked_at=at,
        answered_at=at if confirmed or begun else None,
        ended_at=None,
        **words,
    )
    db.session.add(role)
    session.changed_at = at
    record("gave part", role, by=by, at=at, name=role.name, part=role.role)
    if role.person_id and not confirmed and not begun:
        ask(role, at=at)
    elif role.person_id and not confirmed and role.role == "rapporteur":
        post(role_given(role), at=at)
    return role


def change_role(
    role: SpeakingRole, facts: RoleFacts, *, by: Person | None, at: datetime, confirmed: bool = False
) -> Record:
    """Correct what is said of somebody in a part; the part itself stays. Returns field → [before, after].

    An address where there was none has the person asked by letter until the session begins; one that was asked already
    stays. `confirmed` says that the person has agreed. Refused when the session is cancelled, the part has ended, or
    somebody else of that name has it.
    """
    session = role.session
    lock(session)
    lock(role)
    if session.is_off:
        raise Refused(_("Session %(code)s is cancelled. Put it back first.", code=session.code))
    if role.ended_at:
        raise Refused(_("This role was removed meanwhile. Assign it again if it is needed."))
    if any(one.holds and one is not role and (one.role, one.name) == (role.role, facts.name) for one in session.roles):
        raise Refused(_("%(name)s has this role in the session already.", name=facts.name))
    words = {**asdict(facts), "role": role.role}
    email = "" if role.person_id else words["email"]
    del words["email"]
    changed = {name: [getattr(role, name), value] for name, value in words.items() if getattr(role, name) != value}
    for name, value in words.items():
        setattr(role, name, value)
    if email:
        role.person, changed["email"] = know(facts.name, email, at=at), ["", email]
        db.session.flush()
    if changed:
        session.changed_at = at
        if "name" in changed and not any(one.name == changed["name"][0] and one.holds for one in session.roles):
            call_anew(session, *changed["name"], by=by, at=at)
        record("changed part", role, by=by, at=at, name=role.name, changes=changed)
    if confirmed:
        answer_role(role, accepts=True, at=at, by=by)
    elif email and role.state == INVITED and not session.is_past(at):
        ask(role, at=at)
    return changed


def answer_role(role: SpeakingRole, *, accepts: bool, at: datetime, by: Person | None, reason: str = "") -> None:
    """Take a part or decline it; the answer may be changed until the session begins. The same answer twice is no fault.

    Refused when the part was ended, the session is cancelled, or it has begun.
    """
    lock(role.session)
    lock(role)
    if role.ended_at or role.session.is_off:
        raise Refused(_("You are not asked for this role any more. Nothing is expected of you."))
    if role.session.is_past(at) and by is role.person:
        raise Refused(_("The session has begun. Talk to the organizers instead."))
    state = CONFIRMED if accepts else DECLINED
    if role.state == state:
        return
    role.state, role.answered_at, role.reason = state, at, reason
    role.session.changed_at = at
    verb = "accepted part" if accepts else "declined part"
    record(verb, role, by=by, at=at, name=role.name, part=role.role, reason=reason)


def call_off(role: SpeakingRole, *, by: Person | None, at: datetime, reason: str = "") -> None:
    """Note that somebody told the organizers that they cannot take their part: a letter thanks them. Twice is once.

    Refused when the part was ended or the session is cancelled.
    """
    lock(role.session)
    lock(role)
    if role.session.is_off:
        raise Refused(_("Session %(code)s is cancelled. Put it back first.", code=role.session.code))
    if role.ended_at:
        raise Refused(_("This role was removed meanwhile. Assign it again if it is needed."))
    if role.state == DECLINED:
        return
    role.state, role.answered_at, role.reason = DECLINED, at, reason
    role.session.changed_at = at
    record("noted a calling off", role, by=by, at=at, name=role.name, part=role.role, reason=reason)
    if role.person_id and (role.session.waits or at < role.session.ends_at):
        post(role_called_off(role), at=at)


def ask(role: SpeakingRole, *, at: datetime) -> None:
    token = link_for_letter(ROLE_LINK, role, meeting_id=role.session.meeting_id, at=at)
    post(role_invitation(role, token=token), at=at)


def end_role(role: SpeakingRole, *, by: Person | None, at: datetime) -> None:
    """Take a part back; a person who was asked hears of it. One that has ended stays as it is."""
    lock(role.session)
    lock(role)
    if role.ended_at:
        return
    declined = role.state == DECLINED
    role.ended_at = role.session.changed_at = at
    record("ended part", role, by=by, at=at, name=role.name, part=role.role)
    if role.person_id and not declined and (role.session.waits or at < role.session.ends_at):
        post(role_ended(role), at=at)

"""Who may sign in, and who may act everywhere: both are ended, never deleted, and can come back.

Each of these acts locks the person, so that two of them come one after the other, and who signs in meanwhile waits.
"""

from datetime import datetime

from sqlalchemy import select, update

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.people.models import Administrator, Person, SignIn, SignInRequest
from eventapp.people.queries import administrators, grant_of
from eventapp.people.sign_in.actions import end_sign_in


def make_administrator(person: Person, *, by: Person | None, at: datetime) -> Administrator:
    """Let this person act everywhere. Refused when the person may already, or may not sign in."""
    lock(person)
    if grant_of(person):
        raise Refused(_("%(name)s is an administrator already.", name=person.name))
    need_active(person)
    grant = Administrator(person=person, granted_at=at, granted_by_id=by.id if by else None)
    db.session.add(grant)
    record("made administrator", grant, by=by, at=at, name=person.name)
    return grant


def end_administrator(person: Person, *, by: Person | None, at: datetime) -> None:
    """Let this person act everywhere no more, and sign them out. Refused for the last administrator."""
    keep_one_administrator(person)
    lock(person)
    grant = grant_of(person)
    if grant is None:
        raise Refused(_("%(name)s is not an administrator.", name=person.name))
    grant.ended_at = at
    record("ended administrator", grant, by=by, at=at, name=person.name)
    sign_out_everywhere(person, by=by, at=at)


def disable(person: Person, *, by: Person | None, at: datetime) -> None:
    """Let this person sign in no more: every sign-in and every link to sign in ends.

    Refused for the last administrator. Registrations and roles stay, and count again when the person comes back.
    """
    keep_one_administrator(person)
    lock(person)
    need_active(person)
    person.disabled_at = at
    record("disabled person", person, by=by, at=at, name=person.name)
    sign_out_everywhere(person, by=by, at=at)


def enable(person: Person, *, by: Person | None, at: datetime) -> None:
    """Let this person sign in again. What ended stays ended: a new link is asked for.

    What was asked for meanwhile ends too: its letter said that they may not sign in, and must not keep back the next.
    """
    lock(person)
    if person.is_active:
        raise Refused(_("%(name)s may sign in already.", name=person.name))
    person.disabled_at = None
    end_links(person, at=at)
    record("enabled person", person, by=by, at=at, name=person.name)


def need_active(person: Person) -> None:
    if not person.is_active:
        raise Refused(_("%(name)s may not sign in.", name=person.name))


def keep_one_administrator(person: Person) -> None:
    """Refused for the last one who may act everywhere. Held with a lock: two cannot end each other at once."""
    query = select(Administrator.id).where(Administrator.ended_at.is_(None)).order_by(Administrator.id)
    db.session.execute(query.with_for_update())
    if [one.id for one in administrators()] == [person.id]:
        raise Refused(_("%(name)s is the last administrator. Name another one first.", name=person.name))


def sign_out_everywhere(person: Person, *, by: Person | None, at: datetime) -> None:
    """End every sign-in of this person, and every link and code that waits to be used."""
    for sign_in in db.session.scalars(select(SignIn).where(SignIn.person_id == person.id, SignIn.ended_at.is_(None))):
        end_sign_in(sign_in, by=by, at=at)
    end_links(person, at=at)


def end_links(person: Person, *, at: datetime) -> None:
    waiting = (SignInRequest.email == person.email, SignInRequest.used_at.is_(None), SignInRequest.expires_at > at)
    db.session.execute(update(SignInRequest).where(*waiting).values(expires_at=at))

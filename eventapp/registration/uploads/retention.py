"""What is kept no longer than the meeting needs it: how to reach somebody, what they need, their files."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.questions.models import Question
from eventapp.registration.answers.actions import forget_answers
from eventapp.registration.answers.models import Answer
from eventapp.registration.application import PRIVATE
from eventapp.registration.models import (
    DECLINED,
    LAPSED,
    LETTER,
    PHOTO,
    WITHDRAWN,
    Delegation,
    DelegationLetter,
    Registration,
    Upload,
)
from eventapp.registration.places.actions import hold
from eventapp.registration.tags.models import OrganizerNote

KEPT_AFTER = timedelta(days=30)  # after the last day of the meeting
AT_ONCE = 50  # registrations in one transaction


def forget(registration: Registration, *, by: Person, at: datetime) -> None:
    """Delete for good what only served the meeting: telephone, needs, photograph, letter. What is on record stays.

    Refused while the person is to come, and where nothing of it is left.
    """
    hold(registration)
    if not has_private(registration):
        raise Refused(_("Nothing private of %(name)s is kept any more.", name=registration.record_name))
    if is_to_come(registration, at):
        raise Refused(
            _(
                "%(name)s is to come, and what they need is still needed. They can take answers out on their own page.",
                name=registration.record_name,
            )
        )
    forget_now(registration, by=by, at=at)


def forget_old(*, at: datetime) -> int:
    """The same for the next registrations of meetings that were over long ago. Returns for how many."""
    done = 0
    for registration in over_long_ago(at, most=AT_ONCE):
        lock(registration)
        if is_any(registration, IS_PRIVATE):  # else another worker was faster
            forget_now(registration, by=None, at=at)
            done += 1
    return done


def forget_now(registration: Registration, *, by: Person | None, at: datetime) -> None:
    for name in PRIVATE:
        setattr(registration, name, "")
    forget_answers(registration)
    registration.version += 1
    db.session.execute(delete(OrganizerNote).where(OrganizerNote.registration_id == registration.id))
    db.session.execute(delete(Upload).where(Upload.registration_id == registration.id, Upload.kind == PHOTO))
    letters = update(Upload).where(Upload.registration_id == registration.id, Upload.kind == LETTER)
    db.session.execute(letters.values(content=b"", given_name="", sha256=""))  # that it came is counted in the balance
    db.session.flush()
    record("deleted what is private", registration, by=by, at=at)


def is_to_come(registration: Registration, at: datetime) -> bool:
    """Whether the meeting still needs the answers of this person."""
    is_off = registration.state_now(at) in (WITHDRAWN, DECLINED, LAPSED)
    return not is_off and not registration.meeting.has_ended(at)


def has_private(registration: Registration) -> bool:
    """Whether anything is left that forget() would delete."""
    return is_any(registration, or_(IS_PRIVATE, ANSWERED_PERSONALLY))


def is_any(registration: Registration, fact: ColumnElement[bool]) -> bool:
    """Whether this holds of the registration as the database has it."""
    return db.session.scalar(select(Registration.id).where(Registration.id == registration.id, fact)) is not None


def over_long_ago(at: datetime, *, most: int) -> list[Registration]:
    """Registrations with something private left whose meeting ended more than KEPT_AFTER ago."""
    last_day = (at - KEPT_AFTER).date()
    query = select(Registration).join(Registration.meeting).where(Meeting.ends_on < last_day, IS_PRIVATE)
    return list(db.session.scalars(query.order_by(Registration.id).limit(most)))


def letters_over_long_ago(at: datetime, *, most: int) -> list[DelegationLetter]:
    """Letters of whole delegations, older ones too, of meetings that ended more than KEPT_AFTER ago."""
    query = select(DelegationLetter).join(DelegationLetter.delegation).join(Delegation.meeting)
    query = query.where(Meeting.ends_on < (at - KEPT_AFTER).date(), DelegationLetter.sha256 != "")
    return list(db.session.scalars(query.order_by(DelegationLetter.id).limit(most)))


def forget_letters(*, at: datetime) -> int:
    """Delete the content of the next of them; that a letter came stays. Returns how many."""
    found = letters_over_long_ago(at, most=AT_ONCE)
    for letter in found:
        letter.content, letter.given_name, letter.sha256 = b"", "", ""
        record("deleted the letter of a delegation", letter.delegation, by=None, at=at)
    db.session.flush()
    return len(found)


ANSWERED_PERSONALLY = (
    select(Answer.id)
    .join(Answer.question)
    .where(Answer.registration_id == Registration.id, Question.is_personal)
    .exists()
)
IS_PRIVATE = or_(
    *(getattr(Registration, name) != "" for name in PRIVATE),
    select(OrganizerNote.id).where(OrganizerNote.registration_id == Registration.id).exists(),
    select(Upload.id).where(Upload.registration_id == Registration.id, Upload.sha256 != "").exists(),
)

"""What is kept no longer than the meeting needs it: what people said of themselves, what they need, their files."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, false, or_, select, update

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.retention.deletions import count_deleted
from eventapp.meetings.retention.models import GenderCount
from eventapp.meetings.retention.origins import HAND
from eventapp.meetings.retention.queries import meetings_due
from eventapp.meetings.retention.sorts import (
    ANSWERS,
    GENDER,
    LANGUAGES,
    LETTERS,
    NEEDS,
    PHONES,
    PHOTOS,
    REMARKS,
    TITLES,
    UNITS,
)
from eventapp.people.models import Person
from eventapp.questions.models import GUARDED, Question
from eventapp.registration.answers.actions import forget_answers, forget_usual_answers
from eventapp.registration.answers.models import Answer
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
from eventapp.registration.photographs.models import PhotoCheck
from eventapp.registration.places.actions import hold
from eventapp.registration.tags.models import OrganizerNote
from eventapp.registration.uploads.fields import ASKED, COLUMNS, FILLED, forget_fields

AT_ONCE = 50  # registrations in one transaction


def forget(registration: Registration, *, by: Person, at: datetime) -> None:
    """Delete for good what only served the meeting: telephone, needs, languages, photograph, letter. What is on record,
    or is counted, stays as long as the meeting says.

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
    """Delete of the next registrations each sort whose days are over. Returns of how many registrations."""
    due, done = meetings_due(at), 0
    for registration in over_long_ago(due, most=AT_ONCE):
        lock(registration)
        here = [sort for sort in left_of(registration) if registration.meeting_id in due[sort]]
        if here:  # else another worker was faster
            forget_sorts(registration, here, by=None, at=at)
            done += 1
    return done


def forget_now(registration: Registration, *, by: Person | None, at: datetime) -> None:
    """Delete every sort that only served the meeting, the answers to questions with days of their own too."""
    gone = {ANSWERS: forget_answers(registration)}
    count_deleted(registration.meeting, gone, at=at, origin=HAND)
    forget_sorts(registration, [sort for sort in SERVING if sort != ANSWERS], by=by, at=at, origin=HAND)


def forget_sorts(
    registration: Registration, sorts: Collection[str], *, by: Person | None, at: datetime, origin: str = ""
) -> None:
    """Delete these sorts; of answers those that have no days of their own. `origin` as count_deleted() takes it."""
    gone = {sort: forget_fields(registration, sort, at=at) for sort in sorts if sort in COLUMNS}
    if ANSWERS in sorts:
        gone[ANSWERS] = forget_usual_answers(registration)
    if REMARKS in sorts:
        notes = delete(OrganizerNote).where(OrganizerNote.registration_id == registration.id)
        gone[REMARKS] = len(db.session.execute(notes.returning(OrganizerNote.id)).all())
    if PHOTOS in sorts:
        gone[PHOTOS] = forget_photographs(registration)
    if LETTERS in sorts:
        gone[LETTERS] = forget_letters_of(registration)
    registration.version += 1
    db.session.flush()
    count_deleted(registration.meeting, gone, at=at, origin=origin)
    record("deleted what is private", registration, by=by, at=at)


def forget_photographs(registration: Registration) -> int:
    """Delete the photographs, earlier ones too. Returns how many."""
    photos = select(Upload.id).where(Upload.registration_id == registration.id, Upload.kind == PHOTO)
    db.session.execute(delete(PhotoCheck).where(PhotoCheck.upload_id.in_(photos)))
    return len(db.session.execute(delete(Upload).where(Upload.id.in_(photos)).returning(Upload.id)).all())


def forget_letters_of(registration: Registration) -> int:
    """Delete the content of the letters; that one came is counted in the balance. Returns how many."""
    letters = update(Upload).where(Upload.registration_id == registration.id, Upload.kind == LETTER)
    letters = letters.where(Upload.sha256 != "").values(content=b"", given_name="", sha256="")
    return len(db.session.execute(letters.returning(Upload.id)).all())


def is_to_come(registration: Registration, at: datetime) -> bool:
    """Whether the meeting still needs the answers of this person."""
    is_off = registration.state_now(at) in (WITHDRAWN, DECLINED, LAPSED)
    return not is_off and not registration.meeting.has_ended(at)


def has_private(registration: Registration) -> bool:
    """Whether anything is left that forget() would delete."""
    fact = or_(*(LEFT[sort] for sort in SERVING), ANSWERED_PERSONALLY)
    return db.session.scalar(select(Registration.id).where(Registration.id == registration.id, fact)) is not None


def left_of(registration: Registration) -> list[str]:
    """The sorts of which something is left, as the database has it now. One query."""
    row = db.session.execute(select(*LEFT.values()).where(Registration.id == registration.id)).one()
    return [sort for sort, is_left in zip(LEFT, row, strict=True) if is_left]


def over_long_ago(due: Mapping[str, Collection[int]], *, most: int) -> list[Registration]:
    """Registrations with something left of a sort that is `due` at their meeting: sort -> numbers of meetings."""
    facts = [Registration.meeting_id.in_(due[sort]) & fact for sort, fact in LEFT.items() if due[sort]]
    query = select(Registration).where(or_(false(), *facts)).order_by(Registration.id)
    return list(db.session.scalars(query.limit(most))) if facts else []


def letters_over_long_ago(at: datetime, *, most: int) -> list[DelegationLetter]:
    """Letters of whole delegations, older ones too, of meetings whose days for letters are over."""
    query = select(DelegationLetter).join(DelegationLetter.delegation)
    query = query.where(Delegation.meeting_id.in_(meetings_due(at)[LETTERS]), DelegationLetter.sha256 != "")
    return list(db.session.scalars(query.order_by(DelegationLetter.id).limit(most)))


def forget_letters(*, at: datetime) -> int:
    """Delete the content of the next of them; that a letter came stays. Returns how many."""
    found = letters_over_long_ago(at, most=AT_ONCE)
    for letter in found:
        letter.content, letter.given_name, letter.sha256 = b"", "", ""
        count_deleted(letter.delegation.meeting, {LETTERS: 1}, at=at)
        record("deleted the letter of a delegation", letter.delegation, by=None, at=at)
    db.session.flush()
    return len(found)


ANSWERED_PERSONALLY = (
    select(Answer.id).join(Answer.question).where(Answer.registration_id == Registration.id, GUARDED).exists()
)
SERVING = (
    PHONES,
    NEEDS,
    LANGUAGES,
    PHOTOS,
    LETTERS,
    ANSWERS,
    REMARKS,
)  # nothing on record, and nothing that is counted
FILED = select(Upload.id).where(Upload.registration_id == Registration.id, Upload.sha256 != "")
# Whether something is left of each sort, of the registration of a query.
LEFT: Mapping[str, ColumnElement[bool]] = {
    **FILLED,
    **{sort: or_(FILLED[sort], ASKED[sort]) for sort in (TITLES, UNITS)},
    GENDER: FILLED[GENDER]
    & exists().where(GenderCount.meeting_id == Registration.meeting_id),  # counted before it goes
    PHOTOS: FILED.where(Upload.kind == PHOTO).exists(),
    LETTERS: FILED.where(Upload.kind == LETTER).exists(),
    ANSWERS: or_(
        select(Answer.id)
        .join(Answer.question)
        .where(Answer.registration_id == Registration.id, GUARDED, Question.retention_days.is_(None))
        .exists(),
        FILED.join(Question, (Question.code == Upload.kind) & (Question.meeting_id == Registration.meeting_id))
        .where(Question.retention_days.is_(None))
        .exists(),
    ),
    REMARKS: select(OrganizerNote.id).where(OrganizerNote.registration_id == Registration.id).exists(),
}

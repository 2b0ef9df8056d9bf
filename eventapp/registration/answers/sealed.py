"""Answers and files that the database holds sealed: sealing what is there openly, and changing the key."""

from datetime import datetime

from sqlalchemy import Select, select

from eventapp.ground.db import db
from eventapp.ground.refusal import Refused
from eventapp.ground.security.sealing import UNREADABLE, can_seal, opened, seal, sealed_anew
from eventapp.questions.models import SEALED, Question
from eventapp.registration.answers.models import Answer, owner_of
from eventapp.registration.models import Registration, Upload

AT_ONCE, FILES_AT_ONCE = 200, 5  # in one transaction


def seal_file(file: Upload, registration_id: int) -> None:
    """Keep this file sealed; what it is called is in the answer, sealed as well. Refused without a key."""
    file.content, file.is_sealed = seal(owner_of_file(registration_id, file.kind), file.content), True
    file.given_name = ""


def content_of(file: Upload) -> bytes:
    """The file as it was sent. Refused where it is sealed and no key opens it."""
    if not file.is_sealed:
        return file.content
    content = opened(owner_of_file(file.registration_id, file.kind), file.content)
    if content is None:
        raise Refused(str(UNREADABLE))
    return content


def owner_of_file(registration_id: int, code: str) -> str:
    return f"file {registration_id} {code}"


def is_open(_at: datetime) -> bool:
    """Whether an answer stands openly that is to be sealed, and the server has a key."""
    return can_seal() and any(db.session.scalar(query.limit(1)) for query in (open_answers(), open_files()))


def open_answers() -> Select[Answer]:
    """Ask for answers that are to be sealed and are not: of before, or of a question that moved to this stage."""
    return select(Answer).join(Answer.question).where(SEALED, Answer.sealed.is_(None), Answer.text != "")


def open_files() -> Select[Upload]:
    """The same of files."""
    asked = (Question.code == Upload.kind) & (Question.meeting_id == Registration.meeting_id)
    query = select(Upload).join(Upload.registration).join(Question, asked)
    return query.where(SEALED, Upload.is_sealed.is_(False), Upload.sha256 != "")


def seal_open(_at: datetime | None = None) -> int:
    """Seal the next answers and files that stand openly. Returns how many."""
    answers = db.session.scalars(open_answers().order_by(Answer.id).limit(AT_ONCE).with_for_update(of=Answer)).all()
    for one in answers:
        one.text, one.sealed = "", seal(owner_of(one.registration_id, one.question_id), one.text.encode())
    files = [] if answers else db.session.scalars(open_files().order_by(Upload.id).limit(FILES_AT_ONCE)).all()
    for file in files:
        seal_file(file, file.registration_id)
    db.session.flush()
    return len(answers) + len(files)


def rekey_answers(after: int) -> tuple[int, int, int]:
    """Put the next sealed answers after this number under the newest key.

    Returns the number of the last one, 0 where none is left, how many have another key now, and how many no key opens.
    """
    query = select(Answer).where(Answer.sealed.is_not(None), Answer.id > after).order_by(Answer.id).limit(AT_ONCE)
    changed = lost = 0
    number = 0
    for one in db.session.scalars(query.with_for_update(of=Answer)):
        number, fresh = one.id, sealed_anew(one.sealed or b"")
        changed += fresh is not None
        lost += one.written is None
        one.sealed = fresh or one.sealed
    db.session.flush()
    return number, changed, lost


def rekey_files(after: int) -> tuple[int, int, int]:
    """The same of files."""
    query = select(Upload).where(Upload.is_sealed, Upload.id > after).order_by(Upload.id).limit(FILES_AT_ONCE)
    changed = lost = 0
    number = 0
    for one in db.session.scalars(query.with_for_update(of=Upload)):
        number, fresh = one.id, sealed_anew(one.content)
        changed += fresh is not None
        lost += opened(owner_of_file(one.registration_id, one.kind), one.content) is None
        one.content = fresh or one.content
    db.session.flush()
    return number, changed, lost

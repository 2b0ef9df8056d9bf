"""Somebody whose name and secrets stand in every place that holds anything of a person."""

import json
from datetime import timedelta
from itertools import count

from eventapp.agenda.availability.models import Availability
from eventapp.agenda.models import Session
from eventapp.balance.models import Nominee
from eventapp.balance.nominated import Nomination
from eventapp.clearance.models import Reader
from eventapp.drafts.actions import Sent
from eventapp.drafts.models import Draft
from eventapp.floor.actions import ask
from eventapp.floor.asking import for_registration
from eventapp.ground.db import db, transaction
from eventapp.ground.db.in_runs import stored
from eventapp.ground.jobs.leased import DONE
from eventapp.ground.text.policy import search_key
from eventapp.history.actions import record
from eventapp.inputs.actions import begin, send
from eventapp.inputs.answers.models import AnswerFile, InputAnswer
from eventapp.inputs.models import InputFile
from eventapp.mail.actions import enclose
from eventapp.mail.failing.models import FailingAddress
from eventapp.mail.models import SENT
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.models import PreparedFile, PreparedPart
from eventapp.networking.bilaterals.models import Bilateral
from eventapp.networking.models import PARTICIPANTS, NetworkingBlock, NetworkingConsent
from eventapp.networking.offers.models import OFFER, NetworkingLine
from eventapp.people.models import SignIn, SignInRequest
from eventapp.people.second_factor.models import Passkey, RecoveryCode
from eventapp.personal_papers.models import PersonalPaper
from eventapp.practices.models import CardFile
from eventapp.profiles.models import Profile
from eventapp.push.models import PushMessage, PushSubscription
from eventapp.registration.answers.models import Answer
from eventapp.registration.imports.models import Import, ImportFile, ImportRow
from eventapp.registration.invitations.models import Invitation
from eventapp.registration.models import Amendment, Decision, DelegationFocalPoint, Registration, Upload
from eventapp.registration.photographs.models import PhotoCheck
from eventapp.registration.tags.models import OrganizerNote
from eventapp.review.reports.models import Comment, Paragraph, Report, Snapshot
from eventapp.review.versions.snapshots import words_of_row
from tests import make, make_inputs, make_practices, make_record, make_review
from tests.make_mail import letter
from tests.make_questions import question

NAME, OWN, EMAIL = "Zenobia Quartermain", "Zénobie Quartermain", "zenobia.quartermain@example.org"
LOUD = "ZÉNOBIE\n QUARTERMAIN"  # another case of a letter that is none of ASCII, and not one blank between
PHONE = "+44 7700 900417"
SECRET = "MARK-"
_number = count(1)


def secret() -> str:
    """Words that are found nowhere else."""
    return f"{SECRET}{next(_number)}."


def plant(meeting: Meeting) -> tuple[Registration, int]:
    """Somebody who has withdrawn, with traces in every place. Returns in how many, each with the name or a secret."""
    registration = registered(meeting)
    session = make.session(meeting, code="S1", description=f"Led by {NAME}, who writes as {OWN} or {LOUD}.")
    places = 14 + in_rows(registration) + in_mail(registration) + in_files(meeting, registration)
    places += on_the_day(session, registration) + prepared(registration)
    places += written(session, registration) + in_history(meeting, registration)
    with transaction():
        registration.state = "withdrawn"
    return registration, places


def prepared(one: Registration) -> int:
    """A file that the worker made of their meeting: their data is in it."""
    made = {"at": make.TODAY, "ended_at": make.TODAY, "language": "en", "state": DONE, "size": 9}
    made |= {"details": {"look": {"q": f"{secret()}{NAME}"}}, "sentence": f"{NAME} stays behind."}
    file = make.kept(PreparedFile(meeting_id=one.meeting_id, act="package", by_id=make.administrator().id, **made))
    make.kept(PreparedPart(file_id=file.id, number=0, content=f"{secret()}{NAME}".encode() * 300))
    return 3


def registered(meeting: Meeting) -> Registration:
    words = dict.fromkeys(("organization", "job_title", "access_needs", "dietary_needs", "reason"))
    return make.registration(
        meeting, person=make.person(NAME, EMAIL), given_name="Zenobia Ann", family_name="Quartermain",
        record_name=f"Dr. {NAME}", badge_name=NAME, own_name=OWN, phone=PHONE, search_text=search_key(NAME, OWN),
        **{name: secret() for name in words},
    )  # fmt: skip


def in_rows(one: Registration) -> int:
    person, meeting = one.person, one.meeting
    asked = question(meeting, is_personal=True)
    photo = make.kept(
        Upload(
            registration_id=one.id, kind="photo", content_type="image/jpeg", content=secret().encode() * 300,
            sha256="0" * 64, given_name=f"{secret()}jpg", uploaded_at=make.TODAY, portrait=secret().encode(),
        )
    )  # fmt: skip
    make.kept(PhotoCheck(upload_id=photo.id, accepted=False, reason=secret(), at=make.TODAY))
    make.kept(Answer(registration=one, question=asked, wording=asked.wording, at=make.TODAY, text=secret()))
    make.kept(OrganizerNote(registration_id=one.id, text=secret(), at=make.TODAY))
    make.kept(Decision(registration_id=one.id, before="pending", after="approved", reason=secret(), at=make.TODAY))
    make.kept(Amendment(registration_id=one.id, changes={"job_title": [secret(), secret()]}, asked_at=make.TODAY))
    paper = {"kind": "visa", "tongue": "en", "number": 1, "code": "C" * 20, "issued_at": make.TODAY}
    make.kept(PersonalPaper(meeting_id=meeting.id, registration_id=one.id, content={"text": secret()}, **paper))
    times = {"signed_in_at": make.TODAY, "last_seen_at": make.TODAY}
    make.kept(SignIn(person_id=person.id, secret_hash="1" * 64, browser=secret(), **times))
    page = {"code": secret(), "biography": {"en": f"{NAME} writes."}, "shows_photo": True, "published_at": make.TODAY}
    make.kept(Profile(meeting_id=meeting.id, person_id=person.id, **page))
    make.kept(NetworkingConsent(registration_id=one.id, audience=PARTICIPANTS, at=make.TODAY))
    line = {"kind": OFFER, "text": secret(), "for_delegation": False, "at": make.TODAY}
    make.kept(NetworkingLine(meeting_id=meeting.id, registration_id=one.id, **line))
    make.kept(RecoveryCode(person_id=person.id, code_hash=secret(), made_at=make.TODAY))
    said = {"days": [{"day": "2026-03-01", "reason": secret()}], "remark": secret(), "answered_at": make.TODAY}
    make.kept(Availability(meeting_id=meeting.id, person_id=person.id, **said))
    key = {"credential": "c" * 43, "public_key": b"k", "sign_count": 0, "added_at": make.TODAY}
    make.kept(Passkey(person_id=person.id, name=secret(), **key))
    delegation = make.delegation(meeting)
    focal = {"name": NAME, "invited_at": make.TODAY, "ended_at": make.TODAY}
    make.kept(DelegationFocalPoint(delegation_id=delegation.id, person_id=person.id, **focal))
    listed = Nomination("Ms. Zenobia Ann QUARTERMAIN", "Bhutan", "government")
    make.kept(Nominee(meeting_id=meeting.id, key=listed.key, added_at=make.TODAY, **vars(listed)))
    other = make.registration(meeting)
    met = {"waits_for_id": other.id, "state": "declined", "words": secret(), "reason": secret(), "outcome": secret()}
    times = dict.fromkeys(("asked_at", "expires_at", "changed_at"), make.TODAY)
    make.kept(Bilateral(meeting_id=meeting.id, asker_id=one.id, asked_id=other.id, **met, **times))
    make.kept(NetworkingBlock(registration_id=one.id, blocked_id=other.id, at=make.TODAY))
    make.kept(NetworkingBlock(registration_id=other.id, blocked_id=one.id, at=make.TODAY))
    make.kept(OrganizerNote(registration_id=other.id, text=f"Comes with {OWN}; {PHONE}.", at=make.TODAY))
    return 22 + in_browser(one)


def in_browser(one: Registration) -> int:
    """A browser that shows their notices, and a notice on its way there."""
    keys = {"p256dh": secret(), "auth": secret(), "refusal": secret()}
    browser = make.kept(PushSubscription(registration_id=one.id, endpoint=secret(), at=make.TODAY, **keys))
    times = dict.fromkeys(("written_at", "due_at"), make.TODAY)
    words = {"title": f"{NAME}: {secret()}", "body": secret(), "address": secret()}
    make.kept(PushMessage(subscription_id=browser.id, **words, **times))
    return 7


def in_mail(one: Registration) -> int:
    row = letter(EMAIL, to_name=NAME, about=f"registration:{one.id}", meeting_id=one.meeting_id, subject=secret())
    with transaction():
        row.text, row.html, row.unsubscribe, row.last_error = secret() * 900, secret(), secret(), f"550 <{EMAIL}>"
        enclose(row, "paper.pdf", secret().encode() * 900, "application/pdf")
        row.state, row.sent_at = SENT, make.TODAY
    letter("organizer@example.org", text=f"{NAME} has withdrawn.", html=f"<p>{NAME} has withdrawn.</p>")
    make.kept(FailingAddress(address=EMAIL, failed_at=make.TODAY, reason=secret()))
    times = {"asked_at": make.TODAY, "expires_at": make.TODAY + timedelta(minutes=20)}
    make.kept(SignInRequest(email=EMAIL, link_hash="2" * 64, code_hash="3" * 64, **times))
    return 11


def in_files(meeting: Meeting, one: Registration) -> int:
    facts = {"language": "en", "given_name": "people.csv", "heads": ["Name", "Email"], "state": "checked"}
    example = [[NAME, EMAIL.upper(), secret()], ["Ada Byron", "ada@example.org", ""]]
    read = make.kept(Import(meeting_id=meeting.id, at=make.TODAY, example=example, **facts))
    make.kept(ImportFile(import_id=read.id, content=b"Name,Email"))  # nobody imported it
    row = {"number": 2, "outcome": "added", "email": EMAIL, "registration_id": one.id, "faults": [["A", "B", secret()]]}
    make.kept(ImportRow(import_id=read.id, cells=[NAME, secret()], before={"phone": PHONE}, **row))
    asked = {"given_name": "Zenobia", "family_name": "Quartermain", "email": EMAIL, "organization": secret()}
    make.kept(
        Invitation(
            meeting_id=meeting.id, category_id=one.category_id, skips_approval=False, invited_at=make.TODAY, **asked
        )
    )
    return 8


def on_the_day(session: Session, one: Registration) -> int:
    make.role(
        session, person_id=one.person_id, name=NAME, name_own=OWN, position_held=secret(), reason=secret(),
        guid=secret(),
    )  # fmt: skip
    with transaction():
        ask(session, for_registration(one), by=None, at=make.TODAY)
    make_record.note(session, f"{NAME} said that {OWN} pays. Ms. ZENOBIA QUARTERMAIN and {LOUD} agreed.", speaker=NAME)
    draft = {"kind": "note", "scope_id": session.id, "created_at": make.TODAY, "updated_at": make.TODAY}
    make.kept(Draft(person_id=one.person_id, content={"text": secret()}, **draft))
    make.kept(
        Draft(person_id=make.person().id, content={"text": f"{OWN} and {LOUD} said", "who": [{"name": NAME}]}, **draft)
    )
    return 11


def written(session: Session, one: Registration) -> int:
    meeting, file = session.meeting, {"content_type": "application/pdf", "sha256": "0" * 64, "uploaded_at": make.TODAY}
    make_inputs.call(meeting)
    with transaction():
        mine = begin(one, at=make.TODAY)
        send(mine, make_inputs.said(overview=f"{NAME} writes."), Sent(0), at=make.TODAY, public=False, token="")
    make.kept(InputFile(input_id=mine.id, content=secret().encode(), given_name=secret(), **file))
    asked = question(meeting, kind="file", stage="input")
    answer = {"input_id": mine.id, "question_id": asked.id}
    make.kept(AnswerFile(content=secret().encode(), given_name=secret(), **answer, **file))
    make.kept(InputAnswer(text=secret(), wording_id=asked.wording.id, at=make.TODAY, **answer))
    card, _token = make_practices.sent(session, contact_name=NAME, contact_email=EMAIL)
    with transaction():
        card.person_id, card.name = one.person_id, NAME
    make.kept(CardFile(card_id=card.id, content=secret().encode(), given_name=secret(), **file))
    report = make_review.report(meeting)
    make.kept(Reader(report_id=report.id, name=NAME, email=EMAIL, asked_at=make.TODAY, expires_at=make.TODAY))
    make_review.fill(report, chapters=1, paragraphs=1)
    paragraph = db.session.query(Paragraph).filter(Paragraph.text.startswith("Words 0")).one()
    with transaction():
        paragraph.text, paragraph.words = f"{NAME} noted it.", search_key(f"{NAME} noted it.")
    make.kept(Comment(paragraph_id=paragraph.id, text=f"Is it {OWN}?", at=make.TODAY))
    long_version(report)
    return 17


def long_version(report: Report) -> Snapshot:
    """A version so long that it is kept compressed."""
    line = {"key": 1, "part": 1, "chapter": "A", "place": "1", "text": f"{NAME} and {OWN} said.", "notes": []}
    made = stored([json.dumps(one) for one in (line, {**line, "text": f"{LOUD} said. {'Growth. ' * 130_000}"})])
    row = Snapshot(report_id=report.id, number=90, why="kept", at=make.TODAY, **words_of_row(made))
    return make.kept(row)


def in_history(meeting: Meeting, one: Registration) -> int:
    with transaction():
        record("registered", one, by=None, at=make.TODAY, name=NAME)
        record("wrote to", one, by=None, at=make.TODAY, subject=secret())
        record("changed", meeting, by=one.person, at=make.TODAY, words=f"as {OWN} or {LOUD} said")
        record("disabled person", one.person, by=None, at=make.TODAY, name=secret())
    return 4

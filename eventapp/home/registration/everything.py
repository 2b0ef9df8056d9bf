"""All that is kept about one person for one meeting, to take along: as plain values, times in UTC."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from eventapp.agenda.availability.queries import availability_of
from eventapp.agenda.models import Session, SpeakingRole
from eventapp.agenda.queries import roles_of
from eventapp.badges.queries import badges_of
from eventapp.checkin.models import Scan
from eventapp.clearance.models import Reader
from eventapp.commitments.models import FocalPoint, Reminder
from eventapp.documents.material.queries import handed_in_at
from eventapp.floor.models import Statement
from eventapp.ground.db import db
from eventapp.history.queries import entries_of
from eventapp.inputs.answers.models import AnswerFile
from eventapp.inputs.answers.queries import answers_of_input, files_of_answers
from eventapp.inputs.models import Input, InputFile
from eventapp.meetings.consents.queries import consents_read
from eventapp.meetings.models import Meeting
from eventapp.my_agenda.models import SignUp, Star
from eventapp.networking.bilaterals.models import Bilateral
from eventapp.networking.bilaterals.queries import of_both
from eventapp.networking.offers.queries import lines_of
from eventapp.networking.queries import audience_of, blocked_by
from eventapp.people.models import Person, SignIn
from eventapp.people.second_factor.queries import codes_of, passkeys_of
from eventapp.practices.models import Card, CardFile
from eventapp.profiles.models import Profile
from eventapp.profiles.queries import profile_of
from eventapp.push.models import PushSubscription
from eventapp.questions.models import AnswerRow
from eventapp.record.confirmations.models import Confirmation
from eventapp.record.notes.models import APPROVED, PUBLISHED, Note, Revision
from eventapp.record.notes.queries import notes
from eventapp.record.notes.statements import is_of_its_turn
from eventapp.registration.answers.queries import answers_of
from eventapp.registration.application import facts_of
from eventapp.registration.models import Amendment, Decision, Registration, Upload
from eventapp.registration.offers.models import Offer
from eventapp.registration.queries import letters_about
from eventapp.review.reports.models import Report

Values = dict[str, Any]  # JSON of many kinds of rows


def consents_as_read(registration: Registration) -> Values | None:
    """The words that were agreed to or refused; None where they were the shipped ones."""
    read = consents_read(registration.consent_wording_id)
    return {**of(read, "number", "language", "at"), "texts": read.whole} if read else None


def all_about(registration: Registration) -> Values:
    """What the person told us, what was decided, and the traces they left. Files are named; each has its own link."""
    person, mine = registration.person, registration.id
    return {
        "meeting": {"slug": registration.meeting.slug, "title": registration.meeting.title},
        "person": {"name": person.name, "email": person.email, "language": person.language},
        "registration": {
            "reference": registration.reference,
            "state": registration.state,
            "reason": registration.reason,
            **of(registration, "asked_at", "confirmed_at", "approved_at"),
            "privacy_notice": registration.privacy_notice and registration.privacy_notice.isoformat(),
            "consents": consents_as_read(registration),
            "answers": {**facts_of(registration), "questions": own_answers(registration)},
        },
        "files": [of(one, "kind", "given_name", "uploaded_at", "replaced_at") for one in rows(Upload, mine)],
        "decisions": [of(one, "at", "before", "after", "reason", "undone_at") for one in rows(Decision, mine)],
        "offers": [of(one, "made_at", "expires_at", "ended_at", "outcome") for one in rows(Offer, mine)],
        "changes": [
            of(one, "asked_at", "changes", "decided_at", "accepted", "reason") for one in rows(Amendment, mine)
        ],
        "letters": [of(one, "posted_at", "subject", "sent_at") for one in letters_about(registration)],
        "badges": [of(one, "code", "issued_at", "printed_at", "ended_at") for one in badges_of(registration)],
        "scans": [{"gate": one.gate.name, **of(one, "scanned_at", "verdict", "undone_at")} for one in rows(Scan, mine)],
        **parts_of(person, registration.meeting),
        "public_page": page_in(profile_of(person, registration.meeting)),
        **chosen_of(mine),
        "networking": networking_of(registration),
        "statements": statements_of(mine),
        **ways_in(person),
        **written_by(person, registration.meeting),
        "commitments": [
            {"note": one.note.reference, **of(one, *times)}
            for model, times in ((FocalPoint, ("named_at",)), (Reminder, ("due_on", "sent_at")))
            for one in found(model, model.person_id == person.id, held_at(registration.meeting, model))
        ],
        "words_recorded": [words_of(note) for note in notes_from(registration)],
        "history": [of(one, "at", "verb", "detail") for one in entries_of(registration)],
    }


def parts_of(person: Person, meeting: Meeting) -> Values:
    """Their parts in sessions, what they handed in for them, and when they can take part."""
    row = availability_of(meeting, person)
    return {
        "parts": [{"session": role.session.code, "part": role.role} for role in roles_of(person, meeting)],
        "availability": of(row, "asked_at", "answered_at", "days", "remark") if row else None,
        "material": [
            {"session": code, "title": title, "came_at": at.isoformat()}
            for code, title, at in handed_in_at(meeting, person)
        ],
    }


def page_in(profile: Profile | None) -> Values | None:
    return {"address": profile.code, **of(profile, "published_at", "biography", "shows_photo")} if profile else None


def ways_in(person: Person) -> Values:
    """Where this person is or was signed in, and what they sign in with beside the mailed link."""
    times = ("signed_in_at", "second_at", "last_seen_at", "browser", "ended_at")
    return {
        "sign_ins": [of(one, *times) for one in found(SignIn, SignIn.person_id == person.id)],
        "passkeys": [of(one, "name", "added_at", "used_at") for one in passkeys_of(person)],
        "recovery_codes": of(codes_of(person), "made", "left", "made_at", "used_at"),
    }


def statements_of(registration: int) -> list[Values]:
    times = ("asked_at", "started_at", "ended_at")
    return [{"session": one.session.code, **of(one, *times)} for one in rows(Statement, registration)]


def chosen_of(registration: int) -> Values:
    """The sessions that got a star, and those that this person signed up for."""
    query = select(Star).where(Star.registration_id == registration).order_by(Star.session_id)
    stars = db.session.scalars(query.options(joinedload(Star.session)))
    return {
        "stars": [{"session": one.session.code, **of(one, "at")} for one in stars],
        "sign_ups": [{"session": one.session.code, **of(one, "at", "state")} for one in rows(SignUp, registration)],
        "browsers_with_notices": [
            of(one, "endpoint", "at", "refused_at") for one in rows(PushSubscription, registration)
        ],
    }


def networking_of(registration: Registration) -> Values:
    """What this person offers and needs, who may find them, and whom they blocked; who blocked them is not told."""
    return {
        "found_by": audience_of(registration),
        "lines": [{**of(one, "kind", "text", "at"), "tags": one.codes} for one in lines_of(registration)],
        "blocked": [one.record_name for one in blocked_by(registration)],
        "bilaterals": [met_in(one, registration) for one in found(Bilateral, of_both([registration.id]))],
    }


def met_in(one: Bilateral, registration: Registration) -> Values:
    """A request or meeting: with whom, who asked, what was said; no address."""
    other, slot = one.other_than(registration), one.slot
    times = of(one, "asked_at", "agreed_at", "changed_at", "state", "words", "reason", "outcome")
    place = of(slot, "place", "starts_at", "ends_at", "wall_zone") if slot else None
    return {"with": other.record_name, "asked_by_me": one.asker_id == registration.id, **times, "slot": place}


def own_answers(registration: Registration) -> list[Values]:
    """The answers to the meeting's own questions, each with the words it was given to."""
    return [answer_in(one) for one in answers_of(registration)]


def answer_in(one: AnswerRow) -> Values:
    return {"question": one.wording.label, "version": one.wording.number, "answer": one.plain, "at": one.at}


def written_by(person: Person, meeting: Meeting) -> Values:
    """What this person wrote to this meeting: inputs, cards, and what they answered where asked to confirm or clear."""
    by_part = Confirmation.role.has(SpeakingRole.person_id == person.id)
    by_floor = Confirmation.registration.has(Registration.person_id == person.id)
    asked = or_(by_part, by_floor), Confirmation.session.has(meeting_id=meeting.id)
    read = Reader.email == person.email, Reader.report.has(Report.meeting_id == meeting.id)
    return {
        "inputs": [input_in(one) for one in found(Input, Input.person_id == person.id, Input.meeting_id == meeting.id)],
        "cards": [card_in(one) for one in found(Card, Card.person_id == person.id, Card.meeting_id == meeting.id)],
        "confirmations": [
            {
                "session": one.session.code,
                **of(one, "asked_at", "answered_at"),
                "begun_at": one.typed_at,
                "begun": one.content,
                "replies": [{"note": reply.note.reference, **of(reply, "answer", "reason")} for reply in one.replies],
            }
            for one in found(Confirmation, *asked)
        ],
        "clearance": [
            {
                "report": one.report.name,
                **of(one, "asked_at", "on_behalf", "finished_at"),
                "remarks": [of(remark, "at", "kind", "text", "taken_back_at", "answer") for remark in one.remarks],
            }
            for one in found(Reader, *read)
        ],
    }


def held_at(meeting: Meeting, model: Any) -> ColumnElement[bool]:  # a model with `note`
    """Whether a row about a note is about one of this meeting."""
    here: ColumnElement[bool] = model.note.has(Note.session.has(meeting_id=meeting.id))
    return here


def input_in(written: Input) -> Values:
    files = found(InputFile, InputFile.input_id == written.id)
    times = of(written, "begun_at", "sent_at", "withdrawn_at", "public_since")
    answered = [{"question": one.question.code, **file_in(one)} for one in files_of_answers(written)]
    answers = [answer_in(one) for one in answers_of_input(written)]
    more = {"files": [file_in(one) for one in files], "answers": answers, "answer_files": answered}
    return {"reference": written.reference, **times, "content": written.content, **more}


def card_in(card: Card) -> Values:
    files = found(CardFile, CardFile.card_id == card.id)
    times = of(card, "invited_at", "sent_at", "ended_at")
    consents = [of(one, "outlet", "given_at", "withdrawn_at") for one in card.consents]
    written = {"content": card.content, "consents": consents, "files": [file_in(one) for one in files]}
    return {"reference": card.reference, "session": card.session.code, **times, **written}


def file_in(file: InputFile | AnswerFile | CardFile) -> Values:
    return of(file, "given_name", "uploaded_at", "replaced_at")


def notes_from(registration: Registration) -> list[Note]:
    """What the record holds as said by this person: only what is cleared, and nothing off the record."""
    theirs = Revision.role.has(SpeakingRole.person_id == registration.person_id)
    is_theirs = or_(Note.current.has(theirs), Note.statement.has(Statement.registration_id == registration.id))
    on_record = Note.deleted_at.is_(None), Note.current.has(Revision.off_record.is_(False))
    cleared = Note.state.in_((APPROVED, PUBLISHED))
    found = notes(Session.meeting_id == registration.meeting_id, is_theirs, cleared, *on_record)
    return [note for note in found if is_part_of(note, registration.person_id) or is_of_its_turn(note)]


def is_part_of(note: Note, person_id: int) -> bool:
    role = note.current.role
    return role is not None and role.person_id == person_id


def words_of(note: Note) -> Values:
    return {"note": note.reference, **of(note.current, "at", "kind", "speaker", "organization", "language", "text")}


def of(row: object, *names: str) -> Values:
    """These values of a row, times as ISO 8601."""
    values = {name: getattr(row, name) for name in names}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}


def rows(model: Any, registration: int) -> list[Any]:  # a model with `registration_id`
    """The rows of this kind about a registration, the oldest first."""
    return found(model, model.registration_id == registration)


def found(model: Any, *where: ColumnElement[bool]) -> list[Any]:  # a model with `id`
    return list(db.session.scalars(select(model).where(*where).order_by(model.id)))

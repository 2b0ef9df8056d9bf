from dataclasses import dataclass
from datetime import datetime

from eventapp.drafts import actions as drafts
from eventapp.drafts.actions import Sent, Slot, prepare
from eventapp.drafts.models import Draft
from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.inputs import mails
from eventapp.inputs.answers.actions import answer_input
from eventapp.inputs.content import DELEGATION, ORGANIZATION, Contribution, contribution_from
from eventapp.inputs.models import LINK, Call, Input, InputFile, InputRevision
from eventapp.inputs.queries import call_of, file_of, input_of, next_number
from eventapp.links.actions import end, issue
from eventapp.mail.actions import post
from eventapp.meetings.models import Meeting
from eventapp.people.actions import know
from eventapp.people.models import Person
from eventapp.questions.answers import Given
from eventapp.record.notes.models import SUBMITTED
from eventapp.record.search.index import INPUT, Thing, forget
from eventapp.record.search.index import index as find
from eventapp.registration.models import APPROVED, PENDING, WAITING, Registration

MAY_WRITE = (PENDING, APPROVED, WAITING)  # registered: the address is confirmed, and nothing was refused


@dataclass(frozen=True)
class Invited:
    """A body that is asked for an input though nobody of it is registered."""

    name: str
    email: str
    organization: str
    country: str = ""


def open_call(
    meeting: Meeting, *, opens_at: datetime, closes_at: datetime, words: str, by: Person | None, at: datetime
) -> Call:
    """Ask for written inputs from when until when, or change that. Refused where it would close before it opens."""
    lock(meeting)
    if closes_at <= opens_at:
        raise Refused(_("Inputs would close before they open. Choose a later closing time."))
    call = call_of(meeting) or Call(meeting=meeting)
    call.opens_at, call.closes_at, call.words = opens_at, closes_at, words
    db.session.add(call)
    record("asked for inputs", call, by=by, at=at, meeting_id=meeting.id, opens_at=opens_at, closes_at=closes_at)
    return call


def begin(registration: Registration, *, at: datetime) -> Input:
    """The input of this participant, begun where there is none yet. Refused outside the dates, and for a request that
    is not confirmed or does not stand.
    """
    meeting = registration.meeting
    lock(meeting)
    written = input_of(registration.person, meeting)
    if written is not None:
        written.registration = written.registration or registration
        return written
    in_time(meeting, at)
    if registration.state_now(at) not in MAY_WRITE:
        raise Refused(_("Only who is registered can write an input. Confirm your registration first."))
    sender = registration.delegation
    blank = Contribution(
        behalf=DELEGATION if sender.is_state else ORGANIZATION,
        organization=sender.name,
        country=sender.country or registration.country,
        language=registration.person.language,
    )
    return start(meeting, registration.person, registration.record_name, blank, at=at, registration=registration)


def invite(
    meeting: Meeting, body: Invited, *, by: Person | None, at: datetime, language: str = "en"
) -> tuple[Input, str]:
    """Ask a body for an input by a letter with its own link. Returns the input and the secret of the link.

    Refused where no call was made, or the address writes an input to this meeting already.
    """
    lock(meeting)
    call = call_of(meeting)
    if call is None or at >= call.closes_at:
        raise Refused(_("Say first from when until when inputs are taken."))
    person = know(body.name, body.email, at=at, language=language)
    older = input_of(person, meeting)
    if older is not None:
        raise Refused(_("%(name)s writes input %(ref)s already.", name=older.name, ref=older.reference))
    blank = Contribution(organization=body.organization, country=body.country, language=person.language)
    written = start(meeting, person, body.name, blank, at=at)
    token = issue(LINK, written, meeting_id=meeting.id, at=at)
    post(mails.invitation(written, call, token=token), at=at)
    write_down("invited to write an input", written, by=by, at=at)
    return written, token


def write_down(verb: str, written: Input, *, by: Person | None, at: datetime, **detail: object) -> None:
    """Write into the history what became of this input."""
    record(verb, written, by=by, at=at, meeting_id=written.meeting_id, reference=written.reference, **detail)


def start(
    meeting: Meeting, person: Person, name: str, blank: Contribution, *, at: datetime,
    registration: Registration | None = None,
) -> Input:  # fmt: skip
    written = Input(
        meeting=meeting,
        number=next_number(meeting),
        person=person,
        registration=registration,
        name=name,
        begun_at=at,
        illustrative=registration.illustrative if registration else False,
    )
    db.session.add(written)
    db.session.flush()
    prepare(slot_of(written), blank.content(), at=at)
    return written


def slot_of(written: Input) -> Slot:
    """Where what stands in the form of this input is kept."""
    return Slot(written.draft_kind, written.meeting_id, written.id)


def in_time(meeting: Meeting, at: datetime) -> Call:
    """The call that is open now. Refused outside its dates."""
    call = call_of(meeting)
    if call is None or not call.is_open(at):
        raise Refused(_("Inputs are not taken at this time. Write to the secretariat."))
    return call


def keep(
    written: Input,
    said: Contribution,
    sent: Sent,
    *,
    at: datetime,
    public: bool | None = None,
    answers: Given | None = None,
) -> Draft | None:
    """Keep what is in the form, half written or whole, as a draft. What gives way to it stays as a revision, without
    answers, for some are personal. Refused outside the dates, and where another window or device was faster.
    """
    lock(written)
    in_time(written.meeting, at)
    if written.stands or public is None:  # what stands has a form of its own; an open window may hold an old answer
        public = written.public_since is not None
    more: Record = {"public": public} | ({"answers": dict(answers)} if answers else {})
    draft = drafts.keep(slot_of(written), said.content() | more, sent, at=at)
    if draft.before is not None:
        revise(written, contribution_from(draft.before).content(), was_sent=False, at=at)
    if draft.draft and draft.draft.content["public"] == public:  # no older sending of the window
        show_publicly(written, yes=public, at=at)
    return draft.draft


def send(
    written: Input,
    said: Contribution,
    how: Sent,
    *,
    at: datetime,
    public: bool,
    token: str,
    answers: Given | None = None,
) -> InputRevision:
    """Submit the input, or a correction of it; a letter acknowledges it. Returns the revision.

    Refused as in keep, where it says nothing or too much, and where an answer has no place left. What was dealt with is
    to be read again. `answers` are None where the form has no questions.
    """
    if answers is not None:
        lock(written.meeting)  # places are counted
    keep(written, said, how, at=at, public=public, answers=answers)
    if not said.parts or not said.organization:
        raise Refused(_("Say on whose behalf you write, and write something under a theme or in the overview."))
    if said.too_long:
        raise Refused(_("A part of the input is too long. Shorten it, then send it."))
    if answers is not None:
        answer_input(written, answers, at=at)
    written.sent_at, written.withdrawn_at, written.dealt_at, written.dealt_by_id = at, None, None, None
    sent = revise(written, said.content(), was_sent=True, at=at)
    index_input(written, said)
    post(mails.received(written, in_time(written.meeting, at), token=token), at=at)
    write_down("sent an input", written, by=written.person, at=at, revision=sent.number)
    return sent


def revise(written: Input, content: Record, *, was_sent: bool, at: datetime) -> InputRevision:
    written.head += 1
    revision = InputRevision(input=written, number=written.head, at=at, was_sent=was_sent, content=content)
    db.session.add(revision)
    return revision


def index_input(written: Input, said: Contribution) -> None:
    """Let the input be found by what was sent; it is of no session."""
    find(
        Thing(
            INPUT, written.id, written.meeting_id, None, written.reference, path=f"manage/inputs/{written.number}",
            title=said.organization, text="\n\n".join(text for _part, text in said.parts), language=said.language,
            state=SUBMITTED, action_lines=said.lines, countries=[said.country] if said.country else [],
            speaker=f"{written.name} {said.organization}",
        )
    )  # fmt: skip


def show_publicly(written: Input, *, yes: bool, at: datetime) -> None:
    """Let the input stand in the public list, or take that back; at any time, the deadline apart."""
    if yes != (written.public_since is not None):
        written.public_since = at if yes else None
        verb = "agreed to show an input" if yes else "withdrew consent to show an input"
        write_down(verb, written, by=written.person, at=at)


def withdraw(written: Input, *, at: datetime) -> None:
    """Take a sent input back; its text stays with the sender as a draft. Refused after the deadline."""
    lock(written)
    in_time(written.meeting, at)
    if not written.stands:
        raise Refused(_("This input was not sent, or was withdrawn already."))
    written.withdrawn_at = at
    forget(INPUT, written.id)
    write_down("withdrew an input", written, by=written.person, at=at)


def put_file(written: Input, file: InputFile, *, at: datetime) -> None:
    """Keep a document beside the input; it replaces the one before. Refused after the deadline."""
    lock(written)
    in_time(written.meeting, at)
    older = file_of(written)
    if older is not None:
        older.replaced_at = at
    file.input, file.uploaded_at = written, at
    db.session.add(file)
    write_down("sent a file of an input", written, by=written.person, at=at, file=file.given_name)


def end_links(written: Input, *, by: Person | None, at: datetime) -> None:
    """Stop every link to this input; what was sent stays."""
    lock(written)
    end(LINK, written, at=at)
    write_down("ended the link of an input", written, by=by, at=at)


def deal_with(written: Input, *, done: bool, by: Person | None, at: datetime) -> None:
    """Mark an input as dealt with, or as not yet. Refused for one that was not sent or was taken back."""
    lock(written)
    if not written.stands:
        raise Refused(_("%(ref)s was withdrawn, or was not sent.", ref=written.reference))
    written.dealt_at = at if done else None
    written.dealt_by_id = by.id if done and by else None
    verb = "dealt with an input" if done else "took an input up again"
    write_down(verb, written, by=by, at=at)

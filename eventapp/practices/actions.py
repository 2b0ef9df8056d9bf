from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.db import db, lock
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.outcomes.actions import record_note
from eventapp.outcomes.findable import CARD, Thing
from eventapp.outcomes.findable import keep as find
from eventapp.outcomes.models import SUBMITTED, Note
from eventapp.outcomes.queries import registered
from eventapp.outcomes.standing import is_cleared
from eventapp.people.actions import know
from eventapp.people.models import Person
from eventapp.practices import mails
from eventapp.practices.content import FORWARDED_TO, KINDS, Practice, note_draft, practice_from
from eventapp.practices.models import Card, CardFile, CardLink, CardRevision, Consent
from eventapp.practices.queries import file_of, newest_sent, next_number, open_card_of, open_links
from eventapp.refusal import Refused
from eventapp.tokens import hashed, secret
from eventapp.windows import goes_on
from eventapp.words import _

REMIND_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Invitation:
    """Whom to ask for a card, about which session, as what kind of note."""

    session: Session
    kind: str
    name: str
    email: str
    organization: str = ""
    country: str = ""
    role: SpeakingRole | None = None


def invite(
    meeting: Meeting, wanted: Invitation, *, by: Person | None, at: datetime, language: str = "en"
) -> tuple[Card, str]:
    """Ask a presenter for a card, by a letter with a link. Returns the card and the secret of the link.

    Refused where this person has an open card for the session already, or the session was cancelled or is cleared.
    """
    lock(meeting)  # numbers have no gaps and no twins
    invitable(wanted)
    person = know(wanted.name, wanted.email, at=at, language=language)
    older = open_card_of(wanted.session, person)
    if older is not None:
        raise Refused(
            _("%(name)s has a card for this session already: %(ref)s. Remind them instead.",
              name=older.name, ref=older.reference)
        )  # fmt: skip
    begun = Practice(owner=wanted.organization, country=wanted.country, contact_name=wanted.name,
                     contact_email=person.email, language=person.language)  # fmt: skip
    card = Card(
        meeting=meeting,
        number=next_number(meeting),
        session=wanted.session,
        role=wanted.role,
        person=person,
        name=wanted.name,
        kind=wanted.kind,
        content=begun.content(),
        invited_at=at,
        invited_by_id=by.id if by else None,
        illustrative=bool(wanted.role and wanted.role.illustrative),
    )
    db.session.add(card)
    db.session.flush()
    token = send_link(card, mails.invitation, at=at)
    record(
        "invited to fill a card", card, by=by, at=at, meeting_id=meeting.id, reference=card.reference, name=card.name
    )
    return card, token


def invitable(wanted: Invitation) -> None:
    if wanted.session.cancelled_at or wanted.kind not in KINDS:
        raise Refused(_("This session was cancelled. Choose another one."))
    if is_cleared(wanted.session):
        raise Refused(too_late_for(wanted.session))


def remind(card: Card, *, by: Person | None, at: datetime) -> str:
    """Write to the presenter again, with a link of its own. Returns its secret.

    Refused for a card that was sent or ended, once its session is cleared, and within an hour of the letter before.
    """
    lock(card)
    if card.ended_at or card.sent_at:
        raise Refused(_("%(ref)s was sent or ended: there is nothing to remind of.", ref=card.reference))
    if is_cleared(card.session):
        raise Refused(too_late_for(card.session))
    if at - (card.reminded_at or card.invited_at) < REMIND_AFTER:
        raise Refused(_("%(name)s was written to within the last hour. Give them a little time.", name=card.name))
    card.reminded_at = at
    token = send_link(card, mails.reminder, at=at)
    record("reminded of a card", card, by=by, at=at, meeting_id=card.meeting_id, reference=card.reference)
    return token


def too_late_for(session: Session) -> str:
    return _("Session %(code)s is cleared: a card of it could not be sent any more.", code=session.code)


def send_link(card: Card, letter: Callable[..., Letter], *, at: datetime) -> str:
    token = secret()
    db.session.add(CardLink(card=card, token_hash=hashed(token), sent_at=at))
    post(letter(card, token=token), at=at)
    return token


def end(card: Card, *, by: Person | None, at: datetime) -> None:
    """Stop every link to this card; what was sent stays. Ending it twice is no fault."""
    lock(card)
    if card.ended_at:
        return
    card.ended_at = at
    for link in open_links(card):
        link.ended_at = at
    record("ended a card", card, by=by, at=at, meeting_id=card.meeting_id, reference=card.reference)


def open_card(card: Card, *, at: datetime) -> None:
    """The presenter pressed the button of the first page: the card is theirs to fill."""
    lock(card)
    if card.opened_at is None:
        card.opened_at = at
        record("opened a card", card, by=card.person, at=at, meeting_id=card.meeting_id, reference=card.reference)


def keep(card: Card, practice: Practice, *, base: int, at: datetime, over: bool = False, mark: str = "") -> int:
    """Keep what is in the form, half filled or whole. Returns the new version of the card.

    `base` is the version it was written from: where another window was faster, it is refused, and nothing is
    overwritten; a later text of the same window, told by its `mark`, is taken. With `over` it takes the place of the
    other text, which stays as a revision. Refused once the session is cleared.
    """
    lock(card)
    fillable(card)
    practice = agreed(card, practice)
    if practice_from(card.content) == practice:
        return card.version
    is_later = goes_on(card.mark, mark)
    if base != card.version and not is_later:
        raise Refused(_("The card was changed in another window since you opened it here."))
    if over and not is_later:
        revise(card, was_sent=False, at=at)
    card.content, card.kept_at, card.mark = practice.content(), at, mark
    card.version += 1
    return card.version


def send(
    card: Card, practice: Practice, *, base: int, at: datetime, over: bool = False, mark: str = ""
) -> CardRevision:
    """Hand the card in, or a correction of it. Returns the revision. Refused as in keep, and where a part is missing
    or has too many words.
    """
    keep(card, practice, base=base, at=at, over=over, mark=mark)
    practice = agreed(card, practice)
    if practice.missing or practice.too_long or not practice.is_known:
        raise Refused(_("A part of the card is missing or too long. Put it right, then send it."))
    for outlet in FORWARDED_TO:
        agree(card, outlet, yes=outlet in practice.outlets, at=at)
    card.sent_at = at
    sent = revise(card, was_sent=True, at=at)
    keep_findable(card, practice)
    record("sent a card", card, by=card.person, at=at, meeting_id=card.meeting_id, reference=card.reference,
           revision=sent.number)  # fmt: skip
    return sent


def agreed(card: Card, practice: Practice) -> Practice:
    """This text, with the consents that hold: once a card is sent they have a form of their own, and what an open
    window still says of them is old.
    """
    return replace(practice, outlets=tuple(card.may_be_forwarded_to)) if card.sent_at else practice


def revise(card: Card, *, was_sent: bool, at: datetime) -> CardRevision:
    card.head += 1
    revision = CardRevision(card=card, number=card.head, at=at, was_sent=was_sent, content=card.content)
    db.session.add(revision)
    return revision


def keep_findable(card: Card, practice: Practice) -> None:
    """Let the card be found by what was sent."""
    parts = (practice.results, practice.partners, practice.challenges, practice.prospects)
    find(
        Thing(
            CARD, card.id, card.meeting_id, card.session_id, card.reference, path=f"manage/practices/{card.number}",
            title=practice.project, text="\n\n".join(part for part in parts if part), language=practice.language,
            kind=card.kind, state=SUBMITTED, action_lines=practice.action_lines, goals=practice.goals,
            countries=[practice.country] if practice.country else [], speaker=f"{card.name} {practice.owner}",
        )
    )  # fmt: skip


def fillable(card: Card) -> None:
    if card.ended_at:
        raise Refused(_("This card was ended by the secretariat."))
    if is_cleared(card.session):
        raise Refused(_("The session is cleared: the card stays as you sent it. Write to the secretariat."))


def agree(card: Card, outlet: str, *, yes: bool, at: datetime) -> None:
    """Let the card be forwarded to this outlet, or take that back; at any time, whatever became of the session."""
    given = next((one for one in card.consents if one.outlet == outlet and one.withdrawn_at is None), None)
    if yes == (given is not None):
        return
    if given is not None:
        given.withdrawn_at = at
    else:
        card.consents.append(Consent(outlet=outlet, given_at=at))
    verb = "agreed to forwarding" if yes else "withdrew consent to forwarding"
    record(verb, card, by=card.person, at=at, meeting_id=card.meeting_id, reference=card.reference, outlet=outlet)


def change_consents(card: Card, outlets: tuple[str, ...], *, at: datetime) -> None:
    """Let a sent card be forwarded to these outlets from now on and to no other, whatever became of the session."""
    lock(card)
    for outlet in FORWARDED_TO:
        agree(card, outlet, yes=outlet in outlets, at=at)
    card.content = {**card.content, "outlets": list(outlets)}


def put_file(card: Card, file: CardFile, *, at: datetime) -> None:
    """Keep a photo or a document beside the card; it replaces the one before."""
    lock(card)
    fillable(card)
    older = file_of(card)
    if older is not None:
        older.replaced_at = at
    file.card, file.uploaded_at = card, at
    db.session.add(file)
    record("sent a file of a card", card, by=card.person, at=at, meeting_id=card.meeting_id,
           reference=card.reference, file=file.given_name)  # fmt: skip


def turn_into_note(card: Card, *, by: Person | None, at: datetime) -> Note:
    """Record the card as a note of its session, a draft for the editor; its source is the card.

    Refused where the card was not sent, or a note made of it stands already.
    """
    lock(card.session)
    lock(card)
    sent = newest_sent(card)
    if sent is None:
        raise Refused(_("%(ref)s was not sent yet. Only what its presenter sent becomes a note.", ref=card.reference))
    if card.is_noted and card.note is not None:
        raise Refused(_("%(ref)s is note %(note)s already.", ref=card.reference, note=card.note.reference))
    source = _("Good practice card %(ref)s", ref=card.reference)  # who sent it, the note's speaker says
    kind, _delegation = registered(card.meeting_id, [card.person_id]).get(card.person_id, ("", None))
    draft = note_draft(
        practice_from(sent.content), card.kind, name=card.name, role_id=card.role_id, stakeholder=kind, source=source
    )
    key = f"card {card.id} {sent.number} {card.note_id}"
    card.note = record_note(card.session, draft, by=by, at=at, key=key, illustrative=card.illustrative)
    card.note.origin = f"card:{card.number}"
    card.noted_head = sent.number
    record("turned a card into a note", card, by=by, at=at, meeting_id=card.meeting_id, reference=card.reference,
           note=card.note.reference)  # fmt: skip
    return card.note

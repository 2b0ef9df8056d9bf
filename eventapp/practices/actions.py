from dataclasses import replace
from datetime import datetime

from eventapp.drafts import actions as drafts
from eventapp.drafts.actions import Sent, Slot
from eventapp.drafts.models import Draft
from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.themes.queries import themes_of
from eventapp.people.models import Person
from eventapp.practices.content import FORWARDED_TO, Practice, note_draft, practice_from
from eventapp.practices.models import Card, CardFile, CardRevision, Consent
from eventapp.practices.queries import file_of, newest_sent
from eventapp.record.notes.models import SUBMITTED, Note
from eventapp.record.progress import is_cleared
from eventapp.record.revisions.actions import record_note
from eventapp.record.search.index import CARD, Thing
from eventapp.record.search.index import index as find
from eventapp.record.sessions.speakers import registered


def open_card(card: Card, *, at: datetime) -> None:
    """The presenter pressed the button of the first page: the card is theirs to fill."""
    lock(card)
    if card.opened_at is None:
        card.opened_at = at
        record("opened a card", card, by=card.person, at=at, reference=card.reference)


def slot_of(card: Card) -> Slot:
    """Where what stands in the form of this card is kept."""
    return Slot(card.draft_kind, card.meeting_id, card.id)


def keep(card: Card, practice: Practice, sent: Sent, *, at: datetime) -> Draft | None:
    """Keep what is in the form, half filled or whole, as a draft. What gives way to it stays as a revision.

    Refused once the session is cleared, and where another window or device was faster.
    """
    lock(card)
    fillable(card)
    kept = drafts.keep(slot_of(card), agreed(card, practice).content(), sent, at=at)
    if kept.before is not None:
        revise(card, kept.before, was_sent=False, at=at)
    return kept.draft


def send(card: Card, practice: Practice, how: Sent, *, at: datetime) -> CardRevision:
    """Hand the card in, or a correction of it. Returns the revision. Refused as in keep, and where a part is missing
    or has too many words.
    """
    keep(card, practice, how, at=at)
    practice = agreed(card, practice)
    has_no_theme = bool(themes_of(card.meeting).lines) and not practice.action_lines
    if practice.missing or has_no_theme or practice.too_long or not practice.is_known:
        raise Refused(_("A part of the card is missing or too long. Put it right, then send it."))
    for outlet in FORWARDED_TO:
        agree(card, outlet, yes=outlet in practice.outlets, at=at)
    card.sent_at = at
    sent = revise(card, practice.content(), was_sent=True, at=at)
    index_card(card, practice)
    record("sent a card", card, by=card.person, at=at, reference=card.reference, revision=sent.number)
    return sent


def agreed(card: Card, practice: Practice) -> Practice:
    """This text, with the consents that hold: once a card is sent they have a form of their own, and what an open
    window still says of them is old.
    """
    return replace(practice, outlets=tuple(card.may_be_forwarded_to)) if card.sent_at else practice


def revise(card: Card, content: Record, *, was_sent: bool, at: datetime) -> CardRevision:
    card.head += 1
    revision = CardRevision(card=card, number=card.head, at=at, was_sent=was_sent, content=content)
    db.session.add(revision)
    return revision


def index_card(card: Card, practice: Practice) -> None:
    """Let the card be found by what was sent."""
    parts = (practice.results, practice.partners, practice.challenges, practice.prospects)
    find(
        Thing(
            CARD,
            card.id,
            card.meeting_id,
            card.session_id,
            card.reference,
            path=f"manage/practices/{card.number}",
            title=practice.project,
            text="\n\n".join(part for part in parts if part),
            language=practice.language,
            kind=card.kind,
            state=SUBMITTED,
            action_lines=practice.action_lines,
            goals=practice.goals,
            countries=[practice.country] if practice.country else [],
            speaker=f"{card.name} {practice.owner}",
        )
    )


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
    record(verb, card, by=card.person, at=at, reference=card.reference, outlet=outlet)


def change_consents(card: Card, outlets: tuple[str, ...], *, at: datetime) -> None:
    """Let a sent card be forwarded to these outlets from now on and to no other, whatever became of the session."""
    lock(card)
    for outlet in FORWARDED_TO:
        agree(card, outlet, yes=outlet in outlets, at=at)
    draft = drafts.find(slot_of(card))
    if draft is not None:
        draft.content = {**draft.content, "outlets": list(outlets)}


def put_file(card: Card, file: CardFile, *, at: datetime) -> None:
    """Keep a photo or a document beside the card; it replaces the one before."""
    lock(card)
    fillable(card)
    older = file_of(card)
    if older is not None:
        older.replaced_at = at
    file.card, file.uploaded_at = card, at
    db.session.add(file)
    record("sent a file of a card", card, by=card.person, at=at, reference=card.reference, file=file.given_name)


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
    record("turned a card into a note", card, by=by, at=at, reference=card.reference, note=card.note.reference)
    return card.note

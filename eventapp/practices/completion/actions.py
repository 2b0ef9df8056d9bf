"""The secretariat completes a card for the forms of others. What the presenter sent stays as it was sent."""

from dataclasses import replace
from datetime import datetime, timedelta

from eventapp.drafts.actions import Sent, Slot, find, keep
from eventapp.drafts.models import Draft
from eventapp.ground.db import lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.people.models import Person
from eventapp.practices.content import Practice, practice_from
from eventapp.practices.details import DETAILS
from eventapp.practices.models import Card, Completion
from eventapp.practices.queries import newest_sent

COMPLETED = (*DETAILS, "country", "partners", "challenges", "prospects")
ASIDES = ("replicability", "sustainability")  # a note has them too
SITTING = timedelta(minutes=30)  # what one person writes within it is one completion


def as_it_stands(card: Card) -> Practice:
    """What the presenter sent, with what the note made of it says since. Refused before anything was sent."""
    sent = newest_sent(card)
    if sent is None:
        raise Refused(_("%(ref)s was not sent yet: there is nothing to complete.", ref=card.reference))
    practice, note = practice_from(sent.content), card.note if card.is_noted else None
    since = {name: getattr(note.current, name) for name in ASIDES} if note else {}
    return replace(practice, **{name: text for name, text in since.items() if text})


def completed(practice: Practice, completion: Completion | None) -> Practice:
    """The card with the words of the secretariat in the place of the presenter's, where there are any."""
    ours = completion.content if completion else {}
    return replace(practice, **{name: value for name, value in ours.items() if name in COMPLETED})


def parts_of(practice: Practice) -> Record:
    """The parts of a card that may be completed, by their names."""
    return {name: getattr(practice, name) for name in COMPLETED}


def slot_of(card: Card) -> Slot:
    """Where what the secretariat types is kept."""
    return Slot("completion", card.meeting_id, card.id)


def complete(card: Card, wanted: Record, sent: Sent, *, by: Person | None, at: datetime) -> Draft | None:
    """Keep what the forms of others ask for beyond the card; what is as the presenter sent it stays theirs.

    What gives way to it stays on record. Refused where somebody was faster, in another window or on another device.
    """
    lock(card)
    before = as_it_stands(card)
    after = replace(before, **{name: wanted[name] for name in COMPLETED})
    newest = card.completion
    ours = {name: value for name, value in wanted.items() if name in COMPLETED and value != getattr(before, name)}
    if ours == (newest.content if newest else {}):
        return find(slot_of(card))
    if after.too_long or after.faults:
        raise Refused(_("A part of the card is too long, or not what the forms take. Put it right, then save it."))
    kept = keep(slot_of(card), ours, sent, at=at)
    if kept.draft is None or (newest and newest.version == kept.draft.version):  # an older sending that came late
        return kept.draft
    is_at_it = newest is not None and kept.before is None and at - newest.begun_at < SITTING
    if newest and is_at_it and newest.by_id == (by.id if by else None):
        newest.content, newest.version, newest.at = ours, kept.draft.version, at
    else:
        begin(card, ours, kept.draft.version, by=by, at=at)
    return kept.draft


def begin(card: Card, ours: Record, version: int, *, by: Person | None, at: datetime) -> None:
    """Begin a new row, so that the text before stays on record."""
    card.completions.append(Completion(version=version, content=ours, begun_at=at, at=at, by_id=by.id if by else None))
    record("completed a card", card, by=by, at=at, reference=card.reference)

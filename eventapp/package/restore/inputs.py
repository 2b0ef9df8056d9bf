"""The inputs and cards of a package become those of its meeting again. Nobody can write them on: they have no links."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from eventapp.agenda.models import Session
from eventapp.drafts.actions import prepare
from eventapp.ground.db import db
from eventapp.inputs.actions import index_input as find_input
from eventapp.inputs.actions import slot_of as input_slot
from eventapp.inputs.models import Input, InputNote, InputRevision
from eventapp.meetings.models import Meeting
from eventapp.package.export.inputs import contribution_in, practice_in
from eventapp.package.manifest import inputs as handed
from eventapp.people.models import Person
from eventapp.practices.actions import index_card as find_card
from eventapp.practices.actions import slot_of as card_slot
from eventapp.practices.models import Card, CardRevision, Consent
from eventapp.record.notes.models import Note

NO_ADDRESS = "package.invalid"  # RFC 2606: no letter ever arrives there


def inputs_from(inputs: Iterable[handed.Input], meeting: Meeting, notes: Mapping[str, Note], *, at: datetime) -> None:
    """Keep each input as it was sent, and of which notes it is the source."""
    for one in inputs:
        contribution = contribution_in(one)
        written = Input(
            meeting=meeting,
            number=one.number,
            person=somebody(f"input-{one.number}", one.organization, meeting, at=at),
            name=one.organization,
            head=one.revision,
            begun_at=one.sent_at,
            sent_at=one.sent_at,
            public_since=one.public_since,
            illustrative=one.illustrative,
            notes=[InputNote(note=notes[each.note], part=each.part, revision=each.revision) for each in one.notes],
        )
        content = contribution.content()
        sent = InputRevision(input=written, number=one.revision, at=one.sent_at, was_sent=True, content=content)
        db.session.add_all([written, sent])
        for each in one.notes:
            notes[each.note].origin = f"input:{one.number}"
        db.session.flush()
        prepare(input_slot(written), contribution.content(), at=one.sent_at, version=1)
        find_input(written, contribution)


def cards_from(
    cards: Iterable[handed.Card],
    meeting: Meeting,
    sessions: Mapping[str, Session],
    notes: Mapping[str, Note],
    *,
    at: datetime,
) -> None:
    """Keep each card as it was sent, where it may be forwarded, and the note that was made of it."""
    for one in cards:
        practice = practice_in(one)
        card = Card(
            meeting=meeting,
            number=one.number,
            session=sessions[one.session],
            person=somebody(f"card-{one.number}", one.owner, meeting, at=at),
            name=one.owner,
            kind=one.kind,
            head=one.revision,
            invited_at=one.sent_at,
            sent_at=one.sent_at,
            note=notes.get(one.note),
            noted_head=one.noted_revision,
            illustrative=one.illustrative,
            revisions=[CardRevision(number=one.revision, at=one.sent_at, was_sent=True, content=practice.content())],
            consents=[Consent(outlet=each.outlet, given_at=each.since) for each in one.agreed],
        )
        db.session.add(card)
        if card.note is not None:
            card.note.origin = f"card:{one.number}"
        db.session.flush()
        prepare(card_slot(card), practice.content(), at=one.sent_at, version=1)
        find_card(card, practice)


def somebody(name: str, organization: str, meeting: Meeting, *, at: datetime) -> Person:
    """Whoever handed it in: a package says for whom, never who."""
    return Person(name=organization, email=f"{name}.meeting-{meeting.id}@{NO_ADDRESS}", known_since=at)

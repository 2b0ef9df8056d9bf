"""The inputs and cards of a package become those of its meeting again. Nobody can write them on: they have no links."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from eventapp.agenda.models import Session
from eventapp.db import db
from eventapp.inputs.actions import keep_findable as find_input
from eventapp.inputs.models import Input, InputNote, InputRevision
from eventapp.meetings.models import Meeting
from eventapp.outcomes.models import Note
from eventapp.package import handed
from eventapp.package.handing import contribution_in, practice_in
from eventapp.people.models import Person
from eventapp.practices.actions import keep_findable as find_card
from eventapp.practices.models import Card, CardRevision, Consent

NO_ADDRESS = "package.invalid"  # RFC 2606: no letter ever arrives there


def inputs_from(inputs: Iterable[handed.Input], meeting: Meeting, notes: Mapping[str, Note], *, at: datetime) -> None:
    """Keep each input as it was sent, and of which notes it is the source."""
    for one in inputs:
        said = contribution_in(one)
        written = Input(
            meeting=meeting,
            number=one.number,
            person=somebody(f"input-{one.number}", one.organization, meeting, at=at),
            name=one.organization,
            content=said.content(),
            version=1,
            head=one.revision,
            begun_at=one.sent_at,
            sent_at=one.sent_at,
            public_since=one.public_since,
            illustrative=one.illustrative,
            notes=[InputNote(note=notes[each.note], part=each.part, revision=each.revision) for each in one.notes],
        )
        sent = InputRevision(input=written, number=one.revision, at=one.sent_at, was_sent=True, content=said.content())
        db.session.add_all([written, sent])
        for each in one.notes:
            notes[each.note].origin = f"input:{one.number}"
        db.session.flush()
        find_input(written, said)


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
            content=practice.content(),
            version=1,
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
        find_card(card, practice)


def somebody(name: str, organization: str, meeting: Meeting, *, at: datetime) -> Person:
    """Whoever handed it in: a package says for whom, never who."""
    return Person(name=organization, email=f"{name}.meeting-{meeting.id}@{NO_ADDRESS}", known_since=at)

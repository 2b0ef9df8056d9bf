"""What people handed in, as far as they consented: inputs that everybody may read, cards that may be forwarded."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from eventapp.inputs.content import BEHALVES, Contribution, contribution_from
from eventapp.inputs.models import Input
from eventapp.inputs.queries import inputs_of, revisions_of
from eventapp.meetings.models import Meeting
from eventapp.package.export.own.themes import themes_in
from eventapp.package.export.questions import answers_of_inputs
from eventapp.package.export.redaction import ADDRESS
from eventapp.package.manifest import content
from eventapp.package.manifest import inputs as handed
from eventapp.package.manifest import notes as noted
from eventapp.practices.content import NAMES, REQUIRED, Practice, practice_from
from eventapp.practices.content import Measure as CardMeasure
from eventapp.practices.models import Card
from eventapp.practices.queries import cards_of, newest_sent
from eventapp.record.notes.models import Note, Revision
from eventapp.review.language.attribution import ORGANIZATION, PERSON, level_of, names_above
from eventapp.review.language.names import Names
from eventapp.vocabulary.lines import ACTION_LINES, in_line_order

OPEN = "open"
CONTACTS = ("contact_name", "contact_email")
SAME = tuple(one.name for one in fields(handed.Card) if one.name in NAMES and one.name != "measures")


class Clean:
    """Words that name nobody who may not be named, and hold no address; others are left empty."""

    def __init__(self, contribution: Sequence[Revision], unnamed: Names) -> None:
        self.said, self.unnamed = contribution, unnamed

    def __call__(self, words: str) -> str:
        """The words, or nothing."""
        above = names_above(words, self.said, PERSON, self.unnamed.allowed)
        return "" if above or self.unnamed.found_in(words) or ADDRESS.search(words) else words


def inputs_leaving(meeting: Meeting, level: str, notes: Iterable[noted.Note], unnamed: Names) -> Iterator[handed.Input]:
    """The inputs that stand on the page of the meeting, with the notes made of them whose source may be told."""
    leaving, words = {one.reference for one in notes}, Clean((), unnamed)
    answers = answers_of_inputs(meeting, level, words)
    for written in inputs_of(meeting):
        if not written.is_public or written.sent_at is None or written.public_since is None:
            continue
        sent = revisions_of(written)[0]
        contribution = contribution_from(sent.content)
        if not words(contribution.organization):
            continue  # an input of nobody is none
        yield handed.Input(
            number=written.number,
            revision=sent.number,
            sent_at=written.sent_at,
            public_since=written.public_since,
            behalf=contribution.behalf,
            organization=contribution.organization,
            country=contribution.country,
            language=contribution.language,
            overview=words(contribution.overview),
            passages=tuple(handed.Passage(line, text) for line, text in contribution.passages.items() if words(text)),
            illustrative=written.illustrative,
            notes=tuple(notes_made_of(written, leaving)),
            answers=answers.get(written.id, ()),
        )


def notes_made_of(written: Input, leaving: set[str]) -> Iterator[handed.MadeOf]:
    for one in written.notes:
        if one.note.reference in leaving and names_its_sender(one.note):
            yield handed.MadeOf(one.note.reference, one.part, one.revision)


def names_its_sender(note: Note) -> bool:
    """Whether it may be said of which delegation or organization the note is."""
    return level_of(note.current, PERSON) in (PERSON, ORGANIZATION)


def cards_leaving(
    meeting: Meeting, level: str, notes: Iterable[noted.Note], everything: Iterable[Note], unnamed: Names
) -> Iterator[handed.Card]:
    """The cards that may be forwarded, for the archive: to forward a card is not to show it to everybody."""
    leaving = {one.reference for one in notes}
    contribution: dict[int, list[Revision]] = {}
    for note in everything:
        contribution.setdefault(note.session_id, []).extend(note.revisions)
    for card in sorted(cards_of(meeting), key=lambda one: one.number) if level == content.ARCHIVE else ():
        told = redacted_card(card, leaving, Clean(contribution.get(card.session_id, []), unnamed))
        if told is not None:
            yield told


def redacted_card(card: Card, leaving: set[str], words: Clean) -> handed.Card | None:
    """The card as it may leave; None where it was not sent or agreed, or would say more than the room allows."""
    sent = newest_sent(card)
    if sent is None or card.sent_at is None or not card.may_be_forwarded_to or card.session.rule != OPEN:
        return None
    note = card.note if card.is_noted else None
    if note is not None and not names_its_sender(note):
        return None
    practice = practice_from(sent.content)
    measures = tuple(handed.Measure(*one) for one in practice.measures if words("\n".join(one)))
    parts = {name: cleaned(getattr(practice, name), words) for name in SAME}
    if not all(parts[name] for name in REQUIRED if name in SAME):
        return None
    has_note = note is not None and note.reference in leaving
    return handed.Card(
        number=card.number,
        session=card.session.code,
        kind=card.kind,
        revision=sent.number,
        sent_at=card.sent_at,
        illustrative=card.illustrative,
        agreed=tuple(handed.Agreed(one.outlet, one.given_at) for one in card.consents if one.withdrawn_at is None),
        note=note.reference if note and has_note else "",
        noted_revision=card.noted_head if has_note else 0,
        measures=measures,
        **parts,
    )


def cleaned(value: Any, words: Clean) -> Any:  # a text is a text again, all else itself
    return words(value) if isinstance(value, str) else value


def contribution_in(one: handed.Input) -> Contribution:
    """What an input of a package says, as its form has it."""
    passages = {each.line: each.text for each in one.passages}
    return Contribution(one.behalf, one.organization, one.country, one.language, one.overview, passages)


def practice_in(one: handed.Card) -> Practice:
    """What a card of a package says, as its form has it; whom to ask is not in a package."""
    parts = {name: getattr(one, name) for name in SAME}
    measures = tuple(CardMeasure(each.figure, each.unit, each.source) for each in one.measures)
    return Practice(**parts, measures=measures, outlets=tuple(each.outlet for each in one.agreed))


def loose_inputs(package: content.Package) -> Iterator[str]:
    """What an input says that none does, or names and is not there."""
    notes = {one.reference for one in package.notes}
    known = {*ACTION_LINES, *themes_in(package.meeting).lines}
    for one in package.inputs:
        contribution = contribution_in(one)
        if one.behalf not in BEHALVES or not one.organization or contribution.too_long:
            yield f"input {one.reference}: on whose behalf it is, or its length"
        if [each.line for each in one.passages] != in_line_order(contribution.passages) or not known.issuperset(
            contribution.passages
        ):
            yield f"input {one.reference}: its action lines"
        yield from (
            f"input {one.reference}: note {each.note!a}"
            for each in one.notes
            if each.note not in notes or each.part not in ("", *known)
        )


def loose_cards(package: content.Package) -> Iterator[str]:
    """What a card says that none does, or names and is not there."""
    notes, sessions = {one.reference for one in package.notes}, {one.code for one in package.agenda.sessions}
    for one in package.cards:
        practice = practice_in(one)
        if one.session not in sessions or (one.note and one.note not in notes):
            yield f"card {one.reference}: its session, or the note made of it"
        if set(practice.missing) - set(CONTACTS) or practice.too_long or not practice.is_known:
            yield f"card {one.reference}: a part of it is missing, too long or unknown"
        if not one.agreed or len({each.outlet for each in one.agreed}) < len(one.agreed):
            yield f"card {one.reference}: where it may be forwarded"


def once_in(package: content.Package) -> Mapping[str, Iterable[object]]:
    """What may be there once."""
    return {
        "inputs": [one.number for one in package.inputs],
        "inputs, notes": [each.note for one in package.inputs for each in one.notes],
        "cards": [one.number for one in package.cards],
        "cards, notes": [one.note for one in package.cards if one.note],
    }

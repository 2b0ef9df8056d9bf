"""The annexes of outcomes: recommendations, commitments and good practices, each with the paragraph that says it."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.practices.models import Card
from eventapp.review.first_page.matters import RECOMMENDATION, by_how_many, to_whom
from eventapp.review.first_page.statements import Cited, statements
from eventapp.review.language.attribution import ORGANIZATION, PERSON, level_of
from eventapp.review.language.grammar import one_of
from eventapp.review.language.wording import day_of, in_lists
from eventapp.review.reading.delegations import country_of, state_of
from eventapp.review.reports.content import Chapter, Evidence, Rows

COMMITMENT, PRACTICES = "commitment", ("good-practice", "flagship")


def recommendations(chapters: Sequence[Chapter], cited: Cited, bodies: Sequence[str], policy: str) -> tuple[Rows, ...]:
    """To whom, by how many, and where."""
    whom = one_of("joints", "semicolon").join(bodies)
    found = statements(chapters, (RECOMMENDATION,))
    return _rows((one.words, to_whom(one, cited, whom, policy), by_how_many(one, cited), one.place) for one in found)


def commitments(chapters: Sequence[Chapter], cited: Cited) -> tuple[Rows, ...]:
    """Who, what, by when, and where: a row for each note, for each has a day of its own."""
    return _rows(
        (note.source, _named(note, one.words), _due(cited, note.note), one.place)
        for one in statements(chapters, (COMMITMENT,))
        for note in one.notes
    )


def practices(chapters: Sequence[Chapter], cited: Cited, policy: str) -> tuple[Rows, ...]:
    """What, who, of which country, on which card, and where."""
    notes = [cited[note.note].note_id for one in statements(chapters, PRACTICES) for note in one.notes]
    query = select(Card).where(Card.note_id.in_(notes)).order_by(Card.number)
    cards = {card.note_id: card.reference for card in db.session.scalars(query)} if notes else {}
    return _rows(
        (
            _named(note, one.words),
            note.source,
            _country(cited, note.note, policy),
            cards.get(cited[note.note].note_id, ""),
            one.place,
        )
        for one in statements(chapters, PRACTICES)
        for note in one.notes
    )


def _named(note: Evidence, words: str) -> str:
    """Return the title that somebody gave a note, else what the report says of it.

    A title made of the first words of a note is in its language, and in the first person.
    """
    return note.title if note.title and not note.text.startswith(note.title.rstrip("…")) else words


def _rows(found: Iterable[tuple[str, ...]]) -> tuple[Rows, ...]:
    rows = tuple(found)
    return (Rows("", rows),) if rows else ()


def _due(cited: Cited, note: str) -> str:
    revision = cited[note]
    return day_of(revision.due_on) if revision.due_on else revision.due_text


def _country(cited: Cited, note: str, policy: str) -> str:
    """Return the country, where the report may say as much of the source as that."""
    revision = cited[note]
    return in_lists(state_of(country_of(revision))) if level_of(revision, policy) in (PERSON, ORGANIZATION) else ""

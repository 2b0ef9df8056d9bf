"""Matters calling for action or brought to attention: what was recommended, and what was decided and agreed."""

from collections.abc import Sequence

from eventapp.review.first_page.statements import Cited, Statement, counted, delegations, rests_on, statements
from eventapp.review.language.attribution import names_above
from eventapp.review.language.data import sentence
from eventapp.review.language.grammar import one_of
from eventapp.review.language.wording import LABELS, listed, with_article
from eventapp.review.reports.content import Chapter
from eventapp.review.reports.models import Report
from eventapp.review.reports.parts import Matter, Matters

RECOMMENDATION, AGREEMENT = "recommendation", "agreement"
PARTS = (("recommendations", "recommended", RECOMMENDATION), ("agreements", "agreed", AGREEMENT))


def has_matters(report: Report) -> bool:
    """Whether the report rests on a recommendation or an agreement."""
    return rests_on(report, (RECOMMENDATION, AGREEMENT))


def matters(chapters: Sequence[Chapter], cited: Cited, bodies: Sequence[str], policy: str) -> tuple[Matters, ...]:
    """Return them in two parts; a part of which nothing was said is left out."""
    whom = listed([with_article(name) for name in bodies])
    parts = [
        Matters(
            LABELS["recommendations"],
            sentence("recommended", whom=whom),
            _rows(chapters, cited, RECOMMENDATION, whom, policy),
        ),
        Matters(LABELS["agreements"], sentence("agreed", whom=whom), _rows(chapters, cited, AGREEMENT, whom, policy)),
    ]
    return tuple(part for part in parts if part.rows)


def _rows(chapters: Sequence[Chapter], cited: Cited, kind: str, whom: str, policy: str) -> tuple[Matter, ...]:
    return tuple(
        Matter(one.words, to_whom(one, cited, whom, policy), by_how_many(one, cited), one.place)
        for one in statements(chapters, (kind,))
    )


def to_whom(one: Statement, cited: Cited, otherwise: str, policy: str) -> str:
    """Return whom it is addressed to, as its notes have it and the report may say; else `otherwise`."""
    revisions = [cited[note.note] for note in one.notes]
    named = dict.fromkeys(each.who for each in revisions if each.who and not names_above(each.who, [each], policy))
    return one_of("joints", "semicolon").join(named) or otherwise


def by_how_many(one: Statement, cited: Cited) -> str:
    """Return how many delegations a statement is of."""
    number = delegations(cited[note.note] for note in one.notes)
    return sentence("one_delegation" if number == 1 else "delegations", number=counted(number))

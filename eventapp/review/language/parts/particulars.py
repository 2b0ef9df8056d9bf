"""Particulars behind a sentence: when something is due, how it was received, and the sources of its figures."""

from collections.abc import Sequence

from eventapp.record.notes.models import Revision
from eventapp.review.language.attribution import above
from eventapp.review.language.data import sentence
from eventapp.review.language.grammar import one_of
from eventapp.review.language.wording import RECEIVED, RECEPTIONS, day_of

HAS_A_NAME = ("good-practice", "flagship", "launch")  # kinds whose title is the name of the thing
TAKES_A_RECEPTION = ("recommendation", "commitment", "agreement", "debated-issue")


def clauses(revision: Revision, words: str) -> list[str]:
    """Return the same as clauses, which stand before the points of a list."""
    given = _date_given(revision, words)
    found = [sentence("due_clause", time=_time(given), due=given)] if given else []
    return [*found, RECEIVED[revision.support]] if reception(revision) else found


def due(revision: Revision, words: str) -> str:
    """Return a sentence that says when it is due, where the note's own words do not."""
    given = _date_given(revision, words)
    return sentence("due", time=_time(given), due=given) if given else ""


def _time(due: str) -> str:
    """Call it a date where it is one: "three years from launch" is none."""
    return sentence("date" if any(map(str.isdigit, due)) else "time")


def _date_given(revision: Revision, words: str) -> str:
    """Return when it is due, where the note's own words do not say so."""
    due = revision.due_text.removeprefix(sentence("by")) or (day_of(revision.due_on) if revision.due_on else "")
    return due if due not in words else ""


def reception(revision: Revision) -> str:
    """Say how widely a proposal was supported, where the paragraph names no crowd already."""
    return RECEPTIONS.get(revision.support, "") if revision.kind in TAKES_A_RECEPTION else ""


def sources(revisions: Sequence[Revision], policy: str) -> str:
    """Return a footnote with the sources of the figures; a number without its source is not for a report.

    A source whose title names somebody above the policy stays with the note: a footnote would say who spoke.
    """
    given = [
        source
        for revision in revisions
        for source in [
            *(str(one.get("source") or "") for one in revision.figures if isinstance(one, dict)),
            *revision.sources,
        ]
        if source
    ]
    if not given:
        return ""  # as most have none: whom it may not name need not be known then
    unsaid = above(revisions, policy)
    sources = list(dict.fromkeys(" ".join(source.split()) for source in given if not unsaid.found_in(source)))
    if not sources:
        return ""
    listed = one_of("joints", "semicolon").join(sources).replace("[", "(").replace("]", ")").rstrip(".")
    return f"^[{listed}.]"

"""Places: the numbers of the annexes that a text refers to, without making them: a page that is edited asks often."""

import re
from collections.abc import Collection, Iterable, Sequence

from eventapp.review.annexes.speakers import OPEN, of_note, who_spoke
from eventapp.review.annexes.tables import titled
from eventapp.review.language.attribution import ORGANIZATION, PERSON
from eventapp.review.reports.attendance import lists_anybody
from eventapp.review.reports.content import Annex
from eventapp.review.reports.models import Report
from eventapp.review.reports.noted import first_notes, one_of_each_voice
from eventapp.review.reports.outlines import outline_of
from eventapp.review.reports.queries import HeldSession, stubs_held

REFERRED = re.compile(r"\{annex:([^{}]+)\}")
KNOWN = frozenset(("documents", "speakers", "programme", "participants"))  # whether these are empty is told by counts


def annexes_referred_to(texts: Iterable[str]) -> set[str]:
    """Return the codes of the annexes that these texts refer to."""
    return {code for text in texts for code in REFERRED.findall(text)}


def places_of(report: Report, wanted: Collection[str]) -> tuple[Annex, ...] | None:
    """Return the annexes up to the last of those that are wanted, numbered and without rows.

    None where one of them is told by the text alone: then all of them have to be made.
    """
    order = outline_of(report.outline).annexes
    last = max((order.index(code) for code in wanted if code in order), default=-1)
    if not KNOWN.issuperset(order[: last + 1]):
        return None
    meeting, held = report.meeting, stubs_held(report.meeting) if last >= 0 else []
    filled = {
        "documents": lambda: bool(meeting.documents),
        "speakers": lambda: _anybody_spoke(report, held),
        "programme": lambda: bool(held),
        "participants": lambda: lists_anybody(meeting),
    }
    codes = [code for code in order[: last + 1] if filled[code]()]
    return tuple(titled(number, code, ()) for number, code in enumerate(codes, start=1))


def _anybody_spoke(report: Report, sessions: Sequence[HeldSession]) -> bool:
    if report.policy not in (PERSON, ORGANIZATION):
        return False
    held = {session.id for session in sessions if session.rule == OPEN}
    return any(
        one.session_id in held and of_note(one, report.policy)
        for some in (first_notes, one_of_each_voice)  # one of the first says it, as a rule
        for one in some(report)
    ) or bool(who_spoke(sessions, (), report.policy))

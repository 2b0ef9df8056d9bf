"""Typing: what an editor has written and not saved yet is a draft of theirs alone, until they save or discard it.

Over a paragraph that stands, and as a new one behind a paragraph or at the head of a chapter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.drafts import actions as drafts
from eventapp.drafts.actions import Sent, Slot, find, keep, settle
from eventapp.drafts.models import Draft
from eventapp.drafts.queries import OPEN, mine
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.people.models import Person
from eventapp.review.paragraphs.actions import add
from eventapp.review.reports.models import BEHIND, HEAD, OVER, Chapter, Paragraph, Report
from eventapp.review.reports.rules import edit_review

Place = Paragraph | Chapter  # behind the one, at the head of the other


@dataclass
class Unsaved:
    """What of a report was typed and not saved: one's own, and who else is typing.

    Over a paragraph by the number of its row; new ones by their place, such as after-7 or head-3.
    """

    mine: dict[int, Draft] = field(default_factory=dict)
    others: dict[int, list[Draft]] = field(default_factory=dict)
    started: dict[str, Draft] = field(default_factory=dict)
    others_started: dict[str, list[Draft]] = field(default_factory=dict)


class Typed(NamedTuple):
    """What somebody typed in a report and did not save, and whether they may still edit there."""

    draft: Draft
    report: Report
    may_go_on: bool

    @property
    def place(self) -> dict[str, int]:
        """What the page of the report opens, as its address says it."""
        return {{OVER: "edit", BEHIND: "add", HEAD: "head"}[self.draft.kind]: self.draft.target_id or 0}

    @property
    def anchor(self) -> str:
        return f"{'ch' if self.draft.kind == HEAD else 'para-'}{self.draft.target_id}"


def typed_by(person: Person) -> list[Typed]:
    """What this person typed in the reports of any meeting and did not save, the newest first."""
    found = [draft for draft in mine(person, Draft.kind.in_((OVER, BEHIND, HEAD))) if draft.content.get("text")]
    query = select(Report).where(Report.id.in_({draft.scope_id for draft in found}))
    reports = {report.id: report for report in db.session.scalars(query.options(joinedload(Report.meeting)))}
    known = [(draft, reports[draft.scope_id]) for draft in found if draft.scope_id in reports]
    return [Typed(draft, report, edit_review(person, report.meeting)) for draft, report in known]


def over(paragraph: Paragraph, by: Person | None) -> Slot:
    """Where what this person types over the paragraph is kept."""
    return Slot(OVER, paragraph.chapter.report_id, paragraph.id, by.id if by else 0)


def new_at(place: Place, by: Person | None) -> Slot:
    """Where the new paragraph this person types for the place is kept."""
    kind, chapter = (HEAD, place) if isinstance(place, Chapter) else (BEHIND, place.chapter)
    return Slot(kind, chapter.report_id, place.id, by.id if by else 0)


def keep_typing(paragraph: Paragraph, text: str, sent: Sent, *, by: Person, at: datetime) -> Draft | None:
    """Keep it in the place of what they typed there before; it is begun anew where that was saved or discarded.

    Refused where another window of theirs kept something since: neither overwrites the other.
    """
    lock(paragraph)
    before = find(over(paragraph, by))
    sent = sent if before and before.is_open else replace(sent, version=0)
    return keep(over(paragraph, by), {"text": text}, sent, at=at).draft


def keep_started(place: Place, text: str, sent: Sent, *, by: Person, at: datetime) -> Draft | None:
    """Keep a new paragraph of theirs for this place.

    Refused where another window of theirs kept something since, or added or discarded it.
    """
    lock(place)
    return keep(new_at(place, by), {"text": text}, sent, at=at).draft


def settle_typed(paragraph: Paragraph, *, by: Person | None, at: datetime) -> None:
    """What this person typed over the paragraph was saved."""
    lock(paragraph)
    settle(find(over(paragraph, by)), at=at)


def add_started(place: Place, text: str, sent: Sent, *, by: Person | None, at: datetime) -> Paragraph:
    """Write the new paragraph at its place, which settles what was kept of it.

    Refused where it was added already, or discarded, so that sending it twice does not write it twice.
    """
    lock(place)
    draft = find(new_at(place, by))
    if sent.version and not (draft and draft.is_open):
        raise Refused(
            _("This paragraph was added or discarded already. To add these words all the same, press Add again.")
        )
    settle(draft, at=at)
    chapter, after = (place, None) if isinstance(place, Chapter) else (place.chapter, place)
    return add(chapter, text, after=after, by=by, at=at)


def discard(slot: Slot, place: Place, *, at: datetime) -> None:
    """Let go of what was typed there: its writer does not want it."""
    lock(place)
    draft = find(slot)
    if draft is not None:
        drafts.throw_away(draft, at=at)


def unsaved_in(report: Report, person: Person | None) -> Unsaved:
    """What was typed in this report and not saved, in one query."""
    query = select(Draft).where(Draft.scope_id == report.id, Draft.kind.in_((OVER, BEHIND, HEAD)), *OPEN)
    rows = db.session.scalars(query.order_by(Draft.id).options(joinedload(Draft.by)))
    return sorted_out(list(rows), person)


def sorted_out(rows: Sequence[Draft], person: Person | None) -> Unsaved:
    found = Unsaved()
    for row in rows:
        is_mine, number = person is not None and row.person_id == person.id, row.target_id or 0
        place = f"{row.kind}-{number}"
        if row.kind == OVER and is_mine:
            found.mine[number] = row
        elif row.kind == OVER:
            found.others.setdefault(number, []).append(row)
        elif is_mine:
            found.started[place] = row
        elif row.content["text"]:
            found.others_started.setdefault(place, []).append(row)
    return found

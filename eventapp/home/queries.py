"""What the front page and the list of meetings tell: which there are."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.ground.db import db
from eventapp.ground.web.paging import Page, page_of
from eventapp.home.filter import COMING, HIDDEN, PAST, SIDES, Brief, MeetingFilter
from eventapp.meetings.models import Body, Meeting
from eventapp.meetings.queries import IS_HERE
from eventapp.review.reports.models import Report

MOST_COMING, MOST_PAST = 10, 5  # on the front page; the list of all meetings has the others
A_PAGE = 20


@dataclass(frozen=True)
class Meetings:
    """The front page's: the next first, and the last first of those that are over; and how many there are of each."""

    coming: list[Meeting]
    past: list[Meeting]
    all_coming: int
    all_past: int

    @property
    def nearest(self) -> Meeting | None:
        """The one that somebody who comes without saying why most likely comes for."""
        return next(iter(self.coming or self.past), None)


@dataclass(frozen=True)
class Found:
    """One page of what was looked for, how many there are on each side, and what may be looked for."""

    criteria: MeetingFilter
    page: Page[Brief]
    meetings: Sequence[Meeting]  # of this page
    counts: Mapping[str, int]  # of each side that whoever asks may see
    years: Sequence[tuple[int, str]]
    bodies: Sequence[tuple[str, str]]


def public_meetings(*, at: datetime) -> Meetings:
    """The first of those that come and of those that are over, by the list of all of them."""
    sides = split(briefs(), at)
    coming, past = sides[COMING], sides[PAST]
    found = rows_of([*coming[:MOST_COMING], *past[:MOST_PAST]])
    return Meetings(found[: len(coming[:MOST_COMING])], found[len(coming[:MOST_COMING]) :], len(coming), len(past))


def meetings_found(
    criteria: MeetingFilter,
    wanted: str | None,
    *,
    at: datetime,
    hidden: Callable[[int], bool] | None,
    mine: Container[int] | None = None,
) -> Found:
    """The page of this list that an address asks for. Three queries, however many meetings there are.

    Drafts and archived meetings are in it where `hidden` says so of their numbers; None: whoever asks sees none.
    Only those whose numbers are in `mine`, where that is given.
    """
    shown = SIDES + HIDDEN if hidden else SIDES
    everything = [one for one in briefs() if one.side(at) in SIDES or (hidden and hidden(one.id))]
    everything = [one for one in everything if mine is None or one.id in mine]
    bodies = bodies_of([one.id for one in everything])
    sides = split([one for one in everything if criteria.fits(one, bodies.get(one.id, ()))], at)
    when = criteria.when if criteria.when in shown else COMING if sides[COMING] or not sides[PAST] else PAST
    page = page_of(sides[when], wanted, most=A_PAGE)
    names = {body.code: body.name for one in everything for body in bodies.get(one.id, ())}  # as the newest names them
    return Found(
        replace(criteria, when=when),
        page,
        rows_of(page.rows),
        {side: len(sides[side]) for side in shown},
        [(year, str(year)) for year in sorted({year for one in everything for year in one.years}, reverse=True)],
        sorted(names.items(), key=lambda pair: pair[1]),
    )


def briefs() -> list[Brief]:
    """Every meeting, the earliest first."""
    columns = (getattr(Meeting, name) for name in Brief._fields)
    query = select(*columns).where(IS_HERE).order_by(Meeting.starts_on, Meeting.id)
    return [Brief(*row) for row in db.session.execute(query)]


def split(meetings: Iterable[Brief], at: datetime) -> dict[str, list[Brief]]:
    """Return every side of the list: those to come with the next first, the others with the last first."""
    sides: dict[str, list[Brief]] = {side: [] for side in SIDES + HIDDEN}
    for one in meetings:
        sides[one.side(at)].append(one)
    for side in (PAST, *HIDDEN):
        sides[side].sort(key=lambda one: (one.ends_on, one.id), reverse=True)
    return sides


def rows_of(briefs: Sequence[Brief]) -> list[Meeting]:
    """These meetings whole, in the same order."""
    rows = {
        one.id: one for one in db.session.scalars(select(Meeting).where(Meeting.id.in_([one.id for one in briefs])))
    }
    return [rows[one.id] for one in briefs if one.id in rows]


def bodies_of(ids: Sequence[int]) -> dict[int, list[Body]]:
    """The bodies of these meetings, by meeting."""
    found: dict[int, list[Body]] = {}
    for body in db.session.scalars(select(Body).where(Body.meeting_id.in_(ids)).order_by(Body.position, Body.id)):
        found.setdefault(body.meeting_id, []).append(body)
    return found


def latest_reports(*, at: datetime, most: int = 5) -> list[Report]:
    """Published reports of public meetings, the newest first."""
    query = (
        select(Report)
        .join(Report.meeting)
        .where(Report.published_at <= at, Meeting.published_at <= at, Meeting.archived_at.is_(None))
    )
    return list(
        db.session.scalars(
            query.options(joinedload(Report.meeting)).order_by(Report.published_at.desc(), Report.id.desc()).limit(most)
        )
    )

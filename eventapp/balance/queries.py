from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from eventapp.balance.counting.breakdowns import BREAKDOWNS
from eventapp.balance.counting.matching import matched, only_listed, takes_part
from eventapp.balance.counting.reaching import has_nominees, reaching
from eventapp.balance.counting.stages import NOMINATED
from eventapp.balance.models import Nominee
from eventapp.checkin.models import BalanceCount
from eventapp.checkin.queries import count_of
from eventapp.ground.db import db
from eventapp.ground.web.paging import Page, page_in_sql
from eventapp.meetings.models import Category, Meeting
from eventapp.meetings.queries import IS_HERE
from eventapp.meetings.retention.models import GenderCount
from eventapp.meetings.retention.queries import meetings_due
from eventapp.meetings.retention.sorts import GENDER, NOMINEES
from eventapp.registration.models import Registration
from eventapp.review.reports.editions import IS_OUT
from eventapp.review.reports.models import Edition, Report, Snapshot
from eventapp.review.versions.snapshots import ADOPTED

A_PAGE = 50  # people
KNOWN_BY_NAME: tuple[type[Registration] | type[Nominee], ...] = (Registration, Nominee)
BY_SENDER = (func.lower(Nominee.delegation), func.lower(Nominee.name), Nominee.id)


Columns = Mapping[str, InstrumentedAttribute[str]]  # by what of a kind they say
OF_PEOPLE: Columns = {
    "stakeholder_type": Category.stakeholder_type,
    "country": Registration.country,
}
OF_NOMINEES: Columns = {
    "stakeholder_type": Nominee.stakeholder_type,
    "country": Nominee.country,
}


class Behind(NamedTuple):
    """A number of the balance: of a stage, and of a group of a breakdown or of everybody."""

    stage: str
    by: str = ""
    group: str = ""


class FoundBehind(NamedTuple):
    """Who is behind it: those who registered, then the nominees who have not asked to come, and how many these are."""

    people: Page[Registration]
    nominees: Page[Nominee]  # empty before the last page of the others
    only_listed: int


def open_count(meeting: Meeting) -> BalanceCount | None:
    """What anyone may read of the balance of this meeting now."""
    found = count_of(meeting)
    return found if found is not None and found.closed_at is None else None


def next_to_count() -> Meeting | None:
    """A meeting that has adopted or published a report and was not counted for the world yet."""
    return db.session.scalar(to_count().limit(1))


def to_count() -> Select[Meeting]:
    """Ask for all of them."""
    published = select(Report.meeting_id).join(Edition, Edition.report_id == Report.id).where(IS_OUT)
    adopted = select(Report.meeting_id).join(Snapshot, Snapshot.report_id == Report.id).where(Snapshot.why == ADOPTED)
    counted = select(BalanceCount.meeting_id)
    is_final = Meeting.id.in_(published) | Meeting.id.in_(adopted)
    return select(Meeting).where(IS_HERE, is_final, Meeting.id.not_in(counted)).order_by(Meeting.id)


def final_since() -> ColumnElement[datetime]:
    """When the first report of a meeting was adopted; where none was, when it was published."""
    of_meeting = Report.meeting_id == Meeting.id
    adopted = select(func.min(Snapshot.at)).join(Report, Snapshot.report_id == Report.id)
    adopted = adopted.where(of_meeting, Snapshot.why == ADOPTED).correlate(Meeting)
    published = select(func.min(Edition.published_at)).join(Report, Edition.report_id == Report.id)
    published = published.where(of_meeting, IS_OUT).correlate(Meeting)
    return func.coalesce(adopted.scalar_subquery(), published.scalar_subquery())


def found_behind(
    meeting: Meeting, wanted: Behind, page: str | None = None, of_nominees: str | None = None, *, at: datetime
) -> FoundBehind:
    """The pages that an address asks for of those behind a number. How many they are is asked at once, for both lists:
    to find out which nominees registered takes longer than all else.
    """
    pairs = matched(meeting) if wanted.stage == NOMINATED and has_nominees(meeting) else None
    came = reaching(meeting, pairs, at=at)[wanted.stage]
    people = select(Registration.id).join(Category, Registration.category_id == Category.id)
    people = people.where(Registration.meeting_id == meeting.id, takes_part(), came)
    people = people.where(*_in_group(meeting, wanted, OF_PEOPLE))
    if pairs is None:
        return FoundBehind(_page_of_people(people, page), Page((), 1, 1, 0), 0)
    nominees = select(Nominee).where(*only_listed(meeting, pairs), *_in_group(meeting, wanted, OF_NOMINEES))
    both = (select(func.count()).select_from(one.subquery()).scalar_subquery() for one in (people, nominees))
    many, others = db.session.execute(select(*both)).one()
    listing = _page_of_people(people, page, many)
    shown = others if listing.number == listing.pages else 0  # nominees stand behind those who asked to come
    nominees = nominees.order_by(func.lower(Nominee.name), Nominee.id)
    return FoundBehind(listing, page_in_sql(nominees, of_nominees, most=A_PAGE, count=shown), others)


def _page_of_people(numbers: Select[int], page: str | None, count: int | None = None) -> Page[Registration]:
    """The page of these, by name, each with its category and delegation."""
    order = (func.lower(Registration.family_name), func.lower(Registration.given_name), Registration.number)
    listing = page_in_sql(numbers.order_by(*order), page, most=A_PAGE, count=count)
    with_all = (joinedload(Registration.category), joinedload(Registration.delegation))
    rows = select(Registration).where(Registration.id.in_(listing.rows)).order_by(*order).options(*with_all)
    return Page(db.session.scalars(rows).all(), listing.number, listing.pages, listing.count)


def _in_group(
    meeting: Meeting, wanted: Behind, columns: Mapping[str, InstrumentedAttribute[str]]
) -> tuple[ColumnElement[bool], ...]:
    """What makes somebody one of this group: what the meeting has of it in these columns is asked first."""
    if not wanted.by:
        return ()
    breakdown = BREAKDOWNS[wanted.by]
    column = columns[breakdown.fact]
    there = select(column).where(column.class_.meeting_id == meeting.id).distinct()
    return (column.in_([code for code in db.session.scalars(there) if wanted.group in breakdown.groups_with(code)]),)


def nominees_of(meeting: Meeting) -> list[Nominee]:
    """Everybody on the list of nominees, by delegation and name."""
    return list(db.session.scalars(select(Nominee).where(_listed(meeting)).order_by(*BY_SENDER)))


def page_of_nominees(meeting: Meeting, page: str | None) -> Page[Nominee]:
    """The page of the same list that an address asks for."""
    return page_in_sql(select(Nominee).where(_listed(meeting)).order_by(*BY_SENDER), page, most=A_PAGE)


def count_nominees(meeting: Meeting) -> int:
    """How many people are on the list."""
    return db.session.scalar(select(func.count()).select_from(Nominee).where(_listed(meeting))) or 0


def nominee_lines(meeting: Meeting) -> list[tuple[str, ...]]:
    """The same list as a sheet that can be read again; nobody is told of by gender."""
    columns = (Nominee.name, Nominee.delegation, Nominee.stakeholder_type, Nominee.country)
    return [tuple(row) for row in db.session.execute(select(*columns).where(_listed(meeting)).order_by(*BY_SENDER))]


def _listed(meeting: Meeting) -> ColumnElement[bool]:
    return Nominee.meeting_id == meeting.id


def next_to_forget(at: datetime) -> Meeting | None:
    """A meeting whose days for it are over and that still has a list of nominees."""
    is_listed = Meeting.id.in_(select(Nominee.meeting_id))
    is_over = Meeting.id.in_(meetings_due(at)[NOMINEES])
    return db.session.scalar(select(Meeting).where(is_listed, is_over).order_by(Meeting.id).limit(1))


def next_to_keep(at: datetime) -> Meeting | None:
    """A meeting whose days for gender are over and whose women and men nobody has counted for good."""
    here = select(Registration.id).where(Registration.meeting_id == Meeting.id, Registration.gender != "")
    counted = select(GenderCount.meeting_id)
    is_over = Meeting.id.in_(meetings_due(at)[GENDER])
    query = select(Meeting).where(is_over, Meeting.id.not_in(counted), here.exists())
    return db.session.scalar(query.order_by(Meeting.id).limit(1))


def is_anybody_unknown() -> bool:
    """Whether somebody was written down without the key of their name, by a machine of the release before."""
    queries = (select(model.id).where(model.name_key.is_(None)).limit(1) for model in KNOWN_BY_NAME)
    return any(db.session.scalar(query) is not None for query in queries)


def unknown_people(most: int) -> list[Registration | Nominee]:
    """The next of these, under their locks."""
    found: list[Registration | Nominee] = []
    for model in KNOWN_BY_NAME:
        query = select(model).where(model.name_key.is_(None)).order_by(model.id).limit(most - len(found))
        found.extend(db.session.scalars(query.with_for_update(of=model)))
    return found


def nominee_at(meeting: Meeting, number: int) -> Nominee | None:
    """The nominee of this meeting with this number."""
    found = db.session.get(Nominee, number)
    return found if found is not None and found.meeting_id == meeting.id else None

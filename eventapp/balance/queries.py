from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from eventapp.balance.models import Nominee
from eventapp.checkin.models import BalanceCount
from eventapp.checkin.queries import count_of
from eventapp.ground.db import db
from eventapp.ground.web.paging import Page, page_in_sql, page_of
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import IS_HERE
from eventapp.meetings.retention.queries import meetings_due
from eventapp.meetings.retention.sorts import NOMINEES
from eventapp.registration.models import Registration
from eventapp.review.reports.editions import IS_OUT
from eventapp.review.reports.models import Edition, Report, Snapshot
from eventapp.review.versions.snapshots import ADOPTED

A_PAGE = 50  # people
BY_SENDER = (func.lower(Nominee.delegation), func.lower(Nominee.name), Nominee.id)


def open_count(meeting: Meeting) -> BalanceCount | None:
    """What anyone may read of the balance of this meeting now."""
    found = count_of(meeting)
    return found if found is not None and found.closed_at is None else None


def next_to_count() -> Meeting | None:
    """A meeting that has adopted or published a report and was not counted for the world yet."""
    published = select(Report.meeting_id).join(Edition, Edition.report_id == Report.id).where(IS_OUT)
    adopted = select(Report.meeting_id).join(Snapshot, Snapshot.report_id == Report.id).where(Snapshot.why == ADOPTED)
    counted = select(BalanceCount.meeting_id)
    is_final = Meeting.id.in_(published) | Meeting.id.in_(adopted)
    query = select(Meeting).where(IS_HERE, is_final, Meeting.id.not_in(counted)).order_by(Meeting.id)
    return db.session.scalar(query.limit(1))


def people_behind(meeting: Meeting, ids: Collection[int], page: str | None) -> Page[Registration]:
    """The page of these registrations that an address asks for, by name, each with its category and delegation.

    A statement takes 32,000 numbers at the most, so those of the meeting are read in their order instead.
    """
    order = (func.lower(Registration.family_name), func.lower(Registration.given_name), Registration.number)
    everybody = select(Registration.id).where(Registration.meeting_id == meeting.id).order_by(*order)
    listing = _page_of_these(everybody, ids, page)
    with_all = (joinedload(Registration.category), joinedload(Registration.delegation))
    query = select(Registration).where(Registration.id.in_(listing.rows)).order_by(*order).options(*with_all)
    return Page(db.session.scalars(query).all(), listing.number, listing.pages, listing.count)


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


def nominee_at(meeting: Meeting, number: int) -> Nominee | None:
    """The nominee of this meeting with this number."""
    found = db.session.get(Nominee, number)
    return found if found is not None and found.meeting_id == meeting.id else None


def nominees_behind(meeting: Meeting, ids: Collection[int], page: str | None) -> Page[Nominee]:
    """The page of these nominees that an address asks for, by name."""
    order = (func.lower(Nominee.name), Nominee.id)
    listing = _page_of_these(select(Nominee.id).where(_listed(meeting)).order_by(*order), ids, page)
    query = select(Nominee).where(Nominee.id.in_(listing.rows)).order_by(*order)
    return Page(db.session.scalars(query).all(), listing.number, listing.pages, listing.count)


def _page_of_these(everybody: Select[int], ids: Collection[int], page: str | None) -> Page[int]:
    """The page of these numbers that an address asks for, in the order of this query; it asks nothing for none."""
    wanted = set(ids)
    rows = db.session.connection().execute(everybody) if wanted else ()
    return page_of([number for (number,) in rows if number in wanted], page, most=A_PAGE)

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, defer, joinedload

from eventapp.ground.db import db, table_of
from eventapp.ground.web.paging import Page, page_in_sql
from eventapp.meetings.models import Meeting
from eventapp.registration.models import APPROVED, PENDING, PHOTO, WAITING, Registration, Upload
from eventapp.registration.photographs.cutting import Standard
from eventapp.registration.photographs.models import PhotoCheck, PhotoStandard

PAGE = 24
TO_CHECK, AGAIN, ACCEPTED = "check", "again", "accepted"
TABS = (TO_CHECK, AGAIN, ACCEPTED)
Column = ColumnElement[int] | InstrumentedAttribute[int]


def standard_row(meeting: Meeting) -> PhotoStandard | None:
    """What this meeting asks of photographs, where it asks for anything but the usual."""
    return db.session.scalar(select(PhotoStandard).where(PhotoStandard.meeting_id == meeting.id))


def standard_of(meeting: Meeting) -> Standard:
    """The shape and the least size of photographs at this meeting."""
    row = standard_row(meeting)
    return Standard(row.across, row.down, row.least_width) if row else Standard()


def checks_photographs(meeting: Meeting) -> bool:
    """Whether badges and doors of this meeting wait until an organizer accepts a photograph."""
    row = standard_row(meeting)
    return row is not None and row.is_checked


def may_be_shown(upload: Column, meeting: Column) -> ColumnElement[bool]:
    """The condition that this photograph may be on a badge and at a door of this meeting.

    One that was accepted always, one that was asked for again never, and one that nobody has checked where the meeting
    does not ask for it.
    """
    check, standard = table_of(PhotoCheck), table_of(PhotoStandard)
    around = (table_of(Upload), table_of(Registration))
    checked = select(check.c.id).where(check.c.upload_id == upload)
    asks = select(standard.c.id).where(standard.c.meeting_id == meeting, standard.c.is_checked)
    return or_(
        checked.where(check.c.accepted).correlate(*around).exists(),
        and_(~checked.correlate(*around).exists(), ~asks.correlate(*around).exists()),
    )


def in_tab(tab: str) -> ColumnElement[bool]:
    """The condition that a photograph stands under this tab."""
    check = exists().where(PhotoCheck.upload_id == Upload.id)
    return {AGAIN: check.where(~PhotoCheck.accepted), ACCEPTED: check.where(PhotoCheck.accepted)}.get(tab, ~check)


def of_meeting(meeting: Meeting) -> ColumnElement[bool]:
    """The condition that a photograph is in force, and of somebody who comes to this meeting or asks to."""
    return and_(
        Registration.meeting_id == meeting.id,
        Registration.state.in_((PENDING, WAITING, APPROVED)),
        Upload.kind == PHOTO,
        Upload.replaced_at.is_(None),
        Upload.sha256 != "",
    )


def listed(meeting: Meeting, tab: str, page: str | None) -> Page[Upload]:
    """The page of photographs of this tab, who waits longest first, without what is in them."""
    query = select(Upload).join(Upload.registration).where(of_meeting(meeting), in_tab(tab))
    query = query.options(
        defer(Upload.content), contains_eager(Upload.registration).joinedload(Registration.delegation)
    )
    return page_in_sql(query.order_by(Upload.uploaded_at, Upload.id), page, most=PAGE)


def tab_counts(meeting: Meeting) -> dict[str, int]:
    """How many photographs stand under each tab."""
    query = select(*(func.count().filter(in_tab(tab)) for tab in TABS)).select_from(Upload).join(Upload.registration)
    return dict(zip(TABS, db.session.execute(query.where(of_meeting(meeting))).one(), strict=True))


def photographs_numbered(meeting: Meeting, numbers: Collection[int]) -> list[Upload]:
    """Those of these photographs that are in force and of people of this meeting, without what is in them."""
    query = select(Upload).join(Upload.registration).where(of_meeting(meeting), Upload.id.in_(numbers))
    query = query.options(defer(Upload.content), contains_eager(Upload.registration))
    return list(db.session.scalars(query.order_by(Upload.id)))


def checks_of(uploads: Collection[int]) -> dict[int, PhotoCheck]:
    """What was decided about these photographs, by the number of the photograph."""
    query = select(PhotoCheck).where(PhotoCheck.upload_id.in_(uploads)).options(joinedload(PhotoCheck.by))
    return {one.upload_id: one for one in db.session.scalars(query)}


def check_of(upload: Upload | None) -> PhotoCheck | None:
    """What was decided about this photograph; None for nothing yet."""
    return checks_of([upload.id]).get(upload.id) if upload else None

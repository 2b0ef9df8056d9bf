from sqlalchemy import select
from sqlalchemy.orm import selectinload, undefer

from eventapp.ground.db import db
from eventapp.information.models import InformationPage, InformationPicture
from eventapp.meetings.models import Meeting


def pages_of(meeting: Meeting, *, drafts: bool = False) -> list[InformationPage]:
    """The published pages of the meeting in their order; with drafts, every page."""
    query = select(InformationPage).where(InformationPage.meeting_id == meeting.id)
    if not drafts:
        query = query.where(InformationPage.published_at.is_not(None))
    return list(db.session.scalars(query.order_by(InformationPage.position, InformationPage.id)))


def has_information(meeting: Meeting) -> bool:
    """Whether the meeting has a published page."""
    query = select(InformationPage.id).where(InformationPage.meeting_id == meeting.id)
    return db.session.scalar(query.where(InformationPage.published_at.is_not(None)).limit(1)) is not None


def page_of(meeting: Meeting, number: int) -> InformationPage | None:
    """The page of this meeting with this number, with the names of its pictures."""
    query = select(InformationPage).where(InformationPage.meeting_id == meeting.id, InformationPage.id == number)
    return db.session.scalar(query.options(selectinload(InformationPage.pictures)))


def page_at(meeting: Meeting, slug: str) -> InformationPage | None:
    """The page of this meeting with this address, with the names of its pictures."""
    query = select(InformationPage).where(InformationPage.meeting_id == meeting.id, InformationPage.slug == slug)
    return db.session.scalar(query.options(selectinload(InformationPage.pictures)))


def picture_of(page: InformationPage, name: str) -> InformationPicture | None:
    """The picture of the page with this name, with its content."""
    query = select(InformationPicture).where(InformationPicture.page_id == page.id, InformationPicture.name == name)
    return db.session.scalar(query.options(undefer(InformationPicture.content)))


def pictures_of(page: InformationPage) -> list[InformationPicture]:
    """Every picture of the page, with its content."""
    query = select(InformationPicture).where(InformationPicture.page_id == page.id)
    return list(db.session.scalars(query.options(undefer(InformationPicture.content))))

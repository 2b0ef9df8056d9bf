"""What happens to a page of practical information. Each time the meeting gets another version: its tabs may change."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.information.models import InformationPage, InformationPicture
from eventapp.information.queries import page_at, pages_of, picture_of, pictures_of
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person

MOST_PAGES, MOST_PICTURES = 40, 20


@dataclass(frozen=True)
class PageContent:
    """What is on a page: its address, its texts by language, and whether everybody sees it."""

    slug: str
    texts: Record
    is_published: bool


def add_page(meeting: Meeting, content: PageContent, *, by: Person | None, at: datetime) -> InformationPage:
    """Give the meeting one more page, at the end. Refused where its address is taken, and beyond forty pages."""
    lock(meeting)
    _refuse_taken(meeting, content.slug)
    if len(pages_of(meeting, drafts=True)) >= MOST_PAGES:
        raise Refused(_("A meeting has %(most)s pages at most. Remove one first.", most=MOST_PAGES))
    last = select(func.max(InformationPage.position)).where(InformationPage.meeting_id == meeting.id)
    row = InformationPage(
        meeting=meeting,
        slug=content.slug,
        texts=content.texts,
        position=(db.session.scalar(last) or 0) + 1,
        published_at=at if content.is_published else None,
    )
    db.session.add(row)
    db.session.flush()
    meeting.version += 1
    record("added page", row, by=by, at=at, code=row.slug, texts=row.texts)
    return row


def change_page(page: InformationPage, content: PageContent, version: int, *, by: Person | None, at: datetime) -> None:
    """Write a page anew, publish it or take it back.

    Refused where its address is another's, and where somebody changed it since it was opened.
    """
    meeting = page.meeting
    lock(meeting)
    lock(page)
    if page.version != version:
        raise Refused(_("Somebody changed this page meanwhile. Compare, and save again what is to stand."))
    _refuse_taken(meeting, content.slug, but=page)
    page.slug, page.texts = content.slug, content.texts
    if content.is_published != (page.published_at is not None):
        page.published_at = at if content.is_published else None
    page.version += 1
    meeting.version += 1
    record("changed page", page, by=by, at=at, code=page.slug, texts=page.texts)


def move_page(page: InformationPage, place: int, *, by: Person | None, at: datetime) -> None:
    """Put a page at this place of the list, the first is 0; a place beyond the ends is the end."""
    meeting = page.meeting
    lock(meeting)
    before = pages_of(meeting, drafts=True)
    after = [one for one in before if one is not page]
    after.insert(max(place, 0), page)
    if after == before:
        return
    for position, one in enumerate(after, start=1):
        one.position = position
    meeting.version += 1
    record("moved page", page, by=by, at=at, code=page.slug, position=after.index(page) + 1)


def remove_page(page: InformationPage, *, by: Person | None, at: datetime) -> None:
    """Delete a page with its pictures. History keeps what it was called."""
    meeting = page.meeting
    lock(meeting)
    record("removed page", page, by=by, at=at, code=page.slug)
    db.session.flush()
    db.session.execute(delete(InformationPicture).where(InformationPicture.page_id == page.id))
    db.session.execute(delete(InformationPage).where(InformationPage.id == page.id))
    meeting.version += 1


def put_picture(page: InformationPage, picture: InformationPicture, *, by: Person | None, at: datetime) -> None:
    """Keep a picture for this page; one of the same name is replaced. Refused beyond twenty pictures."""
    lock(page)
    known = picture_of(page, picture.name)
    if known is not None:
        known.content, known.sha256, known.uploaded_at = picture.content, picture.sha256, at
    else:
        count = select(func.count(InformationPicture.id)).where(InformationPicture.page_id == page.id)
        if (db.session.scalar(count) or 0) >= MOST_PICTURES:
            raise Refused(_("A page has %(most)s pictures at most. Remove one first.", most=MOST_PICTURES))
        picture.page_id, picture.uploaded_at = page.id, at
        db.session.add(picture)
        db.session.flush()
    page.version += 1
    record("added picture", page, by=by, at=at, code=page.slug, name=picture.name)


def remove_picture(page: InformationPage, name: str, *, by: Person | None, at: datetime) -> None:
    """Delete a picture of this page. Refused where there is none of this name."""
    lock(page)
    picture = picture_of(page, name)
    if picture is None:
        raise Refused(_("This picture is removed already."))
    db.session.delete(picture)
    page.version += 1
    record("removed picture", page, by=by, at=at, code=page.slug, name=name)


def copy_pages(source: Meeting, meeting: Meeting, *, by: Person | None, at: datetime) -> None:
    """Give the meeting the pages of another one with their pictures, as drafts: the place may be another."""
    for page in pages_of(source, drafts=True):
        if page_at(meeting, page.slug) is not None:
            continue
        copied = add_page(meeting, PageContent(page.slug, page.texts, is_published=False), by=by, at=at)
        db.session.add_all(
            InformationPicture(page_id=copied.id, name=one.name, content=one.content, sha256=one.sha256, uploaded_at=at)
            for one in pictures_of(page)
        )


def _refuse_taken(meeting: Meeting, slug: str, *, but: InformationPage | None = None) -> None:
    known = page_at(meeting, slug)
    if known is not None and known is not but:
        raise Refused(_("There is a page at “%(slug)s” already. Choose another address.", slug=slug), beside="slug")

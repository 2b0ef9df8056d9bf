"""An edition as it is read: what is kept of its pages, or, as long as nothing is, the pages laid out at once."""

from functools import cached_property

from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.ground.exact import read
from eventapp.review.paged.content import Front, ReportPage
from eventapp.review.paged.laying_out import LaidOut, lay_out
from eventapp.review.paged.models import EditionFront, EditionPage, EditionPlace
from eventapp.review.reports.models import Edition


class PagedEdition:
    """An edition with its front, its pages by their names, and where each paragraph stands."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.kept = db.session.get(EditionFront, edition.id)

    @cached_property
    def laid(self) -> LaidOut:
        """All of it, where it is not kept yet."""
        return lay_out(self.edition)

    @cached_property
    def front(self) -> Front:
        return read(Front, self.kept.content, "front") if self.kept else self.laid.front

    def page(self, name: str) -> ReportPage | None:
        """The page of this name; "" is all of a short report. None where there is none."""
        if not self.kept:
            return next((one for one in self.laid.pages if one.name == name), None)
        found = db.session.scalar(
            select(EditionPage.content).where(EditionPage.edition_id == self.edition.id, EditionPage.name == name)
        )
        return read(ReportPage, found, "page") if found else None

    def page_with(self, anchor: str) -> str | None:
        """The name of the page on which this stands: a paragraph, a heading or a footnote, as an address names it.

        None where the edition has none such.
        """
        if self.kept:
            place = select(EditionPlace.page).where(
                EditionPlace.edition_id == self.edition.id, EditionPlace.anchor == anchor
            )
            return db.session.scalar(place)
        holds = (page.name for page in self.laid.pages for piece in page.pieces if anchor in set(piece.anchors))
        return next(holds, None)

"""Somebody reads a draft: what the tests of clearance and of adoption begin with."""

from sqlalchemy import select

from eventapp.clearance.actions import Asked, ask_reader
from eventapp.clearance.models import Reader, Remark
from eventapp.clearance.remarks import remark
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.mail.models import Letter
from eventapp.review.reports.models import Paragraph, Report
from tests.make_review import paragraphs


def address(report: Report, tail: str = "") -> str:
    return f"/meetings/{report.meeting.slug}/review/reports/{report.name}{tail}"


def reader_of(report: Report, *, on_behalf: str = "Bhutan", part: bool = False) -> Reader:
    chapters = (paragraphs(report)[-1].chapter,) if part else ()
    asked = Asked("Ada Byron", "ada@example.org", on_behalf, chapters, 2)
    with transaction():
        return ask_reader(report, asked, by=None, at=now())


def said(reader: Reader, paragraph: Paragraph, kind: str, text: str) -> Remark:
    with transaction():
        return remark(reader, paragraph.id, kind, text, at=now())


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))

"""Published reports: questions over their editions."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from sqlalchemy import Engine, Select, cast, func, or_, select
from sqlalchemy import Text as Words
from sqlalchemy.orm import defer, joinedload

from eventapp.ground.db import db, json_of
from eventapp.ground.db.compressed import compressed, unpacked
from eventapp.meetings.models import Meeting
from eventapp.review.reports.content import Report as Text
from eventapp.review.reports.models import Edition, Report

NAME = re.compile(rb'"report":\s*(?=\S)')
LAST = 100  # bytes: more than what closes the JSON behind the report
IS_OUT = Edition.version <= Report.version  # the next one may be written already, before it comes out


def content_of(text: Text, written: str) -> object:
    """The content of an edition with this text for its row: as it is `written` in JSON, compressed where it is long.

    What tells one version of a report from another is asked of the database, so it stands beside.
    """
    return json_of(compressed(written, {"report": {"symbol": text.symbol, "notices": text.notices[:1]}}))


def edition_of(report: Report, version: int | None = None) -> Edition | None:
    """The edition of this version, or the newest; None where nothing of the kind was published.

    Its words are loaded where they are asked for: of a long report they are 40 MB.
    """
    query = select(Edition).join(Edition.report).where(Report.id == report.id, IS_OUT).order_by(Edition.version.desc())
    query = query.options(defer(Edition.content))
    return db.session.scalar(query.where(Edition.version == version) if version else query.limit(1))


@dataclass(frozen=True)
class Written:
    """The report of an edition in JSON, as the database has it: its parts, one after the other, and their bytes."""

    parts: Iterable[bytes]
    size: int


def written_content(edition: Edition) -> Written:
    """The report of this edition in JSON; that of a long one is not made into values, and held by nobody as a whole.

    Its first part is asked for at once: a database that is gone then is no answer that ends where it began.
    """
    if size := _size_of(db.engine, edition.id, edition.sha256):
        parts = _written_parts(db.engine, edition.id)
        return Written(chain([next(parts)], parts), size)
    whole = select(cast(Edition.content["report"], Words)).where(Edition.id == edition.id)
    written = db.session.execute(whole).scalar_one().encode()
    return Written([written], len(written))


@lru_cache(maxsize=100)
def _size_of(engine: Engine, number: int, _sha256: str) -> int:
    """How many bytes the report of a compressed edition has, which never changes: counted once in each process.

    0 for one that is not compressed.
    """
    return sum(map(len, _written_parts(engine, number)))


def _written_parts(engine: Engine, number: int) -> Iterator[bytes]:
    return report_in(unpacked(engine, Edition.content, Edition.id == number))


def report_in(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The JSON of the report itself within what formats/evidence_json.py writes, where it comes last."""
    rest, is_inside = b"", False
    for part in parts:
        rest += part
        if not is_inside and (name := NAME.search(rest)):
            rest, is_inside = rest[name.end() :], True
        if is_inside and len(rest) > LAST:
            yield rest[:-LAST]
            rest = rest[-LAST:]
    if is_inside:
        yield rest[: rest.rindex(b"}")].rstrip()


def edition_at(slug: str, name: str) -> Select[int, int]:
    """What was published last of the report of this name at a public meeting, with the version of the meeting.

    A corrigendum counts too: it changes what the page of the report says.
    """
    return (
        select(func.max(Edition.id), Meeting.version)
        .join(Report, Edition.report_id == Report.id)
        .join(Meeting, Report.meeting_id == Meeting.id)
        .where(
            *(Meeting.slug == slug, or_(Report.name == name, Report.corrects == name)),
            *(Meeting.published_at.is_not(None), IS_OUT),
        )
        .group_by(Meeting.version)
    )


def last_published(report: Report) -> int:
    """The number of the row that `edition_at` finds for this report."""
    known = or_(Report.id == report.id, Report.corrects == report.name)
    query = select(func.max(Edition.id)).join(Edition.report).where(Report.meeting_id == report.meeting_id, known)
    return db.session.scalar(query.where(IS_OUT)) or 0


def corrigenda_of(report: Report) -> list[Edition]:
    """The published corrigenda to this report, the oldest first."""
    query = (
        select(Edition)
        .join(Edition.report)
        .where(Report.meeting_id == report.meeting_id, Report.corrects == report.name, IS_OUT)
        .order_by(Edition.id)
        .options(joinedload(Edition.report))
    )
    return list(db.session.scalars(query))


def editions_of(meeting: Meeting) -> list[Edition]:
    """The newest edition of each published report, the newest first; its words are loaded where they are asked for."""
    query = (
        select(Edition)
        .join(Edition.report)
        .where(Report.meeting_id == meeting.id, Edition.version == Report.version)
        .order_by(Edition.published_at.desc())
        .options(joinedload(Edition.report), defer(Edition.content))
    )
    return list(db.session.scalars(query))

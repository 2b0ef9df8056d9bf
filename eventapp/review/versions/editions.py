"""The published versions of a report, as a reader finds them: which there are, what corrects or supersedes them."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from eventapp.ground.db import db
from eventapp.ground.text.dates import offset
from eventapp.review.formats.evidence_json import from_dict
from eventapp.review.language.data import phrases_in_each, sentence, written_in
from eventapp.review.language.wording import day_of
from eventapp.review.paged.models import EditionFront
from eventapp.review.reports.content import Report as Text
from eventapp.review.reports.editions import IS_OUT, corrigenda_of
from eventapp.review.reports.models import Edition, Report
from eventapp.review.reports.parts import Correction

ADOPTED_NOTICES = phrases_in_each("notices", "adopted")


class Version(NamedTuple):
    """One published version of a report: its number and symbol, when it was published, and the hash of its JSON."""

    number: int
    published_at: datetime
    sha256: str
    symbol: str
    notice: str

    @property
    def is_adopted(self) -> bool:
        """Whether the meeting had adopted every paragraph of it."""
        return self.notice in ADOPTED_NOTICES


def versions_of(report: Report) -> list[Version]:
    """Every published version of the report without its words, the newest first."""
    columns = (
        func.coalesce(EditionFront.published_at, Edition.published_at),
        func.coalesce(EditionFront.sha256, Edition.sha256),
        func.coalesce(EditionFront.symbol, Edition.content[("report", "symbol")].as_string()),
        func.coalesce(EditionFront.notice, Edition.content[("report", "notices", 0)].as_string()),
    )
    query = select(Edition.version, *columns).join(Edition.report)
    query = query.outerjoin(EditionFront, EditionFront.edition_id == Edition.id)
    found = db.session.execute(query.where(Report.id == report.id, IS_OUT).order_by(Edition.version.desc()))
    return [Version(*row) for row in found]


def adopted_version(report: Report) -> Version | None:
    """The newest version that was published as adopted."""
    return next((one for one in versions_of(report) if one.is_adopted), None)


def revision_symbol(report: Report) -> str:
    """The symbol under which the report would be published as adopted now: with /Rev. where it was adopted before."""
    before = sum(one.is_adopted for one in versions_of(report))
    return f"{report.symbol}/Rev.{before}" if before and report.symbol else report.symbol


def superseding(report: Report, edition: Edition) -> Version | None:
    """The newest version that the meeting adopted anew after it had adopted this one; None where there is none."""
    adopted = [one for one in versions_of(report) if one.is_adopted]
    is_known = any(one.number == edition.version for one in adopted)
    return adopted[0] if is_known and adopted[0].number > edition.version else None


def as_read(report: Report, edition: Edition) -> Text:
    """The version as it is printed today: its own words, what corrects them beside, and what supersedes it above."""
    return read_today(report, edition, from_dict(edition.content))


def read_today(report: Report, edition: Edition, text: Text) -> Text:
    """The same of the words of this version, all of them or its head alone."""
    if text.corrects:
        return text
    newer, is_adopted = superseding(report, edition), text.notices[:1] and text.notices[0] in ADOPTED_NOTICES
    with written_in(text.language):
        if not (is_adopted or text.draft):  # a version from before its pages said so
            text = replace(text, draft=not_adopted(text.version, edition.published_at, text.meeting.zone))
        if newer:
            name = newer.symbol or sentence("version", number=newer.number)
            text = replace(text, notices=(sentence("superseded", document=name), *text.notices))
    return replace(text, corrections=corrections_of(report, edition.version))


def not_adopted(version: int, at: datetime, zone: str) -> str:
    """What stands on each page of what was published and not adopted, in the language that is written.

    It does not say by whom: docs/decisions/0039.
    """
    day, time = moment_of(at, zone)
    return sentence("not_adopted", version=version, day=day, time=time)


def moment_of(at: datetime, zone: str) -> tuple[str, str]:
    """The day and the time of this moment in this zone, as the pages of a draft say them."""
    here = at.astimezone(ZoneInfo(zone))
    return day_of(here.date()), f"{here:%H:%M} ({offset(at, zone)})"


def corrections_of(report: Report, version: int) -> tuple[Correction, ...]:
    """What published corrigenda put right in this version, in the order they came."""
    texts = [from_dict(one.content) for one in corrigenda_of(report)]
    return tuple(one for text in texts if text.corrects == version for one in text.corrections)

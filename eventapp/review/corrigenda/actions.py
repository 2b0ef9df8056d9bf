"""Writing and publishing a corrigendum. The adopted text stays as it is; the corrigendum says how it is to be read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.people.models import Person
from eventapp.review.corrigenda.queries import waiting_corrections
from eventapp.review.formats.evidence_json import digest, from_dict, to_dict, to_json
from eventapp.review.language.data import sentence, written_in
from eventapp.review.language.wording import LABELS
from eventapp.review.reports import content, parts
from eventapp.review.reports.editions import corrigenda_of, edition_of
from eventapp.review.reports.models import Correction, Edition, Report
from eventapp.review.reports.queries import report_at
from eventapp.review.searched.actions import as_found, find_corrected, let_find
from eventapp.review.versions.editions import adopted_version
from eventapp.review.versions.publication import names_in_summary

LONGEST_NAME, LONGEST_SYMBOL = 80, 80  # characters, as reports keep them


class WrongEntry(Refused):
    """An entry that cannot be; `field` is the one it is said beside."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Entry:
    """What somebody types: the number of the paragraph, for, read, the reason, and who puts it right."""

    paragraph: str
    wrong: str
    reading: str
    reason: str
    whose: str


def adopted_text(report: Report) -> content.Report:
    """The newest text of the report that the meeting adopted. Refused where none was published."""
    version = adopted_version(report)
    edition = edition_of(report, version.number) if version else None
    if edition is None:
        raise Refused(
            _("Nothing is published as adopted yet. What is published as a draft is put right by publishing.")
        )
    return from_dict(edition.content)


def write_correction(report: Report, entry: Entry, *, by: Person | None, at: datetime) -> Correction:
    """Keep an entry for the next corrigendum.

    Refused where the adopted text has no such paragraph, where that does not say these words or says them more than
    once, where both readings are the same, and where the new one names somebody above their ceiling.
    """
    lock(report)
    text = adopted_text(report)
    found = next((one for one in text.paragraphs if one.place == entry.paragraph), None)
    _check(found, entry)
    if names := names_in_summary(report, f"{entry.reading}\n{entry.reason}\n{entry.whose}"):
        raise WrongEntry("reading", _("It says a name above its ceiling (%(names)s).", names=", ".join(names)))
    row = Correction(report_id=report.id, version=text.version, at=at, by_id=by.id if by else None, **vars(entry))
    db.session.add(row)
    db.session.flush()
    details = {"paragraph": entry.paragraph, "before": entry.wrong, "after": entry.reading, "reason": entry.reason}
    record("write correction", report, by=by, at=at, meeting_id=report.meeting_id, **details)
    return row


def drop_correction(row: Correction, report: Report, *, by: Person | None, at: datetime) -> None:
    """Take an entry back. Refused where it was published meanwhile."""
    lock(report)
    db.session.refresh(row)
    if row.corrigendum_id is not None:
        raise Refused(_("It was published meanwhile, and stays."))
    db.session.delete(row)
    record("drop correction", report, by=by, at=at, meeting_id=report.meeting_id, paragraph=row.paragraph)


def publish_corrigendum(report: Report, *, by: Person | None, at: datetime) -> Edition:
    """Publish what was written as a document with a symbol of its own. Refused where nothing was written."""
    lock(report)
    text = adopted_text(report)
    rows = waiting_corrections(report, text.version)
    if not rows:
        raise Refused(_("Nothing is written for a corrigendum yet."))
    known = [from_dict(one.content) for one in corrigenda_of(report)]
    number = sum(one.corrects == text.version for one in known) + 1
    with written_in(text.language):
        own = _document(report, text, number, at=at)
        written = _written(own, text, rows, on=at.astimezone(report.meeting.tz).date())
    own.published_by_id = by.id if by else None
    db.session.add(own)
    db.session.flush()
    edition = Edition(
        report_id=own.id,
        version=1,
        content=to_dict(written),
        sha256=digest(to_json(written)),
        published_at=at,
        published_by_id=own.published_by_id,
    )
    db.session.add(edition)
    let_find(own, as_found(written.paragraphs))
    find_corrected(report, text.version, rows)
    for row in rows:
        row.corrigendum_id = own.id
    details = {"symbol": own.symbol, "version": text.version, "sha256": edition.sha256}
    record("publish corrigendum", report, by=by, at=at, meeting_id=report.meeting_id, **details)
    return edition


def _check(found: content.Paragraph | None, entry: Entry) -> None:
    if found is None:
        raise WrongEntry(
            "paragraph", _("The adopted text has no such paragraph. Write its number as printed: 7 or 7 (a).")
        )
    times = found.text.count(entry.wrong)
    if times == 0:
        raise WrongEntry("wrong", _("The adopted paragraph does not say these words. Copy them from it."))
    if times > 1:
        raise WrongEntry("wrong", _("The adopted paragraph says these words more than once. Copy more of it."))
    if entry.reading == entry.wrong:
        raise WrongEntry("reading", _("Both readings are the same."))


def _document(report: Report, text: content.Report, number: int, *, at: datetime) -> Report:
    """Return the row of the corrigendum, under a name and a symbol that no other has."""
    place = 1
    while report_at(report.meeting, name := f"{report.name[: LONGEST_NAME - 10]}-corr-{place}"):
        place += 1
    return Report(
        meeting_id=report.meeting_id,
        name=name,
        title=f"{text.title}: {LABELS['corrigendum']}"[:300],
        symbol=f"{text.symbol}/Corr.{number}"[:LONGEST_SYMBOL] if text.symbol else "",
        body_id=report.body_id,
        policy=report.policy,
        outline="blank",
        language=text.language,
        created_at=at,
        version=1,
        published_at=at,
        corrects=report.name,
    )


def _written(own: Report, text: content.Report, rows: Sequence[Correction], *, on: date) -> content.Report:
    """Return the corrigendum as it is printed: the head of the report, and a paragraph for each entry."""
    document = own.symbol or f"{LABELS['corrigendum']} {own.name.rpartition('-')[2]}"
    entries = tuple(
        parts.Correction(document, one.paragraph, one.wrong, one.reading, one.reason, one.whose) for one in rows
    )
    paragraphs = tuple(
        content.Paragraph(place, sentence("corrigendum_entry", **_words(one))) for place, one in enumerate(entries, 1)
    )
    return replace(
        text,
        name=own.name,
        version=1,
        symbol=own.symbol,
        title=own.title,
        issued_on=on,
        notices=(sentence("corrigendum_notice", version=text.version), *text.notices[1:]),
        chapters=(content.Chapter(1, LABELS["corrections"], paragraphs),),
        annexes=(),
        summary=(),
        matters=(),
        corrects=text.version,
        corrections=entries,
    )


def _words(entry: parts.Correction) -> dict[str, str]:
    return {**vars(entry), "reason": entry.reason.rstrip(" .")}

"""What the interface says of each thing, as plain values: texts in the reader's language, times in UTC as ISO 8601.

Days are the meeting's own.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from threading import Lock
from typing import Any

from eventapp.agenda.releases.content import PublishedSession
from eventapp.documents.queries import documents_of
from eventapp.documents.shown import ShownDocument, shown_where
from eventapp.ground.text.worded import worded
from eventapp.meetings.models import Meeting
from eventapp.meetings.themes.queries import themes_of
from eventapp.review.coverage.figures import Cell, Tagged, coverage
from eventapp.review.reports.models import Edition

MOST_READ = 100  # sets of editions of which a process knows what they touch
TOUCHED: dict[tuple[str, ...], Sequence[Tagged]] = {}
READING = Lock()
Document = dict[str, Any]  # JSON
FORMATS = ("pdf", "docx", "html", "json", "md", "xlsx", "csv")


def meeting_line(meeting: Meeting, base_url: str) -> Document:
    """A meeting as the list has it."""
    return {
        "slug": meeting.slug,
        "title": worded(meeting, "title"),
        "short_title": worded(meeting, "short_title"),
        "starts_on": meeting.starts_on.isoformat(),
        "ends_on": meeting.ends_on.isoformat(),
        "zone": meeting.zone,
        "city": worded(meeting, "city"),
        "country": meeting.country,
        "url": f"{base_url}/meetings/{meeting.slug}/",
        "self": f"{base_url}/api/v1/meetings/{meeting.slug}",
    }


def meeting_document(meeting: Meeting, base_url: str) -> Document:
    """A meeting with what its page says of it."""
    return {
        **meeting_line(meeting, base_url),
        "symbol": meeting.symbol,
        "venue": worded(meeting, "venue"),
        "address": worded(meeting, "address"),
        "organization": worded(meeting, "organization"),
        "languages": meeting.languages,
        "illustrative": worded(meeting, "illustrative") or "",
        "mandate": worded(meeting, "mandate"),
        "purpose": worded(meeting, "purpose"),
        "objectives": worded(meeting, "objectives"),
        "content_blocks": worded(meeting, "content_blocks"),
        "outcomes_go_to": worded(meeting, "outcomes_go_to"),
        "bodies": [{"code": body.code, "name": worded(body, "name")} for body in meeting.bodies],
        "documents": [
            document_part(one, f"{base_url}/meetings/{meeting.slug}/documents")
            for one in shown_where(meeting, documents_of(meeting), plans=False, opens=False)
        ],
    }


def document_part(one: ShownDocument, page: str) -> Document:
    """A document, the published session that it is material of, and its files where everybody may open them."""
    session = one.session if isinstance(one.session, PublishedSession) else None
    items = session.more.sub_items if session and one.sub_item else ()
    return {
        "symbol": one.row.symbol,
        "title": worded(one.row, "title"),
        "address": one.row.address if one.is_open else "",
        "audience": one.row.audience,
        "session": session.code if session else "",
        "sub_item": next((each.title for each in items if each.key == one.sub_item), ""),
        "files": [
            {
                "language": file.language,
                "type": file.content_type,
                "size": file.size,
                "url": f"{page}/{one.row.id}/{file.language}",
            }
            for file in (one.files if one.is_open else ())
        ],
    }


def report_line(edition: Edition, base_url: str) -> Document:
    """A published report: its newest version, its proof, and where it is in each format."""
    report = edition.report
    page = f"{base_url}/meetings/{report.meeting.slug}/reports/{report.name}"
    return {
        "name": report.name,
        "title": report.title,
        "symbol": report.symbol,
        "version": edition.version,
        "published_at": edition.published_at.isoformat(),
        "sha256": edition.sha256,
        "url": page,
        "files": {ending: f"{page}.{ending}" for ending in FORMATS},
    }


def coverage_document(meeting: Meeting, editions: Iterable[Edition]) -> Document:
    """What the notes that published reports cite touched of the themes of the meeting, against the Matrix."""
    themes = themes_of(meeting)
    table = coverage(touched_by(list(editions)), lines=themes.lines, goals=themes.goals, matrix=themes.matrix)
    return {
        "notes": table.notes,
        "expected": table.expected,
        "recorded": table.recorded,
        "lines": [
            {"line": row.line, "notes": row.notes, "goals": [cell_part(cell) for cell in row.cells]}
            for row in table.rows
        ],
    }


def touched_by(editions: Sequence[Edition]) -> Sequence[Tagged]:
    """The lines and goals of the notes that these cite; one that several cite counts once.

    Editions never change, and a long one is read for two seconds: each process reads it once, whoever asks meanwhile.
    """
    mark = tuple(one.sha256 for one in editions)
    with READING:
        if mark not in TOUCHED:
            cited = {one["note"]: one for edition in editions for one in evidence_of(edition)}
            alike = Counter((tuple(one["action_lines"]), tuple(one["goals"])) for one in cited.values())
            while len(TOUCHED) >= MOST_READ:
                TOUCHED.pop(next(iter(TOUCHED)))
            TOUCHED[mark] = [Tagged(lines, goals, many) for (lines, goals), many in alike.items()]
        return TOUCHED[mark]


def cell_part(cell: Cell) -> Document:
    return {"goal": cell.goal, "expected": cell.expected, "notes": cell.notes}


def evidence_of(edition: Edition) -> list[Document]:
    """Every note that this edition cites, as it stands in its JSON."""
    chapters = edition.content["report"]["chapters"]
    return [one for chapter in chapters for paragraph in chapter["paragraphs"] for one in paragraph["evidence"]]

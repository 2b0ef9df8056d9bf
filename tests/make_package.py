"""A meeting with one of everything that a package holds, and the files of a package."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from eventapp.agenda.releases.actions import release
from eventapp.clearance.actions import adopt
from eventapp.clearance.publication.actions import publish_as
from eventapp.ground.db import transaction
from eventapp.meetings.models import Meeting
from eventapp.outlets.chosen.models import Takeaway
from eventapp.package.export.meeting import filled
from eventapp.package.manifest.archive import to_zip
from eventapp.package.manifest.content import PUBLIC
from eventapp.record.extras.models import Translation
from eventapp.record.notes.models import Note
from eventapp.review.corrigenda.actions import Entry, publish_corrigendum, write_correction
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.models import Report
from tests import make, make_review


def held(**facts: Any) -> Meeting:
    """A released meeting with a room, a document, a participant, a cleared note and a published report."""
    meeting = make.meeting(**{"slug": "spring", **facts})
    room = make.room(meeting, code="R1")
    session = make.session(meeting, code="S2", title="Trends", room_id=room.id)
    make.role(session, name="Grace Hopper")
    make.document(meeting, symbol="INF/1", title="Paper one")
    make.registration(
        meeting,
        record_name="Ms. Ada BYRON",
        category=make.category(meeting, code="GOV", protocol_order=1),
        delegation_role="HOD",
    )
    note = make_review.note(session, text="Prices fall.", title="Prices fall", speaker="Grace Hopper", kind="trend")
    translation(note, "Les prix baissent.")
    with transaction():
        release(meeting, by=None, at=make.TODAY)
    published(meeting)
    return meeting


def translation(note: Note, text: str, **facts: Any) -> Translation:
    """The note in French."""
    defaults = {
        "language": "fr",
        "number": 1,
        "of_revision": note.head,
        "title": "",
        "translator": "",
        "at": make.TODAY,
    }
    return make.kept(Translation(note_id=note.id, text=text, **{**defaults, **facts}))


def published(meeting: Meeting, **facts: Any) -> Report:
    """A report of the meeting, compiled and published."""
    report = make_review.report(meeting, **facts)
    publish(report, by=None, at=make.TODAY)
    return report


def corrected() -> Meeting:
    """A meeting whose adopted report has a corrigendum and an entry for the next; a takeaway of its session is chosen."""
    meeting = make.meeting(slug="corrected", objectives=[], mandate=[])
    note = make_review.note(make.session(meeting, kind="trends", code="S2"))
    report = make_review.report(meeting)
    with transaction():
        for row in make_review.paragraphs(report):
            adopt(row, row.version, by=None, at=make.TODAY)
    publish_as(report, "adopted", by=None, at=make.TODAY)
    with transaction():
        write_correction(report, Entry("1", "held", "opened", "A slip", "the secretariat"), by=None, at=make.TODAY)
    with transaction():
        publish_corrigendum(report, by=None, at=make.TODAY)
    with transaction():
        write_correction(
            report,
            Entry("2", "in the region", "across the region", "Another slip", "the Chair"),
            by=None,
            at=make.TODAY,
        )
    make.kept(Takeaway(note_id=note.id, at=make.TODAY))
    return meeting


def package(meeting: Meeting, level: str = PUBLIC) -> bytes:
    """The package of this meeting."""
    return to_zip(filled(meeting, level).package)


def files(package: bytes) -> dict[str, bytes]:
    """Every file of a package, by name, in the order of the ZIP."""
    with ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read(package: bytes, name: str) -> Any:
    """One file of a package, read as JSON."""
    return json.loads(files(package)[name])


def words(package: bytes) -> str:
    """All that a package says."""
    return "\n".join([*files(package), *(content.decode(errors="replace") for content in files(package).values())])

"""The package for organizers: what it would hold, what stays behind, and the file."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.jobs.leased import DONE
from eventapp.ground.text.i18n import _, _l, ngettext
from eventapp.ground.web import downloads
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.history.actions import record
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.actions import order, stop
from eventapp.meetings.prepared.queries import content_of, file_of, newest_file
from eventapp.meetings.rules import run_meeting
from eventapp.package.export.meeting import filled
from eventapp.package.manifest.archive import to_zip
from eventapp.package.manifest.content import ARCHIVE, LEVELS, PUBLIC
from eventapp.package.manifest.manifest import Counts
from eventapp.package.preparing import PACKAGE
from eventapp.people.current import current_person
from eventapp.people.models import Person
from eventapp.review.tasks.queries import is_large

bp = Blueprint("package", __name__, url_prefix="/meetings/<slug>/review/package")

LEVEL_NAMES = {PUBLIC: _l("For the public"), ARCHIVE: _l("For the organizers’ archive")}
LEVEL_HINTS = {
    PUBLIC: _l("What is before the world already: the released agenda, cleared notes, published reports."),
    ARCHIVE: _l(
        "That, and sessions not yet released, notes not yet cleared, every revision and cards to be forwarded."
    ),
}


@dataclass(frozen=True)
class Line:
    """One thing the package holds."""

    file: str
    what: str
    number: str


@bp.get("")
@with_meeting(may=run_meeting)
def show(meeting: Meeting) -> ResponseReturnValue:
    """What the package holds and what stays behind. ?level= says for whom it is."""
    level = request.args.get("level", PUBLIC)
    level = level if level in LEVELS else PUBLIC
    words = {"meeting": meeting, "level": level, "names": LEVEL_NAMES, "hints": LEVEL_HINTS}
    if is_large(meeting):
        before = newest_file(meeting, PACKAGE, level)
        return render_template("package/large.html", **words, before=before)
    made = filled(meeting, level)
    return render_template(
        "package/show.html",
        **words,
        held=held(made.package.counts),
        left_out=made.left_out,
        size=len(to_zip(made.package)),
    )


@bp.get(f"/<any({', '.join(LEVELS)}):level>.zip")
@with_meeting(may=run_meeting)
def download(meeting: Meeting, level: str) -> ResponseReturnValue:
    """The package as a file, of a large meeting from the worker. Taking it along is written down."""
    if is_large(meeting):
        return redirect(url_for(".show", slug=meeting.slug, level=level))
    made = filled(meeting, level)
    content = to_zip(made.package)
    if request.method == "GET":  # HEAD takes nothing along
        with transaction():
            details: dict[str, object] = {"level": level, "bytes": len(content), "notes": made.package.counts.notes}
            record("took the package along", meeting, by=current_person(), at=now(), meeting_id=meeting.id, **details)
    return downloads.download(f"{meeting.slug}-{level}.zip", "application/zip", content)


@bp.post("/files")
@with_meeting(may=run_meeting)
def order_file(meeting: Meeting) -> ResponseReturnValue:
    """Ask the worker for the package of a large meeting, and look on."""
    level = request.form.get("level", PUBLIC)
    level = level if level in LEVELS else PUBLIC
    row = attempt(Form(), lambda: order(meeting, PACKAGE, level, by=me(), at=now()))
    assert row is not None  # noqa: S101 -- it refuses nothing
    return redirect(url_for(".file", slug=meeting.slug, number=row.id), 303)


@bp.get("/files/<int(max=999999999):number>")
@with_meeting(may=run_meeting)
def file(meeting: Meeting, number: int) -> ResponseReturnValue:
    """How far the worker is with a package; once it is made, where it is fetched."""
    row = file_of(meeting, number, PACKAGE) or abort(404)
    return render_template("package/file.html", meeting=meeting, row=row, name=LEVEL_NAMES[row.wanted])


@bp.post("/files/<int(max=999999999):number>/stop")
@with_meeting(may=run_meeting)
def stop_file(meeting: Meeting, number: int) -> ResponseReturnValue:
    """Stop what the worker has not made yet."""
    row = file_of(meeting, number, PACKAGE) or abort(404)
    attempt(Form(), lambda: stop(row, by=me(), at=now()))
    return redirect(url_for(".file", slug=meeting.slug, number=number), 303)


@bp.get("/files/<int(max=999999999):number>/package.zip")
@with_meeting(may=run_meeting)
def fetch(meeting: Meeting, number: int) -> ResponseReturnValue:
    """The package as the worker made it. Taking it along is written down."""
    row = file_of(meeting, number, PACKAGE) or abort(404)
    if row.state != DONE:
        abort(404)
    name, details = f"{meeting.slug}-{row.wanted}.zip", {"level": row.wanted, "bytes": row.size}
    if request.method == "GET":  # HEAD takes nothing along
        with transaction():
            record("took the package along", meeting, by=me(), at=now(), meeting_id=meeting.id, **details)
    return downloads.download(name, "application/zip", content_of(row.id))


def me() -> Person:
    return current_person() or abort(404)


def held(counts: Counts) -> list[Line]:
    """What is in each file, with its number, for a reader."""
    return [
        Line("meeting.json", _("The meeting, its bodies, rooms and categories"), ""),
        Line("agenda.json", _("The newest agenda release and its sessions"), str(counts.sessions)),
        Line(
            "agenda.json", _("Earlier releases, of which the lists of changes are made"), str(counts.earlier_releases)
        ),
        Line("notes.json", _("Notes, with what they said before"), notes_held(counts)),
        Line("notes.json", _("What became of commitments, with when it was recorded"), str(counts.deliveries)),
        Line("summaries.json", _("Summaries of sessions, with what they said before"), summaries_held(counts)),
        Line("inputs.json", _("Written inputs that everybody may read"), str(counts.inputs)),
        Line("cards.json", _("Good practice cards that may be forwarded"), str(counts.cards)),
        Line("reports.json", _("Published reports, each version as it was published"), str(counts.editions)),
        Line("evidence.json", _("Links from a paragraph to the revision it rests on"), str(counts.citations)),
        Line("participants.json", _("Participants who agreed to be listed"), str(counts.participants)),
        Line("documents.json", _("Documents, with where they can be read"), str(counts.documents)),
        Line("documents/", _("Their files and the pictures of information pages"), str(counts.attached)),
        Line("information.json", _("Published pages of practical information"), str(counts.information)),
        Line("questions.json", _("The meeting's own questions, with the words they had before"), str(counts.questions)),
        Line("participants.json", _("Answers that are not personal, of who is listed"), str(counts.answers)),
        Line("delegations.json", _("Delegations, with places, other names and accreditation"), str(counts.delegations)),
        Line("manifest.json", _("Size and SHA-256 of every file, and the version of the schema"), ""),
    ]


def notes_held(counts: Counts) -> str:
    notes = ngettext("%(num)s note", "%(num)s notes", counts.notes)
    revisions = ngettext("%(num)s revision", "%(num)s revisions", counts.revisions)
    return f"{notes}, {revisions}"


def summaries_held(counts: Counts) -> str:
    summaries = ngettext("%(num)s summary", "%(num)s summaries", counts.summaries)
    revisions = ngettext("%(num)s revision", "%(num)s revisions", counts.summary_revisions)
    return f"{summaries}, {revisions}"

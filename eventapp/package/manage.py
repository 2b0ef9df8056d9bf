"""The package for organizers: what it would hold, what stays behind, and the file."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.text.i18n import _, _l, ngettext
from eventapp.ground.web import downloads
from eventapp.history.actions import record
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.manage import Shown, file_pages, ordered
from eventapp.meetings.prepared.models import PreparedFile
from eventapp.meetings.prepared.queries import newest_file
from eventapp.meetings.rules import run_meeting
from eventapp.package.export.meeting import filled
from eventapp.package.manifest.archive import to_zip
from eventapp.package.manifest.content import ARCHIVE, LEVELS, PUBLIC
from eventapp.package.manifest.manifest import Counts
from eventapp.package.preparing import PACKAGE
from eventapp.people.current import current_person
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
@with_meeting(may=run_meeting, even_closed=True)
def order_file(meeting: Meeting) -> ResponseReturnValue:
    """Ask the worker for the package of a large meeting, and look on."""
    level = request.form.get("level", PUBLIC)
    return ordered(meeting, PACKAGE, level if level in LEVELS else PUBLIC)


def shown(row: PreparedFile) -> Shown:
    """What the pages of a package that the worker makes say of it."""
    slug, level = row.meeting.slug, row.wanted
    back = url_for(".show", slug=slug, level=level), _("Back to the package")
    title = ": ".join((_("The package"), str(LEVEL_NAMES[level])))
    return Shown(title, f"{slug}-{level}.zip", "application/zip", back, "review")


def taken_along(row: PreparedFile) -> None:
    """Write down that somebody takes the package along."""
    details = {"level": row.wanted, "bytes": row.size}
    record("took the package along", row.meeting, by=current_person(), at=now(), meeting_id=row.meeting_id, **details)


file_pages(bp, PACKAGE, shown, may=run_meeting, last="package.zip", fetched=taken_along)


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

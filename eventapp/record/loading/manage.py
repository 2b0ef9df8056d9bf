"""Notes in and out by file: choose one, and the files of before."""

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt_apart
from eventapp.ground.web.downloads import download
from eventapp.ground.web.uploads import uploaded
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.queries import files_of
from eventapp.meetings.rules import record_meeting
from eventapp.people.current import current_person
from eventapp.record.loading.arriving.actions import receive
from eventapp.record.loading.arriving.queries import notes_imports
from eventapp.record.loading.columns import ORDER
from eventapp.record.loading.files.making import NOTES, is_made_apart
from eventapp.record.loading.forms import FileForm
from eventapp.record.loading.reading import MOST_LINES
from eventapp.record.loading.writing import FILES, notes_file
from eventapp.registration.uploads.reading import shown_name

bp = Blueprint("record_loading", __name__, url_prefix="/meetings/<slug>/manage/outcomes/file")
MEGABYTE = 1024 * 1024
MOST = 20  # megabytes, where a request may be so large
MEDIA_TYPES = {"csv": "text/csv", "jsonl": "application/jsonl"}


@bp.get("")
@with_meeting(may=record_meeting)
def show(meeting: Meeting) -> ResponseReturnValue:
    """Choose a file of notes, or download one; the files of before."""
    return page(meeting, FileForm())


@bp.post("")
@with_meeting(may=record_meeting)
def choose(meeting: Meeting) -> ResponseReturnValue:
    """Keep the file and have the worker check it; nothing comes in."""
    form, sent, most = FileForm(request.form), uploaded("file"), most_megabytes()
    content = sent.stream.read(most * MEGABYTE + 1) if sent else b""
    if not form.validate() or not content or len(content) > most * MEGABYTE:
        too_large = _("Choose a file of %(most)s MB or less.", most=most)
        form.file.errors = [too_large if content else _("Choose a file.")]
        return page(meeting, form), 422
    slug, name, by = meeting.slug, shown_name((sent.filename if sent else "") or ""), current_person()
    number = attempt_apart(form, lambda: receive(meeting, name, content, by=by, at=now())) if by else None
    if number is None:
        return page(meeting, form), 409
    return redirect(url_for("notes_imports.show", slug=slug, number=number), 303)


@bp.get("/notes.<ending>")
@with_meeting(may=record_meeting)
def notes(meeting: Meeting, ending: str) -> ResponseReturnValue:
    """The notes of the meeting, as a file that can be loaded again; the worker writes it where they are many, and the
    page has the buttons.
    """
    if ending not in FILES:
        abort(404)
    if is_made_apart(meeting):
        return redirect(url_for(".show", slug=meeting.slug, _anchor="out"), 303)
    return download(f"{meeting.slug}-notes.{ending}", MEDIA_TYPES[ending], notes_file(meeting, ending))


def most_megabytes() -> int:
    """The largest file that is taken: no more than a request may hold, less the rest of the form."""
    return min(MOST, max(1, int(current_app.config["MAX_CONTENT_LENGTH"]) // MEGABYTE - 1))


def page(meeting: Meeting, form: FileForm) -> str:
    return render_template(
        "record/loading.html",
        meeting=meeting,
        form=form,
        most=most_megabytes(),
        lines=MOST_LINES,
        columns=ORDER,
        listed=notes_imports(meeting, request.args.get("page")),
        waits=is_made_apart(meeting),
        asked=files_of(meeting, NOTES),
    )

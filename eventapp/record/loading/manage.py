"""Notes in and out by file: choose one, see what would come in, then let it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _, ngettext
from eventapp.ground.web.attempt import attempt_apart
from eventapp.ground.web.downloads import download
from eventapp.ground.web.uploads import uploaded
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.queries import files_of
from eventapp.meetings.rules import record_meeting
from eventapp.people.current import current_person
from eventapp.people.rules import administer
from eventapp.record.loading.actions import Faulty, load_file
from eventapp.record.loading.columns import ORDER
from eventapp.record.loading.files.making import NOTES, is_made_apart
from eventapp.record.loading.forms import FileForm
from eventapp.record.loading.queries import CHANGED, NEW, Steps, steps_of
from eventapp.record.loading.reading import Fault, File, read_file
from eventapp.record.loading.writing import FILES, notes_file

bp = Blueprint("record_loading", __name__, url_prefix="/meetings/<slug>/manage/outcomes/file")
MOST_BYTES = 400_000  # it travels with the page that shows what is in it; larger files come in by the command
SHOWN = 300  # lines of a preview, and faults
MEDIA_TYPES = {"csv": "text/csv", "jsonl": "application/jsonl"}


@bp.get("")
@with_meeting(may=record_meeting)
def show(meeting: Meeting) -> ResponseReturnValue:
    """Choose a file of notes, or download one."""
    return page(meeting, empty_form())


@bp.post("")
@with_meeting(may=record_meeting)
def preview(meeting: Meeting) -> ResponseReturnValue:
    """Show what this file would bring in, and every fault in it; nothing is written."""
    form, content = sent_form(), received()
    if not form.validate() or not content or len(content) > MOST_BYTES:
        too_large = _(
            "Choose a file of %(most)s kB or less. A larger one comes in by the command.", most=MOST_BYTES // 1000
        )
        form.file.errors = [too_large if content else _("Choose a file.")]
        return page(meeting, form), 422
    found = steps_of(meeting, file := read_file(content))
    if found.faults:
        return page(meeting, form, faults=found.faults), 422
    form.content.data = content.decode("utf-8-sig")
    return page(meeting, form, found=found, file=file)


@bp.post("/load")
@with_meeting(may=record_meeting)
def load(meeting: Meeting) -> ResponseReturnValue:
    """Let in what was shown: all of it, or nothing."""
    form, person = sent_form(), current_person()
    content = (form.content.data or "").encode()
    if not form.validate() or not content or len(content) > MOST_BYTES:
        abort(400)
    number, asked = meeting.id, form.state.data
    done = attempt_apart(form, lambda: load_file(number, read_file(content), by=person, at=now(), state=asked))
    if done is None:
        faults = form.refused.faults if isinstance(form.refused, Faulty) else ()
        return page(meeting, form, faults=faults), 409
    came = done.count(NEW) + done.count(CHANGED)
    flash(ngettext("%(num)s note came in.", "%(num)s notes came in.", came), "ok")
    return redirect(url_for(".show", slug=meeting.slug), 303)


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


def sent_form() -> FileForm:
    return FileForm(request.form, may_approve=administer(current_person()))


def empty_form() -> FileForm:
    return FileForm(may_approve=administer(current_person()))


def received() -> bytes:
    """The file that was sent, no longer than may be; empty where none was."""
    sent = uploaded("file")
    return sent.stream.read(MOST_BYTES + 1) if sent else b""


def page(
    meeting: Meeting,
    form: FileForm,
    *,
    found: Steps | None = None,
    file: File | None = None,
    faults: tuple[Fault, ...] = (),
) -> str:
    return render_template(
        "record/loading.html",
        meeting=meeting,
        form=form,
        found=found,
        lines=len(file.lines) if file else 0,
        faults=faults,
        shown=SHOWN,
        columns=ORDER,
        waits=is_made_apart(meeting),
        asked=files_of(meeting, NOTES),
        words={NEW: _("New"), CHANGED: _("Changed"), "same": _("As before")},
    )

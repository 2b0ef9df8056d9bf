"""The rapporteur's pages: my sessions, the capture screen, one note; and what the world reads of them."""

from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from eventapp.agenda.models import Session
from eventapp.answers import answer
from eventapp.clock import now
from eventapp.dates import offset
from eventapp.db import transaction
from eventapp.gate import for_anyone
from eventapp.meetings.gate import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import record_meeting, run_meeting, see_meeting
from eventapp.outcomes import queries
from eventapp.outcomes.actions import record_again, record_note, revise
from eventapp.outcomes.attendance import Came
from eventapp.outcomes.checklist import has_unsourced
from eventapp.outcomes.companions import translations_by_note
from eventapp.outcomes.draft import draft_from, draft_of
from eventapp.outcomes.forms import NoteForm, refuse, typed
from eventapp.outcomes.gate import corrigible, given_back, has_text, with_note, with_session
from eventapp.outcomes.handover import left_behind
from eventapp.outcomes.heard import preset, statement_behind
from eventapp.outcomes.keeping import KEY, base_of, change_of, held, key_of, said_at, unsaved_of
from eventapp.outcomes.models import KeptText, Note
from eventapp.outcomes.rules import correct_published, record_session, record_sessions
from eventapp.outcomes.screen import Screen, on_the_clock
from eventapp.outcomes.standing import standings
from eventapp.outcomes.suggest import shipped
from eventapp.outcomes.summaries import presenter_names, published_summary
from eventapp.outcomes.told import (
    act_label,
    goal_pairs,
    has_promise,
    kind_label,
    line_pairs,
    mark_of,
    origin_of,
    public_line,
    role_label,
    session_kind,
    source_line,
)
from eventapp.outcomes.wish import Wish
from eventapp.people.current import current_person
from eventapp.people.models import Person
from eventapp.refusal import Refused
from eventapp.tokens import secret
from eventapp.words import ngettext

bp = Blueprint("outcomes", __name__)
FETCHED = "X-Fetched-By"


@bp.app_context_processor
def words() -> dict[str, Any]:
    """What the templates of this feature ask of a note."""
    return {
        "mark_of": mark_of,
        "origin_of": origin_of,
        "act_label": act_label,
        "role_label": role_label,
        "kind_label": kind_label,
        "session_kind": session_kind,
        "source_line": source_line,
        "public_line": public_line,
        "line_pairs": line_pairs,
        "goal_pairs": goal_pairs,
        "has_unsourced": has_unsourced,
        "has_promise": has_promise,
        "utc_offset": offset,
    }


@bp.errorhandler(CSRFError)
def stale(error: CSRFError) -> ResponseReturnValue:
    """A form that was open while somebody signed in again: the text is given back, to be sent once more."""
    return given_back(current_person(), stale=True) if has_text() else answer(error)


@bp.get("/meetings/<slug>/record")
@with_meeting(may=record_sessions)
def record(meeting: Meeting) -> ResponseReturnValue:
    """My sessions, each with a light and its counts; all the others for who records the whole meeting."""
    person = current_person()
    sessions = [*queries.sessions_recorded(meeting), *queries.noted_though_cancelled(meeting)]
    rows = standings(meeting, sessions, at=now())
    mine = [row for row in rows if any(role.person_id == person.id for role in row.rapporteurs)] if person else []
    others = [row for row in rows if row not in mine] if record_meeting(person, meeting) else []
    return render_template(
        "outcomes/record.html", meeting=meeting, mine=mine, others=others, runs=run_meeting(person, meeting)
    )


@bp.get("/meetings/<slug>/record/<code>")
@with_session(may=record_session)
def new(session: Session) -> ResponseReturnValue:
    """The capture screen, with what was being typed here before."""
    speakers = queries.speakers_of(session)
    unsaved = unsaved_of(session, current_person())
    wanted = {"role": request.args.get("speaker", ""), "turn": request.args.get("statement", "")}
    before = typed(draft_from(unsaved.content)) if unsaved else preset(session, speakers, **wanted)
    form = NoteForm(session, speakers, data={**before, **(held(unsaved) if unsaved else {"key": secret()})})
    return capture(session, form, unsaved)


@bp.post("/meetings/<slug>/record/<code>")
@with_session(may=record_session)
def create(session: Session) -> ResponseReturnValue:
    """Save a note and be ready for the next."""
    form, person, at = NoteForm(session, queries.speakers_of(session), request.form), current_person(), now()
    form.understand()
    if "suggest" in request.form:
        return capture(session, form)
    if not form.validate():
        return capture(session, form), 422
    try:
        with transaction():
            note = written(session, form, person, at)
    except Refused as refused:
        form.refuse(refused)
        return capture(session, form), 409
    if isinstance(note, KeptText):
        return two_texts(note)
    if FETCHED in request.headers:
        return kept(note, at)
    return redirect(url_for("outcomes.new", slug=session.meeting.slug, code=session.code), 303)


@bp.get("/meetings/<slug>/record/<code>/<int(max=99999):number>")
@with_note(may=record_session)
def edit(note: Note) -> ResponseReturnValue:
    """One note, to change it; with what was being made of it before, unless somebody wants to start from the note."""
    unsaved = change_of(note, current_person())
    fresh = {"key": secret(), "base": str(note.head)}
    data = {**typed(draft_from(unsaved.content)), **fresh, **held(unsaved)} if unsaved else None
    form = NoteForm(
        note.session, queries.speakers_of(note.session), data=data or {**typed(draft_of(note.current)), **fresh}
    )
    return editing(note, form, unsaved)


@bp.post("/meetings/<slug>/record/<code>/<int(max=99999):number>")
@with_note(may=record_session)
def update(note: Note) -> ResponseReturnValue:
    """Save the change, or show both texts where somebody else was faster."""
    form, person = NoteForm(note.session, queries.speakers_of(note.session), request.form), current_person()
    if "suggest" in request.form:
        return editing(note, form)
    if not form.validate():
        return editing(note, form), 422
    try:
        with transaction():
            corrigible(note, person)
            remark = form.remark.data or ""
            outcome = revise(
                note, form.draft(), base=base_of(form), by=person, at=now(), key=key_of(form), remark=remark
            )
    except Refused as refused:
        status = refuse(form, refused)
        return editing(note, form), status
    if isinstance(outcome, KeptText):
        return two_texts(outcome)
    where: dict[str, Any] = {"slug": note.session.meeting.slug, "code": note.session.code}
    if request.args.get("back") == "submission":  # it was missing there
        return redirect(url_for("closing.show", **where), 303)
    return redirect(url_for("outcomes.new", **where, _anchor=note.reference), 303)


def written(session: Session, form: NoteForm, by: Person | None, at: datetime) -> Note | KeptText:
    """The note that the form makes; what was taken back while it was on its way may be one already."""
    draft, key, taken_back = form.draft(), key_of(form), str(form.again.data or "")[:KEY]
    statement = statement_behind(session, draft, form.statement.data or "")
    if taken_back:
        return record_again(session, draft, taken_back=taken_back, by=by, at=at, key=key, statement=statement)
    return record_note(session, draft, by=by, at=at, key=key, statement=statement)


def two_texts(kept: KeptText) -> ResponseReturnValue:
    """To where somebody decides between two texts of one note."""
    session, number = kept.session, kept.note.number if kept.note else 0
    where: dict[str, Any] = {"slug": session.meeting.slug, "code": session.code, "number": number}
    return redirect(url_for("revisions.conflict", **where, kept_id=kept.id), 303)


@bp.get("/meetings/<slug>/outcomes")
@with_meeting(may=see_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every published note of this meeting, by session."""
    wish, by_session = Wish.of(request.args), dict[int, list[Note]]()
    notes = queries.public_notes_at(meeting)
    for note in notes:
        if wish.fits(note):
            by_session.setdefault(note.session_id, []).append(note)
    found = sum(map(len, by_session.values()))
    return render_template(
        "outcomes/index.html",
        meeting=meeting,
        groups=list(by_session.values()),
        wish=wish,
        total=len(notes),
        translations=translations_by_note(notes),
        found=found,
    )


@bp.get("/meetings/<slug>/sessions/<code>/notes")
@with_meeting(may=see_meeting)
def notes(meeting: Meeting, code: str) -> ResponseReturnValue:
    """The published notes of one session, with its summary once that is approved."""
    session = queries.session_at(meeting, code)
    if session is None or session.cancelled_at:
        abort(404)
    found = queries.public_notes(session)
    record = queries.record_of(session)
    return render_template(
        "outcomes/notes.html",
        meeting=meeting,
        session=session,
        notes=found,
        translations=translations_by_note(found),
        said=published_summary(session),
        names=presenter_names(session),
        came=Came.of(record.attendance if record else None, meeting),
    )


@bp.get("/meetings/record-worker.js")
@for_anyone
def worker() -> ResponseReturnValue:
    """The worker that keeps a capture screen in the browser; from here it may do so for the pages of meetings."""
    file = Path(str(current_app.static_folder)) / "outcomes" / "record-worker.js"
    answer = make_response(file.read_text(encoding="utf-8"))
    answer.mimetype = "text/javascript"
    answer.cache_control.no_cache = True  # asked about every time, so that nobody is left with an old one
    return answer


@bp.get("/outcomes/words.json")
@for_anyone
def suggesting() -> ResponseReturnValue:
    """The words that speak for action lines and goals, for the page that suggests without a network."""
    answer = make_response(shipped())  # as it is: the order of the tags decides between equals
    answer.mimetype = "application/json"
    answer.cache_control.public, answer.cache_control.max_age = True, 24 * 60 * 60
    return answer


def capture(session: Session, form: NoteForm, unsaved: KeptText | None = None) -> str:
    person, notes = current_person(), queries.notes_of(session)
    screen = Screen(session, form.action_lines.data or (), now())
    mine = [note.current.at for note in notes if person and note.current.by_id == person.id]
    return render_template(
        "outcomes/new.html",
        meeting=session.meeting,
        session=session,
        form=form,
        screen=screen,
        notes=notes,
        notes_heading=notes_heading(len(notes)),
        safe=on_the_clock(unsaved.at, session) if unsaved else "",
        saved=on_the_clock(max(mine), session) if mine else "",
        deleted=queries.deleted_notes_of(session),
        conflicts=queries.conflicts_of(session),
        asked="kept" in request.args,
        left_behind=[(one, draft_from(one.content)) for one in left_behind(session)],
    )


def editing(note: Note, form: NoteForm, unsaved: KeptText | None = None) -> str:
    screen = Screen(note.session, form.action_lines.data or (), now())
    return render_template(
        "outcomes/edit.html",
        meeting=note.session.meeting,
        session=note.session,
        note=note,
        form=form,
        screen=screen,
        corrects=correct_published(current_person(), note.session),
        unsaved=unsaved,
        anew="anew" in request.args,
    )


def kept(note: Note, at: datetime) -> Response:
    """The note as it stands in the list, for the module that sent it."""
    session = note.session
    heading = notes_heading(queries.number_of_notes(session))
    page = render_template("outcomes/_kept.html", note=note, meeting=session.meeting, session=session, heading=heading)
    return said_at(make_response(page, 201), session, at)


def notes_heading(count: int) -> str:
    return ngettext("%(num)s note in this session", "%(num)s notes in this session", count)

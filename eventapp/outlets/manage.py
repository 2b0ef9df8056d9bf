"""Outlets for those who send them: what each form has, what it lacks, and its files."""

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import figure
from eventapp.ground.web import downloads
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.ground.web.paging import page_of
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.outlets.chosen.actions import choose, choose_none
from eventapp.outlets.papers import Kind, Paper
from eventapp.outlets.session_reports import SESSION_REPORTS, paper_of_session, reports_in_list
from eventapp.outlets.sheets.questions import SHEET_FORMS
from eventapp.outlets.submissions import KINDS, OUTLETS, TABLE, why_not
from eventapp.outlets.table import links, page_of_links, table_file
from eventapp.outlets.takeaways import (
    MOST,
    SESSION_TAKEAWAYS,
    TWO,
    OneSession,
    Wanted,
    takeaways_in_list,
    takeaways_of_session,
)
from eventapp.people.current import current_person
from eventapp.practices.queries import number_agreed
from eventapp.review.editor.forms import PolicyForm
from eventapp.review.formats.page import WORDS
from eventapp.review.formats.writers import FORMATS, written
from eventapp.review.paged.laying_out import on_one_page
from eventapp.review.reports.noted import number_cleared
from eventapp.review.reports.queries import codes_held
from eventapp.review.reports.rules import edit_review
from eventapp.review.tasks.queries import is_large
from eventapp.vocabulary.notes import CEILINGS

bp = Blueprint("outlets", __name__, url_prefix="/meetings/<slug>/review/outlets")

A_PAGE = 10  # sessions: each note of theirs is told, to say which are withheld
STANDARD_POLICY = "organization"
TABLES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
CHOICE = ("form", "policy", "takeaways", "calls", "chosen", "note")  # what an address says of a session's report
SESSION_KINDS = {one.name: one for one in (SESSION_TAKEAWAYS, SESSION_REPORTS)}


@bp.get("")
@with_meeting(may=edit_review)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every outlet, with its preview and its files. ?policy= says how much of a source is said."""
    return render_template(
        "outlets/index.html",
        meeting=meeting,
        kinds=[KINDS[name] for name in OUTLETS],
        unfit={name: why_not(meeting, name) for name in (*OUTLETS, *SHEET_FORMS, TABLE)},
        notes=number_cleared(meeting),
        waits=is_large(meeting),
        forms=[(form, number_agreed(meeting, form.name)) for form in SHEET_FORMS.values()],
        form=PolicyForm(policy=chosen_policy()),
        policy=chosen_policy(),
    )


@bp.get(f"/{TABLE}")
@with_meeting(may=edit_review)
def lines_and_goals(meeting: Meeting) -> ResponseReturnValue:
    """The table of action lines and goals, each link with its reason, page by page."""
    if why_not(meeting, TABLE):
        return to_list(meeting)
    return render_template(
        "outlets/table.html",
        meeting=meeting,
        listing=page_of_links(meeting, request.args.get("page")),
        policy=STANDARD_POLICY,
        waits=is_large(meeting),
    )


@bp.get("/<outlet>")
@with_meeting(may=edit_review)
def show(meeting: Meeting, outlet: str) -> ResponseReturnValue:
    """One form as it would be sent now; of a large meeting, whose form has 40 MB, the list has the worker's files."""
    if outlet not in OUTLETS:
        abort(404)
    if why_not(meeting, outlet) or is_large(meeting):
        return to_list(meeting)
    paper = filled_form(meeting, outlet)
    return render_template(
        "outlets/show.html",
        meeting=meeting,
        paper=paper,
        text=paper.text,
        outlet=outlet,
        policy=chosen_policy(),
        **on_one_page(paper.text),
        **WORDS,
    )


@bp.get(f"/<outlet>.<any({', '.join(FORMATS)}):ending>")
@with_meeting(may=edit_review)
def download(meeting: Meeting, outlet: str, ending: str) -> ResponseReturnValue:
    """The form as a file; the worker makes that of a large meeting, and the list has the buttons."""
    if why_not(meeting, outlet) or is_large(meeting):
        return to_list(meeting)
    paper = filled_form(meeting, outlet)
    name = f"{meeting.slug}-{outlet}.{ending}"
    return downloads.download(name, FORMATS[ending].media_type, written(paper.text, ending))


@bp.get(f"/table.<any({', '.join(TABLES)}):ending>")
@with_meeting(may=edit_review)
def table(meeting: Meeting, ending: str) -> ResponseReturnValue:
    """The table of action lines and goals with its reasons, as a file; as `download` where the meeting is large."""
    if why_not(meeting, TABLE) or is_large(meeting):
        return to_list(meeting)
    content = table_file(meeting.slug, links(meeting), ending)
    return downloads.download(f"{meeting.slug}-action-lines-goals.{ending}", TABLES[ending], content)


def to_list(meeting: Meeting) -> ResponseReturnValue:
    """Lead from a form that cannot be filled from this meeting to the list, which says why."""
    return redirect(url_for("outlets.index", slug=meeting.slug), HTTPStatus.SEE_OTHER)


@bp.get("/sessions")
@with_meeting(may=edit_review)
def sessions(meeting: Meeting) -> ResponseReturnValue:
    """The report of each session: what it lacks, and its files. ?form= is which of the two forms."""
    listing = page_of(codes_held(meeting), request.args.get("page"), most=A_PAGE)
    kind = chosen_kind()
    found = takeaways_in_list if kind == SESSION_TAKEAWAYS else reports_in_list
    return render_template(
        "outlets/sessions.html",
        meeting=meeting,
        listing=listing,
        reports=found(meeting, chosen_policy(), listing.rows),
        kind=kind,
        waits=is_large(meeting),
        kinds=SESSION_KINDS.values(),
        form=PolicyForm(policy=chosen_policy()),
        policy=chosen_policy(),
    )


@bp.get("/sessions/<code>")
@with_meeting(may=edit_review)
def session(meeting: Meeting, code: str) -> ResponseReturnValue:
    """The report of one session as it would be sent now. ?takeaways=, ?calls= and ?note= say what stands in it."""
    return session_page(meeting, code, report_of_session(meeting, code), chosen_kind())


def session_page(meeting: Meeting, code: str, found: OneSession, kind: Kind, refused: Form | None = None) -> str:
    """Return the page of a session's report; `refused` says what could not be kept."""
    return render_template(
        "outlets/show.html",
        meeting=meeting,
        paper=found.paper,
        text=found.paper.text,
        code=code,
        kind=kind,
        candidates=found.candidates,
        found=found,
        refused=refused,
        choice={name: request.args.getlist(name) for name in CHOICE if name in request.args},
        policy=chosen_policy(),
        **on_one_page(found.paper.text),
        **WORDS,
    )


@bp.post("/sessions/<code>/takeaways")
@with_meeting(may=edit_review)
def choosing(meeting: Meeting, code: str) -> ResponseReturnValue:
    """Keep what is ticked to stand in the report of this session; `best` lets the best supported stand again."""
    found, form = takeaways_at(meeting, code), Form()
    row, notes = found.session or abort(404), request.form.getlist("note")
    if "best" in request.form:
        attempt(form, lambda: choose_none(row, by=current_person(), at=now()))
    else:
        attempt(form, lambda: choose(row, notes, found.offered, by=current_person(), at=now()))
    if form.refused:
        ticked = tuple(replace(one, is_chosen=one.reference in notes) for one in found.candidates)
        found = replace(found, candidates=ticked)
        return session_page(meeting, code, found, SESSION_TAKEAWAYS, form), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("The best supported ones stand in it.") if "best" in request.form else _("The choice is saved."), "ok")
    address = url_for(".session", slug=meeting.slug, code=code, form=SESSION_TAKEAWAYS.name, policy=chosen_policy())
    return redirect(address, HTTPStatus.SEE_OTHER)


@bp.get(f"/sessions/<code>.<any({', '.join(FORMATS)}):ending>")
@with_meeting(may=edit_review)
def session_file(meeting: Meeting, code: str, ending: str) -> ResponseReturnValue:
    """The report of one session as a file."""
    paper = report_of_session(meeting, code).paper
    name = f"{meeting.slug}-{'takeaways' if chosen_kind() == SESSION_TAKEAWAYS else 'session'}-{code}.{ending}"
    return downloads.download(name, FORMATS[ending].media_type, written(paper.text, ending))


def report_of_session(meeting: Meeting, code: str) -> OneSession:
    if chosen_kind() == SESSION_TAKEAWAYS:
        return takeaways_at(meeting, code)
    policy, on = chosen_policy(), now().astimezone(meeting.tz).date()
    return OneSession(paper_of_session(meeting, code, policy=policy, on=on) or abort(404))


def takeaways_at(meeting: Meeting, code: str) -> OneSession:
    on = now().astimezone(meeting.tz).date()
    return takeaways_of_session(meeting, code, policy=chosen_policy(), on=on, wanted=wanted()) or abort(404)


def wanted() -> Wanted:
    """Return what the address asks for: how many of each, or, with ?chosen=, the notes that were ticked."""
    takeaways, calls = (
        min(figure(asked), MOST) if asked else TWO for asked in map(request.args.get, ("takeaways", "calls"))
    )
    notes = frozenset(request.args.getlist("note")) if "chosen" in request.args else None
    return Wanted(takeaways, calls, notes)


def chosen_kind() -> Kind:
    """Return the form of session reports that the address names; the older one where it names none."""
    return SESSION_KINDS.get(request.args.get("form", ""), SESSION_REPORTS)


def filled_form(meeting: Meeting, outlet: str) -> Paper:
    fill = OUTLETS.get(outlet) or abort(404)
    return fill(meeting, policy=chosen_policy(), on=now().astimezone(meeting.tz).date())


def chosen_policy() -> str:
    asked = request.args.get("policy", STANDARD_POLICY)
    return asked if asked in CEILINGS else STANDARD_POLICY

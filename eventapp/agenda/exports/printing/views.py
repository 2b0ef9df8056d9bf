"""Prints of the published agenda for everybody; those of a long one are asked for, looked at while they are made, and
fetched.
"""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.exports.printing.making import (
    AGENDA,
    GLANCE,
    POCKET,
    PROGRAMME,
    SHEETS,
    asked_for,
    is_made_apart,
    sheet_of,
    wanted_of,
)
from eventapp.agenda.models import Release
from eventapp.agenda.queries import agenda_of, newest_release
from eventapp.agenda.views import cached
from eventapp.ground.clock import now
from eventapp.ground.jobs.leased import DONE
from eventapp.ground.text.i18n import _, language
from eventapp.ground.typesetting import pdf_by
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.downloads import download
from eventapp.ground.web.forms import Form
from eventapp.ground.web.requests.shared_caches import same_for_visitors
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.actions import order, stop
from eventapp.meetings.prepared.queries import content_of
from eventapp.meetings.rules import run_meeting, see_meeting
from eventapp.people.current import current_person

bp = Blueprint("agenda_prints", __name__, url_prefix="/meetings/<slug>")
NAMES = {PROGRAMME: "agenda", GLANCE: "at-a-glance", POCKET: "pocket"}
A_PRINT = f"/agenda/print/<any({', '.join(SHEETS)}):kind>"


@bp.get("/agenda.pdf")
@with_meeting(may=see_meeting)
@same_for_visitors
def programme(meeting: Meeting) -> ResponseReturnValue:
    """The newest release to print."""
    return print_of(meeting, PROGRAMME)


@bp.get("/agenda-at-a-glance.pdf")
@with_meeting(may=see_meeting)
@same_for_visitors
def glance(meeting: Meeting) -> ResponseReturnValue:
    """The newest release to print: one page for each day."""
    return print_of(meeting, GLANCE)


@bp.get("/agenda-pocket.pdf")
@with_meeting(may=see_meeting)
@same_for_visitors
def pocket(meeting: Meeting) -> ResponseReturnValue:
    """The newest release to print, fold and put in a pocket: eight small pages on one sheet."""
    return print_of(meeting, POCKET)


def print_of(meeting: Meeting, kind: str) -> ResponseReturnValue:
    """The print; of a long agenda as the worker made it, or the way to the page that asks for it."""
    release, name = release_or_404(meeting), f"{meeting.slug}-{NAMES[kind]}.pdf"
    row = asked_for(meeting, wanted_of(release, kind))
    if not row and not is_made_apart(agenda_of(meeting, release)):
        content = pdf_by(*sheet_of(meeting, release, kind))
        return cached(meeting, release, download(name, "application/pdf", content, inline=True))
    where = ".fetch" if row and row.state == DONE else ".show"
    answer = redirect(url_for(where, slug=meeting.slug, kind=kind, language=language()))
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


@bp.get(f"{A_PRINT}/file")
@with_meeting(may=see_meeting)
def fetch(meeting: Meeting, kind: str) -> ResponseReturnValue:
    """The print as the worker made it; where there is none, the way to the page that asks for it."""
    release = release_or_404(meeting)
    row = asked_for(meeting, wanted_of(release, kind))
    if row is None or row.state != DONE:  # of a version that is not the newest any more, or kept no longer
        return redirect(url_for(".show", slug=meeting.slug, kind=kind, language=language()))
    name = f"{meeting.slug}-{NAMES[kind]}.pdf"
    answer = download(name, "application/pdf", content_of(row), inline=True, size=row.size)
    return cached(meeting, release, answer, marked=False)


@bp.get(A_PRINT)
@with_meeting(may=see_meeting)
def show(meeting: Meeting, kind: str) -> ResponseReturnValue:
    """How far the worker is with a print, and where it is fetched."""
    release = release_or_404(meeting)
    row = asked_for(meeting, wanted_of(release, kind))
    if not row and not is_made_apart(agenda_of(meeting, release)):
        return redirect(at_once(meeting, kind))
    titles = {PROGRAMME: _("Full programme"), GLANCE: _("One page a day"), POCKET: _("To fold for a pocket")}
    words = {"row": row, "release": release, "title": titles[kind]}
    place = {"slug": meeting.slug, "kind": kind, "language": language()}
    answer = render_template("agenda/print.html", meeting=meeting, fetch=at_once(meeting, kind), place=place, **words)
    return answer, {"Cache-Control": "no-store, private"}


@bp.post(A_PRINT)
@with_meeting(may=see_meeting, even_closed=True)
def create(meeting: Meeting, kind: str) -> ResponseReturnValue:
    """Ask the worker for the print, unless it is there already, and look on."""
    release = release_or_404(meeting)
    wanted = wanted_of(release, kind)
    before = asked_for(meeting, wanted)
    if is_made_apart(agenda_of(meeting, release)) and not (before and before.state == DONE):
        attempt(Form(), lambda: order(meeting, AGENDA, wanted.key, by=current_person(), at=now()))
    return redirect(url_for(".show", slug=meeting.slug, kind=kind, language=language()), 303)


@bp.post(f"{A_PRINT}/stop")
@with_meeting(may=run_meeting, even_closed=True)
def stopping(meeting: Meeting, kind: str) -> ResponseReturnValue:
    """Stop what the worker has not made yet; whoever reads the agenda may ask for it again."""
    row = asked_for(meeting, wanted_of(release_or_404(meeting), kind))
    if row:
        attempt(Form(), lambda: stop(row, by=current_person() or abort(404), at=now()))
    return redirect(url_for(".show", slug=meeting.slug, kind=kind, language=language()), 303)


def release_or_404(meeting: Meeting) -> Release:
    return newest_release(meeting) or abort(404)


def at_once(meeting: Meeting, kind: str) -> str:
    return url_for(f".{kind}", slug=meeting.slug, language=language())

"""What came in by the links of parts, for organizers: seen, shown to whom, taken down; and asked for by letter."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from eventapp.documents.actions import remove_document
from eventapp.documents.kinds import AUDIENCES
from eventapp.documents.material.actions import ask_for_material, note_seen, set_audience
from eventapp.documents.material.queries import came_in, handed_in, without_material
from eventapp.documents.queries import files_of, places_of
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.web.paging import page_in_sql
from eventapp.mail.asking import ONE_PRESS, ask_many
from eventapp.meetings.access import with_meeting, with_row
from eventapp.meetings.models import Document, Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person

bp = Blueprint("material_manage", __name__, url_prefix="/meetings/<slug>/manage/agenda/material")

A_PAGE = 50


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """What came in, the newest first, with `?new=1` what nobody has seen; and how many have handed in nothing."""
    only_new = request.args.get("new") == "1"
    page = page_in_sql(came_in(meeting, only_new=only_new), request.args.get("page"), most=A_PAGE)
    return render_template(
        "documents/material/manage.html",
        meeting=meeting,
        came=page,
        only_new=only_new,
        places=places_of(page.rows),
        files=files_of(page.rows),
        audiences=AUDIENCES,
        unasked=how_many(meeting, again=False),
        silent=how_many(meeting, again=True),
        at_once=ONE_PRESS,
    )


@bp.post("/letters")
@with_meeting(may=run_meeting)
def ask(meeting: Meeting) -> ResponseReturnValue:
    """Write to who has handed in nothing: those never asked, or those asked before."""
    again = request.form.get("again") == "1"
    by, at = current_person(), now()
    ask_many(lambda most: ask_for_material(meeting, again=again, most=most, by=by, at=at))
    return redirect(url_for(".index", slug=meeting.slug), 303)


@bp.post("/seen")
@with_meeting(may=run_meeting)
def see(meeting: Meeting) -> ResponseReturnValue:
    """Note that all of it was seen."""
    with transaction():
        note_seen(meeting, at=now())
    return redirect(url_for(".index", slug=meeting.slug), 303)


@bp.post("/<int:number>/audience")
@with_row(handed_in, may=run_meeting)
def show_to(document: Document) -> ResponseReturnValue:
    """Let everybody open it, or participants and staff alone."""
    audience = request.form.get("audience", "")
    if audience not in AUDIENCES:
        abort(400)
    with transaction():
        set_audience(document, audience, by=current_person(), at=now())
    return redirect(f"{url_for('.index', slug=document.meeting.slug)}#piece-{document.id}", 303)


@bp.post("/<int:number>/removal")
@with_row(handed_in, may=run_meeting)
def remove(document: Document) -> ResponseReturnValue:
    """Take it down, with every version of it."""
    slug = document.meeting.slug
    with transaction():
        remove_document(document, by=current_person(), at=now())
    return redirect(url_for(".index", slug=slug), 303)


def how_many(meeting: Meeting, *, again: bool) -> int:
    """How many parts the next letters would go to, at most."""
    query = without_material(meeting, again=again).order_by(None).options()
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0

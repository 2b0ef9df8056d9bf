"""Choosing the columns of the list, and the views that organizers keep."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.registration.lists.answer_columns import columns_of
from eventapp.registration.lists.columns import ON_THE_PAGE, chosen
from eventapp.registration.lists.listing import Look, read_look
from eventapp.registration.manage import me
from eventapp.registration.saved.actions import remove_view, save_view
from eventapp.registration.saved.forms import ViewForm
from eventapp.registration.saved.queries import saved_view, saved_views

bp = Blueprint("saved_views", __name__, url_prefix="/meetings/<slug>/manage/registrations/columns")


@bp.get("")
@with_meeting(may=run_meeting)
def choose(meeting: Meeting) -> ResponseReturnValue:
    """The columns of the list that the address asks for, to tick."""
    look = read_look(request.args)
    return page_of(meeting, look, ViewForm(None, columns_of(meeting), columns=chosen(look.columns) or ON_THE_PAGE))


@bp.post("")
@with_meeting(may=run_meeting)
def show(meeting: Meeting) -> ResponseReturnValue:
    """Show the list with these columns, or keep it as a view too."""
    look = read_look(request.form)
    keeps = request.form.get("do") == "keep" or bool(request.form.get("name", "").strip())  # by Enter
    form = ViewForm(request.form, columns_of(meeting), keeps=keeps)
    if not form.validate():
        return page_of(meeting, look, form), 422
    address = look.address(columns=",".join(form.chosen), page=1)
    if keeps:
        name = form.name.data
        attempt(form, lambda: save_view(meeting, name, dict(address), by=me(), at=now()))
        if form.refused:
            return page_of(meeting, look, form), 409
        flash(_("The view “%(name)s” is kept.", name=name), "ok")
    return redirect(url_for("registration_manage.index", slug=meeting.slug, **address), 303)


@bp.post("/<int:view>/removal")
@with_meeting(may=run_meeting)
def remove(meeting: Meeting, view: int) -> ResponseReturnValue:
    row = saved_view(meeting, view) or abort(404)
    name = row.name
    with transaction():
        remove_view(meeting, row, by=me(), at=now())
    flash(_("The view “%(name)s” is taken away.", name=name), "ok")
    return redirect(url_for("registration_manage.index", slug=meeting.slug), 303)


def page_of(meeting: Meeting, look: Look, form: ViewForm) -> str:
    page = {"look": look, "form": form, "kept_views": saved_views(meeting)}
    return render_template("registration/columns.html", meeting=meeting, **page)

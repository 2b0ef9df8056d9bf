"""Photographs as organizers check them, and what the meeting asks of them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.text.i18n import _, ngettext
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.editing.edited import edited
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.registration.manage import me
from eventapp.registration.photographs.actions import accept, ask_again, set_standard
from eventapp.registration.photographs.forms import AgainForm, StandardForm, standard_form
from eventapp.registration.photographs.queries import (
    TABS,
    TO_CHECK,
    checks_of,
    checks_photographs,
    listed,
    tab_counts,
)

bp = Blueprint("photographs", __name__, url_prefix="/meetings/<slug>/manage/photographs")


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """The photographs that nobody has checked, and by tabs the others."""
    return page_of(meeting, AgainForm())


@bp.post("/accepted")
@with_meeting(may=run_meeting)
def accept_them(meeting: Meeting) -> ResponseReturnValue:
    """One photograph, or all that the page showed."""
    numbers = [figure(number) for number in request.form.getlist("photograph")[:100]]
    with transaction():
        count = accept(meeting, numbers, by=me(), at=now())
    flash(ngettext("%(num)s photograph is accepted.", "%(num)s photographs are accepted.", count), "ok")
    return back(meeting)


@bp.post("/again")
@with_meeting(may=run_meeting)
def ask(meeting: Meeting) -> ResponseReturnValue:
    """Ask one person for another photograph."""
    form = AgainForm(request.form)
    if not form.validate():
        return page_of(meeting, form), 422
    name = attempt(
        form,
        lambda: ask_again(meeting, form.number, form.reason.data or "", by=me(), at=now()).record_name,
    )
    if name is None:
        return page_of(meeting, form), 409
    flash(_("%(name)s is asked for another photograph by letter.", name=name), "ok")
    return back(meeting)


@bp.get("/standard")
@with_meeting(may=run_meeting)
def standard(meeting: Meeting) -> ResponseReturnValue:
    """The shape, the least size, and whether they are checked."""
    return settings_page(meeting, standard_form(meeting))


@bp.post("/standard")
@with_meeting(may=run_meeting)
def update_standard(meeting: Meeting) -> ResponseReturnValue:
    form = standard_form(meeting, request.form)

    def save() -> None:
        set_standard(meeting, form.asked, by=me(), at=now())
        flash(_("Saved."), "ok")

    return edited(
        form,
        lambda: standard_form(meeting),
        save,
        lambda: settings_page(meeting, form),
        url_for(".standard", slug=meeting.slug),
        held=meeting,
    )


def page_of(meeting: Meeting, form: AgainForm) -> str:
    tab = tab_now()
    listing = listed(meeting, tab, request.args.get("page"))
    return render_template(
        "registration/photographs/index.html",
        meeting=meeting,
        form=form,
        tab_now=tab,
        tabs=TABS,
        counts=tab_counts(meeting),
        listing=listing,
        checks=checks_of([one.id for one in listing.rows]),
        is_checked=checks_photographs(meeting),
    )


def settings_page(meeting: Meeting, form: StandardForm) -> str:
    return render_template("registration/photographs/standard.html", meeting=meeting, form=form)


def tab_now() -> str:
    tab = request.args.get("tab", TO_CHECK)
    return tab if tab in TABS else TO_CHECK


def back(meeting: Meeting) -> ResponseReturnValue:
    """To the tab that the button was pressed on."""
    tab = tab_now()
    return redirect(url_for(".index", slug=meeting.slug, tab=tab if tab != TO_CHECK else None), 303)

"""The statements and presentations within a session, for organizers and for who edits its texts by a part in it."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.queries import parts_in
from eventapp.agenda.rights.access import with_session_to_edit
from eventapp.agenda.rights.content import TEXT
from eventapp.agenda.rights.queries import Opened
from eventapp.agenda.running.forms import RunningForm, form_for
from eventapp.agenda.sessions.running import set_sub_items
from eventapp.ground.clock import now
from eventapp.ground.web.editing.both_versions import mark_of
from eventapp.ground.web.editing.edited import edited
from eventapp.people.current import current_person

bp = Blueprint("running_order", __name__, url_prefix="/meetings/<slug>/sessions/<code>/running-order")


@bp.get("/edit")
@with_session_to_edit(TEXT)
def edit(opened: Opened) -> ResponseReturnValue:
    """The rows as they stand, and blank ones."""
    form = form_of(opened)
    form.seen.data = mark_of(form)
    return page(opened, form)


@bp.post("/edit")
@with_session_to_edit(TEXT)
def update(opened: Opened) -> ResponseReturnValue:
    """Let the session have the rows that were typed, in the order of their numbers. A row without a title goes."""
    session, form = opened.session, form_of(opened, typed=True)

    def save() -> None:
        set_sub_items(session, form.sub_items(), by=current_person(), at=now())

    return edited(
        form,
        lambda: form_of(opened),
        save,
        lambda: page(opened, form),
        url_for(".edit", slug=session.meeting.slug, code=session.code),
        held=session,
    )


def form_of(opened: Opened, *, typed: bool = False) -> RunningForm:
    people = dict.fromkeys(one.name for one in parts_in(opened.session) if one.holds)
    return form_for(opened.session, list(people), request.form if typed else None)


def page(opened: Opened, form: RunningForm) -> str:
    session = opened.session
    return render_template("agenda/rights/running.html", meeting=session.meeting, session=session, form=form)

"""Sign-up for one session, for organizers: how many places, until when, and who took them."""

from collections.abc import Sequence

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import Session
from eventapp.agenda.queries import session_at
from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.text.dates import local
from eventapp.ground.text.i18n import _
from eventapp.ground.text.worded import worded
from eventapp.ground.web.downloads import download
from eventapp.ground.web.editing.edited import edited
from eventapp.ground.web.paging import page_in_sql
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.my_agenda.models import IN_LINE, SIGNED, SignUp
from eventapp.my_agenda.queries import counts, listed
from eventapp.my_agenda.sign_up.actions import set_sign_up
from eventapp.my_agenda.sign_up.forms import SignUpForm
from eventapp.people.current import current_person
from eventapp.registration.lists.sheets import csv_of

bp = Blueprint("sign_ups", __name__, url_prefix="/meetings/<slug>/manage/agenda/sessions/<code>")
A_PAGE = 50


@bp.get("/sign-up")
@with_meeting(may=run_meeting)
def index(meeting: Meeting, code: str) -> ResponseReturnValue:
    """The places of a session, who has one and who stands in line."""
    session = session_at(meeting, code) or abort(404)
    return page(session, SignUpForm(None, session))


@bp.post("/sign-up")
@with_meeting(may=run_meeting)
def update(meeting: Meeting, code: str) -> ResponseReturnValue:
    session = session_at(meeting, code) or abort(404)
    form = SignUpForm(request.form, session)

    def save() -> None:
        set_sign_up(session, form.places.data, form.closes, by=current_person(), at=now())

    return edited(
        form,
        lambda: SignUpForm(None, session),
        save,
        lambda: page(session, form),
        url_for(".index", slug=meeting.slug, code=code),
        held=meeting,
    )


@bp.get("/sign-up.csv")
@with_meeting(may=run_meeting)
def as_csv(meeting: Meeting, code: str) -> ResponseReturnValue:
    """All of them as CSV."""
    session = session_at(meeting, code) or abort(404)
    head = [_("Number"), _("Name"), _("Represents"), _("Type"), _("Email"), _("Sign-up"), _("Since")]
    lines = (cells(one) for one in db.session.scalars(listed(session)))
    return download(f"{meeting.slug}-{code}-sign-up.csv", "text/csv", csv_of(head, lines))


def cells(one: SignUp) -> Sequence[str]:
    who = one.registration
    state = _("signed up") if one.state == SIGNED else _("in line")
    since = local(one.at, one.session.meeting.zone).isoformat(timespec="minutes")
    kind = worded(who.category, "name")
    return [who.reference, who.record_name, who.delegation.label, kind, who.person.email, state, since]


def page(session: Session, form: SignUpForm) -> str:
    counted = counts([session])
    return render_template(
        "my_agenda/sign_ups.html",
        meeting=session.meeting,
        session=session,
        form=form,
        listing=page_in_sql(listed(session), request.args.get("page"), most=A_PAGE),
        signed=counted.get((session.id, SIGNED), 0),
        in_line=counted.get((session.id, IN_LINE), 0),
    )

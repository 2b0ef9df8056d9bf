"""Sign-up for one session, for organizers: how many places, until when, and who took them."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import Session
from eventapp.agenda.queries import session_at
from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _
from eventapp.ground.web.editing.edited import edited
from eventapp.ground.web.paging import page_in_sql
from eventapp.history.actions import record
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.exports.manage import Export
from eventapp.meetings.rules import run_meeting
from eventapp.my_agenda.models import IN_LINE, SIGNED
from eventapp.my_agenda.queries import counts, listed
from eventapp.my_agenda.sign_up.actions import set_sign_up
from eventapp.my_agenda.sign_up.exporting import SIGN_UPS, read_sign_ups
from eventapp.my_agenda.sign_up.forms import SignUpForm
from eventapp.people.current import current_person

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
    return LIST.answer(meeting, "csv", code=code)


def asked(meeting: Meeting, code: str) -> Record:
    """The session that the address names."""
    return {"session": (session_at(meeting, code) or abort(404)).id, "code": code}


def named(meeting: Meeting, wanted: Record) -> tuple[str, str]:
    return _("Sign-up"), f"{meeting.slug}-{wanted['code']}-sign-up"


def back(meeting: Meeting, wanted: Record) -> tuple[str, str]:
    return url_for("sign_ups.index", slug=meeting.slug, code=wanted["code"]), _("Back to the list")


def taken(_meeting: Meeting, found: Record) -> None:
    """Write down that somebody took names and addresses along."""
    session = db.session.get_one(Session, found["session"])
    record("took the list along", session, by=current_person(), at=now(), lines=found["lines"])


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


LIST = Export(SIGN_UPS, asked, read_sign_ups, named, back, taken, "agenda")
LIST.pages(bp, "/sign-up/files")

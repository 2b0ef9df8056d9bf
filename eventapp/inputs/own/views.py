"""Writing an input behind its link: kept as it is typed, sent when ready, corrected or taken back in time."""

from datetime import datetime

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.drafts.models import Draft
from eventapp.drafts.protocol import sent
from eventapp.drafts.text_page import TextPage
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.inputs.actions import MAY_WRITE, begin, keep, put_file, send, show_publicly, withdraw
from eventapp.inputs.answers.queries import full_in_inputs, shown_of_input
from eventapp.inputs.content import LINE_LIMIT, OVERVIEW_LIMIT, contribution_from
from eventapp.inputs.entry import own_token
from eventapp.inputs.files import read, served
from eventapp.inputs.models import LINK, Input
from eventapp.inputs.own.forms import AskingForm, form_for
from eventapp.inputs.queries import call_of, file_of, input_of
from eventapp.links.access import with_link
from eventapp.registration.entry import OWN
from eventapp.registration.models import Registration

bp = Blueprint("writing", __name__)


@bp.get("/registrations/<token>/input")
@with_link(OWN)
def offer(registration: Registration, token: str) -> ResponseReturnValue:
    """What is asked and until when, with a button that begins the input or goes on with it."""
    return offered(registration, token)


@bp.post("/registrations/<token>/input")
@with_link(OWN)
def create(registration: Registration, token: str) -> ResponseReturnValue:
    form = Form()
    secret = attempt(form, lambda: own_token(begin(registration, at=now()), registration, at=now()))
    if secret is None:
        return offered(registration, token, form.refusal), 409
    return redirect(url_for(".show", token=secret), 303)


@bp.get("/inputs/<token>")
@with_link(LINK)
def show(written: Input, token: str) -> ResponseReturnValue:
    """The input, to write or, once the deadline has passed, to read."""
    return page_of(written, token, form_for(written))


@bp.post("/inputs/<token>")
@with_link(LINK)
def update(written: Input, token: str) -> ResponseReturnValue:
    return PAGE.update(written, token)


@bp.post("/inputs/<token>/draft")
@with_link(LINK)
def draft(written: Input, token: str) -> ResponseReturnValue:
    return PAGE.keep_typed(written, written.meeting.tz)


@bp.post("/inputs/<token>/file")
@with_link(LINK)
def attach(written: Input, token: str) -> ResponseReturnValue:
    return PAGE.attach(written)


@bp.post("/inputs/<token>/withdrawal")
@with_link(LINK)
def give_up(written: Input, token: str) -> ResponseReturnValue:
    """Take the input back; its text stays as a draft."""
    form = form_for(written)
    attempt(form, lambda: withdraw(written, at=now()))
    if form.refused:
        return page_of(written, token, form), 409
    return redirect(url_for(".show", token=token), 303)


@bp.post("/inputs/<token>/consent")
@with_link(LINK)
def consent(written: Input, token: str) -> ResponseReturnValue:
    """Show the input on the page of the meeting, or not any more: at any time."""
    with transaction():
        show_publicly(written, yes="public" in request.form, at=now())
    return redirect(url_for(".show", token=token), 303)


@bp.get("/inputs/<token>/file")
@with_link(LINK)
def file(written: Input, token: str) -> ResponseReturnValue:
    return served(file_of(written) or abort(404), written)


def keep_typed(written: Input, form: AskingForm, at: datetime) -> Draft | None:
    return keep(written, form.contribution(), sent(), at=at, public=form.public.data, answers=form.answers())


def send_typed(written: Input, form: AskingForm, token: str, at: datetime) -> None:
    how = {"public": form.public.data, "answers": form.answers(), "token": token}
    send(written, form.contribution(), sent(), at=at, **how)


def is_open(written: Input) -> bool:
    call = call_of(written.meeting)
    return call is not None and call.is_open(now())


def offered(registration: Registration, token: str, refusal: str = "") -> str:
    return render_template(
        "inputs/offer.html",
        registration=registration,
        meeting=registration.meeting,
        call=call_of(registration.meeting),
        at=now(),
        written=input_of(registration.person, registration.meeting),
        may_write=registration.state_now(now()) in MAY_WRITE,
        token=token,
        refusal=refusal,
    )


def page_of(written: Input, token: str, form: AskingForm) -> str:
    return render_template(
        "inputs/write.html",
        written=written,
        meeting=written.meeting,
        token=token,
        form=form,
        call=call_of(written.meeting),
        is_open=is_open(written),
        said=contribution_from(written.content),
        file=file_of(written),
        full=full_in_inputs(written.meeting) if form.asked.has_places else {},
        answers=shown_of_input(written) if written.sent_at else (),
        line_limit=LINE_LIMIT,
        overview_limit=OVERVIEW_LIMIT,
    )


PAGE = TextPage(
    form=form_for,
    read=read,
    show=page_of,
    keep=keep_typed,
    send=send_typed,
    put_file=lambda written, file, at: put_file(written, file, at=at),
)

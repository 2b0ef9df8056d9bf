"""Writing an input behind its link: kept as it is typed, sent when ready, corrected or taken back in time."""

from dataclasses import replace
from datetime import datetime

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.drafts.models import Draft
from eventapp.drafts.protocol import PLAIN, sent
from eventapp.drafts.text_page import TextPage
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt, refusal_from
from eventapp.ground.web.forms import Form, Typed
from eventapp.ground.web.uploads import Unfit, uploaded
from eventapp.inputs.actions import MAY_WRITE, begin, keep, put_file, send, show_publicly, withdraw
from eventapp.inputs.answers.queries import file_in_form, files_of_answers, full_in_inputs, shown_of_input
from eventapp.inputs.content import LINE_LIMIT, OVERVIEW_LIMIT, contribution_from
from eventapp.inputs.entry import own_token
from eventapp.inputs.files import answer_served, read, served
from eventapp.inputs.models import LINK, Input
from eventapp.inputs.own.files import put_answers, put_typed
from eventapp.inputs.own.forms import AskingForm, form_for
from eventapp.inputs.queries import call_of, file_of, input_of
from eventapp.links.access import with_link
from eventapp.questions.kinds import FILE
from eventapp.registration.entry import OWN
from eventapp.registration.forms.questions import PREFIX
from eventapp.registration.models import Registration
from eventapp.registration.uploads.answered import hold_answers, open_answers, taken

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
    return replace(PAGE, form=form_for).keep_typed(written, written.meeting.tz)  # without files


@bp.post("/inputs/<token>/file")
@with_link(LINK)
def attach(written: Input, token: str) -> ResponseReturnValue:
    """Keep the document, or the file that answers a question, as soon as it is chosen."""
    if "file" in request.files:
        return PAGE.attach(written)
    return attached(written, form_for(written, request.form), now())


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


@bp.get("/inputs/<token>/answers/<code>")
@with_link(LINK)
def answer_file(written: Input, token: str, code: str) -> ResponseReturnValue:
    """The file that answers a question in the form, as a download."""
    return answer_served(file_in_form(written, code) or abort(404), written)


def files_in_form(written: Input, token: str) -> dict[str, str]:
    """The addresses of the files that answer questions in the form, by the codes of these."""
    codes = [one.question.code for one in files_of_answers(written) if one.replaced_at is None]
    return {code: url_for(".answer_file", token=token, code=code) for code in codes}


def attached(written: Input, form: AskingForm, at: datetime) -> ResponseReturnValue:
    """Keep one such file as soon as it is chosen. Answers with what is on file now."""
    asked = {PREFIX + one.code: one for one in form.asked.questions if one.kind == FILE}
    field = next((name for name in request.files if name in asked), None) or abort(400)
    sent = uploaded(field) or abort(400)
    try:
        file = taken(asked[field].code, sent)
    except Unfit as unfit:
        return str(unfit), 422, PLAIN
    refusal = refusal_from(lambda: put_answers(written, [asked[field]], [file], at=at))
    if refusal:
        return refusal, 409, PLAIN
    return _("On file: %(name)s. Choose another only to replace it.", name=file.given_name), PLAIN


def opened_form(written: Input, typed: Typed) -> AskingForm:
    """The form with what was typed and the files that came for its questions, opened."""
    form = form_for(written, typed)
    form.files = open_answers(form.asked, at=now())
    return form


def show_again(written: Input, token: str, form: AskingForm) -> str:
    """The page once more, with what was typed and sent."""
    with transaction():
        hold_answers(form.asked, form.files, at=now())
    return page_of(written, token, form)


def keep_typed(written: Input, form: AskingForm, at: datetime) -> Draft | None:
    draft = keep(written, form.contribution(), sent(), at=at, public=form.public.data, answers=form.answers())
    if form.files or "keep" in request.form:
        put_typed(written, form.asked.questions, form.asked.typed(), form.files, at=at)
    return draft


def send_typed(written: Input, form: AskingForm, token: str, at: datetime) -> None:
    how = {"public": form.public.data, "answers": form.answers(), "token": token}
    send(written, form.contribution(), sent(), at=at, **how)
    put_typed(written, form.asked.questions, form.answers() or {}, form.files, at=at)


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
        answer_files=files_in_form(written, token) if form.asked.takes_files else {},
        line_limit=LINE_LIMIT,
        overview_limit=OVERVIEW_LIMIT,
    )


PAGE = TextPage(
    form=opened_form,
    read=read,
    show=show_again,
    keep=keep_typed,
    send=send_typed,
    put_file=lambda written, file, at: put_file(written, file, at=at),
)

"""Writing an input behind its link: kept as it is typed, sent when ready, corrected or taken back in time."""

from datetime import datetime

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.clock import now
from eventapp.db import transaction
from eventapp.inputs.actions import MAY_WRITE, begin, keep, put_file, send, show_publicly, withdraw
from eventapp.inputs.content import LINE_LIMIT, OVERVIEW_LIMIT, contribution_from
from eventapp.inputs.entry import own_token
from eventapp.inputs.files import received, served
from eventapp.inputs.forms import InputForm
from eventapp.inputs.gate import with_link
from eventapp.inputs.models import Input, InputFile
from eventapp.inputs.queries import call_of, file_of, input_of
from eventapp.kept import PLAIN, base_of, is_sound, kept_at, tell_lost
from eventapp.refusal import Refused
from eventapp.registration.entry import own_token as registration_token
from eventapp.registration.gate import with_registration
from eventapp.registration.models import Registration
from eventapp.registration.uploads import Unfit
from eventapp.words import _

bp = Blueprint("writing", __name__)


@bp.get("/registrations/<token>/input")
@with_registration
def offer(registration: Registration) -> ResponseReturnValue:
    """What is asked and until when, with a button that begins the input or goes on with it."""
    return offered(registration)


@bp.post("/registrations/<token>/input")
@with_registration
def create(registration: Registration) -> ResponseReturnValue:
    try:
        with transaction():
            written = begin(registration, at=now())
    except Refused as refused:
        return offered(registration, str(refused)), 409
    return redirect(url_for(".show", token=own_token(written, registration)), 303)


@bp.get("/inputs/<token>")
@with_link
def show(written: Input, token: str) -> ResponseReturnValue:
    """The input, to write or, once the deadline has passed, to read."""
    return page_of(written, token, form_of(written))


@bp.post("/inputs/<token>")
@with_link
def update(written: Input, token: str) -> ResponseReturnValue:
    """Send the input, or keep it and go on later; what stands in the way is said, and what was typed stays."""
    form, for_later = InputForm(request.form), "keep" in request.form
    sound, file = is_sound(form, for_later=for_later), None
    try:
        file = received()
    except Unfit as unfit:
        form.file.errors = [str(unfit)]
    tell_lost(form, file.given_name if file else None)
    if form.file.errors or not sound:
        return page_of(written, token, form), 422
    try:
        with transaction():
            save(written, token, form, file, sends=not for_later)
    except Refused as refused:
        form.refuse(refused)
        if is_open(written):
            form.base.data, form.over.data = str(written.version), "1"
        return page_of(written, token, form, is_split=True), 409
    return redirect(url_for(".show", token=token, _anchor="kept" if for_later else None), 303)


@bp.post("/inputs/<token>/draft")
@with_link
def draft(written: Input, token: str) -> ResponseReturnValue:
    """Keep what is being typed. Answers with the time, for the line that says so, and the version to go on from."""
    form, at = InputForm(request.form), now()
    faults = form.faults_in_draft()
    if faults:
        return faults[0], 422, PLAIN
    try:
        with transaction():
            version = keep_typed(written, form, at)
    except Refused as refused:
        return str(refused), 409, PLAIN
    return kept_at(version, at, written.meeting.tz)


@bp.post("/inputs/<token>/file")
@with_link
def attach(written: Input, token: str) -> ResponseReturnValue:
    """Keep the document as soon as it is chosen, for a browser gives no file back. Answers with what is on file now."""
    try:
        file = received() or abort(400)
        with transaction():
            put_file(written, file, at=now())
    except Unfit as unfit:
        return str(unfit), 422, PLAIN
    except Refused as refused:
        return str(refused), 409, PLAIN
    return _("On file: %(name)s. Choose another only to replace it.", name=file.given_name), PLAIN


@bp.post("/inputs/<token>/withdrawal")
@with_link
def give_up(written: Input, token: str) -> ResponseReturnValue:
    """Take the input back; its text stays as a draft."""
    try:
        with transaction():
            withdraw(written, at=now())
    except Refused as refused:
        form = form_of(written)
        form.refuse(refused)
        return page_of(written, token, form), 409
    return redirect(url_for(".show", token=token), 303)


@bp.post("/inputs/<token>/consent")
@with_link
def consent(written: Input, token: str) -> ResponseReturnValue:
    """Show the input on the page of the meeting, or not any more: at any time."""
    with transaction():
        show_publicly(written, yes="public" in request.form, at=now())
    return redirect(url_for(".show", token=token), 303)


@bp.get("/inputs/<token>/file")
@with_link
def file(written: Input, token: str) -> ResponseReturnValue:
    return served(file_of(written) or abort(404), written)


def form_of(written: Input) -> InputForm:
    """The input as it is kept, to go on from."""
    form = InputForm(said=contribution_from(written.content), public=written.public_since is not None)
    form.base.data = str(written.version)
    return form


def keep_typed(written: Input, form: InputForm, at: datetime) -> int:
    said, over, public = form.contribution(), bool(form.over.data), form.public.data
    return keep(written, said, base=base_of(form), at=at, public=public, over=over, mark=form.mark.data)


def save(written: Input, token: str, form: InputForm, file: InputFile | None, *, sends: bool) -> None:
    at = now()
    if sends:
        said, over = form.contribution(), bool(form.over.data)
        given = {"public": form.public.data, "token": token, "mark": form.mark.data}
        send(written, said, base=base_of(form), at=at, over=over, **given)
    else:
        keep_typed(written, form, at)
    if file is not None:
        put_file(written, file, at=at)


def is_open(written: Input) -> bool:
    call = call_of(written.meeting)
    return call is not None and call.is_open(now())


def offered(registration: Registration, refusal: str = "") -> str:
    return render_template(
        "inputs/offer.html",
        registration=registration,
        meeting=registration.meeting,
        call=call_of(registration.meeting),
        at=now(),
        written=input_of(registration.person, registration.meeting),
        may_write=registration.state_now(now()) in MAY_WRITE,
        token=registration_token(registration),
        refusal=refusal,
    )


def page_of(written: Input, token: str, form: InputForm, *, is_split: bool = False) -> str:
    return render_template(
        "inputs/write.html",
        written=written,
        meeting=written.meeting,
        token=token,
        form=form,
        call=call_of(written.meeting),
        is_open=is_open(written),
        is_split=is_split,
        said=contribution_from(written.content),
        file=file_of(written),
        line_limit=LINE_LIMIT,
        overview_limit=OVERVIEW_LIMIT,
    )

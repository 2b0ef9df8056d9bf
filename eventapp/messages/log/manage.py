"""A message on its way: asked for once more, sent, paused, stopped, and what became of each letter."""

from collections.abc import Callable

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.queries import listed_sessions
from eventapp.ground.clock import now
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.ground.web.paging import page_in_sql
from eventapp.messages import actions
from eventapp.messages.actions import pause, resume, stop, take_back
from eventapp.messages.audience import audience_from
from eventapp.messages.forms import form_of
from eventapp.messages.manage import A_PAGE, bp, compose_page, me, with_message
from eventapp.messages.models import DRAFT, Message
from eventapp.messages.preview import previews
from eventapp.messages.queries import STATES, copies_of, copy_at, needs_review, reach_of, recipients_of, tallies
from eventapp.vocabulary.tongues import TONGUES


@bp.get("/<int(max=999999999):number>")
@with_message
def show(message: Message) -> ResponseReturnValue:
    """A draft to go on with; anything else to look at."""
    if message.state == DRAFT:
        return compose_page(message.meeting, form_of(message, listed_sessions(message.meeting)), message)
    return log_page(message)


@bp.get("/<int(max=999999999):number>/sending")
@with_message
def confirm(message: Message) -> ResponseReturnValue:
    """Asks once more, with the number of people."""
    return confirm_page(message, Form())


@bp.post("/<int(max=999999999):number>/sending")
@with_message
def send(message: Message) -> ResponseReturnValue:
    asks = request.form.get("do") == "review"
    act = actions.ask_for_review if asks else actions.send
    return done(message, lambda: act(message, by=me(), at=now()), confirm_page)


@bp.post("/<int(max=999999999):number>/<any(stop, back, pause, resume):act>")
@with_message
def turn(message: Message, act: str) -> ResponseReturnValue:
    """Stop it, make a draft of it again, pause it, or let it go on."""
    turns = {"stop": stop, "back": take_back, "pause": pause, "resume": resume}
    return done(message, lambda: turns[act](message, by=me(), at=now()), log_page)


@bp.post("/<int(max=999999999):number>/removal")
@with_message
def discard(message: Message) -> ResponseReturnValue:
    """Delete a draft."""
    meeting, form = message.meeting, Form()
    attempt(form, lambda: actions.discard(message, by=me(), at=now()))
    if form.refused:
        return log_page(message, form), 409
    return redirect(url_for(".index", slug=meeting.slug), 303)


@bp.get("/<int(max=999999999):number>/people")
@with_message
def people(message: Message) -> ResponseReturnValue:
    """By name, who gets it if it leaves now."""
    page = page_in_sql(recipients_of(message), request.args.get("page"), most=A_PAGE)
    return render_template("messages/people.html", meeting=message.meeting, message=message, listed=page)


@bp.post("/<int(max=999999999):number>/copies/<int(max=999999999):copy>/sending")
@with_message
def send_again(message: Message, copy: int) -> ResponseReturnValue:
    """One letter of it, written anew."""
    row = copy_at(message, copy) or abort(404)
    return done(message, lambda: actions.send_again(row, by=me(), at=now()), log_page)


Page = Callable[[Message, Form], str]


def done(message: Message, act: Callable[[], object], page: Page) -> ResponseReturnValue:
    """Do what a button says and show the message, or show why it could not be done."""
    form = Form()
    attempt(form, act)
    if form.refused:
        return page(message, form), 409
    return redirect(url_for(".show", slug=message.meeting.slug, number=message.id), 303)


def confirm_page(message: Message, form: Form) -> str:
    return render_template(
        "messages/confirm.html",
        meeting=message.meeting,
        message=message,
        form=form,
        reach=reach_of(message.meeting, audience_from(message.audience)),
        tongues=TONGUES,
        needs_review=needs_review(message.meeting),
        previews=previews(message),
    )


def log_page(message: Message, form: Form | None = None) -> str:
    """What became of a message: how many left, and each letter with its state."""
    state = request.args.get("state", "")
    state = state if state in STATES else ""
    page = page_in_sql(copies_of(message, state), request.args.get("page"), most=A_PAGE)
    audience = audience_from(message.audience)
    return render_template(
        "messages/show.html",
        meeting=message.meeting,
        message=message,
        form=form,
        state=state,
        listed=page,
        tally=tallies([message]).get(message.id, {}),
        reach=None if message.has_started else reach_of(message.meeting, audience),
        previews=previews(message),
        tongues=TONGUES,
        me=me(),
    )

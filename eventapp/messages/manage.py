"""Messages as organizers see them: the list, one that is written, and what became of one that left."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.queries import programme
from eventapp.announcements.queries import announcement_at
from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _, ngettext
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import attempt, refusal_from
from eventapp.ground.web.forms import Form
from eventapp.ground.web.pages import Address
from eventapp.ground.web.paging import page_in_sql
from eventapp.meetings.access import with_meeting, with_row
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.messages import actions
from eventapp.messages.audience import audience_from
from eventapp.messages.forms import FILTERS, MessageForm, form_for, form_of
from eventapp.messages.models import DRAFT, Message
from eventapp.messages.preview import previews
from eventapp.messages.queries import (
    STATES,
    copies_of,
    copy_at,
    message_at,
    messages_of,
    needs_review,
    reach_of,
    recipients_of,
    tallies,
)
from eventapp.messages.words import PLACEHOLDERS
from eventapp.people.current import current_person
from eventapp.people.models import Person
from eventapp.vocabulary.tongues import TONGUES

bp = Blueprint("messages", __name__, url_prefix="/meetings/<slug>/manage/messages")
with_message = with_row(message_at, may=run_meeting)

A_PAGE = 50


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every message of the meeting, the newest first."""
    page = page_in_sql(messages_of(meeting), request.args.get("page"), most=A_PAGE)
    return render_template(
        "messages/index.html",
        meeting=meeting,
        listed=page,
        tallies=tallies(page.rows),
        needs_review=needs_review(meeting),
    )


@bp.post("/rules")
@with_meeting(may=run_meeting)
def rules(meeting: Meeting) -> ResponseReturnValue:
    """Say whether a second person reads each message."""
    wanted = request.form.get("needs_review") == "yes"
    refusal_from(lambda: actions.set_rules(meeting, has_second=wanted, by=me(), at=now()))
    return redirect(url_for(".index", slug=meeting.slug), 303)


@bp.get("/new")
@with_meeting(may=run_meeting)
def new(meeting: Meeting) -> ResponseReturnValue:
    """A new message: to whom the list showed, or with the words of an earlier one."""
    model = message_at(meeting, figure(request.args.get("like")))
    if model is not None:
        form = form_of(model, programme(meeting))
        form.when.data, form.at.data, form.version.data = "now", "", ""
        return compose_page(meeting, form, None)
    announced = announcement_at(meeting, figure(request.args.get("announcement")))
    texts = {f"text_{code}": text for code, text in announced.texts.items()} if announced else {}
    named = {name: request.args[name][:200] for name in FILTERS if request.args.get(name)}
    return compose_page(meeting, form_for(meeting, programme(meeting), **audience_from(named).record(), **texts), None)


@bp.post("")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    form = form_for(meeting, programme(meeting), request.form)
    if not form.validate():
        return compose_page(meeting, form, None), 422

    def save() -> Message:
        message = actions.write(meeting, form.content(), by=me(), at=now())
        test(message)
        return message

    message = attempt(form, save)
    return after_saving(message) if message else (compose_page(meeting, form, None), 409)


@bp.get("/<int(max=999999999):number>")
@with_message
def show(message: Message) -> ResponseReturnValue:
    """A draft to go on with; anything else to look at."""
    if message.state == DRAFT:
        return compose_page(message.meeting, form_of(message, programme(message.meeting)), message)
    return log_page(message)


@bp.post("/<int(max=999999999):number>")
@with_message
def update(message: Message) -> ResponseReturnValue:
    """Save the draft, and go on to what the button says."""
    form = form_for(message.meeting, programme(message.meeting), request.form)
    if not form.validate():
        return compose_page(message.meeting, form, message), 422
    version = figure(form.version.data)

    def save() -> None:
        actions.change(message, form.content(), version, by=me(), at=now())
        test(message)

    attempt(form, save)
    if form.refused:
        form.version.data = str(message.version)
        return compose_page(message.meeting, form, message), 409
    return after_saving(message)


def test(message: Message) -> None:
    """Where the button asks for it, send what was saved to whoever saved it."""
    if request.form.get("do") == "test":
        count = actions.send_test(message, me(), at=now())
        flash(ngettext("%(num)s test is on its way to you.", "%(num)s tests are on their way to you.", count), "ok")


def after_saving(message: Message) -> ResponseReturnValue:
    act = request.form.get("do", "")
    where: Address = {"slug": message.meeting.slug, "number": message.id}
    if act == "send":
        return redirect(url_for(".confirm", **where), 303)
    if act != "test":
        flash(_("The draft is saved. Nothing has left."), "ok")
    return redirect(url_for(".show", **where), 303)


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


@bp.post("/<int(max=999999999):number>/<any(stop, back):act>")
@with_message
def turn(message: Message, act: str) -> ResponseReturnValue:
    """Stop it, or make a draft of it again."""
    turns = {"stop": actions.stop, "back": actions.take_back}
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


def compose_page(meeting: Meeting, form: MessageForm, message: Message | None) -> str:
    audience = form.audience()
    return render_template(
        "messages/compose.html",
        meeting=meeting,
        form=form,
        message=message,
        reach=reach_of(meeting, audience),
        offered=[(code, TONGUES[code]) for code in form.languages],
        tongues=TONGUES,
        placeholders=PLACEHOLDERS,
        previews=previews(message) if message and not form.errors else [],
    )


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


def me() -> Person:
    return current_person() or abort(404)

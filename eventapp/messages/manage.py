"""Messages as organizers write them: the list, and one that is a draft."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.queries import listed_sessions
from eventapp.announcements.queries import announcement_at
from eventapp.ground.clock import now
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _, ngettext
from eventapp.ground.text.languages import language_named
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import attempt, refusal_from
from eventapp.ground.web.editing.both_versions import show_both
from eventapp.ground.web.fragments import FETCHED
from eventapp.ground.web.pages import Address
from eventapp.ground.web.paging import page_in_sql
from eventapp.meetings.access import with_meeting, with_row
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.messages import actions
from eventapp.messages.audience import Audience, audience_from
from eventapp.messages.forms import MessageForm, form_for, form_of
from eventapp.messages.models import Message
from eventapp.messages.preview import previews
from eventapp.messages.queries import (
    first_names,
    message_at,
    messages_of,
    needs_review,
    reach_of,
    tallies,
)
from eventapp.messages.reminders import REMINDERS
from eventapp.messages.reminders import words_of as reminder_words
from eventapp.messages.words import PLACEHOLDERS
from eventapp.people.current import current_person
from eventapp.people.models import Person
from eventapp.registration.lists.by_answers import answer_filters, answers_asked
from eventapp.vocabulary.tongues import TONGUES

bp = Blueprint("messages", __name__, url_prefix="/meetings/<slug>/manage/messages")
with_message = with_row(message_at, may=run_meeting)

A_PAGE = 50
NAMED = 5  # of those who get a message, beside their number


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
        reminders=REMINDERS,
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
        form = form_of(model, listed_sessions(meeting))
        form.when.data, form.at.data, form.version.data = "now", "", ""
        return compose_page(meeting, form, None)
    reminder = REMINDERS.get(request.args.get("reminder", ""))
    if reminder is not None:
        words = reminder_words(reminder, meeting.text_languages)
        rule = {"when": "before", "days": reminder.days, "need": "yes"}
        values: Record = {**reminder.audience.record(), **words, **rule}
        form = form_for(meeting, listed_sessions(meeting), None, **values)
        return compose_page(meeting, form, None)
    announced = announcement_at(meeting, figure(request.args.get("announcement")))
    written = announced.texts if announced else {}
    texts = {f"text_{code}": words.get("text", "") for code, words in written.items()}
    form = form_for(meeting, listed_sessions(meeting), written=written, **audience_named().record(), **texts)
    return compose_page(meeting, form, None)


@bp.get("/count")
@with_meeting(may=run_meeting)
def count(meeting: Meeting) -> ResponseReturnValue:
    """How many get a message with these filters and who, for the script of the page on which they are chosen."""
    if FETCHED not in request.headers:
        return redirect(url_for(".new", slug=meeting.slug))
    return render_template("messages/_reach.html", **reached(meeting, audience_named()))


def audience_named() -> Audience:
    """To whom the address says."""
    return audience_from({**request.args, "answer": answers_asked(request.args)})


def reached(meeting: Meeting, audience: Audience) -> Record:
    """How many get it and the first of them by name."""
    return {"reach": reach_of(meeting, audience), "first": first_names(meeting, audience, NAMED), "tongues": TONGUES}


@bp.post("")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    form = form_for(meeting, listed_sessions(meeting), request.form)
    if only_counts():
        return compose_page(meeting, form, None)
    if not form.validate():
        return compose_page(meeting, form, None), 422

    def save() -> Message:
        message = actions.write(meeting, form.content(), by=me(), at=now())
        test(message)
        return message

    message = attempt(form, save)
    return after_saving(message) if message else (compose_page(meeting, form, None), 409)


@bp.post("/<int(max=999999999):number>")
@with_message
def update(message: Message) -> ResponseReturnValue:
    """Save the draft, and go on to what the button says."""
    form = form_of(message, listed_sessions(message.meeting), request.form)
    if only_counts():
        return compose_page(message.meeting, form, message)
    if not form.validate():
        return compose_page(message.meeting, form, message), 422
    version = figure(form.version.data)

    def save() -> None:
        actions.change(message, form.content(), version, by=me(), at=now())
        test(message)

    attempt(form, save)
    if form.refused:
        form.version.data = str(message.version)
        show_both(form, form_of(message, listed_sessions(message.meeting)))
        return compose_page(message.meeting, form, message), 409
    return after_saving(message)


def only_counts() -> bool:
    """Whether the button asks how many get it, and nothing is to be saved."""
    return request.form.get("do") == "count"


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


def compose_page(meeting: Meeting, form: MessageForm, message: Message | None) -> str:
    audience = form.audience()
    return render_template(
        "messages/compose.html",
        meeting=meeting,
        form=form,
        message=message,
        **reached(meeting, audience),
        answer_filters=answer_filters(meeting, audience.answer),
        offered=[(code, TONGUES.get(code) or language_named(code)) for code in form.languages],
        written_in=language_named(form.languages[0]),
        placeholders=PLACEHOLDERS,
        previews=previews(message) if message and not form.errors else [],
    )


def me() -> Person:
    return current_person() or abort(404)

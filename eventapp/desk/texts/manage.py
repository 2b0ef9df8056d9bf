"""The settings page of the texts in other languages: a language and a kind of thing on each page."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.desk.texts.forms import TextsForm, form_for, state_of
from eventapp.desk.texts.queries import PARTS, missing_texts, older_texts, rows_of
from eventapp.ground.clock import now
from eventapp.ground.db import lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.languages import language_named
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.editing.both_versions import show_both
from eventapp.ground.web.paging import Page, page_in_sql
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.meetings.texts import change_texts, confirm_texts
from eventapp.meetings.worded import InTexts, Worded
from eventapp.messages.models import DRAFT, Message
from eventapp.people.current import current_person

bp = Blueprint("texts", __name__, url_prefix="/meetings/<slug>/manage/settings/texts")

A_PAGE = 25
TITLES = {
    "meeting": _l("Meeting"),
    "bodies": _l("Bodies"),
    "rooms": _l("Rooms"),
    "categories": _l("Categories"),
    "kinds": _l("Kinds of session"),
    "documents": _l("Documents"),
    "sessions": _l("Sessions"),
    "information": _l("Practical information"),
    "messages": _l("Drafts of messages"),
    "announcements": _l("Announcements"),
    "zones": _l("Zones"),
}


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """How many texts there are not yet or are older than the first language's, by language and kind."""
    numbers = {"missing": missing_texts(meeting), "older": older_texts(meeting)}
    return render_template("desk/settings/texts/index.html", **context(meeting), **numbers)


@bp.get("/<tongue>/<part>")
@with_meeting(may=run_meeting)
def show(meeting: Meeting, tongue: str, part: str) -> ResponseReturnValue:
    """The texts of one kind in one language, each under what it says in the first."""
    page = page_at(meeting, tongue, part)
    return texts_page(meeting, tongue, part, page, form_for(page.rows, tongue))


@bp.post("/<tongue>/<part>")
@with_meeting(may=run_meeting)
def update(meeting: Meeting, tongue: str, part: str) -> ResponseReturnValue:
    """Keep what was typed. Refused where somebody changed one of these texts since the page was opened."""
    page = page_at(meeting, tongue, part)
    form = form_for(page.rows, tongue, request.form)

    def save() -> None:
        rows = page_at(meeting, tongue, part).rows  # what was read before the transaction is forgotten
        for row in rows:
            if isinstance(row, Message):
                lock(row)
        if state_of(rows, tongue) != form.seen.data or any(has_left(row) for row in rows):
            raise Refused(_("Somebody changed these texts meanwhile. Compare, and save again what is to stand."))
        for row in rows:
            by, at = current_person(), now()
            changed = change_texts(row, tongue, form.texts(row), meeting=meeting, by=by, at=at)
            confirm_texts(row, tongue, form.still_right(row), meeting=meeting, by=by, at=at)
            if changed and isinstance(row, InTexts):
                row.version += 1  # whoever has its own form open is told

    if not form.validate():
        return texts_page(meeting, tongue, part, page, form), 422
    attempt(form, save)
    if form.refused:
        page = page_at(meeting, tongue, part)
        form.seen.data = state_of(page.rows, tongue)
        show_both(form, form_for(page.rows, tongue))
        return texts_page(meeting, tongue, part, page, form), 409
    return redirect(here(meeting, tongue, part, page.number), 303)


def has_left(row: Worded) -> bool:
    """Whether this is a message that is no draft any more: somebody sent it while its texts were typed."""
    return isinstance(row, Message) and row.state != DRAFT


def page_at(meeting: Meeting, tongue: str, part: str) -> Page[Worded]:
    """The rows that the address asks for; 404 where the meeting has no such language, or there is no such kind."""
    if tongue not in meeting.other_languages or part not in PARTS:
        abort(404)
    return page_in_sql(rows_of(meeting, part), request.args.get("page"), most=A_PAGE)


def texts_page(meeting: Meeting, tongue: str, part: str, page: Page[Worded], form: TextsForm) -> str:
    return render_template(
        "desk/settings/texts/show.html",
        **context(meeting),
        tongue=tongue,
        kind=part,
        listed=page,
        form=form,
        missing=missing_texts(meeting)[tongue],
        older=older_texts(meeting)[tongue],
        to=lambda number: here(meeting, tongue, part, number),
    )


def context(meeting: Meeting) -> dict[str, object]:
    return {"meeting": meeting, "titles": TITLES, "named": language_named}


def here(meeting: Meeting, tongue: str, part: str, number: int) -> str:
    return url_for("texts.show", slug=meeting.slug, tongue=tongue, part=part, page=number if number > 1 else None)

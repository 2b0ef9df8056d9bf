"""What the registration form of a meeting asks consent to, per language; the shipped words stand beside it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.desk.consents.forms import ConsentForm
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.text.i18n import _
from eventapp.ground.text.languages import LANGUAGES
from eventapp.ground.web.editing.both_versions import mark_of
from eventapp.ground.web.editing.edited import edited
from eventapp.meetings.access import with_meeting
from eventapp.meetings.consents.actions import reword_consents
from eventapp.meetings.consents.queries import consents_in_force, consents_of, versions_of
from eventapp.meetings.consents.words import LABELS, shipped_in
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person

bp = Blueprint("consents", __name__, url_prefix="/meetings/<slug>/manage/settings/consents")

SHOWN = 20  # versions on the page


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Each language of the form, and whether its consents are in words of the meeting's own."""
    own = {one.language: one for one in consents_of(meeting.id)}
    return render_template("desk/consents/index.html", meeting=meeting, tongues=LANGUAGES, own=own)


@bp.get("/<tongue>")
@with_meeting(may=run_meeting)
def show(meeting: Meeting, tongue: str) -> ResponseReturnValue:
    """The words in one language as they stand now."""
    check(tongue)
    form = stands(meeting, tongue)
    form.seen.data = mark_of(form)
    return page(meeting, tongue, form)


@bp.post("/<tongue>")
@with_meeting(may=run_meeting)
def update(meeting: Meeting, tongue: str) -> ResponseReturnValue:
    """Ask for consent in these words from now on."""
    check(tongue)
    form = ConsentForm(request.form)

    def save() -> None:
        reword_consents(meeting, tongue, form.texts(), by=current_person(), at=now())
        flash(_("Saved."), "ok")

    return edited(
        form,
        lambda: stands(meeting, tongue),
        save,
        lambda: page(meeting, tongue, form),
        url_for(".index", slug=meeting.slug),
        held=meeting,
    )


@bp.post("/<tongue>/reset")
@with_meeting(may=run_meeting)
def to_shipped(meeting: Meeting, tongue: str) -> ResponseReturnValue:
    """Back to the shipped words; twice is once."""
    check(tongue)
    with transaction():
        reword_consents(meeting, tongue, {}, by=current_person(), at=now())
    return redirect(url_for(".index", slug=meeting.slug), 303)


def check(tongue: str) -> None:
    if tongue not in LANGUAGES:
        abort(404)


def stands(meeting: Meeting, tongue: str) -> ConsentForm:
    """The form with the words that stand now."""
    row = consents_in_force(meeting.id, tongue)
    return ConsentForm(None, **(row.whole if row else shipped_in(tongue)))


def page(meeting: Meeting, tongue: str, form: ConsentForm) -> str:
    versions = versions_of(meeting.id, tongue)
    return render_template(
        "desk/consents/show.html",
        meeting=meeting,
        tongue=tongue,
        tongues=LANGUAGES,
        form=form,
        shipped=shipped_in(tongue),
        labels=LABELS,
        versions=versions[:SHOWN],
        is_own=bool(versions and versions[0].texts),
    )

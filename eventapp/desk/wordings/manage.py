"""The letters that are written by themselves, in the words of a meeting; the shipped words stand beside them."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.desk.manage import me
from eventapp.desk.wordings.forms import WordingForm
from eventapp.desk.wordings.preview import previews, test_letter
from eventapp.ground.clock import now
from eventapp.ground.db import lock
from eventapp.ground.text.i18n import _
from eventapp.ground.text.languages import LANGUAGES
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.editing.both_versions import mark_of, refuse_older, show_both
from eventapp.ground.web.forms import Form
from eventapp.mail.actions import post
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.meetings.wordings.actions import reset, reword
from eventapp.meetings.wordings.letters import GROUPS, KINDS, NAMES
from eventapp.meetings.wordings.models import Wording
from eventapp.meetings.wordings.queries import reworded_letters, wording_of
from eventapp.meetings.wordings.shipped import shipped
from eventapp.people.current import current_person

bp = Blueprint("wordings", __name__, url_prefix="/meetings/<slug>/manage/wordings")


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every letter that can be reworded, in every language it is written in."""
    own = reworded_letters(meeting.id)
    groups = [(label, kinds, sum(letter in kinds for letter, _tongue in own)) for label, kinds in GROUPS]
    return render_template("desk/wordings/index.html", meeting=meeting, groups=groups, tongues=LANGUAGES, own=own)


@bp.get("/<letter>/<tongue>")
@with_meeting(may=run_meeting)
def show(meeting: Meeting, letter: str, tongue: str) -> ResponseReturnValue:
    """One letter as it is written now, the shipped words beside it."""
    check(letter, tongue)
    form = stands(meeting, letter, tongue)
    form.seen.data = mark_of(form)
    return one(meeting, letter, tongue, form)


def stands(meeting: Meeting, letter: str, tongue: str) -> WordingForm:
    """The form with the words that this letter has now."""
    row = wording_of(meeting.id, letter, tongue)
    subject, text = (row.subject, row.text) if row else shipped(letter, tongue)
    return WordingForm(None, KINDS[letter], subject=subject, text=text)


@bp.post("/<letter>/<tongue>")
@with_meeting(may=run_meeting)
def update(meeting: Meeting, letter: str, tongue: str) -> ResponseReturnValue:
    """Save the words; or only show how they read, or send them to whoever writes them: then nothing is saved."""
    check(letter, tongue)
    form = WordingForm(request.form, KINDS[letter])
    if not form.validate():
        return one(meeting, letter, tongue, form), 422
    if request.form.get("act") == "preview":
        return one(meeting, letter, tongue, form)
    if request.form.get("act") == "test":
        attempt(form, lambda: post(test_letter(meeting, own(letter, tongue, form), me()), at=now()))
        flash(_("A test is on its way to you. The words are not saved yet."), "ok")
        return one(meeting, letter, tongue, form)

    def save() -> None:
        lock(meeting)
        refuse_older(form, stands(meeting, letter, tongue))
        words = {"subject": form.subject.data, "text": form.text.data}
        reword(meeting, letter, tongue, **words, by=current_person(), at=now())

    attempt(form, save)
    if form.refused:
        show_both(form, stands(meeting, letter, tongue))
        return one(meeting, letter, tongue, form), 409
    return redirect(url_for(".index", slug=meeting.slug), 303)


@bp.post("/<letter>/<tongue>/reset")
@with_meeting(may=run_meeting)
def to_shipped(meeting: Meeting, letter: str, tongue: str) -> ResponseReturnValue:
    """Back to the shipped words."""
    check(letter, tongue)
    form = Form()
    attempt(form, lambda: reset(meeting, letter, tongue, by=current_person(), at=now()))
    if form.refused:
        raise form.refused
    return redirect(url_for(".index", slug=meeting.slug), 303)


def check(letter: str, tongue: str) -> None:
    if letter not in KINDS or tongue not in LANGUAGES:
        abort(404)


def own(letter: str, tongue: str, form: WordingForm) -> Wording:
    """What the form says, as words that are not saved."""
    return Wording(letter=letter, language=tongue, subject=form.subject.data or "", text=form.text.data or "")


def one(meeting: Meeting, letter: str, tongue: str, form: WordingForm) -> str:
    subject, text = shipped(letter, tongue)
    return render_template(
        "desk/wordings/show.html",
        meeting=meeting,
        letter=letter,
        kind=KINDS[letter],
        tongue=tongue,
        tongues=LANGUAGES,
        form=form,
        shipped_subject=subject,
        shipped_text=text,
        is_own=wording_of(meeting.id, letter, tongue) is not None,
        names=NAMES,
        previews=previews(meeting, own(letter, tongue, form)) if not form.errors else [],
    )

"""The questions that are asked once somebody has a place, by the link of the registration."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.web.attempt import attempt
from eventapp.links.access import with_link
from eventapp.questions.kinds import APPROVED
from eventapp.registration.answers.queries import file_answered, full_choices, given, mark_of_answers, sealed_answers
from eventapp.registration.changes.actions import answer_more
from eventapp.registration.entry import OWN
from eventapp.registration.forms.questions import AnswersForm, answers_form
from eventapp.registration.models import Registration, Upload
from eventapp.registration.uploads.answered import hold_answers, open_answers
from eventapp.registration.uploads.reading import served
from eventapp.registration.views import count_files

bp = Blueprint("registration_answers", __name__)


@bp.get("/registrations/<token>/questions")
@with_link(OWN)
def show(registration: Registration, token: str) -> ResponseReturnValue:
    """What the meeting asks those who have a place."""
    there = given(registration, opens=True)
    form = answers_form(None, registration.meeting, registration.category.code, (APPROVED,), there)
    form.base.data = mark_of_answers(registration, (APPROVED,))
    return page_of(registration, token, form) if registration.holds_a_place and form.questions else to_own_page(token)


@bp.post("/registrations/<token>/questions")
@with_link(OWN)
def update(registration: Registration, token: str) -> ResponseReturnValue:
    category = registration.category.code
    there = given(registration, opens=True)
    form = answers_form(request.form, registration.meeting, category, (APPROVED,), there)
    count_files()
    uploads = open_answers(form, at=now())
    if not form.is_sound(category):
        return again(registration, token, form, uploads), 422
    sent, by, base = form.given(category), registration.person, form.base.data or ""
    attempt(form, lambda: answer_more(registration, sent, by=by, at=now(), files=uploads, base=base))
    if form.refused:
        form.base.data = mark_of_answers(registration, (APPROVED,))  # what the next sending is compared with
        return again(registration, token, form, uploads), 409
    return to_own_page(token)


@bp.get("/registrations/<token>/answers/<code>")
@with_link(OWN)
def file(registration: Registration, token: str, code: str) -> ResponseReturnValue:
    """The file that they sent as an answer, as a download."""
    return served(file_answered(registration, code, own=True) or abort(404), registration)


def again(registration: Registration, token: str, form: AnswersForm, uploads: list[Upload]) -> str:
    """The page once more, with what was typed and sent."""
    with transaction():
        hold_answers(form, uploads, at=now())
    return page_of(registration, token, form)


def page_of(registration: Registration, token: str, form: AnswersForm) -> str:
    full = full_choices(registration.meeting) if form.has_places else {}
    lost = any(one.written is None for one in sealed_answers(registration))
    around = {
        "registration": registration,
        "meeting": registration.meeting,
        "token": token,
        "sealed": any(one.is_sealed for one in form.questions),
    }
    return render_template("registration/questions.html", form=form, full=full, lost=lost, **around)


def to_own_page(token: str) -> ResponseReturnValue:
    return redirect(url_for("mine.show", token=token), 303)

"""The questions of a meeting: listed by stage, added, changed, put in order, asked no longer."""

from collections.abc import Callable

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from eventapp.desk.manage import me
from eventapp.desk.order import place_asked
from eventapp.desk.questions.forms import QuestionForm, asked_before, blank_form, form_for, form_of
from eventapp.desk.questions.listing import about, holds_words, missing_texts, sections_of
from eventapp.ground.clock import now
from eventapp.ground.db import lock
from eventapp.ground.security.sealing import can_seal, no_key
from eventapp.ground.text.i18n import language
from eventapp.ground.text.languages import LANGUAGES, RIGHT_TO_LEFT
from eventapp.ground.text.policy import clean, figure
from eventapp.ground.web.attempt import answered, pressed
from eventapp.ground.web.editing.both_versions import show_both
from eventapp.ground.web.forms import Form
from eventapp.inputs.answers.queries import answers_anywhere, taken_anywhere
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.questions import actions
from eventapp.questions.kinds import APPROVED, REGISTRATION, STAGES
from eventapp.questions.models import Question
from eventapp.questions.queries import (
    ended_questions,
    every_question_of,
    question_named,
    questions_by_stage,
    questions_of,
)
from eventapp.registration.answers.queries import full_choices
from eventapp.registration.forms.organizations import KNOWN
from eventapp.registration.forms.registration import RegistrationForm
from eventapp.vocabulary.tongues import TONGUES

bp = Blueprint("questions", __name__, url_prefix="/meetings/<slug>/manage/settings/questions")

A_PAGE, LONGEST_SEARCH = 50, 200


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """What is asked at one stage, in order."""
    return listed(meeting, stage_named(request.args.get("stage", REGISTRATION)))


@bp.get("/new")
@with_meeting(may=run_meeting)
def new(meeting: Meeting) -> ResponseReturnValue:
    """The form of one more."""
    stage = stage_named(request.args.get("stage", REGISTRATION))
    return one(meeting, None, blank_form(meeting, candidates(meeting), stage))


@bp.post("")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    form = form_for(meeting, candidates(meeting), request.form)

    def save() -> None:
        actions.add_question(meeting, form.content(), by=me(), at=now())

    there = to_list(meeting, str(form.stage.data))
    return answered(form, save, lambda status: (one(meeting, None, form), status), there)


@bp.get("/<code>")
@with_meeting(may=run_meeting)
def edit(meeting: Meeting, code: str) -> ResponseReturnValue:
    """One question as a form."""
    question = asked_now(meeting, code)
    return one(meeting, question, form_of(question, candidates(meeting, question)))


@bp.post("/<code>")
@with_meeting(may=run_meeting)
def update(meeting: Meeting, code: str) -> ResponseReturnValue:
    question = asked_now(meeting, code)
    form = form_for(meeting, candidates(meeting, question), request.form)

    def save() -> None:
        lock(meeting)  # nobody answers while it is counted
        version, so_far = figure(form.version.data), answered_so_far(question)
        actions.change_question(question, form.content(), version, so_far, by=me(), at=now())

    def again(status: int) -> ResponseReturnValue:
        if status == 409:  # noqa: PLR2004 -- refused: what stands now is what the next try is compared with
            form.version.data = str(question.version)
            show_both(form, form_of(question, candidates(meeting, question)))
        return one(meeting, question, form), status

    return answered(form, save, again, to_list(meeting, str(form.stage.data)))


@bp.get("/preview")
@with_meeting(may=run_meeting)
def preview(meeting: Meeting) -> ResponseReturnValue:
    """The form as ?category= sees it in ?tongue=; the first category and the language of who looks where none is named.

    It is there before publication, and nothing can be sent from it.
    """
    categories = {one.code: one for one in meeting.categories}
    code = request.args.get("category") or next(iter(categories), "")
    tongue = request.args.get("tongue") or language()
    if tongue not in LANGUAGES or (categories and code not in categories):
        abort(404)
    stages = (REGISTRATION, APPROVED)
    return render_template(
        "questions/preview.html",
        meeting=meeting,
        categories=categories,
        code=code,
        tongue=tongue,
        tongues=LANGUAGES,
        way="rtl" if tongue in RIGHT_TO_LEFT else "ltr",
        in_tongue=in_tongue,
        blank=lambda: RegistrationForm(None, meeting=meeting, everybody=True, category=code, stages=stages),
        full=lambda: full_choices(meeting),
        organizations=KNOWN,
    )


def in_tongue(tongue: str, caller: Callable[[], str]) -> str:
    """What a template draws inside of a call to this, in that language."""
    with force_locale(tongue):
        return caller()


@bp.post("/<code>/place")
@with_meeting(may=run_meeting)
def place(meeting: Meeting, code: str) -> ResponseReturnValue:
    """To another place: the one that is named, or one up or down."""
    question = asked_now(meeting, code)
    to = place_asked(question.position)
    return done(question, lambda: actions.place_question(question, to, by=me(), at=now()))


@bp.get("/<code>/end")
@with_meeting(may=run_meeting)
def ending(meeting: Meeting, code: str) -> ResponseReturnValue:
    """The question before it is asked no longer."""
    question = asked_now(meeting, code)
    return render_template("questions/ending.html", meeting=meeting, question=question, form=Form())


@bp.post("/<code>/end")
@with_meeting(may=run_meeting)
def end(meeting: Meeting, code: str) -> ResponseReturnValue:
    """Ask it no longer."""
    question = asked_now(meeting, code)
    return done(question, lambda: actions.end_question(question, by=me(), at=now()))


@bp.post("/<code>/return")
@with_meeting(may=run_meeting)
def ask_again(meeting: Meeting, code: str) -> ResponseReturnValue:
    """Ask it again."""
    question = of_code(meeting, code)
    return done(question, lambda: actions.ask_again(question, by=me(), at=now()))


@bp.post("/<code>/removal")
@with_meeting(may=run_meeting)
def remove(meeting: Meeting, code: str) -> ResponseReturnValue:
    """Delete one that nobody answered."""
    question = of_code(meeting, code)

    def act() -> None:
        lock(meeting)
        actions.remove_question(question, answered_so_far(question), by=me(), at=now())

    return done(question, act)


def listed(meeting: Meeting, stage: str, form: Form | None = None) -> str:
    """The list of one stage, a page of it, with the sentence of what was refused."""
    every, words = questions_of(meeting, stage), clean(request.args.get("q", ""))[:LONGEST_SEARCH]
    asked = [one for one in every if holds_words(one, words)] if words else every
    pages = max(1, -(-len(asked) // A_PAGE))
    page = min(max(1, figure(request.args.get("page", "1"), 1)), pages)
    shown = asked[(page - 1) * A_PAGE : page * A_PAGE]
    others = {one.code: one for one in every_question_of(meeting)}
    categories = {one.code: one.name for one in meeting.categories}
    return render_template(
        "questions/index.html",
        meeting=meeting,
        stage=stage,
        stages=STAGES,
        counts=questions_by_stage(meeting),
        sections=list(sections_of(shown)),
        about={one.code: about(one, others, categories) for one in shown},
        ended=ended_questions(meeting, stage),
        missing=missing_texts(meeting, every),
        tongues=TONGUES,
        number=page,
        pages=pages,
        words=words,
        found=len(asked),
        form=form,
        can_seal=can_seal(),
        no_key=no_key(),
    )


def one(meeting: Meeting, question: Question | None, form: QuestionForm) -> str:
    so_far = answered_so_far(question) if question else actions.NOBODY
    page = {"meeting": meeting, "question": question, "form": form, "tongues": TONGUES, "answered": so_far}
    return render_template("questions/edit.html", **page)


def answered_so_far(question: Question) -> actions.Answered:
    """How many people answered, and how many places of each choice are taken."""
    taken = taken_anywhere(question.meeting).get(question.code, {})
    return actions.Answered(answers_anywhere(question), taken)


def done(question: Question, act: Callable[[], object]) -> ResponseReturnValue:
    """Do what a button says and go back to the list, or show there why it could not be done."""
    meeting, stage = question.meeting, question.stage
    return pressed(act, lambda form: listed(meeting, stage, form), to_list(meeting, stage))


def candidates(meeting: Meeting, question: Question | None = None) -> list[Question]:
    """The questions that this one may depend on, or a new one of any stage."""
    others = every_question_of(meeting)
    return asked_before(question, others) if question else list(others)


def to_list(meeting: Meeting, stage: str) -> str:
    return url_for("questions.index", slug=meeting.slug, stage=stage)


def stage_named(stage: str) -> str:
    return stage if stage in STAGES else abort(404)


def of_code(meeting: Meeting, code: str) -> Question:
    return question_named(meeting, code) or abort(404)


def asked_now(meeting: Meeting, code: str) -> Question:
    question = of_code(meeting, code)
    return question if question.ended_at is None else abort(404)

"""What a meeting costs that asks 500 questions of its own: the list and a question in its settings, and its form."""

from collections.abc import Callable, Iterator
from datetime import datetime

from flask import Flask
from sqlalchemy import update

from bench.figures import Figure
from bench.load import Answer, Browser
from bench.registering import cpu
from bench.server import Server
from bench.world import meeting_named
from eventapp.ground.db import db, transaction
from eventapp.meetings.actions import grant
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.people.models import Person
from eventapp.questions.actions import add_question
from eventapp.questions.content import Choice, Condition, QuestionContent
from eventapp.questions.kinds import AGREEMENT, FILE, KINDS, MOST_QUESTIONS, REGISTRATION, WITH_CHOICES, YES_NO

SLUG = "bench-questions"
TIMES, BOUND = 5, 200  # ms of the processor
SETTINGS = f"/meetings/{SLUG}/manage/settings/questions"
FORM = f"/meetings/{SLUG}/registration/new?category=UN"
ASKED = [kind for kind in KINDS if kind != FILE]


def question_figures(app: Flask, server: Server, browser: Browser) -> Iterator[Figure]:
    """CPU of the workers for each page, of an organizer who is signed in; `build_questions` made the meeting."""

    def get(path: str) -> Callable[[], Answer]:
        return lambda: browser.get(path)

    def anew() -> Answer:
        with app.app_context(), transaction():
            db.session.execute(update(Meeting).where(Meeting.slug == SLUG).values(version=Meeting.version + 1))
        return browser.get(FORM)

    acts = {
        "settings": get(SETTINGS),
        "settings, searched": get(f"{SETTINGS}?q=visit"),
        "settings: one of them": get(f"{SETTINGS}/q{MOST_QUESTIONS}"),
        "registration, the form": get(FORM),
        "registration, the form drawn anew": anew,
    }
    for name, act in acts.items():
        act()  # once, so that no template is compiled while it is measured
        yield cpu(server, f"{name}, {MOST_QUESTIONS} questions", BOUND, [act] * TIMES)


def build_questions(organizer: Person, at: datetime) -> None:
    """A meeting that asks as much as one may, of every kind in turn."""
    meeting = meeting_named(SLUG, at)
    grant(meeting, organizer, ORGANIZER, by=None, at=at)
    for number in range(MOST_QUESTIONS):
        add_question(meeting, asked(number), by=None, at=at)


def asked(number: int) -> QuestionContent:
    """A question with a line of help; one in nine hangs on a yes or no."""
    kind = ASKED[number % len(ASKED)]
    first = 1 + ASKED.index(YES_NO)
    hangs = number > first and kind == ASKED[-2]
    return QuestionContent(
        kind=kind,
        stage=REGISTRATION,
        label={"en": f"Question {number} about the visit"},
        help={"en": "One or two sentences under the question."},
        agreement={"en": "Photographs are taken in all rooms. " * 5} if kind == AGREEMENT else {},
        choices=tuple(Choice(label={"en": f"Answer {one}"}) for one in range(6)) if kind in WITH_CHOICES else (),
        conditions=(Condition(question=f"q{first}", compared="is", answer="yes"),) if hangs else (),
    )

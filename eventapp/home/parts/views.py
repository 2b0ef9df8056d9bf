"""Every part of every page in every state, on one page, for those who build it."""

from datetime import UTC, datetime
from typing import NamedTuple

from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from eventapp.ground.qr import svg_path
from eventapp.ground.web.access import for_development
from eventapp.ground.web.forms import Form, Line, Text
from eventapp.home.views import bp
from eventapp.meetings.kinds.queries import shipped
from eventapp.meetings.models import SessionKind
from eventapp.vocabulary.goals import GOALS
from eventapp.vocabulary.lines import ACTION_LINES

PLACES = [SelectChoice("head", "Head of delegation"), SelectChoice("rep", "Representative")]
ZONE = "Asia/Bangkok"


class Sample(NamedTuple):
    """What the page shows."""

    at: datetime
    zone: str
    qr: object
    lines: list[tuple[str, str]]
    goals: list[tuple[int, str]]
    kinds: list[SessionKind]


class SampleForm(Form):
    """One field of each kind; the first three are wrong as soon as they are sent empty."""

    name = Line("Family name", required="Enter your family name.")
    place = RadioField("Your place in the delegation", choices=PLACES, validate_choice=True)
    state = SelectField("Member or associate member", choices=[SelectChoice("", "Choose one")])
    own = Line("Name in your own script", description="Printed under your name on the badge.")
    need = Text("What would make it easier for you to take part?")
    days = SelectMultipleField("Days", choices=[SelectChoice("4", "Tuesday 4"), SelectChoice("5", "Wednesday 5")])
    size = RadioField("Size of the badge", choices=PLACES, validate_choice=False)
    photo = BooleanField("Take no photographs of me", description="Your badge has a sign then.")


@bp.get("/parts")
@for_development
def parts() -> ResponseReturnValue:
    """The page exists in development only."""
    faulty = SampleForm(prefix="wrong-")
    faulty.validate()
    sample = Sample(
        datetime(2016, 10, 4, 2, 0, tzinfo=UTC),
        ZONE,
        svg_path("https://example.org/r/K7Q2"),
        [(code, line.title) for code, line in list(ACTION_LINES.items())[:8]],
        [(number, goal.label) for number, goal in GOALS.items()],
        shipped(),
    )
    return render_template("home/parts.html", plain=SampleForm(), faulty=faulty, sample=sample)

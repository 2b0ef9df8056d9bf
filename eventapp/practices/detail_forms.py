"""The fields that only the forms of others ask for: on the presenter's card, and where the secretariat completes it."""

from collections.abc import Iterable

from wtforms import BooleanField, Field, SelectField
from wtforms.validators import ValidationError

from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.policy import words_in
from eventapp.ground.web.forms import Check, Form, Label, Line, Text
from eventapp.practices.content import WORD_LIMITS
from eventapp.practices.details import MOST_KEYWORDS, is_day, is_website, keywords_in
from eventapp.vocabulary.lines import ACTION_LINES
from eventapp.vocabulary.practices import ACTIVITIES, COVERAGES
from eventapp.vocabulary.term import choices

LONGEST_PART = 2000


def within(most: int) -> Check:
    """No more words than the form of reporting takes."""

    def check(_form: Form, field: Field) -> None:
        count = words_in(field.data or "")
        if count > most:
            raise ValidationError(_("Use %(most)s words or less; there are %(num)s now.", most=most, num=count))

    return check


def part(label: Label, name: str) -> Text:
    """A text with the limit in words of this part of a card."""
    return Text(label, most=LONGEST_PART, checks=(within(WORD_LIMITS[name]),))


def few_keywords(_form: Form, field: Field) -> None:
    if len(keywords_in(field.data or "")) > MOST_KEYWORDS:
        raise ValidationError(_("Write %(most)s keywords or less.", most=MOST_KEYWORDS))


def address_of_page(_form: Form, field: Field) -> None:
    if not is_website(field.data or ""):
        raise ValidationError(_("Write the whole address, such as https://example.org."))


def day(_form: Form, field: Field) -> None:
    if not is_day(field.data or ""):
        raise ValidationError(_("Write a year, a month or a day: 2016, 2016-03 or 2016-03-09."))


class DetailForm(Form):
    """The answers that only these forms ask for; all of them may be left out."""

    pitch = part(_l("Short description"), "pitch")
    impact = part(_l("Impact"), "impact")
    replicability = part(_l("How it can be repeated elsewhere"), "replicability")
    sustainability = part(_l("What keeps it going"), "sustainability")
    activity = SelectField(_l("Type of activity"), default="")
    coverage = SelectField(_l("How far it reaches"), default="")
    keywords = Line(_l("Keywords"), checks=(few_keywords,))
    website = Line(_l("Website"), checks=(address_of_page,))
    starts_on = Line(_l("Start"), checks=(day,))
    ends_on = Line(_l("End"), checks=(day,))
    is_ongoing = BooleanField(_l("It goes on, without an end"))
    prize_line = SelectField(_l("Category of the WSIS Prizes"), default="")

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        blank = [("", _("Not said"))]
        self.activity.choices = blank + choices(ACTIVITIES)
        self.coverage.choices = blank + choices(COVERAGES)
        self.prize_line.choices = [*blank, *((line.code, line.label) for line in ACTION_LINES.values())]

    @property
    def parts(self) -> Iterable[Field]:
        """The fields of text, whatever has to be in them."""
        return (field for field in self if isinstance(field, Line))

    def validate_ends_on(self, field: Field) -> None:
        """It ends after it starts, or goes on."""
        if field.data and self.is_ongoing.data:
            raise ValidationError(_("Leave the end out, or say that it does not go on."))
        start = self.starts_on.data or ""
        if field.data and is_day(field.data) and field.data < start[: len(field.data)]:
            raise ValidationError(_("Write an end that comes after the start."))

    def details(self) -> Record:
        """What was typed; codes nobody knows are left out, as the browser never sends them."""
        picked = (self.activity, self.coverage, self.prize_line)
        return {
            **{field.name: field.data if field.data in dict(field.choices) else "" for field in picked},
            **{field.name: field.data or "" for field in self.parts},
            "is_ongoing": bool(self.is_ongoing.data),
        }

"""The fields that only the forms of others ask for: on the presenter's card, and where the secretariat completes it."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import ValidationError

from eventapp.forms import Check, Form, Line, Text
from eventapp.practices.completing import COMPLETED
from eventapp.practices.content import WORD_LIMITS, Practice
from eventapp.practices.details import DETAILS, MOST_KEYWORDS, is_day, is_website, keywords_in
from eventapp.text import words_in
from eventapp.vocabulary.countries import country_choices
from eventapp.vocabulary.lines import ACTION_LINES
from eventapp.vocabulary.practices import ACTIVITIES, COVERAGES
from eventapp.vocabulary.term import choices
from eventapp.windows import mark_in
from eventapp.words import _, _l

LONGEST_PART = 2000


def within(most: int) -> Check:
    """No more words than the form of reporting takes."""

    def check(_form: Any, field: Any) -> None:
        count = words_in(field.data or "")
        if count > most:
            raise ValidationError(_("Use %(most)s words or less; there are %(num)s now.", most=most, num=count))

    return check


def part(label: Any, name: str) -> Text:
    """A text with the limit in words of this part of a card."""
    return Text(label, most=LONGEST_PART, checks=(within(WORD_LIMITS[name]),))


def few_keywords(_form: Any, field: Any) -> None:
    if len(keywords_in(field.data or "")) > MOST_KEYWORDS:
        raise ValidationError(_("Write %(most)s keywords or less.", most=MOST_KEYWORDS))


def address_of_page(_form: Any, field: Any) -> None:
    if not is_website(field.data or ""):
        raise ValidationError(_("Write the whole address, such as https://example.org."))


def day(_form: Any, field: Any) -> None:
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

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        blank = [("", _("Not said"))]
        self.activity.choices = blank + choices(ACTIVITIES)
        self.coverage.choices = blank + choices(COVERAGES)
        self.prize_line.choices = [*blank, *((line.code, line.label) for line in ACTION_LINES.values())]

    @property
    def parts(self) -> Iterable[Any]:
        """The fields of text, whatever has to be in them."""
        return (field for field in self if isinstance(field, Line))

    def validate_ends_on(self, field: Any) -> None:
        """It ends after it starts, or goes on."""
        if field.data and self.is_ongoing.data:
            raise ValidationError(_("Leave the end out, or say that it does not go on."))
        start = self.starts_on.data or ""
        if field.data and is_day(field.data) and field.data < start[: len(field.data)]:
            raise ValidationError(_("Write an end that comes after the start."))

    def details(self) -> dict[str, Any]:
        """What was typed; codes nobody knows are left out, as the browser never sends them."""
        picked = (self.activity, self.coverage, self.prize_line)
        return {
            **{field.name: field.data if field.data in dict(field.choices) else "" for field in picked},
            **{field.name: field.data or "" for field in self.parts},
            "is_ongoing": bool(self.is_ongoing.data),
        }


class CompletionForm(DetailForm):
    """What the secretariat completes of a card before it is forwarded."""

    base = HiddenField()
    over = HiddenField()
    mark = HiddenField(filters=[mark_in])
    country = SelectField(_l("Country"), default="")
    partners = part(_l("Partners"), "partners")
    challenges = part(_l("Challenges"), "challenges")
    prospects = part(_l("What comes next"), "prospects")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.country.choices = [("", _("No single country")), *country_choices()]

    def completed(self) -> dict[str, Any]:
        """What was typed, by the names of the parts of a card."""
        country = self.country.data if self.country.data in dict(self.country.choices) else ""
        typed = {**self.details(), "country": country}
        return {name: typed[name] for name in COMPLETED}


def told(details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """These parts as a reader sees them: the label of the field, and the words."""
    form, known = CompletionForm(), {name: value for name, value in details.items() if name in COMPLETED}
    return [(str(form[name].label.text), words_for(form[name], known[name])) for name in COMPLETED if name in known]


def words_for(field: Any, value: Any) -> str:
    """The words that stand for what a field holds: the label of a code, yes or no."""
    if isinstance(field, SelectField):
        return str(dict(field.choices).get(value, value)) if value else ""
    return (_("Yes") if value else _("No")) if isinstance(field, BooleanField) else value


def told_details(practice: Practice) -> list[tuple[str, str]]:
    """The details that a card has, as a reader sees them."""
    return told({name: getattr(practice, name) for name in DETAILS if getattr(practice, name)})

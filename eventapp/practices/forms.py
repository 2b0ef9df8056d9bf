"""What a presenter types on a card, and whom an organizer invites."""

from wtforms import Field, FileField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, ValidationError

from eventapp.drafts.text_page import TextForm
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _, _l, language
from eventapp.ground.text.policy import clean, fault_in
from eventapp.ground.web.forms import Form, Line, Text, Typed
from eventapp.meetings.themes.content import Themes
from eventapp.people.addresses import AddressLine
from eventapp.practices.content import FORWARDED_TO, PROJECT_LIMIT, WORD_LIMITS, Measure, Practice
from eventapp.practices.detail_forms import DetailForm, part, within
from eventapp.practices.details import DETAILS
from eventapp.record.reading.figures import figures_in, value_of
from eventapp.vocabulary.countries import country_choices
from eventapp.vocabulary.notes import OUTLETS

LONGEST_TEXT = 3000
MOST_MEASURES, BLANK_ROWS = 12, 2


class Measures(Field):
    """Results in numbers: figure, unit and source; as many rows as somebody filled, and blank ones to fill."""

    data: tuple[Measure, ...]

    def process_formdata(self, valuelist: list[str]) -> None:
        """Nothing: the three columns are read together, in process."""

    def process(self, formdata: Typed, data: object = (), extra_filters: object = None) -> None:
        super().process(formdata, data, extra_filters)
        if formdata and self.name in formdata:
            columns = [formdata.getlist(name) for name in (self.name, "unit", "source")]
            rows = (Measure(*map(clean, row)) for row in zip(*columns, strict=False))
            self.data = tuple(row for row in rows if any(row))[:MOST_MEASURES]

    def pre_validate(self, form: Form) -> None:
        for row in self.data or ():
            fault = next(filter(None, map(fault_in, row)), None)
            if fault:
                raise ValidationError(fault)
            if not row.figure:
                raise ValidationError(_("Write the figure that “%(words)s” is about.", words=row.unit or row.source))

    @property
    def rows(self) -> list[Measure]:
        return [*(self.data or ()), *[Measure("")] * BLANK_ROWS]


class CardForm(TextForm, DetailForm):
    """The card of one good practice."""

    project = Line(_l("Name of the project"), required=_l("Write the name of the project."), most=PROJECT_LIMIT)
    owner = Line(_l("Organization that runs it"), required=_l("Write which organization runs it."))
    country = SelectField(_l("Country"), default="")
    action_lines = SelectMultipleField(_l("Action lines"), [DataRequired(_l("Choose one action line or more."))])
    goals = SelectMultipleField(_l("Goals"), coerce=int)
    results = Text(
        _l("Results, in words"),
        required=_l("Write what came of it, in a few sentences."),
        most=LONGEST_TEXT,
        checks=(within(WORD_LIMITS["results"]),),
    )
    measures = Measures(_l("Results, in numbers"))
    partners = part(_l("Partners"), "partners")
    challenges = part(_l("Challenges"), "challenges")
    prospects = part(_l("What comes next"), "prospects")
    contact_name = Line(_l("Whom to ask"), required=_l("Write whom to ask."))
    contact_email = AddressLine(_l("Email of that person"), required=_l("Write an email address to ask at."))
    outlets = SelectMultipleField(_l("May the secretariat forward this card?"))
    file = FileField(_l("Photo or document"))

    def __init__(self, *args: object, themes: Themes, **more: object) -> None:
        super().__init__(*args, **more)
        self.themes = themes
        self.country.choices = [("", _("No single country")), *country_choices()]
        self.action_lines.label.text = themes.heading
        self.action_lines.choices = [(code, line.label) for code, line in themes.lines.items()]
        self.goals.choices = [(number, goal.label) for number, goal in themes.goals.items()]
        if not themes.lines:
            self.action_lines.validators = []
        self.outlets.choices = [(code, OUTLETS[code].label) for code in FORWARDED_TO]

    @property
    def goes_to_wsis(self) -> bool:
        """Whether it asks what only WSIS asks: the meeting has its lines, or something is answered already."""
        asked = (self.outlets, *(self[name] for name in DETAILS))
        return self.themes.has_lines_of_wsis or any(field.data for field in asked)

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Every fault in the order of the page, where the details come last."""
        return sorted(super().faults, key=lambda fault: fault[0] in DETAILS)

    @property
    def figures_in_words(self) -> list[str]:
        """The figures in the words on results that stand in no row, each once: a source is asked for them too."""
        known = {value_of(row.figure) for row in self.measures.data or ()}
        found = [one for one in figures_in(self.results.data or "") if one.value not in known]
        return list({one.value: one.words for one in found}.values())

    def faults_in_draft(self) -> list[str]:
        """What stops a draft from being kept: a text that no page may hold, or far too long; never what is missing."""
        texts = (fault_in(part.data or "", most=part.most, lines=part.multiline) for part in self.parts)
        rows = (fault_in(word) for row in self.measures.data or () for word in row)
        return [fault for fault in (*texts, *rows) if fault]

    def practice(self) -> Practice:
        """What was typed; codes nobody knows are left out, as the browser never sends them."""
        lines, goals = self.action_lines.data or (), self.goals.data or ()
        return Practice(
            **self.details(),
            country=self.country.data if self.country.data in dict(self.country.choices) else "",
            action_lines=tuple(code for code in self.themes.lines if code in lines),
            goals=tuple(number for number in self.themes.goals if number in goals),
            measures=tuple(self.measures.data or ()),
            outlets=tuple(code for code in FORWARDED_TO if code in (self.outlets.data or ())),
            language=language(),
        )


def typed(practice: Practice) -> Record:
    """The card as the fields of the form show it."""
    return {**practice.content(), "measures": practice.measures}

"""The questions of a meeting's own as fields of a form, made for whoever is asked."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from itertools import groupby

from wtforms import BooleanField, Field, FileField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms import Form as PlainForm
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from eventapp.drafts.held.fields import HoldsFiles
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _, language
from eventapp.ground.web.forms import Day, Line, Text, Typed
from eventapp.meetings.models import Meeting
from eventapp.questions.conditions import applying, is_met
from eventapp.questions.content import in_language
from eventapp.questions.kinds import (
    AGREEMENT,
    ANY,
    CHOICE,
    COUNTRY,
    DATE,
    FILE,
    LONG_TEXT,
    NO,
    NUMBER,
    SEVERAL,
    YES,
    YES_NO,
)
from eventapp.questions.models import Question
from eventapp.questions.queries import questions_of, renew
from eventapp.registration.forms.choices import countries_in
from eventapp.vocabulary.countries import country

NUMBER_FORM = re.compile(r"-?[0-9]{1,12}([.,][0-9]{1,6})?")
LONGEST_ANSWER, LONGEST_TEXT = 200, 3000
MOST_MEGABYTES = 5  # of one file
PREFIX = "q_"


def is_number(_form: PlainForm, field: Field) -> None:
    """Figures, with a point or a comma between them."""
    if field.data and not NUMBER_FORM.fullmatch(field.data):
        raise ValidationError(_("Write a number in figures, such as 42 or 1.5."))


def is_country(_form: PlainForm, field: Field) -> None:
    if field.data and country(field.data) is None:
        raise ValidationError(_("Choose a country from the list."))


def is_offered(_form: PlainForm, field: Field) -> None:
    """What was chosen is among the answers of today's words."""
    chosen = field.data if isinstance(field.data, list) else [field.data]
    if {one for one in chosen if one} - {choice.value for choice in field.choices}:
        raise ValidationError(_("Choose one of the answers that are offered."))


class FileAnswer(FileField):
    """A file. Its data is digest and name of the one on record, until another one was opened or it is left out."""

    def process_data(self, value: str | None) -> None:
        """Show what is on record."""
        self.data = self.there = value or ""

    def process_formdata(self, valuelist: Sequence[object]) -> None:
        """Nothing that is typed is a file: eventapp/registration/uploads/answered.py opens what was sent."""


class AnswersForm(HoldsFiles):
    """What the meeting asks of one category; `questions` are those that its fields are made of, in order."""

    questions: Sequence[Question] = ()
    codes: Collection[str] = ()
    earlier: Mapping[str, Sequence[str]] = {}  # what was answered at a stage before
    base = HiddenField()  # the answers that were on record when somebody began to change them
    sealed: Collection[str] = ()  # codes of sealed answers on record, which this form does not show
    unfit: dict[str, str]  # code of a question → what is wrong with the file that was sent

    @property
    def sections(self) -> list[list[Question]]:
        """The questions that stand together under a heading, in order."""
        renew(self.questions)
        return [list(together) for _heading, together in groupby(self.questions, key=lambda one: one.section)]

    def conditions_of(self, question: Question) -> list[Record]:
        """What decides on this page whether it is shown; nothing where answers of before have decided it."""
        if not question.condition:
            return []
        here = {*self.codes} - {*self.sealed}
        before = [part for part in question.conditions if part["question"] not in here]
        if question.condition.get("match") == ANY and any(is_met(part, self.earlier) for part in before):
            return []
        return [part for part in question.conditions if part["question"] in here]

    @property
    def countries(self) -> Sequence[tuple[str, str]]:
        """Every country, where a question is answered by one."""
        return countries_in(language()) if any(one.kind == COUNTRY for one in self.questions) else ()

    @property
    def takes_files(self) -> bool:
        """Whether a question is answered by a file."""
        return any(one.kind == FILE for one in self.questions)

    @property
    def has_places(self) -> bool:
        """Whether the places of a choice are counted."""
        renew(self.questions)
        return any(one.places for one in self.questions)

    def field_of(self, question: Question) -> Field:
        return self[PREFIX + question.code]

    def applying(self, category: str) -> list[Question]:
        """The questions that apply to what is typed."""
        return applying(self.questions, category, {**self.earlier, **self.typed()})

    def is_sound(self, category: str) -> bool:
        """Whether every question that applies is answered as it must be; faults of the others are forgiven."""
        self.validate()
        asked = self.applying(category)
        for question in self.questions:
            field = self.field_of(question)
            if question not in asked:
                field.errors = ()
            elif question.code in self.unfit:
                field.errors = [self.unfit[question.code]]
            elif field.flags.required and not values_of(field) and not field.errors:
                field.errors = [
                    _("Agree to this, or write to the secretariat.")
                    if question.kind == AGREEMENT
                    else _("Answer this question.")
                ]
        return not self.faults

    def typed(self) -> dict[str, list[str]]:
        """Every answer as it is kept: codes of choices, or one text."""
        values = {one.code: values_of(self.field_of(one)) for one in self.questions}
        return {code: value for code, value in values.items() if value}

    def given(self, category: str) -> dict[str, list[str]]:
        """The same, of the questions that apply."""
        typed = self.typed()
        return {one.code: typed[one.code] for one in self.applying(category) if one.code in typed}


def answers_form(
    typed: Typed,
    meeting: Meeting,
    category: str,
    stages: Collection[str],
    on_record: Mapping[str, Sequence[str]] | None = None,
    *,
    asked: Sequence[Question] | None = None,
) -> AnswersForm:
    """The questions of these stages for people of this category, with what was answered before.

    Those of the meeting are looked up, unless all that are `asked` are given.
    """
    every = [
        one
        for stage in stages
        for one in (questions_of(meeting, stage) if asked is None else asked)
        if one.stage == stage
    ]
    before, codes = on_record or {}, {one.code for one in every}
    earlier = {code: values for code, values in before.items() if code not in codes}
    questions = asked_of(every, category, earlier)
    fields: dict[str, object] = {PREFIX + one.code: field_for(one) for one in questions}
    made = type(
        "AnswersForm", (AnswersForm,), {**fields, "questions": questions, "codes": {one.code for one in questions}}
    )
    values = {PREFIX + one.code: data_of(one, before[one.code]) for one in questions if before.get(one.code)}
    form: AnswersForm = made(typed, **values)
    form.earlier, form.unfit = earlier, {}
    for question in questions:
        form.field_of(question).flags.required = question.is_required
    return form


def asked_of(every: Sequence[Question], category: str, earlier: Mapping[str, Sequence[str]]) -> list[Question]:
    """Those a page has fields of: what hangs on an answer of before is decided already."""
    asked, codes, hidden = [], set[str](), set[str]()
    for question in every:
        may_be_met = (
            part["question"] in codes or (part["question"] not in hidden and is_met(part, earlier))
            for part in question.conditions
        )
        if question.is_for(category) and question.holds(may_be_met):
            asked.append(question)
            codes.add(question.code)
        else:
            hidden.add(question.code)
    return asked


def field_for(question: Question) -> object:
    """The field of one question; its words are written by the page (templates/questions/_fields.html)."""
    first = question.meeting.written_in
    words = {code: in_language(label, language(), first)[0] for code, label in question.wording.choices.items()}
    choices = [SelectChoice(code, label) for code, label in words.items()]
    label = in_language(question.label, language(), first)[0]
    makers: dict[str, Callable[[], object]] = {  # WTForms gives an unbound field no type
        LONG_TEXT: lambda: Text(label, most=LONGEST_TEXT),
        CHOICE: lambda: RadioField(label, [is_offered], choices=choices, validate_choice=False),
        SEVERAL: lambda: SelectMultipleField(label, [is_offered], choices=choices, validate_choice=False),
        YES_NO: lambda: RadioField(
            label,
            [is_offered],
            choices=[SelectChoice(YES, _("Yes")), SelectChoice(NO, _("No"))],
            validate_choice=False,
        ),
        DATE: lambda: Day(label),
        COUNTRY: lambda: SelectField(
            label,
            [is_country],
            choices=[],  # the page writes them out, once for all such questions
            validate_choice=False,
        ),
        NUMBER: lambda: Line(label, most=LONGEST_ANSWER, checks=(is_number,)),
        AGREEMENT: lambda: BooleanField(label),
        FILE: lambda: FileAnswer(label),
    }
    return makers.get(question.kind, lambda: Line(label, most=LONGEST_ANSWER))()


def values_of(field: Field) -> list[str]:
    """What is in this field, as it is kept."""
    data = field.data
    if isinstance(data, bool):
        return [YES] if data else []
    if isinstance(data, list):
        return [str(one) for one in data]
    if isinstance(data, date):
        return [data.isoformat()]
    return [str(data)] if data and data != "None" else []


def data_of(question: Question, values: Sequence[str]) -> object:
    """What was kept, as the field takes it."""
    if question.kind == SEVERAL:
        return list(values)
    if question.kind == AGREEMENT:
        return YES in values
    return day_of(values[0]) if question.kind == DATE else values[0]


def day_of(words: str) -> date | None:
    """The day that was kept; None for what somebody began to write while another kind of answer was asked."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None

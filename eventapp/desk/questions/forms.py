"""What an organizer types about a question: its words per language, its answers, who is asked, and when."""

from collections.abc import Sequence

from wtforms import BooleanField, Field, FieldList, FormField, HiddenField, SelectField, SelectMultipleField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from eventapp.desk.questions.listing import answer_named, languages_of
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.forms import Form, Line, Text, Typed, WholeNumber
from eventapp.meetings.models import Meeting
from eventapp.questions.conditions import answers_to_name, is_before, name_of
from eventapp.questions.content import Choice, Condition, QuestionContent, Texts
from eventapp.questions.kinds import (
    AGREEMENT,
    ALL,
    COMPARED,
    IS,
    KINDS,
    LONGEST_AGREEMENT,
    LONGEST_CHOICE,
    LONGEST_HELP,
    LONGEST_LABEL,
    LONGEST_SECTION,
    MATCHES,
    MOST_CHOICES,
    MOST_CONDITIONS,
    RETENTION_DAYS,
    STAGES,
    WITH_CHOICES,
)
from eventapp.questions.models import Question
from eventapp.vocabulary.term import choices
from eventapp.vocabulary.tongues import TONGUES

BLANK_ROWS = 3
TEXTS = ("label", "help", "section", "agreement")
LONGEST = dict(zip(TEXTS, (LONGEST_LABEL, LONGEST_HELP, LONGEST_SECTION, LONGEST_AGREEMENT), strict=True))
LABELS = {
    "label": _l("Question"),
    "help": _l("Help"),
    "section": _l("Heading above it"),
    "agreement": _l("Text to agree to"),
}


def is_choice_code(_form: PlainForm, field: Field) -> None:
    """A code that a page of ours could have sent."""
    if field.data and not (field.data.isascii() and field.data.isalnum() and len(field.data) <= 20):  # noqa: PLR2004 -- the column
        raise ValidationError(_("Choose one of the answers that are offered."))


class ChoiceForm(PlainForm):
    """One answer to choose; its texts are made for the languages of the meeting."""

    code = HiddenField(validators=[is_choice_code])
    places = WholeNumber(_l("Places"), least=0)

    def text_in(self, code: str) -> Field:
        return self[f"text_{code}"]


class ConditionForm(PlainForm):
    """One answer that a question depends on; "" for none."""

    depends_on = SelectField(_l("Answer"), default="")
    compared = SelectField(_l("Compared"), default=IS)

    def condition(self) -> Condition:
        """What was chosen."""
        code, _sign, answer = self.depends_on.data.partition("=")
        return Condition(question=code, compared=self.compared.data, answer=answer)


class QuestionForm(Form):
    """A question; the fields of its texts are made for the languages of the meeting, the first of them first."""

    version = HiddenField()
    kind = SelectField(_l("Kind of answer"))
    stage = SelectField(_l("Asked"))
    categories = SelectMultipleField(_l("Who is asked"))
    match = SelectField(_l("Compared"))
    conditions = FieldList(FormField(ConditionForm), _l("Shown"), max_entries=2 * MOST_CONDITIONS)
    is_required = BooleanField(_l("An answer is required"))
    is_personal = BooleanField(_l("Personal"))
    retention_days = WholeNumber(_l("Days it is kept after the meeting"), least=0)
    languages: tuple[str, ...] = ()

    def __init__(self, typed: Typed, meeting: Meeting, before: Sequence[Question], **more: object) -> None:
        super().__init__(typed, **more)
        self.kind.choices, self.stage.choices = picks(choices(KINDS)), picks(choices(STAGES))
        self.match.choices = picks(choices(MATCHES))
        self.categories.choices = [SelectChoice(one.code, one.name) for one in meeting.categories]
        self.answers = answers_in(before)
        compared = picks(choices(COMPARED))
        if len(self.conditions) < MOST_CONDITIONS:
            self.conditions.append_entry()  # a blank one to fill
        for row in self.conditions:
            row.form.depends_on.choices, row.form.compared.choices = self.answers, compared

    @property
    def rows(self) -> FieldList:
        """The answers to choose, and blank ones to fill."""
        return self["choices"]

    def text_in(self, name: str, code: str) -> Field:
        """The field of this text in this language."""
        return self[f"{name}_{code}"]

    def validate(self, extra_validators: object = None) -> bool:
        """Whether it can be asked: its words are there in the first language, and the answers to choose."""
        sound = bool(super().validate())
        if self.kind.data == AGREEMENT and not self.text_in("agreement", self.languages[0]).data:
            self.text_in("agreement", self.languages[0]).errors = [_("Write the text that people agree to.")]
            sound = False
        if self.kind.data in WITH_CHOICES:
            sound = self.are_choices_sound() and sound
        return sound

    def are_choices_sound(self) -> bool:
        """Whether there are answers to choose, not too many, each in the first language, none twice."""
        first, seen, sound = self.languages[0], set[str](), True
        rows = filled(self.rows)
        if not rows or len(rows) > MOST_CHOICES:
            (self.rows[0].form.text_in(first) if len(self.rows) else self.kind).errors = [
                _("Write an answer to choose.")
                if not rows
                else _("A question has %(most)s answers to choose at most.", most=MOST_CHOICES)
            ]
            return False
        for row in rows:
            text = row.text_in(first)
            if not text.data:
                text.errors, sound = (
                    [_("Write this answer in %(language)s.", language=TONGUES.get(first, first))],
                    False,
                )
            elif text.data in seen:
                text.errors, sound = [_("This answer is there already. Write another.")], False
            seen.add(text.data or "")
        return sound

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Every fault, those of the answers last."""
        own = [(name, words) for name, words in super().faults if not name.startswith(("choices", "conditions"))]
        cells = (field for rows in (self.conditions, self.rows) for row in rows for field in row.form if field.errors)
        return own + [(field.id, str(field.errors[0])) for field in cells]

    def content(self) -> QuestionContent:
        """What was typed."""
        texts = {name: self._texts(name) for name in TEXTS}
        if self.kind.data != AGREEMENT:
            texts["agreement"] = {}
        return QuestionContent(
            kind=self.kind.data,
            stage=self.stage.data,
            **texts,
            choices=tuple(
                Choice(code=row.code.data, label=self._texts_of(row), places=row.places.data)
                for row in filled(self.rows)
                if self.kind.data in WITH_CHOICES
            ),
            categories=tuple(self.categories.data or ()),
            conditions=tuple(row.form.condition() for row in self.conditions if row.form.depends_on.data),
            match=self.match.data,
            is_required=self.is_required.data,
            is_personal=self.is_personal.data,
            retention_days=self.retention_days.data,
        )

    def _texts(self, name: str) -> Texts:
        texts = {code: self.text_in(name, code).data for code in self.languages}
        return {code: text for code, text in texts.items() if text}

    def _texts_of(self, row: ChoiceForm) -> Texts:
        texts = {code: row.text_in(code).data for code in self.languages}
        return {code: text for code, text in texts.items() if text}


def answers_in(before: Sequence[Question]) -> list[SelectChoice]:
    """Every answer that a condition may name, of these questions; the first is none."""
    found = [SelectChoice("", _("Always"))]
    for question in before:
        for code in ("", *answers_to_name(question)):
            words = _("If “%(question)s”: %(answer)s", question=name_of(question), answer=answer_named(question, code))
            found.append(SelectChoice(f"{question.code}={code}".rstrip("="), words))
    return found


def filled(rows: FieldList) -> list[ChoiceForm]:
    """The rows in which somebody wrote something."""
    return [row.form for row in rows if any(field.data for field in row.form if field.short_name != "code")]


def form_for(meeting: Meeting, before: Sequence[Question], typed: Typed, **values: object) -> QuestionForm:
    """The form with every text in each language of the meeting."""
    languages = languages_of(meeting)
    columns = {f"text_{code}": Line(TONGUES.get(code, code), most=LONGEST_CHOICE) for code in languages}
    row = type("ChoiceForm", (ChoiceForm,), columns)
    fields: dict[str, object] = {"languages": languages}
    for name in TEXTS:
        for code in languages:
            kind = Text if name == "agreement" else Line
            needed = {"required": _l("Write the question.")} if name == "label" and code == languages[0] else {}
            fields[f"{name}_{code}"] = kind(LABELS[name], most=LONGEST[name], **needed)
    fields["choices"] = FieldList(FormField(row), _l("Answers to choose"), max_entries=2 * MOST_CHOICES)
    made = type("QuestionForm", (QuestionForm,), fields)
    return made(typed, meeting, before, **values)  # type: ignore[no-any-return]


def blank_form(meeting: Meeting, before: Sequence[Question], stage: str) -> QuestionForm:
    """The form of a question that is not asked yet."""
    return form_for(meeting, before, None, stage=stage, retention_days=RETENTION_DAYS, choices=[{}] * BLANK_ROWS)


def form_of(question: Question, before: Sequence[Question]) -> QuestionForm:
    """The form as the question stands now."""
    languages = languages_of(question.meeting)
    texts = {
        f"{name}_{code}": source.get(code)
        for name, source in (
            ("label", question.label),
            ("help", question.help),
            ("section", question.section),
            ("agreement", question.wording.agreement),
        )
        for code in languages
    }
    rows: list[dict[str, object]] = [
        {"code": code, "places": question.places.get(code), **{f"text_{one}": label.get(one) for one in languages}}
        for code, label in question.wording.choices.items()
    ]
    values: dict[str, object] = {
        "version": str(question.version),
        "match": question.condition.get("match", ALL),
        "conditions": [
            {"compared": one["compared"], "depends_on": "=".join(filter(None, (one["question"], one["answer"])))}
            for one in question.conditions
        ],
        "retention_days": question.retention_days if question.is_personal else RETENTION_DAYS,
        "choices": rows + [{}] * BLANK_ROWS,
    }
    names = ("kind", "stage", "categories", "is_required", "is_personal")
    values |= {name: getattr(question, name) for name in names} | texts
    return form_for(question.meeting, before, None, **values)


def asked_before(question: Question, others: Sequence[Question]) -> list[Question]:
    """The questions that this one may depend on."""
    return [one for one in others if is_before(one, question.stage, question.position)]


def picks(listed: list[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(code, label) for code, label in listed]

"""What a rapporteur types, read into a draft."""

import re
from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import Optional, ValidationError

from eventapp.agenda.models import Session
from eventapp.forms import Day, Form, Line, Text
from eventapp.outcomes.attribution import Said, said_by
from eventapp.outcomes.draft import (
    ASIDES,
    DELIVERIES,
    LONGEST_TEXT,
    Draft,
    Figure,
    Unexplained,
    allowed_ceilings,
    title_from,
    usual_ceiling,
)
from eventapp.outcomes.places import codes_of, names_of
from eventapp.outcomes.queries import Speaker
from eventapp.outcomes.shorthand import understand
from eventapp.refusal import Refused
from eventapp.text import fault_in, words_in
from eventapp.vocabulary.countries import country_choices
from eventapp.vocabulary.goals import GOALS
from eventapp.vocabulary.lines import ACTION_LINES
from eventapp.vocabulary.notes import ASIDE_LIMIT, CEILINGS, NOTE_KINDS, OUTLETS, SUPPORTS, TEXT_LIMIT, TITLE_LIMIT
from eventapp.vocabulary.participants import STAKEHOLDER_TYPES
from eventapp.vocabulary.targets import TARGETS
from eventapp.vocabulary.term import choices
from eventapp.vocabulary.tongues import TONGUES, tongue_of
from eventapp.words import _, _l, ngettext

FOLDED = (
    "title", "organization", "stakeholder_type", "country", "countries", "figure", "sources", "who", "due_on",
    "due_text", "delivery", "targets", "partners", "replicability", "sustainability", "gender_relevance", "outlets",
)  # fmt: skip


class Figures(Field):
    """Figures beside their sources; as many rows as somebody filled, and a blank one to fill."""

    data: tuple[Figure, ...]

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Nothing: both columns are read together, in process."""

    def process(self, formdata: Any, data: Any = (), extra_filters: Any = None) -> None:
        super().process(formdata, data, extra_filters)
        if formdata and self.name in formdata:
            figures, sources = formdata.getlist(self.name), formdata.getlist("source")
            rows = zip(figures, [*sources, *[""] * len(figures)], strict=False)
            self.data = tuple(
                Figure(figure.strip(), source.strip()) for figure, source in rows if figure.strip() or source.strip()
            )

    def pre_validate(self, form: Any) -> None:
        for row in self.data or ():
            if not row.figure:
                raise ValidationError(_("Write the figure that this source is for: %(source)s", source=row.source))
            fault = fault_in(row.figure) or fault_in(row.source)
            if fault:
                raise ValidationError(fault)

    @property
    def rows(self) -> list[Figure]:
        return [*(self.data or ()), Figure("")]


def in_words(form: Any, field: Any) -> None:
    """One idea: 150 words and no more."""
    over = words_in(field.data or "") - TEXT_LIMIT
    if over > 0:
        raise ValidationError(
            ngettext(
                "Take out %(num)s word, or make two notes of it: one idea a note.",
                "Take out %(num)s words, or make two notes of it: one idea a note.",
                over,
            )
        )


def in_few_words(form: Any, field: Any) -> None:
    """A remark beside the idea: 50 words and no more."""
    over = words_in(field.data or "") - ASIDE_LIMIT
    if over > 0:
        raise ValidationError(ngettext("Take out %(num)s word.", "Take out %(num)s words.", over))


def known_targets(form: Any, field: Any) -> None:
    """Every number is a target of the goals."""
    unknown = [one for one in targets_in(field.data or "") if one not in TARGETS]
    if unknown:
        raise ValidationError(_("There is no target %(name)s. Write targets as 9.c, 17.8.", name=unknown[0]))


def targets_in(typed: str) -> tuple[str, ...]:
    """The targets that were typed between commas or blanks."""
    return tuple(re.split(r"[\s,;،]+", typed.strip().lower())) if typed.strip() else ()


def lines_in(typed: str) -> tuple[str, ...]:
    """The lines of a text that hold something."""
    return tuple(line.strip() for line in typed.splitlines() if line.strip())


def known_countries(form: Any, field: Any) -> None:
    """Every name is a country somebody knows."""
    unknown = codes_of(field.data or "").unknown
    if unknown:
        raise ValidationError(
            _("Write %(name)s as the country list has it, or as a three-letter code.", name=unknown[0])
        )


class NoteForm(Form):
    """One idea, with what can be said about it."""

    key = HiddenField()
    base = HiddenField()
    again = HiddenField()  # the key this text was on its way under when it was taken back into the form
    over = HiddenField()  # the mark of the kept text this one was written on
    statement = HiddenField()  # whose turn it was while this was typed: a number, or "none"
    kind = RadioField(_l("Kind of note"), default="trend")
    text = Text(_l("What was said"), required=_l("Write what was said."), most=LONGEST_TEXT, checks=(in_words,))
    speaker = Line(_l("Speaker"))
    ceiling = RadioField(_l("May be attributed to"))
    action_lines = SelectMultipleField(_l("Action lines"))
    goals = SelectMultipleField(_l("Goals"), coerce=int)
    support = RadioField(_l("How widely was it supported?"), default="")
    title = Line(_l("Title"), most=TITLE_LIMIT)
    organization = Line(_l("Organization of the speaker"))
    stakeholder_type = SelectField(_l("Type of stakeholder"), default="")
    country = SelectField(_l("Country of the speaker"), default="")
    countries = Line(_l("Countries it is about"), checks=(known_countries,), most=1000)
    figure = Figures(_l("Figures"))
    sources = Text(_l("Other sources and links, one a line"), most=2000)
    who = Line(_l("Who will do it"))
    due_on = Day(_l("By when"), [Optional()])
    due_text = Line(_l("By when, as it was said"), most=120)
    delivery = SelectField(_l("State of delivery"), default="")
    targets = Line(_l("Targets of the goals"), checks=(known_targets,))
    partners = Text(_l("Partners, one a line"), most=2000)
    replicability = Text(_l("How it can be repeated elsewhere"), most=LONGEST_TEXT, checks=(in_few_words,))
    sustainability = Text(_l("What keeps it going"), most=LONGEST_TEXT, checks=(in_few_words,))
    gender_relevance = Text(_l("What it means for women and girls"), most=LONGEST_TEXT, checks=(in_few_words,))
    outlets = SelectMultipleField(_l("Suggested for"))
    language = SelectField(_l("Language of this note"), default="en")
    off_record = BooleanField(_l("Off the record"))
    remark = Line(_l("Why it is changed"), most=300)

    def __init__(self, session: Session, speakers: Sequence[Speaker], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.speakers = speakers
        blank = [("", "–")]
        self.kind.choices = choices(NOTE_KINDS)
        self.ceiling.choices = [(code, CEILINGS[code].label) for code in allowed_ceilings(session.rule)]
        self.ceiling.data = self.ceiling.data or usual_ceiling(session.rule)
        self.action_lines.choices = [(line.code, line.label) for line in ACTION_LINES.values()]
        self.goals.choices = [(goal.number, goal.title) for goal in GOALS.values()]
        self.support.choices = [("", _("Not noted")), *choices(SUPPORTS)]
        self.stakeholder_type.choices = blank + choices(STAKEHOLDER_TYPES)
        self.country.choices = blank + country_choices()
        self.outlets.choices = choices(OUTLETS)
        self.delivery.choices = blank + choices(DELIVERIES)
        self.language.choices = list(TONGUES.items())

    def understand(self) -> None:
        """Take the marks before the words, where somebody typed a note in one line."""
        said = understand(self.text.data or "", self.speakers)
        self.text.data = said.text
        self.kind.data = said.kind or self.kind.data
        self.speaker.data = said.speaker or self.speaker.data
        if said.ceiling in dict(self.ceiling.choices):
            self.ceiling.data = said.ceiling
        self.action_lines.data = [*(self.action_lines.data or ()), *said.action_lines]
        self.goals.data = [*(self.goals.data or ()), *said.goals]

    @property
    def has_more(self) -> bool:
        """Whether a field of the folded part holds something, or is wrong."""
        return any(self[name].errors or self[name].data for name in FOLDED)

    def said(self) -> Said:
        """Who said it: somebody of the session, or what was typed."""
        said = said_by(self.speaker.data or "", self.speakers)
        return said._replace(
            organization=self.organization.data or said.organization,
            stakeholder_type=self.stakeholder_type.data or said.stakeholder_type,
            country=self.country.data or said.country,
        )

    def draft(self) -> Draft:
        """What was typed, as a draft."""
        return Draft(
            **self.said()._asdict(),
            kind=self.kind.data,
            text=self.text.data or "",
            title=self.title.data or "",
            language=tongue_of(self.text.data or "", self.language.data or "en"),
            action_lines=tuple(self.action_lines.data or ()),
            goals=tuple(self.goals.data or ()),
            countries=codes_of(self.countries.data or "").codes,
            ceiling=self.ceiling.data,
            support=self.support.data or "",
            off_record=bool(self.off_record.data),
            figures=tuple(self.figure.data or ()),
            sources=lines_in(self.sources.data or ""),
            who=self.who.data or "",
            due_on=self.due_on.data,
            due_text=self.due_text.data or "",
            delivery=self.delivery.data or "",
            targets=targets_in(self.targets.data or ""),
            partners=lines_in(self.partners.data or ""),
            replicability=self.replicability.data or "",
            sustainability=self.sustainability.data or "",
            gender_relevance=self.gender_relevance.data or "",
            outlets=tuple(self.outlets.data or ()),
        )


class MergeForm(Form):
    """One text made of two, and why where the note is published."""

    text = Text(
        _l("Or edit both into one"), required=_l("Write one text of both."), most=LONGEST_TEXT, checks=(in_words,)
    )
    remark = Line(_l("Why it is corrected"), most=300)


def refuse(form: NoteForm | MergeForm, refused: Refused) -> int:
    """Show the no above the form, or beside the field of the missing reason. Returns the status to answer with."""
    if isinstance(refused, Unexplained):
        form.remark.errors = [str(refused)]
        return 422
    form.refuse(refused)
    return 409


def typed(draft: Draft) -> dict[str, Any]:
    """The draft as the fields of the form show it."""
    same = (
        "kind", "text", "ceiling", "support", "off_record", "who", "due_on", "due_text", "delivery", *ASIDES,
    )  # fmt: skip
    # an organization alone has its own field: in the line of the speaker it would be read as a person
    source = ", ".join(part for part in (draft.speaker, draft.organization) if part) if draft.speaker else ""
    return {
        **{name: getattr(draft, name) for name in same},
        "title": "" if draft.title == title_from(draft.text) else draft.title,  # it follows the text again
        "speaker": source,
        "organization": "" if source else draft.organization,
        "stakeholder_type": draft.stakeholder_type,
        "country": draft.country,
        "language": draft.language,
        "action_lines": list(draft.action_lines),
        "goals": list(draft.goals),
        "countries": names_of(draft.countries),
        "figure": draft.figures,
        "sources": "\n".join(draft.sources),
        "targets": ", ".join(draft.targets),
        "partners": "\n".join(draft.partners),
        "outlets": list(draft.outlets),
    }

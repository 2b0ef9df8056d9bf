"""What a rapporteur types, read into a draft."""

from collections.abc import Sequence

from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import Optional, ValidationError

from eventapp.agenda.models import Session
from eventapp.drafts.protocol import KeyedFields
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.forms import Day, Line, Text
from eventapp.meetings.themes.queries import themes_of
from eventapp.record.notes.attribution import Said, said_by
from eventapp.record.notes.content import (
    ASIDES,
    DELIVERIES,
    LONGEST_TEXT,
    NoteContent,
    allowed_ceilings,
    title_from,
    usual_ceiling,
)
from eventapp.record.notes.country_input import codes_of, names_of
from eventapp.record.notes.shorthand import understand
from eventapp.record.reading.neutral import fault_in_neutral, proposed
from eventapp.record.reading.tongue import spoken_in
from eventapp.record.revisions.fields import (
    CorrectingForm,
    Figures,
    in_few_words,
    in_words,
    known_countries,
    known_targets,
    lines_in,
    targets_in,
)
from eventapp.record.sessions.speakers import Speaker
from eventapp.vocabulary.countries import country_choices
from eventapp.vocabulary.goals import GOALS
from eventapp.vocabulary.lines import ACTION_LINES
from eventapp.vocabulary.notes import CEILINGS, NOTE_KINDS, OF_WSIS, OUTLETS, SUPPORTS, TITLE_LIMIT
from eventapp.vocabulary.participants import STAKEHOLDER_TYPES
from eventapp.vocabulary.term import choices
from eventapp.vocabulary.tongues import TONGUES

FOLDED = (
    "title", "organization", "stakeholder_type", "country", "countries", "figure", "sources", "who", "due_on",
    "due_text", "delivery", "targets", "partners", "replicability", "sustainability", "gender_relevance", "outlets",
)  # fmt: skip


def names_nobody(form: "NoteForm", field: Field) -> None:
    """A neutral wording tells nobody who said it, and nothing that the note does not say."""
    fault = fault_in_neutral(field.data, form.content()) if field.data else ""
    if fault:
        raise ValidationError(fault)


class NoteForm(KeyedFields, CorrectingForm):
    """One idea, with what can be said about it."""

    base = HiddenField()
    again = HiddenField()  # the key this text was on its way under when it was taken back into the form
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
    neutral = Text(_l("Neutral wording"), most=LONGEST_TEXT, checks=(in_words, names_nobody))
    outlets = SelectMultipleField(_l("Suggested for"))
    language = SelectField(_l("Language of this note"), default="en")
    off_record = BooleanField(_l("Off the record"))
    remark = Line(_l("Why it is changed"), most=300)

    def __init__(self, session: Session, speakers: Sequence[Speaker], *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.speakers, self.themes = speakers, themes_of(session.meeting)
        blank = [("", "–")]
        self.kind.choices = choices(NOTE_KINDS)
        self.ceiling.choices = [(code, CEILINGS[code].label) for code in allowed_ceilings(session.rule)]
        self.ceiling.data = self.ceiling.data or usual_ceiling(session.rule)
        offered = {**ACTION_LINES, **self.themes.lines}  # a note keeps what it has of a set that was dropped
        self.action_lines.choices = [(code, line.label) for code, line in offered.items()]
        self.goals.choices = [(goal.number, goal.title) for goal in GOALS.values()]
        self.support.choices = [("", _("Not noted")), *choices(SUPPORTS)]
        self.stakeholder_type.choices = blank + choices(STAKEHOLDER_TYPES)
        self.country.choices = blank + country_choices()
        taken = set() if self.themes.has_lines_of_wsis else set(OF_WSIS) - set(self.outlets.data or ())
        self.outlets.choices = [one for one in choices(OUTLETS) if one[0] not in taken]
        self.delivery.choices = blank + choices(DELIVERIES)
        self.language.choices = list(TONGUES.items())

    def understand(self) -> None:
        """Take the marks before the words, where somebody typed a note in one line."""
        understood = understand(self.text.data or "", self.speakers, self.themes)
        self.text.data = understood.text
        self.kind.data = understood.kind or self.kind.data
        self.speaker.data = understood.speaker or self.speaker.data
        if understood.ceiling in dict(self.ceiling.choices):
            self.ceiling.data = understood.ceiling
        self.action_lines.data = [*(self.action_lines.data or ()), *understood.action_lines]
        self.goals.data = [*(self.goals.data or ()), *understood.goals]

    @property
    def proposal(self) -> str:
        """A neutral wording of what was typed, where the field has none and the words name somebody."""
        return "" if self.neutral.data or not self.text.data else proposed(self.content())

    def suggest(self, asked: str) -> bool:
        """Whether a suggestion was asked for; the neutral wording goes into its field, and is kept when that is saved.

        Goals are suggested by the screen.
        """
        self.neutral.data = self.proposal if asked == "wording" else self.neutral.data
        return bool(asked)

    @property
    def has_more(self) -> bool:
        """Whether a field of the folded part holds something, or is wrong."""
        return any(self[name].errors or self[name].data for name in FOLDED)

    def said(self) -> Said:
        """Who said it: somebody of the session, or what was typed."""
        source = said_by(self.speaker.data or "", self.speakers)
        return source._replace(
            organization=self.organization.data or source.organization,
            stakeholder_type=self.stakeholder_type.data or source.stakeholder_type,
            country=self.country.data or source.country,
        )

    def content(self) -> NoteContent:
        """What was typed, as a draft."""
        return NoteContent(
            **self.said()._asdict(),
            kind=self.kind.data,
            text=self.text.data or "",
            title=self.title.data or "",
            language=spoken_in(self.text.data or "", self.language.data or "en"),
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
            neutral=self.neutral.data or "",
        )


def typed(content: NoteContent) -> dict[str, object]:
    """The draft as the fields of the form show it."""
    same = (
        "kind", "text", "ceiling", "support", "off_record", "who", "due_on", "due_text", "delivery", "neutral", *ASIDES,
    )  # fmt: skip
    # an organization alone has its own field: in the line of the speaker it would be read as a person
    source = ", ".join(part for part in (content.speaker, content.organization) if part) if content.speaker else ""
    return {
        **{name: getattr(content, name) for name in same},
        "title": "" if content.title == title_from(content.text) else content.title,  # it follows the text again
        "speaker": source,
        "organization": "" if source else content.organization,
        "stakeholder_type": content.stakeholder_type,
        "country": content.country,
        "language": content.language,
        "action_lines": list(content.action_lines),
        "goals": list(content.goals),
        "countries": names_of(content.countries),
        "figure": content.figures,
        "sources": "\n".join(content.sources),
        "targets": ", ".join(content.targets),
        "partners": "\n".join(content.partners),
        "outlets": list(content.outlets),
    }

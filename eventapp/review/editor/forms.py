from collections.abc import Sequence

from wtforms import HiddenField, IntegerField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired, NumberRange, Optional, Regexp
from wtforms.widgets import HiddenInput

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.forms import Form, Line, Text
from eventapp.meetings.models import Meeting
from eventapp.review.compilation.actions import Draft
from eventapp.review.reports.models import Chapter
from eventapp.review.reports.outlines import STANDARD, faulty_outlines
from eventapp.review.reports.tailored.queries import outlines_for

PARAGRAPH_LENGTH, COMMENT_LENGTH = 6000, 2000  # characters
LARGEST = 2**31 - 1  # number of a row
NAME = Regexp(
    r"[a-z0-9]+(-[a-z0-9]+)*\Z", message=_l("Use small letters a to z, figures and hyphens, such as draft-review.")
)
POLICIES = [
    SelectChoice("person", _l("Named: person and organization")),
    SelectChoice("organization", _l("By organization (working group)")),
    SelectChoice("category", _l("By category: “one Government”")),
    SelectChoice("nobody", _l("Unattributed (Committee)")),
]


class PolicyForm(Form):
    """How much a report says of its sources."""

    policy = SelectField(_l("Attribution"), choices=POLICIES, default="organization")


class ReportForm(Form):
    """A report to begin."""

    title = Line(_l("Title"), required=_l("Enter a title, such as Summary report"), most=300)
    name = Line(
        _l("Name in its address"),
        required=_l("Enter a name for the address, such as summary-report"),
        most=80,
        checks=(NAME,),
        description=_l("Small letters, figures and hyphens; it cannot be changed later."),
    )
    symbol = Line(_l("Document symbol"), most=80)
    body = SelectField(_l("Goes to"), validate_choice=True)
    outline = SelectField(_l("Outline"), validate_choice=True, default=STANDARD)
    language = SelectField(
        _l("Language of the text"),
        choices=[
            SelectChoice("", _l("As the outline says")),
            SelectChoice("en", _l("English")),
            SelectChoice("fr", _l("French")),
        ],
        validate_choice=False,
        validators=[AnyOf(("", "en", "fr", None), message=_l("A report is written in English or French."))],
    )
    policy = SelectField(_l("Attribution"), choices=POLICIES, default="organization")

    def for_meeting(self, meeting: Meeting) -> "ReportForm":
        """Offer the bodies of this meeting, and the outlines there are."""
        self.outline.choices = [SelectChoice(one.name, one.title) for one in outlines_for(meeting).values()]
        if self.outline.raw_data is None:  # nothing is typed yet
            known = [choice.value for choice in self.outline.choices]
            self.outline.data = meeting.report_outline if meeting.report_outline in known else self.outline.data
            self.policy.data = meeting.report_policy or self.policy.data
        if faults := faulty_outlines():
            self.outline.description = _("Not offered, for the file has a fault. %(faults)s", faults=" ".join(faults))
        bodies = [SelectChoice(body.code, body.name) for body in meeting.bodies]
        self.body.choices = [SelectChoice("", _("All bodies")), *bodies]
        return self

    def draft(self) -> Draft:
        """Return what was typed, for the action."""
        return Draft(
            name=self.name.data or "",
            title=self.title.data or "",
            symbol=self.symbol.data or "",
            policy=self.policy.data,
            body=self.body.data or "",
            outline=self.outline.data,
            language=self.language.data or "",
        )


class ParagraphForm(Form):
    """The words of one paragraph, with the version they were typed over."""

    text = Text(_l("Paragraph"), required=_l("Enter the paragraph, or remove it"), most=PARAGRAPH_LENGTH)
    version = IntegerField(validators=[InputRequired(_l("Open the paragraph again"))], widget=HiddenInput())


class StartedForm(Form):
    """A new paragraph as it is being typed, with the version of the draft it goes on from."""

    text = Text(_l("New paragraph"), most=PARAGRAPH_LENGTH)
    draft = IntegerField(validators=[Optional(), NumberRange(0, LARGEST)])


class TypingForm(StartedForm):
    """What is being typed over a paragraph, with the version it is typed over."""

    text = Text(_l("Paragraph"), most=PARAGRAPH_LENGTH)
    version = IntegerField(validators=[InputRequired(_l("Open the paragraph again")), NumberRange(1, LARGEST)])


class NewParagraphForm(StartedForm):
    """A paragraph written by hand, behind another one or at the head of a chapter."""

    text = Text(_l("New paragraph"), required=_l("Enter the paragraph"), most=PARAGRAPH_LENGTH)


class PlaceForm(Form):
    """Where a paragraph goes: before another one, by the number of its row, or to the end of a chapter."""

    before = IntegerField(validators=[Optional(), NumberRange(1, LARGEST)], widget=HiddenInput())
    chapter = SelectField(_l("To the end of"), coerce=int, validate_choice=True)

    def for_chapters(self, chapters: Sequence[Chapter]) -> "PlaceForm":
        """Offer the chapters of this report."""
        self._chapters = {one.id: one for one in chapters}
        self.chapter.choices = [SelectChoice(one.id, one.title) for one in chapters]
        return self

    def chosen(self) -> Chapter:
        """Return the chapter that was chosen."""
        return self._chapters[self.chapter.data]


class SeveralForm(Form):
    """The ticked paragraphs, by the numbers of their rows, and what to do with them; a number to move them to."""

    paragraph = SelectMultipleField(
        coerce=int, validate_choice=False, validators=[InputRequired(_l("Tick paragraphs"))]
    )
    act = SelectField(choices=["move", "join", "indent", "number", "remove"])
    number = Line(_l("To number"), most=20)


class GroupForm(Form):
    """A note that is told with others, and where it goes: to a paragraph of its own, or to one by its number."""

    note = Line(_l("Note"), most=40)
    act = SelectField(choices=["own", "move"])
    number = Line(_l("To number"), most=20)


class GroupOutForm(Form):
    """Why a note of a group, or all of them, stay out of the report."""

    note = Line(_l("Note"), most=40)  # '' for all of them
    reason = Line(_l("Why it stays out"), required=_l("Say why it stays out"), most=500)


class MendForm(Form):
    """A fault that was found, by its kind and the sentence that has it."""

    kind = SelectField(choices=["stops", "doubled", "cut", "quantifier", "state", "name", "figure", "sources"])
    words = Text(_l("Paragraph"), required=_l("Open the paragraph again"), most=PARAGRAPH_LENGTH)


class HeadingForm(Form):
    """The heading above a paragraph."""

    heading = Line(_l("Heading above it"), most=300)


class TitleForm(Form):
    """The title and the symbol of a report, which may come when the text is ready."""

    title = Line(_l("Title"), required=_l("Enter a title, such as Summary report"), most=300)
    symbol = Line(_l("Document symbol"), most=80)


class ChapterForm(Form):
    """The title of a chapter."""

    title = Line(_l("Title of the chapter"), required=_l("Enter a title, such as Way forward"), most=300)


class CiteForm(Form):
    """A note to cite, by its reference."""

    note = Line(_l("Reference of a note"), required=_l("Enter the reference of a note, such as S2-01"), most=30)


class CommentForm(Form):
    """What an editor says of a paragraph to the others."""

    words = Text(_l("Comment"), required=_l("Write what you want to say"), most=COMMENT_LENGTH)


class LeaveOutForm(Form):
    """Why a recommendation or commitment stays out of a report."""

    note = HiddenField()
    reason = Line(_l("Why it stays out"), required=_l("Say why it stays out"), most=500)

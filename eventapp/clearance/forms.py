from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired, NumberRange
from wtforms.widgets import HiddenInput

from eventapp.clearance.actions import Asked
from eventapp.clearance.models import COMMENT, PROPOSAL, RESERVATION
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.languages import LANGUAGES
from eventapp.ground.web.forms import Form, Line, Text
from eventapp.people.addresses import AddressLine
from eventapp.review.reports.models import Report
from eventapp.review.reports.queries import chapter_rows, rows_of

REMARK_LENGTH, REASON_LENGTH = 6000, 1000  # characters
DAYS = (1, 2, 7, 14)
OWN, WHOLE = "own", "whole"  # what a reader gets


class ReaderForm(Form):
    """Somebody to send the draft to."""

    name = Line(_l("Name"), required=_l("Enter a name."), most=200)
    email = AddressLine(_l("Email"), required=_l("Enter an email address."))
    on_behalf = Line(
        _l("Delegation or organization"),
        most=200,
        description=_l(
            "Their notes are found by it, and by their name. Needed for somebody who may enter a reservation."
        ),
    )
    reads = RadioField(
        _l("What they read"),
        choices=[
            SelectChoice(OWN, _l("The sentences that rest on what they said, with the words around them")),
            SelectChoice(WHOLE, _l("Whole chapters")),
        ],
        default=OWN,
    )
    chapters = SelectMultipleField(
        _l("Of these chapters"),
        coerce=int,
        description=_l("Tick the chapters that go to them. Where you tick none, it is the whole report."),
    )
    language = SelectField(
        _l("Language of the letter"),
        choices=[
            SelectChoice("", _l("theirs where it is known, else that of the report")),
            *(SelectChoice(code, name) for code, name in LANGUAGES.items()),
        ],
        default="",
    )
    days = SelectField(_l("The link works for"), coerce=int, validate_choice=True, default=2)

    def for_report(self, report: Report) -> "ReaderForm":
        """Offer each of its chapters, and say where there is nothing to read yet."""
        chapters = chapter_rows(report)
        filled = {row.chapter_id for row in rows_of(report, marked=True) if not row.is_removed}
        self._chapters = {one.id: one for one in chapters}
        self.chapters.choices = [
            SelectChoice(one.id, one.title if one.id in filled else _("%(title)s (nothing in it yet)", title=one.title))
            for one in chapters
        ]
        self.days.choices = [
            SelectChoice(one, _("%(number)s days", number=one) if one > 1 else _("1 day")) for one in DAYS
        ]
        return self

    def asked(self) -> Asked:
        """Return what was typed, for the action."""
        return Asked(
            name=self.name.data or "",
            email=self.email.data or "",
            on_behalf=self.on_behalf.data or "",
            chapters=tuple(one for number, one in self._chapters.items() if number in (self.chapters.data or ())),
            days=self.days.data,
            only_own=self.reads.data == OWN,
            language=self.language.data,
        )


class RemarkForm(Form):
    """What a reader says of one paragraph."""

    paragraph = IntegerField(validators=[InputRequired(), NumberRange(1, 2**31 - 1)], widget=HiddenInput())
    sentence = StringField(widget=HiddenInput())  # as it was read, where they read single sentences
    kind = RadioField(
        _l("This is"),
        choices=[
            SelectChoice(COMMENT, _l("a comment")),
            SelectChoice(PROPOSAL, _l("another wording: the whole paragraph as it should read")),
            SelectChoice(RESERVATION, _l("a reservation of my delegation")),
        ],
        default=COMMENT,
    )
    text = Text(_l("Your words"), required=_l("Write what you want to say."), most=REMARK_LENGTH)


class ReasonForm(Form):
    """Why a remark is taken up or not."""

    reason = Line(_l("Reason"), most=REASON_LENGTH)


class PublicationForm(Form):
    """As what the page said the report would be published: draft or adopted."""

    said = StringField(validators=[AnyOf(("draft", "adopted"), _l("Open the page again."))], widget=HiddenInput())


class VersionForm(Form):
    """The version of a paragraph that was on the screen."""

    version = IntegerField(validators=[InputRequired(_l("Open the paragraph again"))], widget=HiddenInput())

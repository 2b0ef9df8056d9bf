"""A letter in an organizer's own words."""

from wtforms import Field
from wtforms.validators import StopValidation

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.editing.both_versions import Seen
from eventapp.ground.web.forms import Line, Text, Typed
from eventapp.mail.placeholders import misspelt
from eventapp.meetings.wordings.letters import Kind

LONGEST = 10_000


def spelt(form: "WordingForm", field: Field) -> None:
    """A check that every word in braces is one that is put in."""
    if faults := misspelt(field.data or "", form.kind.words):
        raise StopValidation(" ".join(faults))


def whole(form: "WordingForm", field: Field) -> None:
    """A check that what the letter is for is in it."""
    lost = [word for word in form.kind.needed if f"{{{word}}}" not in (field.data or "")]
    if lost:
        raise StopValidation(_("This letter needs %(word)s: without it, it is of no use.", word=f"{{{lost[0]}}}"))


class WordingForm(Seen):
    """The subject and the text of one letter."""

    subject = Line(_l("Subject"), required=_l("Enter a subject."), checks=(spelt,))
    text = Text(_l("Text"), required=_l("Write the message."), most=LONGEST, checks=(spelt, whole))

    def __init__(self, typed: Typed, kind: Kind, **more: object) -> None:
        super().__init__(typed, **more)
        self.kind = kind

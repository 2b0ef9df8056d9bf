"""The form of a text that is made of two."""

from eventapp.ground.text.i18n import _l
from eventapp.ground.web.forms import Line, Text
from eventapp.record.notes.content import (
    LONGEST_TEXT,
)
from eventapp.record.revisions.fields import CorrectingForm, in_words


class MergeForm(CorrectingForm):
    """One text made of two, and why where the note is published."""

    text = Text(
        _l("Or edit both into one"), required=_l("Write one text of both."), most=LONGEST_TEXT, checks=(in_words,)
    )
    remark = Line(_l("Why it is corrected"), most=300)

"""What somebody types as an entry of a corrigendum."""

from eventapp.ground.text.i18n import _l
from eventapp.ground.web.forms import Form, Line, Text
from eventapp.review.corrigenda.actions import Entry

LONGEST = 2000  # characters of a reading


class CorrectionForm(Form):
    """One entry: where, for, read, why, by whom."""

    paragraph = Line(
        _l("Paragraph"),
        required=_l("Write the number of the paragraph."),
        most=40,
        description=_l("As it is printed in the adopted text: 7 or 7 (a)"),
    )
    wrong = Text(_l("For (where it says)"), required=_l("Copy the words that are wrong."), most=LONGEST)
    reading = Text(_l("Read"), required=_l("Write how it is to be read."), most=LONGEST)
    reason = Line(_l("Reason"), required=_l("Say why in a sentence."), most=500)
    whose = Line(
        _l("By whom"),
        required=_l("Say who puts it right."),
        most=200,
        description=_l("As the corrigendum says it, such as: the secretariat"),
    )

    def entry(self) -> Entry:
        """What was typed, each text in one line."""
        return Entry(*(" ".join((self[name].data or "").split()) for name in Entry.__dataclass_fields__))

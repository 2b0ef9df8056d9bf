"""What an editor types as the summary."""

from wtforms import HiddenField

from eventapp.ground.text.i18n import _l
from eventapp.ground.web.forms import Form, Text

MOST = 5_000  # characters; the words are counted when it is saved


class SummaryForm(Form):
    """The summary, and how it was when the page was opened."""

    text = Text(_l("Summary"), most=MOST)
    before = HiddenField()

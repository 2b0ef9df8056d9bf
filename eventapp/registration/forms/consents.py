"""The end of the registration form: what people agree to or refuse, in the meeting's own words or the shipped ones."""

from wtforms import BooleanField, HiddenField
from wtforms.fields import Label

from eventapp.drafts.held.fields import HoldsFiles
from eventapp.ground.text.i18n import language
from eventapp.meetings.consents.models import ConsentWording
from eventapp.meetings.consents.queries import consents_in_force, consents_numbered
from eventapp.meetings.consents.words import OFFICIAL_LIST, SHIPPED
from eventapp.meetings.models import Meeting


class Consents(HoldsFiles):
    """The ticks, and the version of their words."""

    consents = HiddenField()  # the version that the form shows
    lists_name = BooleanField(SHIPPED["lists_name"])
    shares_email = BooleanField(SHIPPED["shares_email"])
    no_photographs = BooleanField(SHIPPED["no_photographs"])

    wording: ConsentWording | None = None

    def reword(self, meeting: Meeting) -> None:
        """Take the words of this meeting in the reader's language."""
        self.wording = consents_in_force(meeting.id, language())
        for name, words in (self.wording.texts if self.wording else {}).items():
            if name in self:
                self[name].label = Label(self[name].id, words)

    @property
    def official_list(self) -> str:
        """What the form says of the official list, in the meeting's own words or the shipped ones."""
        own = self.wording.texts.get(OFFICIAL_LIST, "") if self.wording else ""
        return str(own or SHIPPED[OFFICIAL_LIST])

    def wording_read(self, meeting: Meeting) -> int | None:
        """The id of the version that the form says it showed; None where that was the shipped one."""
        row = consents_numbered(meeting.id, self.consents.data)
        return row.id if row else None

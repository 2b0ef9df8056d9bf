"""How many days after a meeting each sort of its personal data is kept, as an organizer types them."""

from collections.abc import Collection

from wtforms import BooleanField
from wtforms import Form as PlainForm
from wtforms.validators import StopValidation

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.editing.both_versions import Seen
from eventapp.ground.web.forms import Typed, WholeNumber
from eventapp.meetings.meeting_kinds.queries import kind_of_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.queries import days_of
from eventapp.meetings.retention.sorts import SORTS, Sort


class Days(WholeNumber):
    """Days within the bounds of a sort; where they may be left out, nothing typed means as the kind of meeting says."""

    def __init__(self, sort: Sort, *, may_be_left_out: bool = False, **more: object) -> None:
        self.sort = sort
        required = None if may_be_left_out else _l("Write how many days.")
        super().__init__(sort.words, required=required, least=0, **more)

    def pre_validate(self, form: PlainForm) -> None:
        super().pre_validate(form)
        if self.data is not None and self.data > self.sort.most:
            raise StopValidation(_("Write 0 to %(most)s days.", most=self.sort.most))


class RetentionForm(Seen):
    """The days of every sort."""

    at_once = BooleanField(_l("Delete it today"))

    def days(self) -> dict[str, int | None]:
        """The days that were typed, by sort; None where nothing was, and those of the kind of meeting count."""
        return {sort: self[sort].data for sort in SORTS}

    def ask_again(self, gone: Collection[str]) -> bool:
        """Whether days were typed that are over, of something that is there, and nobody said that it may go today."""
        asks = bool(gone) and not self.at_once.data
        if asks:
            self.at_once.errors = [
                _("These days are over. Tick this if it may be deleted today: %(what)s.", what="; ".join(gone))
            ]
        return asks


def form_for(meeting: Meeting, typed: Typed = None) -> RetentionForm:
    """The days as they stand, or as they were typed."""
    kind = kind_of_meeting(meeting)
    stands = {sort: meeting.retention.get(sort) if kind else days_of(meeting, sort) for sort in SORTS}
    fields = {sort: Days(one, may_be_left_out=kind is not None) for sort, one in SORTS.items()}
    made = type("RetentionForm", (RetentionForm,), fields)
    return made(typed, **stands)  # type: ignore[no-any-return]

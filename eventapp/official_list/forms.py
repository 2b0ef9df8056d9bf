"""What organizers choose for the list, and say of a version."""

from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from eventapp.ground.text.i18n import _l
from eventapp.ground.text.policy import figure
from eventapp.ground.text.worded import worded
from eventapp.ground.web.editing.both_versions import Seen, mark_of
from eventapp.ground.web.forms import Form, Text, Typed
from eventapp.meetings.models import Meeting
from eventapp.official_list.models import ACCREDITED, HAS_PLACE, ORGANIZERS, PARTICIPANTS, PRESENT, PUBLIC
from eventapp.official_list.queries import Choice, choice_of

RULES = (
    (HAS_PLACE, _l("Everybody who has a place")),
    (ACCREDITED, _l("Of them those whose delegation is accredited")),
    (PRESENT, _l("Of them those who were let in at a door")),
)
AUDIENCES = (
    (ORGANIZERS, _l("Organizers")),
    (PARTICIPANTS, _l("Participants and staff")),
    (PUBLIC, _l("Everybody")),
)
PROVISIONAL, FINAL = "provisional", "final"
KINDS = ((PROVISIONAL, _l("Provisional")), (FINAL, _l("Final")))


class ChoiceForm(Seen):
    """Who is in the list, and who reads it."""

    rule = RadioField(_l("Who is in the list"), choices=[SelectChoice(*one) for one in RULES])
    audience = RadioField(_l("Who reads it"), choices=[SelectChoice(*one) for one in AUDIENCES])
    left_out = SelectMultipleField(_l("Categories to leave out"), validate_choice=False)

    def __init__(self, typed: Typed, meeting: Meeting, **values: object) -> None:
        super().__init__(typed, **values)
        self.left_out.choices = [SelectChoice(one.code, worded(one, "name")) for one in meeting.categories]
        self.codes = {one.code for one in meeting.categories}

    def choice(self) -> Choice:
        """What was chosen."""
        left_out = tuple(sorted(self.codes & set(self.left_out.data or ())))
        return Choice(self.rule.data, self.audience.data, left_out)


def choice_form(meeting: Meeting) -> ChoiceForm:
    """What is chosen now."""
    now = choice_of(meeting)
    form = ChoiceForm(None, meeting, rule=now.rule, audience=now.audience, left_out=list(now.left_out))
    form.seen.data = mark_of(form)
    return form


class IssueForm(Form):
    """Whether the next version is final, and a remark."""

    kind = RadioField(_l("Kind"), choices=[SelectChoice(*one) for one in KINDS])
    remark = Text(_l("Remark"), most=1000)
    seen = HiddenField()  # the number of the version that stood above it

    @property
    def number_seen(self) -> int:
        """That number; 0 where there was none."""
        return figure(self.seen.data)

"""What an organizer writes beside a decision, and to one person."""

from wtforms import HiddenField

from eventapp.ground.text.i18n import _l
from eventapp.ground.text.policy import figure
from eventapp.ground.web.forms import Form, Line, Text
from eventapp.registration.decisions.acts import Terms
from eventapp.registration.decisions.obstacles import Obstructed


class OverridingForm(Form):
    """Says why a place is given that something stands against."""

    despite = Line(_l("Why you approve all the same"), most=500)

    @property
    def asks_why(self) -> bool:
        """Whether something stood against it when it was sent, and the reader may override that."""
        return bool(self.despite.data) or (isinstance(self.refused, Obstructed) and self.refused.may_override)


class ReasonForm(OverridingForm):
    """What an organizer writes beside a decision."""

    key = HiddenField()
    decision = HiddenField()  # the one that the page showed; of each person where it is about many
    reason = Text(_l("Reason, if you refuse or ask"), most=1000)

    @property
    def terms(self) -> Terms:
        """What was written, and the decisions that were there to be taken back when the page was drawn."""
        seen = frozenset(figure(number) for number in self.decision.raw_data or ())
        return Terms(self.reason.data or "", self.despite.data or "", self.key.data or "", seen)


class RefusalForm(ReasonForm):
    """What everybody who is refused reads."""

    reason = Text(_l("Reason"), required=_l("Write the reason: the person reads it word for word."), most=1000)


class WritingForm(Form):
    """A letter to one person."""

    key = HiddenField()
    subject = Line(_l("Subject"), required=_l("Enter a subject."))
    words = Text(_l("Message"), required=_l("Write the message."), most=5000)

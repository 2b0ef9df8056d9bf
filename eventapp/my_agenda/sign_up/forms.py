"""For how many who sign up a session is, as an organizer types it."""

from datetime import datetime

from wtforms import Field
from wtforms.validators import ValidationError

from eventapp.agenda.models import Session
from eventapp.ground.text.i18n import _l
from eventapp.ground.web.editing.both_versions import Seen, mark_of
from eventapp.ground.web.forms import Typed, WholeNumber
from eventapp.ground.web.typed_fields import Moment
from eventapp.meetings.local_time import NotAMoment, typed_moment, words_of


class SignUpForm(Seen):
    """The places of a session, and until when people sign up."""

    places = WholeNumber(_l("Places"))
    until = Moment(_l("Sign-up closes"))

    def __init__(self, typed: Typed, session: Session) -> None:
        self.zone = session.meeting.tz
        until = words_of(session.sign_up_until, self.zone) if session.sign_up_until else ""
        super().__init__(typed, places=session.sign_up_places, until=until)
        self.closes: datetime | None = None
        if typed is None:
            self.seen.data = mark_of(self)

    def validate_until(self, field: Field) -> None:
        try:
            self.closes = typed_moment(field.data, self.zone) if field.data else None
        except NotAMoment as fault:
            raise ValidationError(str(fault)) from None

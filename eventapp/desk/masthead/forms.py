"""What an organizer types about the head of the papers, and what it means."""

from wtforms import Field, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.editing.both_versions import Seen, mark_of
from eventapp.ground.web.forms import Line, Text
from eventapp.meetings.facts import MastheadFacts, MeetingMastheadFacts
from eventapp.meetings.models import Body, Meeting
from eventapp.meetings.tongues.field import NamedLanguage
from eventapp.vocabulary.participants import DISTRIBUTIONS
from eventapp.vocabulary.term import choices

LONGEST, MOST_ORGANS = 200, 10  # as the columns and the page have them


class MastheadForm(Seen):
    """The head of the papers of a body."""

    organs = Text(_l("Organs above it"), most=LONGEST * MOST_ORGANS)
    session_name = Line(_l("Session"), most=LONGEST)
    agenda_item = Line(_l("Item of the provisional agenda"), most=LONGEST)

    @classmethod
    def of(cls, row: Body | Meeting) -> "MastheadForm":
        """The form as it stands now."""
        names = [name for name in cls().data if name not in ("organs", "seen")]
        form = cls(organs="\n".join(row.organs), **{name: getattr(row, name) for name in names})
        form.seen.data = mark_of(form)
        return form

    def validate_organs(self, field: Field) -> None:
        """Each organ is a line that fits the head of a page."""
        if len(listed(field.data)) > MOST_ORGANS:
            raise ValidationError(_("Write %(most)s organs at most.", most=MOST_ORGANS))
        if any(len(line) > LONGEST for line in listed(field.data)):
            raise ValidationError(_("Write each organ in %(most)s characters at most.", most=LONGEST))

    def facts(self) -> MastheadFacts:
        """What was typed, once it is sound."""
        return MastheadFacts(
            organs=listed(self.organs.data),
            session_name=self.session_name.data or "",
            agenda_item=self.agenda_item.data or "",
        )


class MeetingMastheadForm(MastheadForm):
    """The head of the papers of a meeting."""

    distribution = SelectField(_l("Distribution"))
    original_language = NamedLanguage(_l("Original language"))

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        known = [SelectChoice(code, label) for code, label in choices(DISTRIBUTIONS)]
        self.distribution.choices = [SelectChoice("", _("Participants")), *known]

    def facts(self) -> MeetingMastheadFacts:
        """What was typed, once it is sound."""
        head = super().facts()
        return MeetingMastheadFacts(
            organs=head.organs,
            session_name=head.session_name,
            agenda_item=head.agenda_item,
            distribution=self.distribution.data or "",
            original_language=self.original_language.data or "",
        )


def listed(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]

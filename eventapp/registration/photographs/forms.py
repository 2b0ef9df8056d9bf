"""A photograph by itself, what is decided about it, and what a meeting asks of it."""

from wtforms import BooleanField, FileField, HiddenField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import StopValidation

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.policy import figure
from eventapp.ground.web.editing.both_versions import Seen, mark_of
from eventapp.ground.web.forms import Form, Text, Typed, WholeNumber
from eventapp.ground.web.uploads import Unfit, uploaded
from eventapp.meetings.models import Meeting
from eventapp.registration.models import PHOTO, Upload
from eventapp.registration.photographs.actions import Asked
from eventapp.registration.photographs.cutting import Standard
from eventapp.registration.photographs.queries import checks_photographs, standard_of
from eventapp.registration.uploads.reading import taken

MOST_WIDE = 700  # pixels: more are not kept
SHAPES = {
    "35x45": _l("35 × 45 mm, as in a passport"),
    "3x4": _l("3 : 4"),
    "4x5": _l("4 : 5"),
    "1x1": _l("square"),
}


class PhotographForm(Form):
    """One picture, chosen or taken."""

    photo = FileField(_l("Photograph for the badge"))

    def photograph(self, meeting: Meeting) -> Upload | None:
        """The picture that was sent, cut to the standard of the meeting; None for none, which the field says."""
        sent = uploaded(PHOTO)
        if sent is None:
            self.photo.errors = [_("Choose a picture, or take one.")]
            return None
        try:
            return taken(PHOTO, sent, standard_of(meeting))
        except Unfit as unfit:
            self.photo.errors = [str(unfit)]
            return None


class AgainForm(Form):
    """Why another photograph is asked for."""

    photograph = HiddenField()
    reason = Text(_l("What is wrong with it"), required=_l("Write what is wrong: the person reads it."), most=1000)

    @property
    def number(self) -> int:
        """The photograph that the page showed; 0 for none."""
        return figure(self.photograph.data)


class StandardForm(Seen):
    """What a meeting asks of photographs."""

    shape = SelectField(_l("Shape"), choices=[SelectChoice(code, words) for code, words in SHAPES.items()])
    least_width = WholeNumber(_l("Least width, in pixels"), required=_l("Write how many pixels."), least=100)
    is_checked = BooleanField(_l("An organizer checks each photograph"))

    def validate_least_width(self, field: WholeNumber) -> None:
        """No more than is kept of a photograph."""
        if field.data is not None and field.data > MOST_WIDE:
            raise StopValidation(_("Write %(least)s to %(most)s.", least=100, most=MOST_WIDE))

    @property
    def asked(self) -> Asked:
        """What was typed, once it is sound."""
        across, down = map(int, self.shape.data.split("x"))
        return Asked(across, down, int(self.least_width.data or 0), bool(self.is_checked.data))


def standard_form(meeting: Meeting, typed: Typed = None) -> StandardForm:
    """What is asked now, or what was typed."""
    now: Standard = standard_of(meeting)
    values = {"shape": f"{now.across}x{now.down}", "least_width": now.least_width}
    form = StandardForm(typed, is_checked=checks_photographs(meeting), **values)
    if typed is None:
        form.seen.data = mark_of(form)
    return form

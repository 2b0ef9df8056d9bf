from wtforms import FileField, RadioField

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.forms import Form
from eventapp.record.notes.models import APPROVED, DRAFT


class FileForm(Form):
    """A file of notes."""

    file = FileField(_l("File of notes"))


class StateForm(Form):
    """In which state the notes of a file come in."""

    state = RadioField(_l("The notes come in as"), default=DRAFT)

    def __init__(self, *args: object, may_approve: bool, **more: object) -> None:
        super().__init__(*args, **more)
        choices = [(DRAFT, _("Drafts")), (APPROVED, _("Approved notes"))]
        self.state.choices = choices if may_approve else choices[:1]
        self.state.data = self.state.data or DRAFT

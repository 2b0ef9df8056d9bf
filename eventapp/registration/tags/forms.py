from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.editing.both_versions import Seen, mark_of
from eventapp.ground.web.forms import Form, Line, Text, Typed
from eventapp.registration.tags.colours import COLOURS
from eventapp.registration.tags.models import Tag

LONGEST_NAME, LONGEST_NOTE, LONGEST_AT_DOOR = 60, 2000, 200


class TagForm(Seen):
    """A tag: its name and its colour."""

    name = Line(_l("Name of the tag"), required=_l("Write the name of the tag."), most=LONGEST_NAME)
    colour = SelectField(_l("Colour"))

    def __init__(self, typed: Typed = None, **values: object) -> None:
        super().__init__(typed, **values)
        self.colour.choices = [(code, str(one.label)) for code, one in COLOURS.items()]

    def of(self, number: int) -> "TagForm":
        """The same, for the tag with this number on a page with the forms of many."""
        for field in self:
            field.id = field.label.field_id = f"{field.name}-{number}"
        return self


def form_of(tag: Tag) -> TagForm:
    """The form of this tag as it stands."""
    form = TagForm(None, name=tag.name, colour=tag.colour)
    form.seen.data = mark_of(form)
    return form


class TaggingForm(Form):
    """Which tags go on, or come off; a new one is made on the way."""

    tags = SelectMultipleField(_l("Tags"), coerce=int, validate_choice=False)
    name = Line(_l("A new tag"), most=LONGEST_NAME)
    colour = SelectField(_l("Its colour"), validate_choice=False)

    def __init__(self, typed: Typed, offered: list[Tag], **values: object) -> None:
        super().__init__(typed, **values)
        self.tags.choices = [(one.id, one.name) for one in offered]
        self.colour.choices = [(code, str(one.label)) for code, one in COLOURS.items()]
        self.offered = offered

    @property
    def chosen(self) -> list[Tag]:
        """The tags that were ticked."""
        return [one for one in self.offered if one.id in (self.tags.data or ())]

    def validate(self, extra_validators: object = None) -> bool:
        """Whether a tag was ticked or named."""
        sound = bool(super().validate())
        if sound and not self.chosen and not self.name.data:
            self.tags.errors = [_("Tick a tag, or write a new one.")]
            return False
        if sound and self.colour.data not in COLOURS:
            self.colour.data = next(iter(COLOURS))
        return sound


class NoteForm(Form):
    """A note on a registration."""

    text = Text(_l("Note for organizers"), required=_l("Write the note."), most=LONGEST_NOTE)
    at_door = BooleanField(_l("Show it at the door when this person comes"))

    def validate_at_door(self, field: BooleanField) -> None:
        if field.data and len(self.text.data or "") > LONGEST_AT_DOOR:
            raise ValidationError(_("Write at most %(most)s characters for the door.", most=LONGEST_AT_DOOR))

"""What an organizer types about a kind of session, its name in every language of the meeting."""

from wtforms import Field, HiddenField, SelectField

from eventapp.desk.kinds.actions import KindContent, state_of
from eventapp.desk.kinds.queries import chapter_titles
from eventapp.desk.part_forms import picks
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.languages import language_named
from eventapp.ground.web.forms import Form, Line, Typed
from eventapp.ground.web.typed_fields import Colour
from eventapp.meetings.models import Meeting, SessionKind
from eventapp.vocabulary.participants import SHAPES
from eventapp.vocabulary.term import choices

LONGEST_NAME = 120


class KindForm(Form):
    """A kind of session."""

    seen = HiddenField()
    name = Line(_l("Name"), required=_l("Write the name."), most=LONGEST_NAME)
    chapter = SelectField(_l("Chapter of the report"))
    colour = Colour(_l("Colour"), required=_l("Write a colour."))
    shape = SelectField(_l("Shape"))
    tongues: tuple[str, ...] = ()

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.shape.choices = picks(choices(SHAPES))
        self.chapter.choices = picks([("", _("None of its own")), *chapter_titles().items()])

    def others(self) -> list[tuple[str, Field]]:
        """The field of its name in each other language of the meeting."""
        return [(code, self[f"name_{code}"]) for code in self.tongues]

    def content(self) -> KindContent:
        """What was typed, once it is sound."""
        return KindContent(
            name=self.name.data,
            colour=self.colour.data.lower(),
            shape=self.shape.data,
            chapter=self.chapter.data or "",
            texts={code: field.data or "" for code, field in self.others()},
        )


def form_for(meeting: Meeting, row: SessionKind | None, typed: Typed = None) -> KindForm:
    """The form of this kind as it stands, of a new one, or as it was typed."""
    tongues = tuple(meeting.other_languages)
    fields: dict[str, object] = {"tongues": tongues}
    stand: dict[str, object] = {"colour": "#00605d", "shape": "hexagon"}
    if row is not None:
        stand = {name: getattr(row, name) for name in ("name", "chapter", "colour", "shape")}
        stand["seen"] = state_of(row)
    for code in tongues:
        label = _("Name in %(language)s", language=language_named(code))
        fields[f"name_{code}"] = Line(label, most=LONGEST_NAME)
        if row is not None:
            stand[f"name_{code}"] = row.texts.get(code, {}).get("name", "")
    made = type("KindForm", (KindForm,), fields)
    return made(typed, **stand)  # type: ignore[no-any-return]

"""What an organizer types about a kind of session, its name in every language of the meeting."""

from typing import Self

from wtforms import Field, SelectField

from eventapp.desk.kinds.actions import KindContent
from eventapp.desk.part_forms import picks
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.languages import language_named
from eventapp.ground.web.editing.both_versions import Seen, mark_of
from eventapp.ground.web.forms import Line, Typed
from eventapp.ground.web.typed_fields import Colour
from eventapp.meetings.models import Meeting, SessionKind
from eventapp.review.reports.tailored.queries import chapters_offered
from eventapp.vocabulary.participants import SHAPES
from eventapp.vocabulary.term import choices

LONGEST_NAME = 120


class KindForm(Seen):
    """A kind of session."""

    name = Line(_l("Name"), required=_l("Write the name."), most=LONGEST_NAME)
    chapter = SelectField(_l("Chapter of the report"))
    colour = Colour(_l("Colour"), required=_l("Write a colour."))
    shape = SelectField(_l("Shape"))
    tongues: tuple[str, ...] = ()

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.shape.choices = picks(choices(SHAPES))

    def for_meeting(self, meeting: Meeting) -> Self:
        """Offer the chapters that its outlines have, and its own."""
        groups = [(heading, list(some.items())) for heading, some in chapters_offered(meeting)]
        none = (_("Without a chapter"), [("", _("None of its own"))])
        self.chapter.choices = {heading: picks(some) for heading, some in (none, *groups)}
        return self

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
    for code in tongues:
        label = _("Name in %(language)s", language=language_named(code))
        fields[f"name_{code}"] = Line(label, most=LONGEST_NAME)
        if row is not None:
            stand[f"name_{code}"] = row.texts.get(code, {}).get("name", "")
    made = type("KindForm", (KindForm,), fields)
    form: KindForm = made(typed, **stand).for_meeting(meeting)
    if typed is None and row is not None:
        form.seen.data = mark_of(form)
    return form

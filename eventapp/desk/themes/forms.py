"""What an organizer types about a set of themes and about a theme, its name in every language of the meeting."""

from collections.abc import Mapping

from wtforms import Field
from wtforms.validators import ValidationError

from eventapp.desk.themes.actions import Named
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.languages import language_named
from eventapp.ground.web.editing.both_versions import Seen, mark_of
from eventapp.ground.web.forms import Line, Typed
from eventapp.meetings.models import Meeting
from eventapp.meetings.themes.content import (
    LONGEST_CODE,
    LONGEST_NAME,
    LONGEST_TITLE,
    OWN_CODE,
    OwnLine,
    ThemeSet,
    is_free,
)


class NamedForm(Seen):
    """A name in every language."""

    name = Line(_l("Name"), required=_l("Write the name."), most=LONGEST_NAME)
    tongues: tuple[str, ...] = ()

    def others(self) -> list[tuple[str, Field]]:
        """The field of the name in each other language of the meeting."""
        return [(code, self[f"name_{code}"]) for code in self.tongues]

    def named(self) -> Named:
        """What was typed, once it is sound."""
        return Named(self.name.data, {code: field.data for code, field in self.others() if field.data})


class ThemeForm(NamedForm):
    """A theme."""

    name = Line(_l("Title"), required=_l("Write the title."), most=LONGEST_TITLE)


class NewThemeForm(ThemeForm):
    """A theme that is to come, with the code it keeps."""

    code = Line(_l("Code"), required=_l("Write a code."), most=LONGEST_CODE)

    def validate_code(self, field: Field) -> None:
        """Short, as a tag shows it, and no number of an action line or a goal."""
        field.data = (field.data or "").upper()
        if not OWN_CODE.fullmatch(field.data):
            raise ValidationError(_("Write a letter, and after it letters, figures or dots: P1."))
        if not is_free(field.data):
            raise ValidationError(_("This is the number of an action line or a goal. Choose another code."))


def set_form(meeting: Meeting, one: ThemeSet | None, typed: Typed = None) -> NamedForm:
    """The form of this set as it stands, of a new one, or as it was typed."""
    labels = {code: _("Name in %(language)s", language=language_named(code)) for code in meeting.other_languages}
    return _form(NamedForm, labels, LONGEST_NAME, (one.name, one.texts) if one else None, typed)


def theme_form(meeting: Meeting, one: OwnLine | None, typed: Typed = None) -> NamedForm:
    """The form of this theme as it stands, of a new one, or as it was typed."""
    labels = {code: _("Title in %(language)s", language=language_named(code)) for code in meeting.other_languages}
    kind = ThemeForm if one else NewThemeForm
    return _form(kind, labels, LONGEST_TITLE, (one.short_title, one.texts) if one else None, typed)


def _form(
    kind: type[NamedForm],
    labels: Mapping[str, str],
    most: int,
    stands: tuple[str, Mapping[str, str]] | None,
    typed: Typed,
) -> NamedForm:
    fields = {f"name_{code}": Line(label, most=most) for code, label in labels.items()}
    name, texts = stands or ("", {})
    values = {"name": name, **{f"name_{code}": texts.get(code, "") for code in labels}}
    made = type(kind.__name__, (kind,), {"tongues": tuple(labels), **fields})
    form: NamedForm = made(typed, **(values if stands else {}))
    if typed is None and stands:
        form.seen.data = mark_of(form)
    return form

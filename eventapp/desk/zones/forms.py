"""What an organizer types about a zone, its name in every language of the meeting."""

import re

from wtforms import Field, SelectMultipleField

from eventapp.desk.part_forms import shaped
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.languages import language_named
from eventapp.ground.text.worded import worded
from eventapp.ground.web.editing.both_versions import Seen, mark_of
from eventapp.ground.web.forms import Line, Typed
from eventapp.meetings.models import Meeting
from eventapp.registration.tags.queries import tags_of
from eventapp.registration.zones.actions import ZoneContent
from eventapp.registration.zones.models import Zone

CODE = re.compile(r"[A-Za-z0-9]{1,4}")
LONGEST_NAME = 120


class ZoneForm(Seen):
    """A zone."""

    code = Line(
        _l("Code"),
        required=_l("Write a code."),
        most=4,
        checks=(shaped(CODE, _l("Write up to four letters or figures, such as A.")),),
    )
    name = Line(_l("Name"), required=_l("Write the name."), most=LONGEST_NAME)
    categories = SelectMultipleField(_l("Categories"), coerce=int)
    tags = SelectMultipleField(_l("Tags"), coerce=int)
    tongues: tuple[str, ...] = ()

    def others(self) -> list[tuple[str, Field]]:
        """The field of its name in each other language of the meeting."""
        return [(code, self[f"name_{code}"]) for code in self.tongues]

    def content(self) -> ZoneContent:
        """What was typed, once it is sound."""
        return ZoneContent(
            code=self.code.data.upper(),
            name=self.name.data,
            categories=tuple(self.categories.data or ()),
            tags=tuple(self.tags.data or ()),
            texts={code: field.data or "" for code, field in self.others()},
        )


def form_for(meeting: Meeting, zone: Zone | None, typed: Typed = None) -> ZoneForm:
    """The form of this zone as it stands, of a new one, or as it was typed."""
    tongues = tuple(meeting.other_languages)
    fields: dict[str, object] = {"tongues": tongues}
    stands: dict[str, object] = {}
    if zone is not None:
        stands = {"code": zone.code, "name": zone.name, "categories": zone.categories, "tags": zone.tags}
    for code in tongues:
        label = _("Name in %(language)s", language=language_named(code))
        fields[f"name_{code}"] = Line(label, most=LONGEST_NAME)
        if zone is not None:
            stands[f"name_{code}"] = zone.texts.get(code, {}).get("name", "")
    form: ZoneForm = type("ZoneForm", (ZoneForm,), fields)(typed, **stands)
    form.categories.choices = [(one.id, worded(one, "name")) for one in meeting.categories]
    form.tags.choices = [(one.id, one.name) for one in tags_of(meeting)]
    if typed is None and zone is not None:
        form.seen.data = mark_of(form)
    return form

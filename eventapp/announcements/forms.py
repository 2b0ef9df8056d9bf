"""What an organizer announces: a text for each language of the meeting, from when until when."""

from collections.abc import Iterable

from wtforms import Field, HiddenField

from eventapp.announcements.actions import Content
from eventapp.announcements.models import LONGEST, Announcement
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.languages import language_named
from eventapp.ground.web.forms import Form, Text, Typed
from eventapp.ground.web.typed_fields import Moment
from eventapp.meetings.local_time import NotAMoment, typed_moment, words_of
from eventapp.meetings.models import Meeting
from eventapp.vocabulary.tongues import TONGUES


class AnnouncementForm(Form):
    """An announcement; the fields of its texts are made for the languages of the meeting."""

    version = HiddenField()
    starts_at = Moment(_l("From"), required=_l("Write from when it is shown."))
    ends_at = Moment(_l("Until"), required=_l("Write until when it is shown."))
    languages: tuple[str, ...] = ()

    def __init__(self, typed: Typed, meeting: Meeting, **more: object) -> None:
        super().__init__(typed, **more)
        self.zone = meeting.tz

    def text_in(self, code: str) -> Field:
        """The field of the text in this language."""
        return self[f"text_{code}"]

    def validate(self, extra_validators: object = None) -> bool:
        """Whether it can be shown: its texts, and two times of which the second is later."""
        sound = bool(super().validate())
        for field in (self.starts_at, self.ends_at):
            if not field.errors:
                try:
                    typed_moment(field.data, self.zone)
                except NotAMoment as fault:
                    field.errors, sound = [str(fault)], False
        if sound and typed_moment(self.ends_at.data, self.zone) <= typed_moment(self.starts_at.data, self.zone):
            self.ends_at.errors, sound = [_("Choose an end after the start.")], False
        return sound

    def content(self) -> Content:
        """What was typed."""
        texts = {code: self.text_in(code).data for code in self.languages}
        return Content(
            {code: {"text": text} for code, text in texts.items() if text},
            typed_moment(self.starts_at.data, self.zone),
            typed_moment(self.ends_at.data, self.zone),
        )


def form_for(
    meeting: Meeting, typed: Typed = None, *, written: Iterable[str] = (), **values: object
) -> AnnouncementForm:
    """The form with a text for each language of the meeting and those it is `written` in; the first is needed."""
    languages = tuple(dict.fromkeys((*meeting.text_languages, *written)))
    fields: dict[str, object] = {"languages": languages}
    for code in languages:
        asked = _("Write the text in %(language)s.", language=language_named(code)) if code == languages[0] else None
        fields[f"text_{code}"] = Text(TONGUES.get(code) or language_named(code), most=LONGEST, required=asked)
    made = type("AnnouncementForm", (AnnouncementForm,), fields)
    return made(typed, meeting, **values)  # type: ignore[no-any-return]


def form_of(row: Announcement, typed: Typed = None) -> AnnouncementForm:
    """The form as the announcement stands now, or as it was typed."""
    zone = row.meeting.tz
    texts = {f"text_{code}": words.get("text", "") for code, words in row.texts.items()}
    times = {"starts_at": words_of(row.starts_at, zone), "ends_at": words_of(row.ends_at, zone)}
    return form_for(row.meeting, typed, written=row.texts, **texts, **times, version=str(row.version))

"""What somebody says about themselves on their public page."""

from wtforms import BooleanField, Field

from eventapp.ground.text.i18n import _l
from eventapp.ground.text.languages import language_named
from eventapp.ground.web.editing.both_versions import Seen, mark_of
from eventapp.ground.web.forms import Text, Typed
from eventapp.meetings.models import Meeting
from eventapp.profiles.actions import Wanted
from eventapp.profiles.models import LONGEST, Profile
from eventapp.vocabulary.tongues import TONGUES


class ProfileForm(Seen):
    """The page; a field for the biography in each language of the meeting is made by `form_of`."""

    shows_photo = BooleanField(_l("Show my photograph"))
    languages: tuple[str, ...] = ()

    def biography_in(self, code: str) -> Field:
        """The field of the biography in this language."""
        return self[f"biography_{code}"]

    @property
    def wanted(self) -> Wanted:
        """What was typed, once it is sound."""
        texts = {code: self.biography_in(code).data for code in self.languages}
        return Wanted({code: text for code, text in texts.items() if text}, bool(self.shows_photo.data))


def form_of(meeting: Meeting, profile: Profile | None, typed: Typed = None) -> ProfileForm:
    """The page as it stands, or as it was typed."""
    biography = profile.biography if profile else {}
    languages = tuple(dict.fromkeys((*meeting.text_languages, *biography)))
    fields: dict[str, object] = {"languages": languages}
    for code in languages:
        fields[f"biography_{code}"] = Text(TONGUES.get(code) or language_named(code), most=LONGEST)
    values = {f"biography_{code}": text for code, text in biography.items()}
    made = type("ProfileForm", (ProfileForm,), fields)
    form: ProfileForm = made(typed, shows_photo=bool(profile and profile.shows_photo), **values)
    if typed is None:
        form.seen.data = mark_of(form)
    return form

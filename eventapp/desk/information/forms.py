"""What an organizer writes on a page of practical information: a title and a text for each language of the meeting."""

import re
from hashlib import sha256

from wtforms import BooleanField, Field, FileField, HiddenField
from wtforms.validators import ValidationError

from eventapp.desk.part_forms import shaped
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.latin import latin_words
from eventapp.ground.web.forms import Form, Line, Text, Typed
from eventapp.ground.web.uploads import Unfit, uploaded
from eventapp.information.actions import PageContent
from eventapp.information.models import InformationPage, InformationPicture
from eventapp.meetings.models import Meeting
from eventapp.registration.models import PHOTO
from eventapp.registration.uploads.reading import FORMATS, MEGABYTE, as_jpeg
from eventapp.vocabulary.tongues import TONGUES

LONGEST_TEXT, LONGEST_NAME = 20_000, 50
MOST_MEGABYTES, LARGEST_SIDE = 6, 1600
ADDRESS = re.compile(r"[a-z0-9][a-z0-9-]*")
AN_ADDRESS = shaped(ADDRESS, _l("Write small letters, figures and hyphens, such as hotels."))


class PageForm(Form):
    """A page; the fields of its texts are made for the languages of the meeting."""

    version = HiddenField()
    slug = Line(_l("Address on the web"), most=60, checks=(AN_ADDRESS,))
    is_published = BooleanField(_l("Everybody sees this page"))
    languages: tuple[str, ...] = ()

    def words_in(self, code: str) -> tuple[Field, Field]:
        """The fields of the title and the text in this language."""
        return self[f"title_{code}"], self[f"text_{code}"]

    @property
    def empty(self) -> list[str]:
        """The languages in which nothing is written."""
        return [code for code in self.languages if not any(field.data for field in self.words_in(code))]

    @property
    def wrong(self) -> list[str]:
        """The languages with a fault."""
        return [code for code in self.languages if any(field.errors for field in self.words_in(code))]

    def validate(self, extra_validators: object = None) -> bool:
        """Whether it can be saved: each field, and a title above each text."""
        sound = bool(super().validate())
        for code in self.languages:
            title, text = self.words_in(code)
            if text.data and not title.data and not title.errors:
                title.errors, sound = [_("Write a title too.")], False
        return sound

    def content(self) -> PageContent:
        """What was typed, once it is sound; without an address it is made of the title."""
        pairs = {code: self.words_in(code) for code in self.languages}
        texts = {code: {"title": one.data, "text": two.data or ""} for code, (one, two) in pairs.items() if one.data}
        slug = self.slug.data or slug_for(texts[self.languages[0]]["title"])
        return PageContent(slug, texts, is_published=self.is_published.data)


class PictureForm(Form):
    """A picture for a page."""

    picture = FileField(_l("Picture"))
    drawn: InformationPicture | None = None

    def validate_picture(self, _field: Field) -> None:
        """Draw the picture anew. What is wrong with it stands beside its field."""
        sent = uploaded("picture")
        if sent is None:
            raise ValidationError(_("Choose a file."))
        content = sent.stream.read(MOST_MEGABYTES * MEGABYTE + 1)
        if len(content) > MOST_MEGABYTES * MEGABYTE:
            raise ValidationError(_("Choose a file of %(most)s MB or less.", most=MOST_MEGABYTES))
        try:
            drawn = as_jpeg(content, FORMATS[PHOTO], LARGEST_SIDE)
        except Unfit as unfit:
            raise ValidationError(str(unfit)) from None
        name = f"{slug_for((sent.filename or '').rpartition('.')[0])}.jpg"
        self.drawn = InformationPicture(name=name, content=drawn, sha256=sha256(drawn).hexdigest())


def slug_for(words: str) -> str:
    """The Latin words of this as an address; "page" where there are none."""
    return "-".join(latin_words(words))[:LONGEST_NAME].strip("-") or "page"


def languages_of(meeting: Meeting) -> tuple[str, ...]:
    """The languages a page may be written in, the first of the meeting first."""
    return tuple(dict.fromkeys(code for code in meeting.languages if code in TONGUES)) or ("en",)


def form_for(meeting: Meeting, typed: Typed = None, **values: object) -> PageForm:
    """The form with a title and a text for each language of the meeting."""
    languages = languages_of(meeting)
    fields: dict[str, object] = {"languages": languages}
    for code in languages:
        needed = {"required": _l("Write its title.")} if code == languages[0] else {}
        fields[f"title_{code}"] = Line(_l("Title"), most=120, **needed)
        fields[f"text_{code}"] = Text(_l("Text"), most=LONGEST_TEXT)
    return type("PageForm", (PageForm,), fields)(typed, **values)  # type: ignore[no-any-return]


def form_of(page: InformationPage, typed: Typed = None) -> PageForm:
    """The page as it stands, or as it was typed."""
    texts = {f"{name}_{code}": words for code, text in page.texts.items() for name, words in text.items()}
    is_published = page.published_at is not None
    return form_for(page.meeting, typed, **texts, slug=page.slug, is_published=is_published, version=str(page.version))

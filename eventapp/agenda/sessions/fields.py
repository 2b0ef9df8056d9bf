"""What an organizer may say of a session beside the rest: what conference apps and video teams ask for."""

from dataclasses import replace

from wtforms import BooleanField, Field, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from eventapp.agenda.models import Session
from eventapp.agenda.sessions.facts import SessionFacts
from eventapp.agenda.sessions.more import LINK, fault_in_tags, tags_in
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.languages import language_named
from eventapp.ground.web.editing.both_versions import Seen
from eventapp.ground.web.forms import Line, Text
from eventapp.vocabulary.tongues import language_called


class MoreFields(Seen):
    """Subtitle, track, language spoken, a longer text, links, tags, and what may be recorded."""

    subtitle = Line(_l("Subtitle"), most=300)
    track = Line(_l("Track"), most=120)
    language = SelectField(_l("Language spoken"), validate_choice=False)
    description = Text(_l("More about it"), most=20_000)
    links = Text(_l("Links"), most=5000)
    tags = Line(_l("Tags"), most=1000)
    licence = Line(_l("Licence of the recording"), most=120)
    no_recording = BooleanField(_l("This session may not be recorded"))

    @property
    def has_more(self) -> bool:
        """Whether anything stands here, or is wrong here."""
        texts = self.subtitle, self.track, self.description, self.links, self.tags, self.licence
        return any(field.data or field.errors for field in (*texts, self.language, self.no_recording))

    def offer_languages(self, codes: tuple[str, ...]) -> None:
        """Let one of these languages be chosen, or the one that stands there."""
        offered = dict.fromkeys((*codes, self.language.data or ""))
        named = [SelectChoice(code, language_named(code)) for code in offered if code and language_called(code)]
        self.language.choices = [SelectChoice("", _("Not known")), *named]

    def validate_language(self, field: Field) -> None:
        """It is one of those offered."""
        field.data = field.data or ""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(_("Choose a language."))

    def validate_links(self, field: Field) -> None:
        """Each line is an address, and what it leads to."""
        wrong = next((line for line in lines_in(field.data) if not LINK.fullmatch(line)), None)
        if wrong is not None:
            words = _("Begin each line with an address, such as https://example.org. See “%(line)s”.", line=wrong)
            raise ValidationError(words)

    def validate_tags(self, field: Field) -> None:
        """Not more than a reader looks through, and each a few words."""
        if fault := fault_in_tags(tags_in(field.data)):
            raise ValidationError(fault)

    def with_more(self, facts: SessionFacts) -> SessionFacts:
        """These facts with what was typed here."""
        return replace(
            facts,
            subtitle=self.subtitle.data or "",
            track=self.track.data or "",
            language=self.language.data or "",
            description=self.description.data or "",
            links=tuple(lines_in(self.links.data)),
            tags=tuple(tags_in(self.tags.data)),
            licence=self.licence.data or "",
            no_recording=bool(self.no_recording.data),
        )


def lines_in(words: str | None) -> list[str]:
    return [" ".join(line.split()) for line in (words or "").splitlines() if line.strip()]


def described_more(session: Session) -> dict[str, object]:
    """What a session has of it, as the form shows it."""
    plain = ("subtitle", "track", "language", "description", "licence", "no_recording")
    return {
        **{name: getattr(session, name) for name in plain},
        "links": "\n".join(session.links),
        "tags": ", ".join(session.tags),
    }

"""What a meeting file says in another language: an entry for each language, with the names that it has in the first."""

from dataclasses import dataclass, field

from eventapp.meeting_file.kinds import LANGUAGE, Place, Words
from eventapp.questions.kinds import LONGEST_AGREEMENT, LONGEST_CHOICE, LONGEST_HELP, LONGEST_LABEL, LONGEST_SECTION

TONGUE = Words(12, pattern=LANGUAGE, example="fr or zh-Hans")


def _text(kind: Words) -> str:
    return field(default="", metadata={"kind": kind, "says": "in this language"})


def _texts() -> tuple[str, ...]:
    return field(default=(), metadata={"kind": Words(5000, lines=True), "many": True, "says": "in this language"})


@dataclass(frozen=True, kw_only=True)
class Texts:
    """Texts in another language."""

    language: str = field(metadata={"kind": TONGUE, "says": "one of the meeting's, but the first"})
    place: Place = field(default=Place(), compare=False, metadata={"place": True})

    @property
    def key(self) -> str:
        return self.language


@dataclass(frozen=True, kw_only=True)
class MeetingTexts(Texts):
    """Texts of a meeting in another language."""

    title: str = _text(Words(300))
    short_title: str = _text(Words(120))
    city: str = _text(Words(120))
    venue: str = _text(Words())
    address: str = _text(Words(300))
    organization: str = _text(Words())
    illustrative: str = _text(Words(5000, lines=True))
    mandate: tuple[str, ...] = _texts()
    purpose: tuple[str, ...] = _texts()
    objectives: tuple[str, ...] = _texts()
    content_blocks: tuple[str, ...] = _texts()
    outcomes_go_to: tuple[str, ...] = _texts()


@dataclass(frozen=True, kw_only=True)
class BodyTexts(Texts):
    """Texts of a body in another language."""

    name: str = _text(Words(300))


@dataclass(frozen=True, kw_only=True)
class RoomTexts(Texts):
    """Texts of a room in another language."""

    name: str = _text(Words(120))
    where: str = _text(Words())


@dataclass(frozen=True, kw_only=True)
class KindTexts(Texts):
    """Texts of a kind of session in another language."""

    name: str = _text(Words(120))


@dataclass(frozen=True, kw_only=True)
class ThemeTexts(Texts):
    """Texts of a theme in another language."""

    title: str = _text(Words(160))


@dataclass(frozen=True, kw_only=True)
class CategoryTexts(Texts):
    """Texts of a category in another language."""

    name: str = _text(Words(120))
    credential: str = _text(Words())


@dataclass(frozen=True, kw_only=True)
class DocumentTexts(Texts):
    """Texts of a document in another language."""

    title: str = _text(Words(300))


@dataclass(frozen=True, kw_only=True)
class QuestionTexts(Texts):
    """Texts of a question in another language."""

    label: str = _text(Words(LONGEST_LABEL))
    help: str = _text(Words(LONGEST_HELP))
    section: str = _text(Words(LONGEST_SECTION))
    agreement: str = _text(Words(LONGEST_AGREEMENT, lines=True))


@dataclass(frozen=True, kw_only=True)
class ChoiceTexts(Texts):
    """Texts of an answer in another language."""

    label: str = _text(Words(LONGEST_CHOICE))


@dataclass(frozen=True, kw_only=True)
class SubItemTexts(Texts):
    """The title of a statement or presentation in another language."""

    title: str = _text(Words(300))


@dataclass(frozen=True, kw_only=True)
class SessionTexts(Texts):
    """Texts of a session in another language."""

    title: str = _text(Words(300))
    summary: str = _text(Words(5000, lines=True))

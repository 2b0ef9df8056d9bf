"""What is printed on badges, as plain values."""

import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from eventapp.ground.text.i18n import _


class Answered(NamedTuple):
    """What a badge shows of an answer: the code and the words of its question, and the line that is printed."""

    code: str
    label: str
    words: str


@dataclass(frozen=True)
class BadgeFace:
    """One badge: two names, whom the person comes for, the class three times over, an opaque code.

    What is "" or () is not printed; without a class there is no band either.
    """

    reference: str
    name: str
    delegation: str
    class_label: str
    letter: str
    shape: str  # a code of the vocabulary's SHAPES
    colour: str
    ink: str
    code: str
    name_own: str = ""
    language_own: str = ""
    organization: str = ""
    roles: tuple[str, ...] = ()  # in the delegation
    sessions: tuple[str, ...] = ()  # the parts in them: Speaker, S5
    languages: tuple[str, ...] = ()  # that the bearer follows, by name
    answers: tuple[Answered, ...] = ()  # to questions of the meeting's own that the layout prints
    zones: tuple[str, ...] = ()  # the codes of those that the bearer may enter
    remark: str = ""  # what the person asks of others, such as no photographs
    event: tuple[str, ...] = ()
    photo: bytes = b""  # a JPEG of the size of PORTRAIT; b"" for none


@dataclass(frozen=True)
class Missing:
    """A character that none of the fonts has, and where it stood; U+FFFD is printed in its place."""

    reference: str
    field: str
    character: str

    @property
    def sentence(self) -> str:
        """Name the character and the badge, for the person who prints."""
        where = {
            "name": _("name"),
            "name_own": _("name in own script"),
            "delegation": _("delegation"),
            "organization": _("organization"),
            "class_label": _("category"),
            "roles": _("roles"),
            "sessions": _("parts in sessions"),
            "languages": _("languages"),
            "answers": _("answers"),
            "remark": _("remark"),
            "event": _("name of the meeting"),
        }
        return _(
            "U+%(number)s %(character)s in the %(field)s of %(reference)s",
            number=f"{ord(self.character):04X}",
            character=unicodedata.name(self.character, _("without a name")),
            field=where.get(self.field, self.field),
            reference=self.reference,
        )


@dataclass(frozen=True)
class Printed:
    """The PDF, and what could not be set in type."""

    pdf: bytes
    missing: tuple[Missing, ...]

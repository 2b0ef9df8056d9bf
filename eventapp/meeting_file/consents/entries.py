"""What a meeting file says about what the registration form asks consent to in one language."""

# ruff: noqa: RUF009 -- the fields of the schema are made by functions that only wrap field()

from dataclasses import dataclass

from eventapp.ground.text.languages import LANGUAGES
from eventapp.meeting_file.kinds import OneOf, Place, Words
from eventapp.meeting_file.parts.fields import one, place_of
from eventapp.meetings.consents.words import LONGEST


@dataclass(frozen=True, kw_only=True)
class ConsentEntry:
    """What the registration form asks consent to in one language; what is left out is in the shipped words."""

    language: str = one(OneOf(lambda: LANGUAGES), "of the form")
    official_list: str = one(Words(LONGEST), "what happens with the data", default="")
    lists_name: str = one(Words(LONGEST), "beside the tick that shows the name in public", default="")
    shares_email: str = one(Words(LONGEST), "beside the tick that shows the address to participants", default="")
    no_photographs: str = one(Words(LONGEST), "beside the tick that asks for no photographs", default="")
    place: Place = place_of()

    @property
    def key(self) -> str:
        return self.language

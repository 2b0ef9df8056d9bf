"""The colours of tags: white words can be read on each, by day and by night."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from eventapp.ground.text.i18n import LazyString, _l


class Colour(NamedTuple):
    """A colour as a list has it: its name for those who see none, and the ground of the chip."""

    label: LazyString
    ground: str


INK = "#ffffff"
COLOURS: Mapping[str, Colour] = MappingProxyType(
    {
        "blue": Colour(_l("Blue"), "#1d4f91"),
        "green": Colour(_l("Green"), "#1f6b2d"),
        "red": Colour(_l("Red"), "#9b1c1c"),
        "purple": Colour(_l("Purple"), "#6a2c91"),
        "orange": Colour(_l("Orange"), "#8a4b00"),
        "teal": Colour(_l("Teal"), "#0b6470"),
        "pink": Colour(_l("Pink"), "#a01d63"),
        "grey": Colour(_l("Grey"), "#4a5560"),
    }
)

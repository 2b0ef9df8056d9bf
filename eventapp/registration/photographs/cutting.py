"""A photograph in the shape that the meeting asks for.

The page cuts it by hand (static/registration/photo-crop.js); what comes uncut is cut here, around its middle.
"""

from io import BytesIO
from typing import NamedTuple

from eventapp.ground.text.i18n import _
from eventapp.ground.web.uploads import Unfit

FACE_AT = (0.5, 0.3)  # what stays of a picture that is too high: people look out of its upper part
MOST_BYTES = 400_000  # bytes
LONGEST_SIDE = 900
QUALITIES = (85, 75, 60, 40)


class Standard(NamedTuple):
    """The proportion of a photograph and its least width in pixels. The usual is that of a passport: 35 × 45 mm."""

    across: int = 35
    down: int = 45
    least_width: int = 210  # as many as a badge shows

    @property
    def least_height(self) -> int:
        return round(self.least_width * self.down / self.across)

    @property
    def most(self) -> tuple[int, int]:
        """The largest size that is kept."""
        by = LONGEST_SIDE / max(self.across, self.down)
        return round(self.across * by), round(self.down * by)


def cut(content: bytes, standard: Standard) -> bytes:
    """A JPEG of ours in this shape, of 400 kB at most. Unfit where too little of it is left."""
    from PIL import Image, ImageOps

    with Image.open(BytesIO(content), formats=("JPEG",)) as picture:
        width = min(picture.width, round(picture.height * standard.across / standard.down))
        height = round(width * standard.down / standard.across)
        if width < standard.least_width:
            raise Unfit(
                _(
                    "Cut to its shape, the picture is %(width)s × %(height)s pixels. Choose one that is at least "
                    "%(least)s × %(high)s then.",
                    width=width,
                    height=height,
                    least=standard.least_width,
                    high=standard.least_height,
                )
            )
        face = ImageOps.fit(picture.convert("RGB"), min((width, height), standard.most), centering=FACE_AT)
    for quality in QUALITIES:
        out = BytesIO()
        face.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()

"""QR codes: one opaque text in; a module matrix, an SVG path or a PNG out.

The mask is fixed: choosing the best of eight takes seven times as long, and no reader can tell the
difference. Error correction M survives a fold or a thumb on a badge. The quiet zone of four modules
(ISO/IEC 18004, 9.1) is part of every output.
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import groupby

QUIET = 4
_MASK = 3


@dataclass(frozen=True)
class Drawing:
    """A code as one SVG path of its dark modules, on a white square of `side` modules, quiet zone included."""

    side: int
    path: str


def matrix(text: str) -> list[list[bool]]:
    """The modules of this text's code, row by row, True where dark, quiet zone included."""
    from qrcode import QRCode
    from qrcode.constants import ERROR_CORRECT_M

    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET, mask_pattern=_MASK)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


@lru_cache(maxsize=256)
def svg_path(text: str) -> Drawing:
    """The code of this text for `<path d>`: one closed strip for each run of dark modules."""
    rows = matrix(text)
    return Drawing(len(rows), "".join(_strips(rows)))


def svg(text: str) -> str:
    """The code of this text as a whole SVG picture, black on white."""
    drawing = svg_path(text)
    n = drawing.side
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n} {n}">'
        f'<path fill="#fff" d="M0 0h{n}v{n}H0z"/><path d="{drawing.path}"/></svg>'
    )


def png(text: str, *, scale: int = 8) -> bytes:
    """The code of this text as a black and white PNG, `scale` pixels to a module."""
    from PIL import Image

    rows = matrix(text)
    picture = Image.new("1", (len(rows), len(rows)), 1)
    picture.putdata([not module for row in rows for module in row])
    out = BytesIO()
    picture.resize((len(rows) * scale, len(rows) * scale), Image.Resampling.NEAREST).save(out, "PNG", optimize=True)
    return out.getvalue()


def _strips(rows: list[list[bool]]) -> list[str]:
    strips = []
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                strips.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return strips

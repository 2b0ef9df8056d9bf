"""What a reader of the printed page finds: its text, and its QR codes as a decoder sees them."""

from collections.abc import Iterator

import pypdfium2
import zxingcpp
from PIL.Image import Image


def pages(pdf: bytes, *, scale: float = 3) -> Iterator[Image]:
    """Every page as a picture, 72 times the scale dots to an inch."""
    document = pypdfium2.PdfDocument(pdf)
    for number in range(len(document)):
        page = document[number]
        yield page.render(scale=scale).to_pil()
        page.close()
    document.close()


def codes(pdf: bytes, *, scale: float = 3) -> list[str]:
    """What every QR code says, page by page, in the order of the text."""
    return sorted(found.text for page in pages(pdf, scale=scale) for found in zxingcpp.read_barcodes(page))


def texts(pdf: bytes) -> list[str]:
    """The text of every page, one space between words."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        found.append(" ".join(text.get_text_range().split()))
        text.close()
        page.close()
    document.close()
    return found


def sides(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of every page, in tenths of a millimetre."""
    document = pypdfium2.PdfDocument(pdf)
    found = [tuple(round(points * 254 / 72) for points in document.get_page_size(n)) for n in range(len(document))]
    document.close()
    return [(wide, high) for wide, high in found]


def bottom_and_top(pdf: bytes, words: str) -> tuple[float, float]:
    """Between which heights of the first page these words are printed, in points from its foot."""
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage()
    start, count = text.search(words).get_next()
    boxes = [text.get_charbox(place) for place in range(start, start + count)]
    document.close()
    return min(box[1] for box in boxes), max(box[3] for box in boxes)

"""A PDF file as a reader of such files has it: pictures of its pages, their words, and the codes on them."""

import pypdfium2
from PIL import Image

from tests.journeys.test_whole_meeting import decoded


def pages_of(pdf: bytes) -> list[Image.Image]:
    return [page.render(scale=3).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(pdf)]


def words_of(pdf: bytes) -> list[str]:
    """The words of each page."""
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf)]


def codes_on(pdf: bytes) -> list[str]:
    return [one for page in pages_of(pdf) for one in decoded(page)]


def shows(picture: Image.Image, colour: tuple[int, int, int]) -> bool:
    """Whether a photograph of this colour is to be seen on the page."""
    near = 0
    small = picture.resize((200, 280))
    for place in range(200 * 280):
        seen = small.getpixel((place % 200, place // 200))
        assert isinstance(seen, tuple)
        near += all(abs(one - other) < 40 for one, other in zip(seen, colour, strict=True))
    return near > 200

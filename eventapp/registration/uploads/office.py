"""What a document is says its content, never its name; looked into, and served only as a download."""

import re
from collections.abc import Collection

from eventapp.ground.tables.formats import ENDINGS, PDF, TXT
from eventapp.ground.tables.packed import ZIP_HEAD, kind_of_zip
from eventapp.ground.text.i18n import _
from eventapp.ground.web.uploads import Unfit
from eventapp.registration.uploads.reading import PDF_HEAD, sound_pdf

CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
MARKUP = re.compile(r"\s*<(?:!|\?|html|head|body|svg|script|math)", re.IGNORECASE)


class WrongKind(Unfit):
    """A sound file of a format that is not taken here."""


def kind_of(content: bytes, *, allowed: Collection[str]) -> str:
    """The media type of this document, one of those allowed, by what is in it. Raises Unfit."""
    if not content:
        raise Unfit(_("This file is empty. Choose another one."))
    kind = _kind_in(content)
    if kind is None or kind not in allowed:
        raise none_of(allowed)
    return kind


def none_of(allowed: Collection[str]) -> Unfit:
    """Why a file of another format is not taken."""
    names = ", ".join(ENDINGS[one].upper() for one in ENDINGS if one in allowed)
    return WrongKind(
        _(
            "Choose a file of one of these formats: %(formats)s. This file is none of them, whatever its name says.",
            formats=names,
        )
    )


def _kind_in(content: bytes) -> str | None:
    if content.startswith(PDF_HEAD):
        sound_pdf(content)
        return PDF
    if not content.startswith(ZIP_HEAD):
        return TXT if _is_plain_text(content) else None
    return kind_of_zip(content)


def _is_plain_text(content: bytes) -> bool:
    """Whether this is text that no program takes for a page, a picture or a script."""
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not CONTROLS.search(words) and not MARKUP.match(words)

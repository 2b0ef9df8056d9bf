"""A letter as anybody but its reader may see it: without what opens anything."""

import re

from flask import current_app

from eventapp.ground.security.tokens import QR_ALPHABET

ENTRY_CODE = re.compile(rf"\b[{QR_ALPHABET}]{{20}}\b")
LEFT_OUT = "…"


def masked(text: str) -> str:
    """The text with an ellipsis for every secret: the end of a link that is not a page of a meeting, an entry code."""
    link = rf"({re.escape(current_app.config['BASE_URL'])}/(?!meetings/)[^\s/]+/)\S+"
    return ENTRY_CODE.sub(LEFT_OUT, re.sub(link, rf"\1{LEFT_OUT}", text))

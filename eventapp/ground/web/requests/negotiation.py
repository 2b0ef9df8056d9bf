"""What a request asks for, read before the application: who may ask, in which language and in which coding."""

import zlib
from functools import lru_cache

from itsdangerous import BadData
from itsdangerous.encoding import base64_decode
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header, parse_cookie

from eventapp.ground.text.languages import LANGUAGES, preferred

LARGEST_SESSION = 8192  # bytes of a session that are read


@lru_cache(maxsize=4096)
def names_somebody(cookies: str, name: str) -> bool:
    """Whether a session cookie says who is signed in. Its seal is not looked at: forging one gains a public page."""
    sealed = parse_cookie(cookies).get(name) if name in cookies else None
    if not sealed:
        return False
    squeezed, payload = sealed.startswith("."), sealed.lstrip(".").partition(".")[0]
    try:
        data = base64_decode(payload)
        if squeezed:
            data = zlib.decompressobj().decompress(data, LARGEST_SESSION)
    except (BadData, zlib.error):
        return True
    return b"_user_id" in data or len(data) >= LARGEST_SESSION


@lru_cache(maxsize=512)
def coding_of(accepted: str) -> str:
    """The smallest content coding a client takes: br, gzip or '' for none."""
    wishes = parse_accept_header(accepted)
    return next((coding for coding in ("br", "gzip") if wishes.quality(coding) > 0), "")


@lru_cache(maxsize=4096)
def language_of(cookies: str, accepted: str) -> str:
    """The language of the page, as eventapp/ground/text/languages.py chooses it where the address names none."""
    remembered = parse_cookie(cookies).get("language") if "language=" in cookies else None
    if remembered in LANGUAGES:
        return str(remembered)
    return preferred(parse_accept_header(accepted, LanguageAccept))

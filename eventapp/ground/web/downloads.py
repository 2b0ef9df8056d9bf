"""Files as answers: a name that every browser understands, a type that none guesses about."""

import re
from collections.abc import Iterable
from unicodedata import normalize
from urllib.parse import quote

from flask import Response

UNFIT = re.compile(r'[\x00-\x1f\x7f"/\\:*?<>|]+')  # what a name may not hold on some system
UNRESERVED = "!#$&+^`|"  # with letters, figures and _.-~ the attr-char of RFC 8187


def download(
    name: str,
    media_type: str,
    content: bytes | str | Iterable[bytes],
    *,
    inline: bool = False,
    foreign: bool = False,
    size: int | None = None,
) -> Response:
    """Answer with a file of this name: to keep, or `inline` to be shown where a browser can.

    `size` is how many bytes the parts have together: the server ends an answer alike whether all of them came or the
    database went between two, and only by this does who takes it know a file that was cut from a whole one.

    `foreign` is one that somebody sent us: a browser runs nothing of it, and nobody on the way keeps it.
    """
    whole = media_type if ";" in media_type else None  # where it says all of it; else a text is said to be UTF-8
    answer = Response(content, mimetype=None if whole else media_type, content_type=whole)
    answer.headers["Content-Disposition"] = disposition(name, inline=inline)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    if size is not None:
        answer.content_length = size
    if foreign:
        answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        answer.headers["Cache-Control"] = "no-store, private"
    return answer


def disposition(name: str, *, inline: bool = False) -> str:
    """The header of RFC 6266. A name beyond ASCII is said twice: spelled for old programs, and whole (RFC 8187)."""
    whole = UNFIT.sub("-", name).strip(". ") or "file"
    spelled = normalize("NFKD", whole).encode("ascii", "ignore").decode().strip(". ") or "file"
    kind = "inline" if inline else "attachment"
    if spelled == whole:
        return f'{kind}; filename="{whole}"'
    return f"{kind}; filename=\"{spelled}\"; filename*=UTF-8''{quote(whole, safe=UNRESERVED)}"

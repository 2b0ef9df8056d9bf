"""A first look at a file that is to be a package, while its sender waits."""

from io import BytesIO

from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.web.uploads import Unfit
from eventapp.package.actions import refuse_known, refuse_nonsense
from eventapp.package.manifest.referential import WORD
from eventapp.package.restore.reading import first_look, unpack

QUICK = 300_000  # bytes: a file of so many is proved while its sender waits, which takes less than a second
MEGABYTE, LONGEST_SLUG = 1024 * 1024, 80


def address_in(content: bytes, most: int) -> str:
    """The address of the meeting in a package. Unfit where it is none, or, of a small one, where it is not sound."""
    if not content:
        raise Unfit(_("Choose a file."))
    if len(content) > most * MEGABYTE:
        raise Unfit(_("Choose a file of %(most)s MB or less.", most=most))
    try:
        return looked_at(content)
    except Refused as refusal:
        raise Unfit(str(refusal)) from refusal


def looked_at(content: bytes) -> str:
    """The same, refused."""
    if len(content) > QUICK:
        slug = first_look(BytesIO(content)).meeting
        if not WORD.fullmatch(slug) or len(slug) > LONGEST_SLUG:
            raise Refused(_("This is no package of a meeting."))
        return slug
    package = unpack(BytesIO(content))
    refuse_nonsense(package)
    refuse_known(package)
    return package.meeting.slug

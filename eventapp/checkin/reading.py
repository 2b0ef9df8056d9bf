"""What a camera or a thumb gives the door, made sense of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from eventapp.checkin.models import ALREADY, LEFT, REFUSED, WELCOME
from eventapp.ground.text.policy import clean, fault_in

CAMERA, TYPED, SEARCH = "camera", "typed", "search"
METHODS = (CAMERA, TYPED, SEARCH)
OUT = "out"  # the way that somebody goes; anything else is in
OLDEST = timedelta(hours=48)  # a device that claims more has a wrong clock
LONGEST_CODE = 60
KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
_REFERENCE = re.compile(r"(?:R-?)?0*(\d{1,6})", re.IGNORECASE)
_MISREAD = str.maketrans("ILO", "110")  # Crockford: letters that look like figures


@dataclass(frozen=True)
class Reading:
    """One reading at a gate. The key counts it once, however often it is sent.

    `offline_at` is there only where the device had no connection: when it was made, by the server's clock; and
    `answered` is what the device told its steward by its list, "" for nothing.
    """

    code: str
    key: str
    method: str = TYPED
    offline_at: datetime | None = None
    answered: str = ""
    goes_out: bool = False

    @property
    def number(self) -> int | None:
        """158 where R-0158 was typed or chosen, however it was written; None for a badge's code.

        A machine reads no number: it is printed on every badge and can be guessed, so only a person may use it.
        """
        return None if self.method == CAMERA else number_in(self.code)

    @property
    def must_identify(self) -> bool:
        """Whether somebody has to look at the person first: a number was typed, and nobody was let in by it yet."""
        return self.method == TYPED and self.offline_at is None and self.number is not None

    @property
    def secret(self) -> str:
        """The badge's code as we write it."""
        return re.sub(r"[\s-]", "", self.code).upper().translate(_MISREAD)

    def scanned_at(self, received_at: datetime) -> datetime:
        """The server's time; for one made offline its own, but not later than it arrived nor older than OLDEST."""
        claimed = self.offline_at or received_at
        return max(min(claimed, received_at), received_at - OLDEST)


def number_in(words: str) -> int | None:
    """158 in R-0158 or 158; None in anything else."""
    found = _REFERENCE.fullmatch(words.strip())
    return int(found[1]) if found else None


def reading_in(typed: Mapping[str, str], *, reads_out: bool = False) -> Reading | None:
    """The reading that was sent; None where something is wrong with it, and a ScanForm says what.

    Nobody goes out by a gate that does not read people on the way out.
    """
    code, key, method = clean(typed.get("code", "")), typed.get("key", ""), typed.get("method")
    if not code or fault_in(code, most=LONGEST_CODE) or not KEY.fullmatch(key):
        return None
    moment, answered = _moment(typed.get("at"), typed.get("offset")), typed.get("answered", "")
    by_list = answered if moment and answered in (WELCOME, ALREADY, REFUSED, LEFT) else ""
    goes_out = reads_out and typed.get("way") == OUT
    return Reading(code, key, method if method in METHODS else TYPED, moment, by_list, goes_out)


def _moment(text: str | None, offset: str | None) -> datetime | None:
    """When a reading was made that the device kept: its own clock, and the milliseconds by which ours is ahead of it.

    Nothing where either is missing or nonsense: then the server's time decides.
    """
    if not text or not offset:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) + timedelta(milliseconds=int(offset)) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None

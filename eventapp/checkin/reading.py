"""What a camera or a thumb gives the door, made sense of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from eventapp.text import clean, fault_in

CAMERA, TYPED, SEARCH = "camera", "typed", "search"
METHODS = (CAMERA, TYPED, SEARCH)
OLDEST = timedelta(hours=48)  # a device that claims more has a wrong clock
LONGEST_CODE = 60
KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
_REFERENCE = re.compile(r"(?:R-?)?0*(\d{1,6})", re.IGNORECASE)
_MISREAD = str.maketrans("ILO", "110")  # Crockford: letters that look like figures


@dataclass(frozen=True)
class Reading:
    """One reading at a gate. The key counts it once, however often it is sent; `device_at` is the device's clock."""

    code: str
    key: str
    method: str = TYPED
    device_at: datetime | None = None

    @property
    def number(self) -> int | None:
        """158 where R-0158 was typed, however it was written; None for a badge's code."""
        found = _REFERENCE.fullmatch(self.code.strip())
        return int(found[1]) if found else None

    @property
    def secret(self) -> str:
        """The badge's code as we write it."""
        return re.sub(r"[\s-]", "", self.code).upper().translate(_MISREAD)

    def scanned_at(self, received_at: datetime) -> datetime:
        """The device's time, held to the server's: never later than it arrived, and not older than OLDEST."""
        claimed = self.device_at or received_at
        return max(min(claimed, received_at), received_at - OLDEST)


def reading_in(typed: Mapping[str, str]) -> Reading | None:
    """The reading that was sent; None where something is wrong with it, and a ScanForm says what."""
    code, key, method = clean(typed.get("code", "")), typed.get("key", ""), typed.get("method")
    if not code or fault_in(code, most=LONGEST_CODE) or not KEY.fullmatch(key):
        return None
    return Reading(code, key, method if method in METHODS else TYPED, _moment(typed.get("at", "")))


def _moment(text: str) -> datetime | None:
    """A device's clock as it sent it; nothing where it sent nonsense, for the server's time is good enough."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None

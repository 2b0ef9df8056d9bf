"""The versions of the privacy notice: who registers by themselves accepts the one that the form leads to."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

# The day of each version, and the SHA-256 of templates/home/privacy.html as it was then: another text is another
# version, and what people accepted is found again in the history of that file.
NOTICES: Mapping[date, str] = MappingProxyType(
    {date(2026, 11, 30): "c5f4187ced716cd2e23b374cc6d93520b70576a0b03ae58067347d1c7058e170"}
)


def current_notice() -> date:
    """The version that the page Privacy shows."""
    return max(NOTICES)


def notice_called(written: str | None) -> date | None:
    """The version that a form says it led to, None where there is no such version."""
    return next((day for day in NOTICES if day.isoformat() == written), None)

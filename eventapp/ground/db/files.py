from datetime import datetime
from typing import Protocol

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column


class ReadFile(Protocol):
    """A file that somebody sent and that was looked into."""

    @property
    def content_type(self) -> str: ...
    @property
    def content(self) -> bytes: ...
    @property
    def sha256(self) -> str: ...
    @property
    def given_name(self) -> str:
        """As the sender called it; never a path."""
        ...


class StoredFile:
    """A file that somebody sent: looked into before it was kept, served only as a download. One replaces another."""

    id: Mapped[int] = mapped_column(primary_key=True)
    content_type: Mapped[str] = mapped_column(String(40))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    given_name: Mapped[str] = mapped_column(String(200))  # as the sender called it; never a path
    uploaded_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]

    @property
    def has_content(self) -> bool:
        """Whether the file is still there; of one that was deleted only that it came is known."""
        return bool(self.sha256)

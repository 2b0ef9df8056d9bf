"""What a package says of files, since version 4: those of documents, and the pictures of pages of information."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from eventapp.ground.db.types import Record
from eventapp.ground.exact import SOMETIMES

NAME = re.compile(  # what the file of a document and a picture may be called
    r"documents/[1-9][0-9]{0,4}-[A-Za-z-]{2,12}-[1-9][0-9]{0,5}\.(pdf|docx|pptx|xlsx|odt|odp|ods|txt)"
    r"|information/[a-z0-9][a-z0-9-]{0,59}/[a-z0-9][a-z0-9-]{0,55}\.jpg"
)


@dataclass(frozen=True)
class DocumentFile:
    """A version of a document in one language; `file` holds the very bytes that `sha256` is the hash of."""

    language: str
    version: int
    content_type: str
    given_name: str
    uploaded_at: datetime
    sha256: str
    file: str
    replaced_at: datetime | None = field(default=None, metadata=SOMETIMES)  # since when a newer one is there


@dataclass(frozen=True)
class Picture:
    """A picture of a page, by the name that its text has for it."""

    name: str
    sha256: str
    file: str


@dataclass(frozen=True)
class Page:
    """A page of practical information that is published: a title and a text in Markdown per language."""

    slug: str
    position: int
    texts: Record
    pictures: tuple[Picture, ...]

"""Files that leave with a package: those of documents for everybody, and the pictures of published pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import undefer

from eventapp.documents.kinds import PUBLIC
from eventapp.documents.models import DocumentFile
from eventapp.documents.queries import files_of
from eventapp.ground.db import db
from eventapp.ground.web.uploads import Unfit
from eventapp.information.queries import pages_of, pictures_of
from eventapp.meetings.models import Document, Meeting
from eventapp.package.manifest import content
from eventapp.package.manifest import papers as attached
from eventapp.registration.uploads.formats import ENDINGS
from eventapp.registration.uploads.office import kind_of

MOST_BYTES = (
    64 * 1024 * 1024
)  # of all files of a package: what is over stays behind, and the page of the package says so
JPEG = b"\xff\xd8\xff"


@dataclass
class Attached:
    """What leaves beside the JSON: what is said of each file, and its bytes by the name in the ZIP."""

    documents: Mapping[int, tuple[attached.DocumentFile, ...]]  # by the number of the document's row
    pages: tuple[attached.Page, ...] = ()
    files: dict[str, bytes] = field(default_factory=dict)
    left: int = 0  # files there was no room for

    def take(self, name: str, written: bytes) -> bool:
        """Whether this file goes along; its bytes are, then."""
        has_room = sum(map(len, self.files.values())) + len(written) <= MOST_BYTES
        if has_room:
            self.files[name] = written
        self.left += not has_room
        return has_room


def attached_to(meeting: Meeting) -> Attached:
    """The files of this meeting that everybody may read, at any level of the package."""
    taken = Attached({})
    taken.pages = tuple(pages_leaving(meeting, taken))
    taken.documents = {
        document.id: tuple(files_leaving(place, document, files, taken))
        for place, document, files in numbered(meeting.documents)
    }
    return taken


def numbered(documents: Sequence[Document]) -> Iterator[tuple[int, Document, list[DocumentFile]]]:
    """Each document for everybody with its place in the list, from 1, and the newest files of it."""
    shown = [one for one in documents if one.audience == PUBLIC]
    files = files_of(shown)
    for place, document in enumerate(documents, start=1):
        if document in shown and files[document.id]:
            yield place, document, files[document.id]


def files_leaving(
    place: int, document: Document, files: Sequence[DocumentFile], taken: Attached
) -> Iterator[attached.DocumentFile]:
    contents = select(DocumentFile).where(DocumentFile.id.in_([one.id for one in files]))
    read = {one.id: one for one in db.session.scalars(contents.options(undefer(DocumentFile.content)))}
    for one in files:
        name = f"documents/{place}-{one.language}-{one.version}.{ENDINGS[one.content_type]}"
        if taken.take(name, read[one.id].content):
            yield attached.DocumentFile(
                language=one.language,
                version=one.version,
                content_type=one.content_type,
                given_name=one.given_name,
                uploaded_at=one.uploaded_at,
                sha256=one.sha256,
                file=name,
            )


def pages_leaving(meeting: Meeting, taken: Attached) -> Iterator[attached.Page]:
    for page in pages_of(meeting):
        pictures = [
            attached.Picture(one.name, one.sha256, name)
            for one in pictures_of(page)
            if taken.take(name := f"information/{page.slug}/{one.name}", one.content)
        ]
        ordered = tuple(sorted(pictures, key=lambda one: one.name))
        yield attached.Page(page.slug, page.position, page.texts, ordered)


def loose_files(package: content.Package) -> Iterator[str]:
    """Files that nothing names, and those that are not what is said of them."""
    documents = [each for one in package.documents for each in one.files]
    pictures = [each for one in package.information for each in one.pictures]
    wanted = {one.file: one.sha256 for one in documents} | {one.file: one.sha256 for one in pictures}
    yield from (f"{name}: it belongs to nothing" for name in sorted(package.files.keys() - wanted.keys()))
    for name, digest in wanted.items():
        if sha256(package.files.get(name, b"")).hexdigest() != digest:
            yield f"{name}: it is not the file that is named"
            return
    for place, document in enumerate(package.documents, start=1):
        yield from (
            f"document {document.symbol!a}: {one.file}" for one in document.files if not is_of(place, one, package)
        )
    yield from (f"page {one.slug!a}: its texts or pictures" for one in package.information if not is_page(one, package))


def is_of(place: int, one: attached.DocumentFile, package: content.Package) -> bool:
    """Whether this is a file of the document at this place, in the format that is named."""
    name = f"documents/{place}-{one.language}-{one.version}.{ENDINGS.get(one.content_type, '')}"
    try:
        return one.file == name and kind_of(package.files[name], allowed=tuple(ENDINGS)) == one.content_type
    except Unfit:
        return False


def is_page(one: attached.Page, package: content.Package) -> bool:
    """Whether a page can have these texts and pictures."""
    sound = all(words.keys() <= {"title", "text"} and words.get("title") for words in one.texts.values())
    named = all(each.file == f"information/{one.slug}/{each.name}" for each in one.pictures)
    return (
        bool(one.texts) and sound and named and all(package.files[each.file].startswith(JPEG) for each in one.pictures)
    )

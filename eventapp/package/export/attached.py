"""Files that leave with a package: those of documents for everybody, and the pictures of published pages."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import undefer

from eventapp.agenda.models import Session
from eventapp.documents.kinds import PUBLIC
from eventapp.documents.models import DocumentFile, SessionDocument
from eventapp.ground.db import db
from eventapp.ground.tables.formats import ENDINGS
from eventapp.ground.web.uploads import Unfit
from eventapp.information.queries import pages_of, pictures_of
from eventapp.meetings.models import Meeting
from eventapp.package.manifest import content
from eventapp.package.manifest import papers as attached
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
    leaving: dict[int, list[attached.DocumentFile]] = defaultdict(list)
    places = {one.id: place for place, one in enumerate(meeting.documents, start=1) if one.audience == PUBLIC}
    for file in every_version(places):
        leaving[file.document_id].extend(file_leaving(places[file.document_id], file, taken))
    taken.documents = {
        number: tuple(sorted(files, key=lambda one: (one.language, one.version))) for number, files in leaving.items()
    }
    return taken


def every_version(documents: Collection[int]) -> Iterator[DocumentFile]:
    """The files of these documents that were not removed, the newest of all of them first: there may be no room."""
    query = select(DocumentFile.id).where(DocumentFile.document_id.in_(documents), DocumentFile.removed_at.is_(None))
    by = DocumentFile.replaced_at.is_not(None), DocumentFile.document_id, DocumentFile.language, DocumentFile.version
    read = select(DocumentFile).options(undefer(DocumentFile.content))
    for number in db.session.scalars(query.order_by(*by)).all():
        yield db.session.scalars(read.where(DocumentFile.id == number)).one()


def file_leaving(place: int, one: DocumentFile, taken: Attached) -> Iterator[attached.DocumentFile]:
    name = f"documents/{place}-{one.language}-{one.version}.{ENDINGS[one.content_type]}"
    if taken.take(name, one.content):
        yield attached.DocumentFile(
            language=one.language,
            version=one.version,
            content_type=one.content_type,
            given_name=one.given_name,
            uploaded_at=one.uploaded_at,
            sha256=one.sha256,
            file=name,
            replaced_at=one.replaced_at,
        )


def papers_of(meeting: Meeting, taken: Attached, sessions: Collection[content.Session]) -> Iterator[content.Document]:
    """The documents; where one can be read and its files are left out of those that are not for everybody.

    Each names the session it belongs to where that leaves too; by whose part it came stays behind.
    """
    places, codes = places_in_sessions([one.id for one in meeting.documents]), {one.code for one in sessions}
    for one in meeting.documents:
        code, key = places.get(one.id, ("", None))
        document = content.Document(
            symbol=one.symbol,
            title=one.title,
            address=one.address if one.audience == PUBLIC else "",
            position=one.position,
            texts=one.texts,
            files=taken.documents.get(one.id, ()),
        )
        yield replace(document, session=code, sub_item=key) if code in codes else document


def places_in_sessions(documents: Collection[int]) -> dict[int, tuple[str, int | None]]:
    """The session of each of these documents by its code, and the key of the statement within it. One query."""
    query = select(SessionDocument.document_id, Session.code, SessionDocument.sub_item).join(Session)
    rows = db.session.execute(query.where(SessionDocument.document_id.in_(documents)))
    return {number: (code, key) for number, code, key in rows}


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
    yield from loose_places(package)
    for place, document in enumerate(package.documents, start=1):
        yield from (f"document {document.symbol!a}: {fault}" for fault in doubled(document.files))
        yield from (
            f"document {document.symbol!a}: {one.file}" for one in document.files if not is_of(place, one, package)
        )
    yield from (f"page {one.slug!a}: its texts or pictures" for one in package.information if not is_page(one, package))


def loose_places(package: content.Package) -> Iterator[str]:
    """Documents of a session that is not there, and of a statement without a session."""
    codes = {one.code for one in package.agenda.sessions}
    for one in package.documents:
        if (one.session and one.session not in codes) or (one.sub_item is not None and not one.session):
            yield f"document {one.symbol!a}: session {one.session!a}"


def doubled(files: Sequence[attached.DocumentFile]) -> Iterator[str]:
    """A version that is there twice, and languages with more than one that nothing replaced."""
    for version, times in Counter((one.language, one.version) for one in files).items():
        if times > 1:
            yield f"version {version[1]} in {version[0]!a} twice"
    for language, times in Counter(one.language for one in files if one.replaced_at is None).items():
        if times > 1:
            yield f"two newest files in {language!a}"


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

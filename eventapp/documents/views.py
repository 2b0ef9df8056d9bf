"""The documents of a meeting for whoever reads them: the list, and their files."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from eventapp.documents.models import DocumentFile
from eventapp.documents.queries import document_of, documents_of, documents_of_session, file_at, has_documents
from eventapp.documents.rules import open_document
from eventapp.documents.shown import ShownDocument, grouped, shown, size_in_words
from eventapp.ground.tables.formats import ENDINGS
from eventapp.ground.web.downloads import download
from eventapp.ground.web.requests.shared_caches import same_for_visitors
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Document, Meeting
from eventapp.meetings.rules import see_meeting
from eventapp.people.current import current_person
from eventapp.vocabulary.tongues import TONGUES

bp = Blueprint("documents", __name__, url_prefix="/meetings/<slug>/documents")


@bp.app_context_processor
def documents_for_pages() -> dict[str, object]:
    """For the pages of a meeting and of a session, which list their documents."""
    return {
        "has_documents": has_documents,
        "documents_shown": lambda meeting: shown(meeting, documents_of(meeting), current_person()),
        "documents_in_session": in_session,
        "size_in_words": size_in_words,
        "tongue_name": lambda code: TONGUES.get(code, code),
    }


@bp.get("")
@with_meeting(may=see_meeting)
@same_for_visitors
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every document under its agenda item or its kind; files of it for whoever may open them."""
    listed = shown(meeting, documents_of(meeting), current_person())
    return render_template("documents/index.html", meeting=meeting, groups=grouped(listed), documents=listed)


@bp.get("/<int:number>/<language>")
@with_meeting(may=see_meeting)
def newest(meeting: Meeting, number: int, language: str) -> ResponseReturnValue:
    """The newest file in this language, as a download."""
    return served(meeting, number, language)


@bp.get("/<int:number>/<language>/<int:version>")
@with_meeting(may=see_meeting)
def version(meeting: Meeting, number: int, language: str, version: int) -> ResponseReturnValue:
    """That version of the file, as a download, also when a newer one is there."""
    return served(meeting, number, language, version)


def served(meeting: Meeting, number: int, language: str, version: int | None = None) -> ResponseReturnValue:
    document = document_of(meeting, number)
    if document is None or not open_document(current_person(), document):
        abort(404)
    file = file_at(document, language, version) or abort(404)
    return download(name_of(document, file), file.content_type, file.content, foreign=True)


def name_of(document: Document, file: DocumentFile) -> str:
    return f"{document.symbol}-{file.language}.{ENDINGS[file.content_type]}"


def in_session(meeting: Meeting, code: str) -> list[ShownDocument]:
    return shown(meeting, documents_of_session(meeting, code), current_person())

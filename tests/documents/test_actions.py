from typing import Any

import pytest
from sqlalchemy import select

from eventapp.documents.actions import (
    DocumentContent,
    add_document,
    change_document,
    move_document,
    remove_document,
    remove_version,
)
from eventapp.documents.models import DocumentFile, SessionDocument
from eventapp.documents.queries import documents_of, documents_of_session, file_at, files_of, versions_of
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.meetings.facts import DocumentFacts
from eventapp.meetings.models import Meeting
from tests import make, make_documents

WHO: dict[str, Any] = {"by": None, "at": make.TODAY}


def content(symbol: str = "L.1", session: str = "") -> DocumentContent:
    return DocumentContent(DocumentFacts(symbol=symbol, title="Agenda", address="", position=0), session=session)


def test_a_document_is_added_at_the_end_with_its_file(app: object) -> None:
    meeting = make.meeting()
    make.document(meeting, position=7)
    version = meeting.version
    made = DocumentContent(content().facts, file=make_documents.received())
    with transaction():
        row = add_document(meeting, made, **WHO)

    assert documents_of(meeting)[-1] is row
    [file] = files_of([row])[row.id]
    assert (file.version, file.size, file.kind_of_file) == (1, len(make_documents.SMALL_PDF), "PDF")
    assert meeting.version > version  # pages that are kept show it
    verbs = list(db.session.scalars(select(Entry.verb).where(Entry.meeting_id == meeting.id).order_by(Entry.number)))
    assert verbs == ["added document", "added file"]


def test_without_a_symbol_it_gets_the_next_number(app: object) -> None:
    meeting = make.meeting()
    with transaction():
        names = [add_document(meeting, content(""), **WHO).symbol for _each in range(2)]
    assert names == ["D1", "D2"]


def test_a_symbol_is_there_once(app: object) -> None:
    meeting = make.meeting()
    make.document(meeting, symbol="L.1")
    with pytest.raises(Refused), transaction():
        add_document(meeting, content("L.1"), **WHO)


def test_the_newest_file_of_each_language_is_served_and_older_ones_stay(app: object) -> None:
    document = make.document(make.meeting())
    first = make_documents.file(document)
    second = make_documents.file(document, b"%PDF-1.7\nother\n%%EOF\n")
    french = make_documents.file(document, language="fr")

    assert [one.version for one in files_of([document])[document.id]] == [2, 1]
    newest, older, other = file_at(document, "en"), file_at(document, "en", 1), file_at(document, "fr")
    assert newest is second and older is first and other is french
    assert [(one.language, one.version) for one in versions_of(document)] == [("en", 2), ("en", 1), ("fr", 1)]


def test_the_same_file_twice_is_refused(app: object) -> None:
    document = make.document(make.meeting())
    make_documents.file(document)
    with pytest.raises(Refused, match="there already"):
        make_documents.file(document)


def test_a_removed_file_gives_way_to_the_one_before_and_its_number_is_never_given_again(app: object) -> None:
    document = make.document(make.meeting())
    make_documents.file(document)
    second = make_documents.file(document, b"%PDF-1.7\nother\n%%EOF\n")
    with transaction():
        remove_version(second, **WHO)

    newest = file_at(document, "en")
    assert newest is not None and newest.version == 1
    assert file_at(document, "en", 2) is None
    assert db.session.get_one(DocumentFile, second.id).content == b""
    assert make_documents.file(document, b"%PDF-1.7\nthird\n%%EOF\n").version == 3
    with pytest.raises(Refused), transaction():
        remove_version(second, **WHO)


def test_a_document_belongs_to_a_session(app: object) -> None:
    meeting = make.meeting()
    make.session(meeting, code="S1")
    with transaction():
        row = add_document(meeting, content(session="S1"), **WHO)
    assert documents_of_session(meeting, "S1") == [row]
    with transaction():
        change_document(row, content(), **WHO)
    assert documents_of_session(meeting, "S1") == []


def test_a_session_of_another_meeting_is_refused(app: object) -> None:
    make.session(make.meeting(), code="S1")
    meeting = make.meeting()
    with pytest.raises(Refused, match="no session S1"), transaction():
        add_document(meeting, content(session="S1"), **WHO)


def test_removing_a_document_removes_its_files(app: object) -> None:
    meeting = make.meeting()
    document = make_documents.in_session(meeting, "S1")
    make_documents.file(document)
    with transaction():
        remove_document(document, **WHO)
    assert documents_of(meeting) == []
    assert db.session.scalars(select(DocumentFile)).all() == []
    assert db.session.scalars(select(SessionDocument)).all() == []


@pytest.mark.parametrize(("place", "order"), [(0, "CAB"), (1, "ACB"), (99, "ABC"), (-1, "CAB")])
def test_documents_are_put_in_order(app: object, place: int, order: str) -> None:
    meeting: Meeting = make.meeting()
    rows = [make.document(meeting, symbol=symbol, position=1) for symbol in "ABC"]
    with transaction():
        move_document(rows[2], place, **WHO)
    assert "".join(one.symbol for one in documents_of(meeting)) == order

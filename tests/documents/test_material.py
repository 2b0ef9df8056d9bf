"""Material of a session: handed in by the link of a part, shown at once, seen and taken down by organizers."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import select

from eventapp.agenda.models import ROLE_LINK, Session, SpeakingRole
from eventapp.agenda.running.forms import BLANK
from eventapp.agenda.sessions.running import set_sub_items
from eventapp.agenda.sessions.sub_items import SubItem, from_rows
from eventapp.documents import receiving
from eventapp.documents.material.actions import MOST, Material, ask_for_material, hand_in
from eventapp.documents.models import DocumentFile, SessionDocument
from eventapp.documents.queries import documents_of, versions_of
from eventapp.erasure.emptying import empty_rows
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.home.registration.everything import all_about
from eventapp.home.waiting.counts import material_at
from eventapp.links.actions import end
from eventapp.mail.models import Letter
from eventapp.meeting_file.objections import objections_to
from eventapp.meeting_file.queries import content_of
from eventapp.meetings.models import ORGANIZER, Document, Meeting
from eventapp.registration.entry import new_links
from eventapp.registration.models import DECLINED
from tests import make, make_agenda, make_documents
from tests.browserless import PageClient, beside
from tests.make import TODAY

PAGE = "/meetings/spring/sessions/S3"
DESK = "/meetings/spring/manage/agenda/material"


@pytest.fixture
def meeting(app: object) -> Meeting:
    return make.meeting(slug="spring", languages=["en", "fr"])


@pytest.fixture
def role(meeting: Meeting) -> SpeakingRole:
    """A confirmed part of somebody with an address, in a session with a running order."""
    session = make.session(meeting, code="S3", agenda_item="3")
    part = make.role(session, name="Grace Hopper", person_id=make.person("Grace Hopper").id)
    with transaction():
        set_sub_items(session, [SubItem("Welcome"), SubItem("Keynote", person="Grace Hopper")], by=None, at=TODAY)
    make_agenda.published(meeting)
    return part


@pytest.fixture
def link(role: SpeakingRole) -> str:
    return f"/roles/{make_agenda.role_link(role)}/material"


def typed(content: bytes | None = make_documents.SMALL_PDF, name: str = "slides.pdf", **facts: Any) -> dict[str, Any]:
    fields = {"title": "Slides", "kind": "presentation", "audience": "public", "language": "en", "address": ""}
    file = {"file": (BytesIO(content), name)} if content is not None else {}
    return {**fields, "sub_item": "", **facts, **file}


def bomb() -> bytes:
    """A document of some kilobytes that unpacks to 70 MB."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w>{' ' * (70 * 2**20)}</w>")
    return file.getvalue()


def key_of(session: Session, title: str) -> str:
    return str(next(one.key for one in from_rows(session.sub_items) if one.title == title))


def only(meeting: Meeting) -> Document:
    db.session.expire_all()
    [row] = documents_of(meeting)
    return row


def test_what_is_handed_in_is_on_the_page_of_the_session(client: PageClient, role: SpeakingRole, link: str) -> None:
    page = client.get(link).text
    assert "Nothing yet." in page and "Keynote" in page
    key = key_of(role.session, "Keynote")
    assert f'<option selected value="{key}">Keynote' in page  # the item that names them
    assert client.post(link, data=typed(sub_item=key)).status_code == 303
    row = only(role.session.meeting)
    public = client.get(PAGE).text
    assert f'<a href="#document-{row.id}"><bdi lang="en">Slides</bdi></a>' in public  # beside the item
    assert f'id="document-{row.id}"' in public and 'Presentation · <bdi lang="en">Keynote</bdi>' in public
    assert client.get(f"/meetings/spring/documents/{row.id}/en").data == make_documents.SMALL_PDF
    mine = client.get(link).text
    assert "slides.pdf" in mine and "Everybody" in mine
    assert client.get(f"{link}/{row.id}/en/1").data == make_documents.SMALL_PDF


def test_an_item_of_another_title_keeps_its_material(client: PageClient, role: SpeakingRole, link: str) -> None:
    key = key_of(role.session, "Keynote")
    client.post(link, data=typed(sub_item=key))
    client.sign_in(make.staff(role.session.meeting, ORGANIZER))
    rows = {
        "place_0": "2",
        "title_0": "Welcome",
        "place_1": "1",
        "title_1": "Opening address",
        "person_1": "Grace Hopper",
    }
    blank = {
        f"{name}_{n}": ""
        for n in range(2 + BLANK)
        for name in ("place", "title", "begins", "minutes", "person", "link")
    }
    assert client.post(f"{PAGE}/running-order/edit", data={**blank, **rows}).status_code == 303
    db.session.expire_all()
    assert key_of(role.session, "Opening address") == key
    make_agenda.published(role.session.meeting)
    assert 'Presentation · <bdi lang="en">Opening address</bdi>' in client.get(PAGE).text


def test_a_newer_version_replaces_the_older_which_is_kept(client: PageClient, role: SpeakingRole, link: str) -> None:
    client.post(link, data=typed())
    row = only(role.session.meeting)
    newer = make_documents.SMALL_PDF + b"%%EOF\n"
    assert (
        client.post(f"{link}/{row.id}", data=typed(newer, audience="participants", title="Slides 2")).status_code == 303
    )
    db.session.expire_all()
    assert [(one.version, one.replaced_at is None) for one in versions_of(row)] == [(2, True), (1, False)]
    assert (row.title, row.audience) == ("Slides 2", "participants")
    page = client.get(f"{link}/{row.id}").text
    assert "Replaced" in page and "Newest" in page
    assert client.get(f"{link}/{row.id}/en/1").data == make_documents.SMALL_PDF
    assert client.get(f"/meetings/spring/documents/{row.id}/en").status_code == 404  # no visitor opens it now
    again = client.post(f"{link}/{row.id}", data=typed(newer, audience="participants", title="Slides 2"))
    assert again.status_code == 409 and "This file is there already." in again.text


def test_it_is_withdrawn_for_good(client: PageClient, role: SpeakingRole, link: str) -> None:
    client.post(link, data=typed())
    number = only(role.session.meeting).id
    assert client.post(f"{link}/{number}/withdrawal").status_code == 303
    assert documents_of(role.session.meeting) == [] and db.session.scalar(select(DocumentFile)) is None
    assert client.post(f"{link}/{number}/withdrawal").status_code == 303  # pressed twice
    assert "Slides" not in client.get(PAGE).text


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"MZ\x90\x00", "slides.pdf", "none of them, whatever its name says"),
        (bomb(), "small.docx", "unpacks to more"),
        (b"%PDF-1.7" + b"x" * 7 * 1024 + b"%%EOF", "large.pdf", "7 MB or less"),
        (b"", "empty.pdf", "empty"),
    ],
)
def test_a_file_that_is_none_is_told_beside_its_field(
    client: PageClient,
    role: SpeakingRole,
    link: str,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes,
    name: str,
    says: str,
) -> None:
    if name == "large.pdf":
        monkeypatch.setattr(receiving, "MEGABYTE", 1024)
        monkeypatch.setattr(receiving, "most_megabytes", lambda: 7)
    answer = client.post(link, data=typed(content, name, title="Kept as typed"))
    assert answer.status_code == 422
    assert says in beside("file", answer.text) and "Kept as typed" in answer.text
    assert documents_of(role.session.meeting) == []


def test_a_name_is_shown_in_its_script_and_is_never_a_path(client: PageClient, role: SpeakingRole, link: str) -> None:
    client.post(link, data=typed(name="../../สไลด์.pdf", title="สไลด์"))
    [file] = db.session.scalars(select(DocumentFile)).all()
    assert (file.given_name, only(role.session.meeting).title) == ("สไลด์.pdf", "สไลด์")
    client.post(link, data=typed(make_documents.SMALL_PDF + b"\n", name="gpj.\u202efdp.exe", title="Two"))
    newest = db.session.scalars(select(DocumentFile).order_by(DocumentFile.id.desc())).first()
    assert newest is not None and "\u202e" not in newest.given_name
    answer = client.post(link, data=typed(title="sl\u202eides"))
    assert answer.status_code == 422 and beside("title", answer.text)


def test_a_fault_keeps_what_was_typed_and_the_file(client: PageClient, role: SpeakingRole, link: str) -> None:
    answer = client.post(link, data=typed(title="", address="javascript:1"))
    assert answer.status_code == 422 and beside("title", answer.text) and beside("address", answer.text)
    held = answer.text.split('name="held" type="hidden" value="')[1].split('"')[0]
    assert "slides.pdf" in answer.text
    assert client.post(link, data=typed(None, held=held)).status_code == 303
    [file] = db.session.scalars(select(DocumentFile)).all()
    assert file.given_name == "slides.pdf"


def test_a_link_will_do_and_nothing_will_not(client: PageClient, role: SpeakingRole, link: str) -> None:
    answer = client.post(link, data=typed(None))
    assert answer.status_code == 422 and "Choose a file, or write an address." in answer.text
    assert client.post(link, data=typed(None, address="https://example.org/slides")).status_code == 303
    row = only(role.session.meeting)
    assert "https://example.org/slides" in client.get(PAGE).text
    gone = client.post(f"{link}/{row.id}", data=typed(None))
    assert gone.status_code == 422


def test_two_presses_are_one_piece_and_there_is_an_end(role: SpeakingRole) -> None:
    one = Material("Slides", "presentation", "public", file=make_documents.received())
    with transaction():
        first = hand_in(role, one, at=TODAY)
        assert hand_in(role, one, at=TODAY) is first
        for number in range(MOST - 1):
            hand_in(role, Material(f"Link {number}", "other", "public", "https://example.org"), at=TODAY)
    with pytest.raises(Refused, match="20 pieces"), transaction():
        hand_in(role, Material("One more", "other", "public", "https://example.org"), at=TODAY)


def test_the_door_is_shut_where_the_part_is_not_theirs(client: PageClient, role: SpeakingRole, link: str) -> None:
    role.state = "invited"
    db.session.commit()
    assert "Accept the role first" in client.get(link).text
    assert client.post(link, data=typed()).status_code == 409
    role.state, role.ended_at = "confirmed", TODAY
    db.session.commit()
    assert client.post(link, data=typed()).status_code == 409
    with transaction():
        end(ROLE_LINK, role, at=TODAY)
    answer = client.post(link, data=typed(title="What I wrote of it"))
    assert answer.status_code == 410 and "What I wrote of it" in answer.text
    assert documents_of(role.session.meeting) == []


def test_nobody_touches_the_piece_of_another(client: PageClient, role: SpeakingRole, link: str) -> None:
    other = make.role(role.session, "panellist", name="Ada Byron", person_id=make.person("Ada Byron").id)
    client.post(link, data=typed())
    row = only(role.session.meeting)
    theirs = f"/roles/{make_agenda.role_link(other)}/material"
    assert client.get(f"{theirs}/{row.id}").status_code == 404
    assert client.post(f"{theirs}/{row.id}", data=typed()).status_code == 404
    assert client.get(f"{theirs}/{row.id}/en/1").status_code == 404
    client.post(f"{theirs}/{row.id}/withdrawal")
    assert only(role.session.meeting) is not None


def test_participants_open_it_by_their_link(client: PageClient, role: SpeakingRole, link: str) -> None:
    meeting = role.session.meeting
    client.post(link, data=typed(audience="participants"))
    row = only(meeting)
    registration = make.registration(meeting)
    with transaction():
        own = f"/registrations/{new_links(registration, at=TODAY)}"
    assert f'href="{own}/documents"' in client.get(own).text
    assert f'href="{own}/documents/{row.id}/en"' in client.get(f"{own}/documents").text
    assert client.get(f"{own}/documents/{row.id}/en").data == make_documents.SMALL_PDF
    client.sign_in(registration.person)
    assert client.get(f"{own}/documents").status_code == 200
    registration.state = DECLINED
    db.session.commit()
    assert client.get(f"{own}/documents/{row.id}/en").status_code == 404
    assert f'href="{own}/documents/{row.id}/en"' not in client.get(f"{own}/documents").text


def test_organizers_are_told_and_decide(client: PageClient, role: SpeakingRole, link: str) -> None:
    meeting = role.session.meeting
    client.post(link, data=typed())
    row = only(meeting)
    number = row.id
    assert material_at([meeting.id]) == {meeting.id: 1}
    client.sign_in(make.staff(meeting, ORGANIZER))
    page = client.get(f"{DESK}?new=1").text
    assert "Grace Hopper" in page and "Slides" in page and "New" in page
    assert client.post(f"{DESK}/{row.id}/audience", data={"audience": "participants"}).status_code == 303
    assert only(meeting).audience == "participants" and material_at([meeting.id]) == {}
    [placed] = db.session.scalars(select(SessionDocument)).all()
    assert (placed.role_id, placed.session_id) == (role.id, role.session_id)
    client.post(f"{link}/{row.id}", data=typed(make_documents.SMALL_PDF + b"\n", audience="participants"))
    assert material_at([meeting.id]) == {meeting.id: 1}
    client.post(f"{DESK}/seen")
    assert material_at([meeting.id]) == {}
    assert client.post(f"{DESK}/{number}/removal").status_code == 303
    assert documents_of(meeting) == []
    assert client.post(f"{DESK}/{number}/removal").status_code == 404


def test_who_handed_in_nothing_is_asked_and_reminded(client: PageClient, role: SpeakingRole, link: str) -> None:
    meeting = role.session.meeting
    other = make.role(role.session, "panellist", name="Ada Byron", person_id=make.person("Ada Byron").id)
    make.role(role.session, "panellist", name="No Address")
    client.post(link, data=typed())
    client.sign_in(make.staff(meeting, ORGANIZER))
    assert "1 confirmed role has no material and was never asked." in client.get(DESK).text
    client.post(f"{DESK}/letters")
    [letter] = db.session.scalars(select(Letter).where(Letter.kind.endswith("material_wanted.txt"))).all()
    assert (
        letter.about == f"speaking_role:{other.id}" and f"/roles/{make_agenda.role_link(other)}/material" in letter.text
    )
    client.post(f"{DESK}/letters", data={"again": "1"})  # within a day
    assert len(db.session.scalars(select(Letter).where(Letter.kind.endswith("material_wanted.txt"))).all()) == 1
    with transaction():
        assert ask_for_material(meeting, again=True, most=9, by=None, at=TODAY + timedelta(days=900)) == 1


def test_it_goes_with_the_person_who_is_erased(client: PageClient, role: SpeakingRole, link: str) -> None:
    meeting, person = role.session.meeting, role.person
    assert person is not None
    client.post(link, data=typed())
    other = make.document(meeting, title="A paper of the organizers")
    registration = make.registration(meeting, person=person)
    assert [one["title"] for one in all_about(registration)["material"]] == ["Slides"]
    with transaction():
        empty_rows(person, [], [person.email], at=TODAY)
    assert [one.id for one in documents_of(meeting)] == [other.id]
    assert db.session.scalar(select(DocumentFile)) is None


def test_a_meeting_file_does_not_take_down_what_was_handed_in(
    client: PageClient, role: SpeakingRole, link: str
) -> None:
    client.post(link, data=typed(None, address="https://example.org/slides"))
    meeting = role.session.meeting
    without = replace(content_of(meeting), documents=())
    assert any("D1" in words and "was handed in" in words for _place, words in objections_to(meeting, without))

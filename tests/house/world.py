"""A small world with one of everything, to walk every route through as every role."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from eventapp.agenda.imports.models import CHECKED, AgendaImport, AgendaImportRow
from eventapp.agenda.imports.models import NEW as NEW_SESSION
from eventapp.agenda.models import Session, SpeakingRole
from eventapp.agenda.releases.actions import release
from eventapp.agenda.warnings.models import AcknowledgedWarning
from eventapp.agenda.warnings.queries import warnings_now
from eventapp.announcements.models import Announcement
from eventapp.badges.models import Badge
from eventapp.checkin.models import Gate, Scan
from eventapp.clearance.models import Reader, Remark
from eventapp.documents.models import DocumentFile, SessionDocument
from eventapp.drafts.models import Draft
from eventapp.erasure.models import Erasure
from eventapp.floor.models import Statement
from eventapp.ground.db import db, transaction
from eventapp.information.models import InformationPage, InformationPicture
from eventapp.inputs.answers.models import AnswerFile, InputAnswer
from eventapp.inputs.models import Input, InputFile
from eventapp.inputs.queries import input_at
from eventapp.live.models import LATE, MOVED, LiveChange
from eventapp.mail.models import FAILED, Letter
from eventapp.meetings.arriving.models import MeetingImport
from eventapp.meetings.chapters.content import OwnChapter, as_records
from eventapp.meetings.meeting_kinds.models import MeetingKind
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, STEWARD, Body, Document, Meeting, Staff
from eventapp.meetings.organizers.models import BodyOrganizer
from eventapp.meetings.prepared.models import PreparedFile, PreparedPart
from eventapp.meetings.themes.content import SHIPPED, OwnLine, ThemeSet, as_record
from eventapp.messages.models import STOPPED, Copy, Message
from eventapp.networking.models import PARTICIPANTS, NetworkingConsent, NetworkingRules
from eventapp.networking.offers.models import OFFER, NetworkingLine, NetworkingTag
from eventapp.networking.slots.actions import slot_at
from eventapp.organizations.models import Organization
from eventapp.outlets.chosen.models import Takeaway
from eventapp.people.models import Person
from eventapp.personal_papers.issued import Printing
from eventapp.personal_papers.making import wanted_of as wanted_papers
from eventapp.personal_papers.queries import Chosen
from eventapp.practices.models import Card, CardFile
from eventapp.profiles.models import Profile
from eventapp.record.confirmations.models import Confirmation, Reply
from eventapp.record.loading.arriving.models import NotesImport, NotesImportLine, NotesImportPart
from eventapp.record.notes.models import Note, Revision
from eventapp.record.sessions.models import SessionRecord
from eventapp.record.summaries.models import SummaryRevision
from eventapp.registration.decisions.tasks.models import DecisionLine, DecisionTask
from eventapp.registration.imports.models import CHOOSING, Import, ImportFile
from eventapp.registration.invitations.models import Invitation
from eventapp.registration.lists.exporting import wanted_of
from eventapp.registration.lists.listing import Look
from eventapp.registration.models import DelegationFocalPoint, DelegationLetter, Registration, Upload
from eventapp.registration.offers.models import Offer
from eventapp.registration.saved.models import SavedView
from eventapp.registration.tags.models import OrganizerNote, Tag, Tagging
from eventapp.registration.zones.models import Zone
from eventapp.review.formats.evidence_json import digest, to_dict, to_json
from eventapp.review.paged.actions import keep_pages
from eventapp.review.reports.models import (
    Chapter,
    Comment,
    Correction,
    Edition,
    Evidence,
    Paragraph,
    Reason,
    Report,
    Snapshot,
)  # fmt: skip
from eventapp.review.tasks.models import Task
from tests import make, make_inputs, make_questions, make_record
from tests.make_official_list import letter_of, public_version
from tests.make_practices import sent
from tests.registration.test_uploads import picture
from tests.review.sample import REPORT

VISITOR, PARTICIPANT, SPEAKER, ADMINISTRATOR = "visitor", "participant", "speaker", "administrator"
HERE = (VISITOR, PARTICIPANT, SPEAKER, RAPPORTEUR, STEWARD, ORGANIZER, ADMINISTRATOR)
ELSEWHERE = tuple(f"{role} elsewhere" for role in (PARTICIPANT, SPEAKER, RAPPORTEUR, STEWARD, ORGANIZER))
ROLES = HERE + ELSEWHERE


def people_of(meeting: Meeting, suffix: str = "") -> dict[str, Person]:
    """One person for each role at this meeting."""
    session = make.session(meeting)
    registration = make.registration(meeting, person=make.person("Participant"))
    speaker = make.person("Speaker")
    make.role(session, person_id=speaker.id, name=speaker.name)
    return {
        PARTICIPANT + suffix: registration.person,
        SPEAKER + suffix: speaker,
        RAPPORTEUR + suffix: make.staff(meeting, RAPPORTEUR),
        STEWARD + suffix: make.staff(meeting, STEWARD),
        ORGANIZER + suffix: make.staff(meeting, ORGANIZER),
    }


THEMES = as_record(
    [*SHIPPED.sets, ThemeSet("set1", "Priorities", {}, (OwnLine("P1", "Skills", {"fr": "Compétences"}),))]
)


CHAPTERS = as_records([OwnChapter("side-events", "Side events", "closing", {"fr": "Manifestations parallèles"})])


class World:
    """The meeting at `slug`, a person for each role here and elsewhere, and a value for every part of an address."""

    def __init__(self) -> None:
        meeting = make.meeting(slug="spring", capacity=50, languages=["en", "fr"], themes=THEMES, chapters=CHAPTERS)
        make.kept(Body(meeting_id=meeting.id, code="BODY", name="A body"))
        people = people_of(meeting) | people_of(make.meeting(slug="autumn"), " elsewhere")
        people[ADMINISTRATOR] = make.administrator()
        public_version(meeting)
        self.people = {role: person.id for role, person in people.items()}
        self.samples: dict[str, Any] = {
            "slug": "spring",
            "level": "public",  # of a package
            **agenda_of(meeting),
            **door_of(meeting),
            **record_of(meeting),
            "live_change": live_change_of(meeting, LATE),
            "moved": live_change_of(meeting, MOVED),
            "untold": live_change_of(meeting, LATE, waits=True),
            "card": card_of(meeting).number,
            "input": input_of(meeting).number,
            "commitment": commitment_of(meeting).id,
            "body_organizer": body_organizer().id,
            **message_of(meeting),
            "information": information_of(meeting).id,
            "question": question_of(meeting),
            "input_question": input_question_of(meeting),
            **tags_of(meeting),
            **delegation_of(meeting),
            "import": import_of(meeting),
            "decision_task": decision_of(meeting, people[ORGANIZER]),
            "agenda_import": sessions_of(meeting),
            "notes_import": notes_of(meeting),
            "prepared_file": file_made(meeting, people[ORGANIZER]),
            "outlet_file": file_made(meeting, people[ORGANIZER], "outlet", "open-consultation.json.nobody"),
            **lists_made(meeting, people[ORGANIZER]),
            "notes_file": file_made(meeting, people[ORGANIZER], "notes", "csv"),
            "badge_file": file_made(meeting, people[ORGANIZER], "badges", "mark"),
            "papers_file": papers_made(meeting, people[ORGANIZER]),
            "warning": warning_of(meeting),
            "package_import": file_sent(people[ADMINISTRATOR], "package", "winter"),
            "meeting_file": file_sent(people[ADMINISTRATOR], "file", "summer"),
            "line_of_network": networking_of(meeting),
            "paper": letter_of(meeting).code,
            **register_of(),
            "meeting_kind": make.kept(MeetingKind(code="forum", name="Forum", position=1)).id,
            "sort": "phones",
            "person": make.person("Somebody").id,
        }

    @property
    def named(self) -> dict[str, Any]:
        """What a form names that must be there; everything else a form asks for is left empty."""
        named = {
            "role": "asked",
            "note": "note",
            "reply": "reply",
            "kept": "typed",
            "code": "session",
            "reference": "reference",
        }
        return {name: self.samples[of] for name, of in named.items()} | {"person": self.people[RAPPORTEUR]}

    def of_path(self, path: str) -> dict[str, Any]:
        """Values for the parts of this address; the words before a part say what it is a number or a code of."""
        special: dict[str, dict[str, Any]] = {
            "/edit/people/": {"number": self.samples["speaking"]},
            "/networking/lines/": {"number": self.samples["line_of_network"]},
            "/networking/people/": {"number": 9010},
            "/networking/slots/": {"number": 1, "act": "closing", "which": "planned"},
            "/networking/meetings/": {"number": 1},
            "/sign-ins/": {"number": 1},
            "/passkeys/": {"number": 1},
            "/mailbox/": {"number": 1, "file_id": 1},
            "/manage/papers/files/": {"number": self.samples["papers_file"]},
            "/manage/papers/": {"kind": "invitation", "tongue": "en"},
            "/papers/": {"code": self.samples["paper"], "number": 1},
            "/focal-points/<token>/": {"ending": "csv"},
            "/list-of-participants/": {"number": 1, "tongue": "en", "ending": "xlsx"},
            "/masthead/": {"code": "BODY"},
            "/settings/languages/": {"tongue": "fr"},
            "/texts/": {"tongue": "fr", "part": "meeting"},
            "/organizers/": {"number": self.samples["body_organizer"]},
            "/bodies/": {"code": "BODY"},
            "/rooms/": {"code": self.samples["room"]},
            "/settings/kinds/": {"code": "trends"},
            "/settings/zones/": {"code": "A"},
            "/settings/chapters/": {"code": "side-events"},
            "/door/list/": {"number": 0},
            "/registrations/<token>/accompanying/": {"number": 1},
            "/registrations/<token>/check-in/": {"scan": self.samples["own_scan"]},
            "/settings/themes/": {"code": "set1", "line": "P1"},
            "/categories/": {"code": self.samples["category"]},
            "/badges/layouts/": {"code": self.samples["category"]},
            "/documents/": {
                "number": self.samples["document"],
                "language": "en",
                "version": 1,
                "file": self.samples["file"],
            },
            "/erasures/": {"number": self.samples["erasure"]},
            "/late/": {"code": "S8", "number": self.samples["live_change"]},
            "/at-once/": {"number": self.samples["moved"]},
            "/day-letters/": {"number": self.samples["untold"]},
            "/summary/conflicts/": {"code": "S8", "kept_id": self.samples["summary_kept"]},
            "/record/": {
                "code": "S8",
                "number": 1,
                "kept_id": self.samples["kept_id"],
                "statement": self.samples["statement"],
            },
            "/manage/agenda/material/": {"number": self.samples["handed"]},
            "/roles/": {"number": self.samples["role"], "language": "en", "version": 1},
            "/emails/": {"number": self.samples["letter"]},
            "/letters/": {"number": self.samples["letter"]},
            "/delegations/": {"number": self.samples["delegation"], "other": self.samples["other"]},
            "/invitations/": {"number": self.samples["invitation"]},
            "/speakers/": {"number": self.samples["role"]},
            "/manage/organizations/": {"organization": self.samples["organization"], "other": self.samples["merged"]},
            "/waiting-list/": {"number": self.samples["offer"], "reference": "R-9007"},
            "/manage/agenda/warnings/": {"number": self.samples["warning"]},
            "/manage/agenda/releases/": {"number": 1},
            "/manage/agenda/imports/": {"number": self.samples["agenda_import"]},
            "/manage/meetings/file/": {"number": self.samples["meeting_file"]},
            "/manage/meetings/package/": {"number": self.samples["package_import"]},
            "/review/package/files/": {"number": self.samples["prepared_file"]},
            "/manage/registrations/files/": {"number": self.samples["list_file"]},
            "/agenda/print/": {"kind": "glance"},
            "/manage/outcomes/file/files/": {"number": self.samples["notes_file"]},
            "/sign-up/files/": {"number": self.samples["sign_ups_file"]},
            "/manage/speaking-time/files/": {"number": self.samples["speakers_file"]},
            "/attendance/files/": {"number": self.samples["gate_file"]},
            "/manage/badges/files/": {"number": self.samples["badge_file"]},
            "/review/outlets/files/": {"number": self.samples["outlet_file"]},
            "/manage/decisions/": {"number": self.samples["decision_task"]},
            "/manage/imports/": {"number": self.samples["import"], "ending": "csv"},
            "/wordings/": {"letter": "approved", "tongue": "en"},
            "/settings/consents/": {"tongue": "en"},
            "/questions/": {"code": self.samples["question"]},
            "/inputs/<token>/answers/": {"code": self.samples["input_question"]},
            "/manage/inputs/<int(max=99999):number>/answers/": {
                "number": self.samples["input"],
                "code": self.samples["input_question"],
            },
            "/answers/": {"code": self.samples["question"]},
            "/announcements/": {"number": self.samples["announcement"]},
            "/messages/": {"number": self.samples["message"], "copy": self.samples["copy"], "act": "stop"},
            "/staff/": {"number": self.samples["staff"]},
            "/practices/": {"number": self.samples["card"]},
            "/inputs/": {"number": self.samples["input"]},
            "/information/": {"number": self.samples["information"], "page": "venue", "name": "map.jpg"},
            "/outcomes/file/": {"ending": "csv", "number": self.samples["notes_import"]},
            "/people/<code>": {"code": self.samples["page_code"]},
            "/agenda.<any": {"ending": "csv"},
        }
        fitting = (values for words, values in special.items() if words in path)
        return {**self.samples, **next(fitting, {})}


def file_sent(by: Person, kind: str, slug: str) -> int:
    """A file that is to be a meeting and waits for the worker."""
    made = {"at": make.TODAY, "language": "en", "state": "waiting", "size": 9}
    return make.kept(MeetingImport(kind=kind, slug=slug, open_slug=slug, contact="", by_id=by.id, **made)).id


def networking_of(meeting: Meeting) -> int:
    """A line of somebody whom everybody may find."""
    make.kept(NetworkingRules(meeting_id=meeting.id, is_open=True))
    one = make.registration(meeting, number=9010)
    make.kept(NetworkingConsent(registration_id=one.id, audience=PARTICIPANTS, at=make.TODAY))
    facts = {"meeting_id": meeting.id, "kind": OFFER}
    line = NetworkingLine(registration_id=one.id, text="A method", for_delegation=False, at=make.TODAY, **facts)
    line.tags = [NetworkingTag(tag="C9", **facts)]
    make.kept(slot_at(meeting, "Table 1", make.TODAY, make.TODAY + timedelta(minutes=15)))
    return make.kept(line).id


def live_change_of(meeting: Meeting, kind: str, *, waits: bool = False) -> int:
    """A session that ran late, or was moved at once, long ago."""
    session = db.session.scalars(select(Session).where(Session.code == "S8")).one()
    facts = {
        "kind": kind,
        "minutes": 10,
        "everywhere": False,
        "seen": "",
        "before": {},
        "after": {},
        "has_letters": waits,
        "waits": waits,
    }
    return make.kept(LiveChange(meeting_id=meeting.id, session_id=session.id, at=make.TODAY, **facts)).id


def import_of(meeting: Meeting) -> int:
    """A file of people whose columns are to be chosen."""
    facts = {"language": "en", "given_name": "people.csv", "heads": ["Email"], "example": [], "state": CHOOSING}
    one = make.kept(Import(meeting_id=meeting.id, at=make.TODAY, **facts))
    make.kept(ImportFile(import_id=one.id, content=b"Email\r\nada@example.org\r\n"))
    return one.id


def decision_of(meeting: Meeting, by: Person) -> int:
    """A decision about many that waits for the worker, and one registration of it."""
    facts = {"language": "en", "state": "deciding", "act": "approve", "mark": "mark", "many": 1}
    one = make.kept(DecisionTask(meeting_id=meeting.id, by_id=by.id, at=make.TODAY, **facts))
    asks = make.registration(meeting, number=9020, state="pending")
    make.kept(DecisionLine(task_id=one.id, registration_id=asks.id, before="pending"))
    return one.id


def lists_made(meeting: Meeting, by: Person) -> dict[str, int]:
    """Long lists that the worker wrote for somebody: of registrations, and of who came in."""
    look = wanted_of(Look(), needs=False, in_protocol_order=False, opens=True)
    found = {"detail": {"lines": 1}, "codes": [], "whose": []}
    details = {"ending": "csv", "by": by.id}
    gate = db.session.scalars(select(Gate).where(Gate.meeting_id == meeting.id)).first()
    assert gate is not None
    door = {"gate": gate.id, "code": gate.code, "which": "attendance", "day": "", "now": ""}
    session = db.session.scalars(select(Session).where(Session.meeting_id == meeting.id)).first()
    assert session is not None
    signed = {"session": session.id, "code": session.code, "lines": 1}
    came = {"gate": gate.id, "name": gate.name, "lines": 1}
    return {
        "list_file": file_made(meeting, by, "registrations", "mark", {**look, **details, "taken": found}),
        "gate_file": file_made(meeting, by, "attendance", "mark", {**door, **details, "taken": came}),
        "sign_ups_file": file_made(meeting, by, "sign_ups", "mark", {**details, **signed, "taken": signed}),
        "speakers_file": file_made(meeting, by, "speakers", "mark", {**details, "taken": {"lines": 1}}),
    }


def papers_made(meeting: Meeting, by: Person) -> int:
    """Letters that the worker issued."""
    wanted = wanted_papers("invitation", "en", Chosen(), Printing("Letters", "http://localhost/papers/"))
    said = {"detail": {"kind": "invitation", "language": "en", "papers": 1}, "codes": [], "whose": []}
    return file_made(meeting, by, "papers", "mark", {**wanted, "taken": said})


def file_made(
    meeting: Meeting, by: Person, act: str = "package", wanted: str = "public", details: dict[str, Any] | None = None
) -> int:
    """A package, or another file, that the worker made."""
    facts = {"act": act, "wanted": wanted, "language": "en", "state": "done", "size": 1, "details": details or {}}
    one = make.kept(PreparedFile(meeting_id=meeting.id, at=make.TODAY, by_id=by.id, **facts))
    make.kept(PreparedPart(file_id=one.id, number=0, content=b"x"))
    return one.id


def sessions_of(meeting: Meeting) -> int:
    """A file of sessions that waits to be imported."""
    facts = {"language": "en", "given_name": "schedule.xml", "form": "xml", "state": CHECKED}
    one = make.kept(AgendaImport(meeting_id=meeting.id, at=make.TODAY, **facts))
    make.kept(AgendaImportRow(import_id=one.id, number=2, outcome=NEW_SESSION, title="Opening", content={}))
    return one.id


def notes_of(meeting: Meeting) -> int:
    """A file of notes that was checked and may come in."""
    facts = {"language": "en", "given_name": "notes.csv", "state": "done", "size": 1, "lines": 1, "new": 1}
    one = make.kept(NotesImport(meeting_id=meeting.id, at=make.TODAY, asked_at=make.TODAY, **facts))
    make.kept(NotesImportPart(import_id=one.id, number=0, content=b"x"))
    said = {"what": "new", "session": "S8", "kind": "trend", "language": "en", "who": "Fiji", "words": "Prices fall."}
    make.kept(NotesImportLine(import_id=one.id, line=2, shown=said))
    return one.id


def warning_of(meeting: Meeting) -> int:
    """A warning of the draft that somebody acknowledged."""
    one = warnings_now(meeting).open[0]
    facts = {"key": one.key, "kind": one.kind, "sessions": list(one.sessions), "reason": "Agreed with the chair"}
    return make.kept(AcknowledgedWarning(meeting_id=meeting.id, at=make.TODAY, **facts)).id


def question_of(meeting: Meeting) -> str:
    return make_questions.question(meeting).code


def input_question_of(meeting: Meeting) -> str:
    """A question for inputs that the input has answered by a file."""
    question, written = make_questions.question(meeting, kind="file", stage="input"), input_at(meeting, 1)
    facts: dict[str, Any] = {"input": written, "question": question}
    named = {"sha256": "0" * 64, "given_name": "slides.pdf"}
    make.kept(
        AnswerFile(content_type="application/pdf", content=b"x", uploaded_at=make.TODAY, **facts, **named),
    )
    make.kept(InputAnswer(text=f"{'0' * 64} slides.pdf", wording_id=question.wording.id, at=make.TODAY, **facts))
    return question.code


def body_organizer() -> BodyOrganizer:
    """Somebody who organizes every meeting of a body that none of these meetings has."""
    person = make.person("Organizer of a body").id
    return make.kept(BodyOrganizer(code="NONE", person_id=person, granted_at=make.TODAY, granted_by_id=person))


def agenda_of(meeting: Meeting) -> dict[str, Any]:
    room = make.room(meeting, code="CR4")
    session = make.session(meeting, code="S9", room_id=room.id)
    role = make.role(session, "moderator", person_id=make.person().id)
    speaking = make.role(session, "speaker", name="Somebody who speaks")
    page = page_of(role)
    with transaction():
        release(meeting, by=None, at=make.TODAY)
    paper = make.kept(Document(meeting_id=meeting.id, symbol="E/1", title="A paper"))
    facts = {
        "content_type": "text/plain",
        "size": 1,
        "sha256": "0" * 64,
        "given_name": "a.txt",
        "uploaded_at": make.TODAY,
    }
    file = make.kept(DocumentFile(document_id=paper.id, language="en", version=1, content=b"x", **facts))
    kind = make.category(meeting, code="OBS")
    steward = make.kept(Staff(meeting_id=meeting.id, person_id=make.person().id, role=STEWARD, granted_at=make.TODAY))
    handed = make.document(meeting, symbol="D9")
    make.kept(SessionDocument(document_id=handed.id, session_id=session.id, role_id=role.id, came_at=make.TODAY))
    papers: dict[str, Any] = {
        "handed": handed.id,
        "part": "rooms",  # of the settings
        "kind": "photo",
        "document": paper.id,
        "file": file.id,
        "category": kind.code,
        "staff": steward.id,
        "code": session.code,
        "page_code": page.code,
    }
    letter = make.kept(
        Letter(
            to="ada@example.org", subject="Words", text="Words.", html="<!doctype html><title>Words</title>", kind="x.txt",
            meeting_id=meeting.id, message_id="<1@example.org>", posted_at=make.TODAY, due_at=make.TODAY, state=FAILED,
        )
    )  # fmt: skip
    papers["letter"] = letter.id
    return {
        **papers,
        "speaking": speaking.id,
        "session": session.code,
        "role_id": role.id,
        "room": room.code,
        "release": 1,
        "role": role.id,
    }


def page_of(role: SpeakingRole) -> Profile:
    """The public page of whose part this is, with a photograph."""
    one = make.registration(role.session.meeting, number=9009, person=role.person)
    facts: dict[str, Any] = {"content_type": "image/jpeg", "sha256": "0" * 64, "given_name": "me.png"}
    make.kept(Upload(registration_id=one.id, kind="photo", content=picture("JPEG"), uploaded_at=make.TODAY, **facts))
    page = {"code": "grace-hopper", "biography": {"en": "Writes."}, "shows_photo": True, "published_at": make.TODAY}
    return make.kept(Profile(meeting_id=one.meeting_id, person_id=one.person_id, **page))


def card_of(meeting: Meeting) -> Card:
    """A good practice card that was sent, with a file."""
    card, _token = sent(make.session(meeting, code="S7"))
    make.kept(
        CardFile(
            card_id=card.id, content_type="image/jpeg", content=b"x", sha256="0" * 64, given_name="me.png",
            uploaded_at=make.TODAY,
        )
    )  # fmt: skip
    return card


def input_of(meeting: Meeting) -> Input:
    """An input that everybody may read, with a document."""
    make_inputs.call(meeting)
    written = make_inputs.sent(meeting)
    make.kept(
        InputFile(
            input_id=written.id, content_type="application/pdf", content=b"x", sha256="0" * 64, given_name="in.pdf",
            uploaded_at=make.TODAY,
        )
    )  # fmt: skip
    return written


def information_of(meeting: Meeting) -> InformationPage:
    """A page that everybody sees, with a picture."""
    texts = {"en": {"title": "Venue", "text": "# How to get there"}}
    page = make.kept(InformationPage(meeting_id=meeting.id, slug="venue", texts=texts, published_at=make.TODAY))
    facts = {"content": b"x", "sha256": "0" * 64, "uploaded_at": make.TODAY}
    make.kept(InformationPicture(page_id=page.id, name="map.jpg", **facts))
    return page


def message_of(meeting: Meeting) -> dict[str, Any]:
    """A message, and somebody who got no letter of it; an announcement."""
    texts = {"en": {"subject": "A message", "text": "Dear {name}"}}
    facts = {"texts": texts, "audience": {}, "is_necessary": False, "written_at": make.TODAY}
    message = make.kept(Message(meeting_id=meeting.id, state=STOPPED, stopped_at=make.TODAY, **facts))
    one = make.registration(meeting)
    copy = make.kept(Copy(message_id=message.id, person_id=one.person_id, registration_id=one.id, reason="no address"))
    times = {"starts_at": make.TODAY, "ends_at": make.TODAY + timedelta(days=1), "written_at": make.TODAY}
    row = make.kept(
        Announcement(meeting_id=meeting.id, texts={"en": {"text": "The room changes."}}, state="shown", **times)
    )
    return {"message": message.id, "copy": copy.id, "announcement": row.id}


def tags_of(meeting: Meeting) -> dict[str, Any]:
    """A tag, and a note of an organizer on a registration."""
    tag = make.kept(Tag(meeting_id=meeting.id, name="VIP", folded_name="vip", colour="blue"))
    make.kept(Zone(meeting_id=meeting.id, code="A", name="Plenary hall", tags=[tag.id]))
    one = db.session.scalars(select(Registration).where(Registration.number == 9001)).one()
    make.kept(Tagging(registration_id=one.id, tag_id=tag.id))
    note = make.kept(OrganizerNote(registration_id=one.id, text="To be met at the airport.", at=make.TODAY))
    view = make.kept(
        SavedView(meeting_id=meeting.id, name="To meet", folded_name="to meet", look={"state": "everyone"})
    )
    leaver = make.registration(meeting, number=9008, state="withdrawn")
    asked = Erasure(
        meeting_id=meeting.id, person_id=leaver.person_id, reason="They asked.", asked_by_id=make.person().id,
        asked_at=make.TODAY,
    )  # fmt: skip
    return {"tag": tag.id, "remark": note.id, "view": view.id, "erasure": make.kept(asked).id}


def delegation_of(meeting: Meeting) -> dict[str, Any]:
    """A delegation with a letter, and another name of it."""
    row = make.delegation(meeting, "Universal Postal Union")
    other = make.delegation(meeting, "UPU", merged_into_id=row.id)
    facts = {"content_type": "application/pdf", "content": b"%PDF-1.4 %%EOF", "sha256": "0" * 64}
    make.kept(DelegationLetter(delegation_id=row.id, given_name="note.pdf", uploaded_at=make.TODAY, **facts))
    asked = {"person_id": make.person().id, "name": "Ada Byron", "invited_at": make.TODAY}
    focal = make.kept(DelegationFocalPoint(delegation_id=row.id, **asked))
    guest = Invitation(
        meeting_id=meeting.id, category_id=make.category(meeting).id, family_name="Byron", email="guest@example.org",
        skips_approval=False, invited_at=make.TODAY,
    )  # fmt: skip
    invitation = make.kept(guest).id
    waits = make.registration(meeting, number=9007, state="waiting", waiting_since=make.TODAY)
    offer = make.kept(Offer(registration_id=waits.id, made_at=make.TODAY, expires_at=make.TODAY + timedelta(days=2))).id
    return {
        "offer": offer,
        "delegation": row.id,
        "other": other.id,
        "focal": focal.id,
        "way": "up",
        "invitation": invitation,
    }


def register_of() -> dict[str, Any]:
    """An organization, and one that was merged into it."""
    facts: dict[str, Any] = {"names": {}, "other_names": [], "kind": "other"}
    one = make.kept(Organization(name="Postal Union", **facts))
    other = make.kept(Organization(name="Union of Posts", merged_into_id=one.id, **facts))
    return {"organization": one.id, "merged": other.id}


def commitment_of(meeting: Meeting) -> Note:
    """A published commitment."""
    return make_record.note(make.session(meeting), "By May.", kind="commitment", state="published")


def door_of(meeting: Meeting) -> dict[str, Any]:
    registration = make.registration(meeting, number=9001)
    badge = make.kept(Badge(registration_id=registration.id, code="BADGECODE0123456789A", issued_at=make.TODAY))
    for kind in ("photo", "q1"):  # and the answer to the first question
        make.kept(
            Upload(
                registration_id=registration.id, kind=kind, content_type="image/jpeg", content=picture("JPEG"),
                sha256="0" * 64,
                given_name="me.png", uploaded_at=make.TODAY,
            )
        )  # fmt: skip
    gate = make.kept(Gate(meeting_id=meeting.id, code="main", name="Main door", self_check_in=True))
    scan = make.kept(
        Scan(
            gate_id=gate.id, badge_id=badge.id, registration_id=registration.id, client_key="k1", method="typed",
            read=badge.code, scanned_at=make.TODAY, received_at=make.TODAY, verdict="welcome",
        )
    )  # fmt: skip
    own = make.kept(
        Scan(
            gate_id=gate.id, registration_id=registration.id, client_key="k2", method="self", read=registration.reference,
            scanned_at=make.TODAY, received_at=make.TODAY, verdict="welcome",
        )
    )  # fmt: skip
    found = {"reference": registration.reference, "gate": gate.code, "scan": scan.id, "registration": registration.id}
    return {**found, "own_scan": own.id}


def record_of(meeting: Meeting) -> dict[str, Any]:
    session = make.session(meeting, code="S8")
    note = make.kept(
        Note(session_id=session.id, number=1, state="published", state_at=make.TODAY, created_at=make.TODAY)
    )
    revision = make.kept(
        Revision(
            note_id=note.id, number=1, at=make.TODAY, kind="trend", title="A trend", text="Words.", action_lines=["C2"],
            goals=[9], countries=[], ceiling="organization", figures=[], sources=[],
        )
    )  # fmt: skip
    content = {"kind": "trend", "text": "Other words.", "action_lines": ["C2"]}
    make.kept(SessionRecord(session_id=session.id, summary_head=1, approved_head=1, submitted_at=make.TODAY))
    make.kept(SummaryRevision(session_id=session.id, number=1, at=make.TODAY, content={"discussion": "Words."}))
    other = make.kept(
        Draft(
            kind="summary",
            is_second=True,
            scope_id=session.id,
            base=1,
            content={"discussion": "Other."},
            created_at=make.TODAY,
            updated_at=make.TODAY,
        )
    )
    former = make.person("Former rapporteur")
    make.role(session, "rapporteur", name=former.name, person_id=former.id, ended_at=make.TODAY)
    half = {"kind": "trend", "text": "Half a sentence"}
    typed = make.kept(
        Draft(
            kind="note",
            scope_id=session.id,
            person_id=former.id,
            content=half,
            created_at=make.TODAY,
            updated_at=make.TODAY,
        )
    )
    kept = make.kept(
        Draft(
            kind="change",
            is_second=True,
            scope_id=session.id,
            target_id=note.id,
            base=1,
            content=content,
            created_at=make.TODAY,
            updated_at=make.TODAY,
        )
    )
    role = make.role(session, "moderator")
    asked = make.kept(
        Confirmation(
            session_id=session.id, role_id=role.id, asked_at=make.TODAY, expires_at=make.TODAY + timedelta(days=1)
        )
    )
    disagreed = make.kept(
        Reply(
            confirmation_id=asked.id, note_id=note.id, revision=1, answer="objected", reason="Not what I said.",
            at=make.TODAY,
        )
    )  # fmt: skip
    report = make.kept(
        Report(
            meeting_id=meeting.id,
            name="review",
            title="Draft review",
            policy="organization",
            outline="blocks",
            created_at=make.TODAY,
            version=1,
        )
    )
    edition = make.kept(
        Edition(
            report_id=report.id, version=1, content=to_dict(REPORT), sha256=digest(to_json(REPORT)),
            published_at=make.TODAY,
        )
    )  # fmt: skip
    keep_pages(edition.id, whole=0)
    chapter = make.kept(Chapter(report_id=report.id, position=1, title="Background", block="trends"))
    paragraph = make.kept(
        Paragraph(
            chapter_id=chapter.id, position=1, origin="notes", text="The meeting noted a trend.",
            generated="The meeting noted a trend.",
        )
    )  # fmt: skip
    statement = make.kept(Statement(session_id=session.id, name="Ada Byron", asked_at=make.TODAY, place=1, pauses=[]))
    reader = make.kept(
        Reader(
            report_id=report.id, name="Reader", email="reader@example.org", asked_at=make.TODAY,
            expires_at=make.TODAY + timedelta(days=2),
        )
    )  # fmt: skip
    remark = make.kept(
        Remark(
            reader_id=reader.id, paragraph_id=paragraph.id, kind="comment", text="A remark.", read="", at=make.TODAY,
        )
    )  # fmt: skip
    line = {
        "key": paragraph.id,
        "part": chapter.id,
        "chapter": "Background",
        "place": "1",
        "text": "A trend.",
        "notes": [],
    }
    make.kept(Snapshot(report_id=report.id, number=1, why="kept", remark="First", lines=[line], at=make.TODAY))
    for kind, words in (("over", "The meeting saw."), ("after", "The meeting began.")):
        new = {"target_id": paragraph.id, "person_id": former.id, "base": 1, "content": {"text": words}}
        make.kept(Draft(kind=kind, scope_id=report.id, created_at=make.TODAY, updated_at=make.TODAY, **new))
    reason = make.kept(
        Reason(report_id=report.id, kind="support", what="", words="A line.", reason="It is known.", at=make.TODAY)
    )
    make.kept(Takeaway(note_id=note.id, at=make.TODAY))
    correction = make.kept(
        Correction(
            report_id=report.id, version=1, paragraph="1", wrong="invited", reading="asked", reason="A slip.",
            whose="the secretariat", at=make.TODAY,
        )
    )  # fmt: skip
    make.kept(Task(report_id=report.id, act="compile", at=make.TODAY, language="en", state="waiting"))
    comment = make.kept(Comment(paragraph_id=paragraph.id, text="A comment.", at=make.TODAY))
    make.kept(Comment(paragraph_id=paragraph.id, thread_id=comment.id, text="An answer.", at=make.TODAY))
    make.kept(Evidence(paragraph_id=paragraph.id, note_id=note.id, revision_id=revision.id))
    return {
        "note": note.reference,
        "kept_id": kept.id,
        "statement": statement.id,
        "summary_kept": other.id,
        "typed": typed.id,
        "confirmation": asked.id,
        "asked": role.id,
        "reply": disagreed.id,
        "report": report.name,
        "sheet": "chapter-2",
        "anchor": "p1",
        "step": "removal",
        "correction": correction.id,
        "ending": "json",
        "paragraph": paragraph.id,
        "chapter": chapter.id,
        "reader": reader.id,
        "remark": remark.id,
        "comment": comment.id,
        "reason": reason.id,
        "turn": "settling",
        "answer": "declined",
        "way": "down",
        "outlet": "open-consultation",
        "place": "1",
        "form": "stocktaking",
        "fit": "indent",
    }

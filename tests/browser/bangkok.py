"""The demonstration as the sample of every page: the afternoon of 4 October 2016, with all that happened until then."""

from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import Select, select

from eventapp.agenda.imports.models import CHECKED, AgendaImport, AgendaImportRow
from eventapp.agenda.models import Session, SpeakingRole
from eventapp.agenda.rights.actions import change_rights
from eventapp.agenda.rights.content import RIGHTS
from eventapp.announcements.models import Announcement
from eventapp.checkin.models import Gate, Scan
from eventapp.checkin.self_check_in.actions import check_in
from eventapp.clearance.actions import token_of as reading_token
from eventapp.clearance.models import Reader, Remark
from eventapp.commitments.queries import PUBLIC, commitments
from eventapp.delegations.focal.actions import invite_focal_point
from eventapp.delegations.focal.queries import LINK as FOCAL
from eventapp.demo.actions import SLUG, load_bangkok
from eventapp.documents.models import SessionDocument
from eventapp.drafts.models import Draft
from eventapp.erasure.models import Erasure
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.information.models import InformationPage
from eventapp.inputs.entry import own_token as input_token
from eventapp.inputs.models import Input
from eventapp.links.actions import link_for_letter
from eventapp.live.models import LATE, LiveChange
from eventapp.mail.models import Letter
from eventapp.meetings.arriving.models import MeetingImport
from eventapp.meetings.meeting_kinds.models import MeetingKind
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, STEWARD, Document, Room, Staff
from eventapp.meetings.prepared.models import PreparedFile
from eventapp.meetings.queries import meeting_at
from eventapp.messages.unsubscribing.token import token_of as token_for_letters
from eventapp.networking.actions import choose_audience
from eventapp.networking.bilaterals.actions import accept, ask
from eventapp.networking.models import PARTICIPANTS, NetworkingRules
from eventapp.networking.offers.actions import Wanted, add_line
from eventapp.networking.offers.models import NEED, OFFER
from eventapp.networking.outcomes.actions import write_outcome
from eventapp.networking.slots.actions import slot_at
from eventapp.organizations.models import Organization
from eventapp.people.models import Person
from eventapp.personal_papers.issued import Printing
from eventapp.personal_papers.making import wanted_of as wanted_papers
from eventapp.personal_papers.queries import Chosen
from eventapp.practices.actions import open_card
from eventapp.practices.invitations.actions import Invitation, invite
from eventapp.profiles.models import Profile
from eventapp.questions.kinds import KINDS
from eventapp.record.confirmations.actions import token_of
from eventapp.record.confirmations.models import Confirmation
from eventapp.record.loading.arriving.models import NotesImport, NotesImportLine
from eventapp.record.notes.models import Note
from eventapp.record.sessions.queries import session_at
from eventapp.registration.decisions.tasks.models import DecisionLine, DecisionTask
from eventapp.registration.entry import own_token
from eventapp.registration.imports.models import CHOOSING, Import
from eventapp.registration.invitations.actions import Guest, Terms
from eventapp.registration.invitations.actions import invite as invite_guests
from eventapp.registration.invitations.models import LINK as INVITATION
from eventapp.registration.lists.exporting import wanted_of
from eventapp.registration.lists.listing import Look
from eventapp.registration.models import APPROVED, PENDING, UNCONFIRMED, WAITING, Delegation, Registration
from eventapp.registration.nominated.actions import Nominee, nominate
from eventapp.registration.offers.giving import offer_place
from eventapp.registration.offers.queries import offer_to
from eventapp.registration.queries import letters_about
from eventapp.registration.zones.models import Zone
from eventapp.review.paged.actions import keep_pages
from eventapp.review.reports.models import Edition, Paragraph, Report
from eventapp.review.tasks.models import Task
from tests import make, make_messages, make_questions
from tests.browser.site import PARTICIPANT, Site, session_cookie
from tests.make_agenda import role_link
from tests.make_official_list import letter_issued, two_versions

T = TypeVar("T")
AFTERNOON = datetime(2016, 10, 4, 10, 0, tzinfo=UTC)


def bangkok(app: Flask, address: str) -> Site:
    """The meeting of the demonstration, and a value for every part of every address."""
    load_bangkok()
    app.config["CLOCK_OFFSET"] = AFTERNOON - datetime.now(UTC)
    site = Site(app, address)
    approved = registered(APPROVED)
    site.values = {
        "slug": SLUG,
        "person": approved.person_id,
        "organization": organization(),
        "link": "x" * 43,
        "token": own_token(approved),
        "reference": registered(PENDING).reference,
        "delegations.show:number": delegation_to_decide(),
        "delegations.name:number": name_that_waits(),
        "badges_manage.show:reference": approved.reference,
        "counter.show:reference": approved.reference,
        "gate": "G1",
        **{
            f"screens.{page}:code": one(select(Room).where(Room.name == "Conference Room 4")).code
            for page in ("door", "sign")
        },
        "registration.confirmation:token": own_token(registered(UNCONFIRMED)),
        "unsubscribing.show:token": token_for_letters(approved),
        "wordings.show:letter": "approved",
        "wordings.show:tongue": "fr",
        "consents.show:tongue": "fr",
        "mine.email:number": letters_about(approved)[0].id,
        **nominated(),
        "self_check_in.show:scan": read_by_themselves(approved),
        "imports.show:number": file_to_import(),
        "agenda_imports.show:number": sessions_to_import(),
        "notes_imports.show:number": notes_to_load(),
        "decision_tasks.show:number": decision_of_many(),
        **dict.fromkeys(("erasure.show:number", "erasures.show:number"), erasure_to_decide()),
        **two_versions(),
        "live_letters.edit:number": change_that_waits(),
        **letter_issued(),
        **questions(),
        **informed(),
        **messages(),
        **networking(),
        **recorded(),
        **in_parts(),
        **kept(),
    }
    waiting = {"act": "compile", "at": now(), "language": "en", "state": "waiting", "share": 40}
    make.kept(Task(report_id=one(select(Report.id).where(Report.name == "review")), **waiting))
    site.values["package_imports.show:number"] = make.kept(
        file_waited_for_by(make.administrator().id, "package", "autumn")
    ).id
    site.values["meeting_files.show:number"] = make.kept(
        file_waited_for_by(make.administrator().id, "file", "later")
    ).id
    site.values["package.file:number"] = file_waited_for(make.administrator().id)
    site.values |= lists_waited_for(holder(ORGANIZER).id)
    site.values["badges_manage.file:number"] = file_waited_for(make.administrator().id, "badges", "mark")
    wanted = "session-takeaways.pdf.organization"
    site.values["outlet_files.file:number"] = file_waited_for(make.administrator().id, "outlet", wanted)
    people = {PARTICIPANT: approved.person, **{role: holder(role) for role in (ORGANIZER, RAPPORTEUR, STEWARD)}}
    people["administrator"], people["editor"] = make.administrator(), editor(site.values)
    site.cookies = {role: session_cookie(app, person) for role, person in people.items()}
    return site


def in_parts() -> dict[str, object]:
    """A published report whose chapters have pages of their own."""
    short = one(select(Edition).order_by(Edition.id))
    facts = {"name": "long", "title": "Long review", "policy": "organization", "outline": "blocks"}
    long = make.kept(Report(meeting_id=short.report.meeting_id, created_at=now(), version=1, **facts))
    values = {"content": short.content, "sha256": short.sha256, "published_at": short.published_at}
    keep_pages(make.kept(Edition(report_id=long.id, version=1, **values)).id, whole=0)
    return {"review.part:report": "long", "sheet": "chapter-2", "anchor": "p3"}


def file_waited_for_by(by: int, kind: str, slug: str) -> MeetingImport:
    """A package or a meeting file that the worker reads in."""
    made = {"at": now(), "language": "en", "state": "working", "share": 40, "attempts": 1}
    return MeetingImport(kind=kind, slug=slug, open_slug=slug, contact="", by_id=by, size=9, **made)


def lists_waited_for(by: int) -> dict[str, object]:
    """Long lists that the worker writes for this organizer."""
    details, gate = {"ending": "xlsx", "by": by}, one(select(Gate).where(Gate.code == "G1"))
    look = {**wanted_of(Look(), needs=False, in_protocol_order=False, opens=True), **details}
    letters = wanted_papers("invitation", "en", Chosen(), Printing("Letters", "http://localhost/papers/"))
    door = {"gate": gate.id, "code": gate.code, "which": "attendance", "day": "", "now": "", **details}
    return {
        "registration_lists.file:number": file_waited_for(by, "registrations", "mark", look),
        "attendance.file:number": file_waited_for(by, "attendance", "mark", door),
        "notes_files.file:number": file_waited_for(by, "notes", "csv"),
        "sign_ups.file:number": file_waited_for(by, "sign_ups", "mark", {**details, "session": 1, "code": "S1"}),
        "speaking.file:number": file_waited_for(by, "speakers", "mark", details),
        "personal_papers_manage.file:number": file_waited_for(by, "papers", "mark", letters),
    }


def file_waited_for(
    by: int, act: str = "package", wanted: str = "public", details: dict[str, object] | None = None
) -> int:
    """A package, or another file, that the worker is making."""
    meeting = meeting_at(SLUG)
    assert meeting is not None
    facts = {"act": act, "wanted": wanted, "language": "en", "state": "working", "share": 40, "details": details or {}}
    return make.kept(PreparedFile(meeting_id=meeting.id, at=now(), by_id=by, **facts)).id


def file_to_import() -> int:
    """A file of people whose columns are to be chosen."""
    meeting = meeting_at(SLUG)
    assert meeting is not None
    facts = {"heads": ["Surname", "E-mail"], "example": [["Tabai", "ane@example.org"]], "state": CHOOSING}
    row = Import(meeting_id=meeting.id, at=now(), language="en", given_name="people.csv", **facts)
    return make.kept(row).id


def sessions_to_import() -> int:
    """A file of sessions that was compared, with rooms and kinds that the meeting lacks."""
    meeting = meeting_at(SLUG)
    assert meeting is not None
    lacks = {"rooms": {"Hall 9": 0}, "kinds": ["lecture"], "nameless": 1}
    facts = {"given_name": "schedule.xml", "form": "xml", "state": CHECKED, "lacks": lacks}
    one = make.kept(AgendaImport(meeting_id=meeting.id, at=now(), language="en", **facts))
    change = {"outcome": "changed", "what": [["title", "Opening", "Opened"]]}
    fault = {"outcome": "faulty", "faults": ["It has no title."]}
    rows: list[dict[str, Any]] = [{"outcome": "new"}, change, fault, {"outcome": "gone"}]
    for number, row in enumerate(rows, start=2):
        make.kept(AgendaImportRow(import_id=one.id, number=number, title="Opening", content={}, **row))
    return one.id


def notes_to_load() -> int:
    """A file of notes that was checked, with a line of each kind."""
    meeting = meeting_at(SLUG)
    assert meeting is not None
    facts = {"given_name": "notes.csv", "state": "done", "size": 9, "lines": 3, "new": 1, "changed": 1, "same": 1}
    one = make.kept(NotesImport(meeting_id=meeting.id, at=now(), asked_at=now(), language="en", **facts))
    for number, what in enumerate(("new", "changed", "same"), start=2):
        said = {"session": "S2", "kind": "trend", "language": "fr", "who": "ITU", "words": "Les prix ont baissé."}
        make.kept(NotesImportLine(import_id=one.id, line=number, shown={"what": what, **said}))
    return one.id


def decision_of_many() -> int:
    """A decision about many of some days ago, that left somebody out."""
    meeting = meeting_at(SLUG)
    assert meeting is not None
    facts = {"language": "en", "state": "done", "act": "approve", "mark": "mark", "many": 1, "past": 1}
    at = now() - timedelta(days=3)
    one = make.kept(DecisionTask(meeting_id=meeting.id, at=at, ended_at=at, **facts))
    asks = db.session.scalars(select(Registration.id).where(Registration.meeting_id == meeting.id)).first()
    why = {"outcome": "left", "sentence": "Every place at the meeting is taken."}
    make.kept(DecisionLine(task_id=one.id, registration_id=asks, before="pending", **why))
    return one.id


def erasure_to_decide() -> int:
    """That somebody who wrote once be erased, asked by an organizer; who decides is another."""
    meeting = meeting_at(SLUG)
    assert meeting is not None
    about, by = make.person("Wrote Once"), holder(ORGANIZER)
    facts = {"reason": "They asked by letter.", "asked_by_id": by.id, "names": ["Wrote Once"]}
    return make.kept(Erasure(meeting_id=meeting.id, person_id=about.id, asked_at=now(), **facts)).id


def delegation_to_decide() -> int:
    """An organization with more people than places, and another name that leads there."""
    row = one(
        select(Delegation)
        .join(Registration, Registration.delegation_id == Delegation.id)
        .where(Delegation.is_state.is_(False), Registration.state == APPROVED)
        .order_by(Delegation.id)
    )
    with transaction():
        row.places = 0
    make.delegation(row.meeting, "Another name", merged_into_id=row.id)
    return row.id


def name_that_waits() -> int:
    """An organization that somebody comes for and that the register does not have."""
    return one(
        select(Delegation)
        .join(Registration, Registration.delegation_id == Delegation.id)
        .where(Delegation.is_state.is_(False), Registration.state == APPROVED)
        .order_by(Delegation.id.desc())
    ).id


def organization() -> int:
    """An organization of the register."""
    return make.kept(Organization(name="Postal Union", names={}, other_names=[], kind="agency")).id


def nominated() -> dict[str, Any]:
    """A delegation with a focal point, and somebody named who has not confirmed yet."""
    meeting = meeting_at(SLUG)
    assert meeting is not None
    delegation = make.delegation(meeting, "Nauru", country="NRU", is_state=True, places=3)
    with transaction():
        by = one(select(Staff).where(Staff.meeting_id == meeting.id, Staff.role == ORGANIZER)).person
        focal = invite_focal_point(delegation, "Tekoa Ioane", "mission@example.org", language="en", by=by, at=now())
        token = link_for_letter(FOCAL, focal, meeting_id=meeting.id, at=now())
        facts = {"given_name": "Ane", "family_name": "Tabai", "job_title": "Director", "organization": "Ministry"}
        nominee = Nominee(**facts, category="MEM", role="HOD", email="ane@example.org")
        named = nominate(delegation, nominee, key="k", by=by, at=now(), language="en")
        mine = own_token(named)
        guests = Terms(meeting.categories[0])
        asked = invite_guests(meeting, [Guest("Ane", "Tabai", "guest@example.org")], guests, by=by, at=now())[0]
        waits = one(select(Registration).where(Registration.meeting_id == meeting.id, Registration.state == WAITING))
        place = own_token(waits)
        made = offer_to(waits) or offer_place(waits, 48, at=now())
        asking = link_for_letter(INVITATION, asked, meeting_id=meeting.id, at=now())
    pages = ("by_file", "edit", "leaving", "new", "show")
    people = {f"focal.{page}:reference": named.reference for page in pages}
    return {
        **{f"focal.{page}:token": token for page in pages},
        **people,
        "registration.nomination:token": mine,
        "registration.invitation:token": asking,
        "registration.offer:token": place,
        "waiting_list.edit:reference": waits.reference,
        "waiting_list.deadline:number": made.id,
    }


def questions() -> dict[str, Any]:
    """A question of each kind for those who have a place, and one that hangs on another; none on the open form."""
    meeting = meeting_at(SLUG)
    assert meeting is not None
    visit = make_questions.question(
        meeting, stage="approved", kind="choice", label={"en": "Will you join the visit?"}, choices=("Yes", "No")
    )
    condition = make_questions.condition(visit, "1")
    for kind in KINDS:
        about = {
            "label": {"en": f"A {kind} for the visit"},
            "help": {"en": "Bring it along."},
            "section": {"en": "Visit"},
        }
        make_questions.question(
            meeting, stage="approved", kind=kind, choices=("One", "Two"), agreement={"en": "No drones."}, **about
        )
    make_questions.question(meeting, stage="approved", label={"en": "Shoe size"}, condition=condition, is_required=True)
    return {f"questions.{page}:code": visit.code for page in ("edit", "ending")}


def informed() -> dict[str, Any]:
    """A page of practical information with a heading, a link, a list, a table and no picture."""
    text = "# By train\n\nTake the [Skytrain](https://example.org) to *Ari*.\n\n- 10 minutes\n\n| Hotel | Price |\n|---|---|\n| A | 40 |"
    words = {"en": {"title": "Venue", "text": text}}
    meeting = meeting_at(SLUG)
    assert meeting is not None
    page = make.kept(InformationPage(meeting_id=meeting.id, slug="venue", texts=words, position=1, published_at=now()))
    return {"information.show:page": page.slug, "information_settings.show:number": page.id}


A_SLOT = timedelta(minutes=15)


def networking() -> dict[str, Any]:
    """Somebody with lines, and somebody else who fits them."""
    mine = registered(APPROVED)
    query = select(Registration).where(Registration.state == APPROVED, Registration.id != mine.id)
    query = query.where(Registration.meeting_id == mine.meeting_id).order_by(Registration.id).limit(2)
    other, third = db.session.scalars(query).all()
    takes = one(select(Session).where(Session.code == "S9")).id
    make.kept(NetworkingRules(meeting_id=mine.meeting_id, is_open=True, session_id=takes))
    with transaction():
        for somebody in (mine, other, third):
            choose_audience(somebody, PARTICIPANTS, at=now())
        line = add_line(mine, Wanted(OFFER, "A method and a trainer", ("C7-EGOV",), (16,)), at=now())
        add_line(other, Wanted(NEED, "Fewer steps of a public service", ("C7-EGOV", "C4"), (16,)), at=now())
        start = now() + timedelta(hours=20)
        slots = [slot_at(mine.meeting, "Table 1", start + n * A_SLOT, start + (n + 1) * A_SLOT) for n in range(4)]
        db.session.add_all(slots)
        db.session.flush()
        met = ask(other, mine, "How did you bring the steps down?", slots[0], at=now())
        agreed = ask(third, mine, "A joint note on tele-education", None, at=now())
        accept(agreed, mine, at=now())
        write_outcome(agreed, mine, "We open 40 more centres by 31 December 2027.", at=now())
    return {
        "networking_offers.edit:number": line.id,
        **{f"{page}:number": other.number for page in ("networking_offers.person", "bilaterals.new")},
        **{f"bilaterals.{page}:number": met.id for page in ("show", "time")},
        "bilateral_outcomes.show:number": agreed.id,
    }


def messages() -> dict[str, Any]:
    """A draft in three languages, and a message that has left."""
    meeting = meeting_at(SLUG)
    assert meeting is not None
    words = {"subject": "The room of {name}", "text": "Dear {name},\n\nSee your agenda\n{registration_link}"}
    left = make_messages.sent(meeting, texts={"en": words})
    make_messages.worked()
    draft = make_messages.draft(meeting, texts={"en": words, "fr": words})
    times = {"starts_at": now(), "ends_at": now() + timedelta(days=1), "written_at": now()}
    moved = {
        "en": {"text": "The closing moves to Conference Room 1."},
        "fr": {"text": "La clôture passe à la salle 1."},
    }
    row = make.kept(Announcement(meeting_id=meeting.id, texts=moved, state="shown", **times))
    return {
        "announcements.show:number": row.id,
        "messages.show:number": left.id,
        **{f"messages.{page}:number": draft.id for page in ("confirm", "people")},
    }


def registered(state: str) -> Registration:
    rows = select(Registration).where(Registration.state == state).order_by(Registration.id)
    return one(rows.where(Registration.own_name != "")) if state == APPROVED else one(rows)


def recorded() -> dict[str, Any]:
    """A session with its notes, one of them with a text that came too late."""
    note = one(select(Note).join(Note.session).where(Note.number == 1).order_by(Note.id))
    content = {"kind": "trend", "text": "Other words.", "action_lines": ["C2"]}
    by_id = holder(RAPPORTEUR).id
    late = make.kept(
        Draft(
            kind="change",
            is_second=True,
            scope_id=note.session_id,
            target_id=note.id,
            base=1,
            content=content,
            created_at=now(),
            updated_at=now(),
            person_id=by_id,
        )
    )
    other = make.kept(
        Draft(
            kind="summary",
            is_second=True,
            scope_id=note.session_id,
            base=0,
            content={"discussion": "Other words."},
            created_at=now(),
            updated_at=now(),
        )
    )
    values = {"code": note.session.code, "number": note.number, "kept_id": late.id, "report": "review"}
    return {**values, "summaries.conflict:kept_id": other.id}


def change_that_waits() -> int:
    """The number of a change of the day whose letters wait for an organizer."""
    session = one(select(Session).where(Session.cancelled_at.is_(None), Session.ends_at > now()).order_by(Session.id))
    times = {"starts_at": session.starts_at.isoformat(), "ends_at": session.ends_at.isoformat()}
    earlier = {
        "starts_at": (session.starts_at - timedelta(minutes=10)).isoformat(),
        "ends_at": session.ends_at.isoformat(),
    }
    facts = {"kind": LATE, "minutes": 10, "everywhere": False, "seen": "", "has_letters": True, "waits": True}
    row = LiveChange(
        meeting_id=session.meeting_id,
        session_id=session.id,
        at=now(),
        before={session.code: {**earlier, "cancelled": False}},
        after={session.code: {**times, "cancelled": False}},
        **facts,
    )
    return make.kept(row).id


def read_by_themselves(somebody: Registration) -> int:
    """The number of the reading of somebody who checked in by themselves."""
    gate = one(select(Gate).where(Gate.code == "G1"))
    with transaction():
        gate.self_check_in = True
        return check_in(somebody, gate, key="by-themselves", at=now()).scan_id


def kind_of_meeting() -> int:
    """The number of a kind that the meeting is of, with days of its own."""
    kind = make.kept(MeetingKind(code="review", name="Regional review", retention={"phones": 60}, position=1))
    meeting = meeting_at(SLUG)
    assert meeting is not None
    with transaction():
        meeting.kind_id = kind.id
    return kind.id


def zone() -> Zone:
    """A zone that a category may enter."""
    meeting = meeting_at(SLUG)
    assert meeting is not None
    return make.kept(Zone(meeting_id=meeting.id, code="A", name="Plenary hall", categories=[meeting.categories[0].id]))


def kept() -> dict[str, Any]:
    """What stands in the addresses of papers, letters, scans and of links that were mailed."""
    leader = one(select(SpeakingRole).join(Session).where(Session.code == "S9", SpeakingRole.role == "moderator"))
    again = {"session_id": leader.session_id, "role_id": leader.id, "asked_at": now()}
    asked = make.kept(Confirmation(**again, expires_at=now() + timedelta(days=1)))
    report = one(select(Report).order_by(Report.id))
    reads = {"name": "Reader", "email": "reader@example.org", "on_behalf": "Delegation of Bhutan"}
    reader = make.kept(Reader(report_id=report.id, asked_at=now(), expires_at=now() + timedelta(days=2), **reads))
    paragraph_id = one(select(Paragraph).order_by(Paragraph.id.desc())).id
    words = {"kind": "proposal", "text": "Another wording.", "read": "A wording."}
    make.kept(Remark(reader_id=reader.id, paragraph_id=paragraph_id, at=now(), **words))
    part = one(select(SpeakingRole).where(SpeakingRole.person_id.is_not(None)).order_by(SpeakingRole.id))
    facts = {"meeting_id": part.meeting_id, "published_at": now(), "shows_photo": True}
    make.kept(Profile(person_id=part.person_id, code="speaker", biography={"en": "Words of their own."}, **facts))
    make.kept(Profile(person_id=registered(APPROVED).person_id, code="own", biography={}, **facts))
    piece = make.document(part.session.meeting, symbol="D1", title="Slides")
    make.kept(SessionDocument(document_id=piece.id, session_id=part.session_id, role_id=part.id, came_at=now()))
    with transaction():
        asked_token, read_token = token_of(asked), reading_token(reader)
    return {
        "profiles.show:code": "speaker",
        "profiles.of_part:token": role_link(part),
        "settings.room:code": "CR4",
        "room_hours.edit:code": "CR4",
        "settings.body:code": "REVIEW",
        "settings.listed:part": "staff",
        "categories.edit:code": "MEM",
        "badge_layouts.edit_category:code": "MEM",
        "masthead.edit_body:code": "REVIEW",
        "session_kinds.edit:code": "trends",
        "zones.edit:code": zone().code,
        "meeting_kind": kind_of_meeting(),
        "meeting_themes.edit:code": "wsis",
        "document_settings.show:number": one(select(Document).order_by(Document.id)).id,
        "texts.show:tongue": "fr",
        "texts.show:part": "sessions",
        "desk.letter:number": one(select(Letter).order_by(Letter.id)).id,
        "paragraph": paragraph_id,
        "outlets.show:outlet": "open-consultation",
        "review.cited:place": "5",
        "outlet_sheets.show:form": "prizes",
        "scan": one(select(Scan).order_by(Scan.id)).id,
        "confirmations.show:token": asked_token,
        "clearance.show:token": read_token,
        "agenda.role:token": role_link(part),
        "availability.show:token": role_link(part),
        "material.index:token": role_link(part),
        "material.edit:token": role_link(part),
        "material.edit:number": piece.id,
        "agenda_manage.edit_role:code": part.session.code,
        "agenda_manage.edit_role:number": part.id,
        "agenda_taking_back.show:number": 1,
        "agenda_parts.show:code": part.session.code,
        "agenda_parts.show:number": part.id,
        "practices.show:token": card_link(),
        "practices_manage.show:number": 1,
        "practices_manage.completion:number": 1,
        "writing.show:token": input_link(),
        "commitment": commitments(PUBLIC)[0].note.id,
        "inputs.show:number": 1,
        "inputs_manage.show:number": 1,
    }


def card_link() -> str:
    """The secret of a card that is being filled, in a session that is not cleared."""
    meeting = meeting_at(SLUG)
    session = session_at(meeting, "S10") if meeting else None
    assert meeting is not None and session is not None
    wanted = Invitation(session, "flagship", "Mele Kalsakau", "mele@example.org")
    with transaction():
        card, token = invite(meeting, wanted, by=None, at=now())
        open_card(card, at=now())
    return token


def input_link() -> str:
    """The link of an input that is being written."""
    written = one(select(Input).where(Input.sent_at.is_(None), Input.registration_id.is_not(None)))
    assert written.registration is not None
    with transaction():
        return input_token(written, written.registration, at=now())


def editor(values: dict[str, Any]) -> Person:
    """Somebody who edits a session by their part in it, with a speaker whom they may correct."""
    session = one(select(Session).where(Session.code == values["code"]))
    with transaction():
        change_rights(session.meeting, {right: ["coordinator"] for right in RIGHTS}, by=None, at=now())
    person = make.person("Cora Coordinator")
    make.role(session, "coordinator", person_id=person.id, name=person.name)
    values["session_editing.edit_role:number"] = make.role(session, name="Sam Speaker").id
    return person


def holder(role: str) -> Person:
    meeting = meeting_at(SLUG)
    assert meeting is not None
    post = one(select(Staff).where(Staff.meeting_id == meeting.id, Staff.role == role).order_by(Staff.id))
    return db.session.get_one(Person, post.person_id)


def one(query: Select[T]) -> T:
    """The first row of this query, which must be there."""
    row = db.session.scalars(query.limit(1)).first()
    assert row is not None, query
    return row

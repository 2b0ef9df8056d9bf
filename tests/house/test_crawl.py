"""Every page of the product is reached by links from Home by whoever may use it, and no link leads nowhere."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from config import TestConfig
from eventapp.commands import create_app
from eventapp.ground.db import db
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, STEWARD
from eventapp.meetings.organizers.models import BodyOrganizer
from eventapp.operations.permissions import lines
from eventapp.people.models import Person
from tests import make
from tests.browser.bangkok import bangkok, holder, registered
from tests.browserless import PageClient
from tests.house.crawling import Walk
from tests.house.test_access import OPEN_TO
from tests.house.world import ADMINISTRATOR, PARTICIPANT, VISITOR

BODY_ORGANIZER = "organizer of a body"
# What scripts and programs ask for by themselves.
NO_PAGES = {
    **dict.fromkeys(
        (
            "api.agenda",
            "api.coverage",
            "api.meeting",
            "api.meetings",
            "api.report",
            "api.reports",
            "api.session",
        ),
        "described in api.describe, to which every page leads",
    ),
    **dict.fromkeys(
        (
            "capture.listed",
            "capture.present",
            "capture.suggesting",
            "home.offline_worker",
            "checkin.counts",
            "offline_door.show",
            "offline_door.page",
            "offline_door.came",
            "offline_door.manifest",
            "floor.listed",
            "floor.people",
            "review_together.present",
            "review_closed.found",
        ),
        "asked for by the script of a page",
    ),
    **dict.fromkeys(
        ("operations.healthz", "operations.readyz", "operations.security", "operations.watched"),
        "for who watches the machine",
    ),
}
OF_NETWORKING = (
    "networking.consent",
    "networking.index",
    "networking_offers.edit",
    "networking_offers.new",
    "networking_offers.people",
    "networking_offers.person",
    "bilateral_outcomes.show",
    "bilaterals.new",
    "bilaterals.show",
    "bilaterals.time",
)
# What a link leads to only while there is something of the kind, or behind a form that was sent.
AT_TIMES = {
    **dict.fromkeys(OF_NETWORKING, "where the meeting has networking"),
    "agenda_files.track_calendar": "where a session has a track",
    "session_editing.edit_role": "beside a speaker, where the meeting lets somebody with a role in the session edit the speakers",
    "session_editing.index": "of somebody with a role that the meeting lets edit a session",
    "session_editing.show": "where the meeting lets somebody with a role in the session edit it",
    "agenda_zones.index": "once the rules of a zone have moved a session",
    "balance_manage.nominees_csv": "once nominees are listed",
    "registration.accompanying": "of somebody who comes, where the meeting takes accompanying persons",
    "profiles.picture": "of who shows a photograph",
    "registration.photograph": "of somebody with a place until the meeting is over, and behind the letter that asks for another",
    "counter.show": "beside somebody found by name, of a lost badge, and once somebody was added at the counter",
    "checkin.verdict": "behind a badge that was read without a script",
    "clearance_manage.minutes": "once a paragraph was put up for adoption",
    "second_factor.show": "after the mailed link of somebody with a passkey",
    "sign_ups.as_csv": "once somebody has signed up for a session",
    "self_check_in.arrive": "behind the QR code on the wall of a gate",
    "self_check_in.new": "behind it for who is signed in, on the days of the meeting",
    "self_check_in.show": "behind the form of self check-in",
    "checkin.photo": "a picture beside the verdict on somebody who sent one",
    "clearance_preview.drawing": "while the preview of a large report is drawn",
    "clearance_preview.part": "in the preview of a long report that the worker drew",
    "clearance_preview.place": "in the preview of a long report that the worker drew",
    "clearance_preview.cited": "in the preview of a large report that the worker drew",
    "delegations.letter": "while a delegation has a letter for all",
    "desk.failing": "while letters do not reach an address",
    "meeting_kinds.show": "once a kind of meeting is named",
    "organization_register.name": "while a name that was typed waits",
    "organizations.suggest": "asked by the page while an organization is typed",
    "messages.count": "asked by the page while recipients are chosen",
    "documents.newest": "where a document has a file",
    "documents.version": "where a document has a file",
    "extras.delivery": "while a note promises something",
    "imports.faults": "while a file of people has faults",
    "decision_tasks.show": "while a decision about many has left somebody out",
    "notes_imports.faults": "while a file of notes has faults",
    "information.picture": "where a page of information has a picture",
    "inputs_manage.file": "where an input has a document",
    "inputs_manage.answer_file": "where somebody answered a question of an input with a file",
    "writing.answer_file": "where somebody answered a question of an input with a file",
    "lifecycle.deletion": "of a draft in which nobody is registered",
    "messages.confirm": "behind the button that saves a draft, and while another's waits to be read",
    "notes.conflict": "while a note has two texts",
    "meeting_files.show": "behind the form that takes a large meeting file",
    "package_imports.show": "behind the form that takes the package of a meeting",
    "package.fetch": "once the worker made the package that a button asked for",
    "package.file": "behind the button that makes the package of a large meeting",
    "badges_manage.fetch": "once the worker made the badges that a button asked for",
    "badges_manage.file": "behind the button that prints many badges",
    "personal_papers_manage.fetch": "once the worker issued the papers that a button asked for",
    "personal_papers_manage.file": "behind the button that issues many papers",
    "registration_lists.ask": "behind the files of a long list",
    "registration_lists.fetch": "once the worker wrote the long list that a button asked for",
    "registration_lists.file": "behind the button that asks for a long list",
    "attendance.ask": "behind the files of a long list",
    "attendance.fetch": "once the worker wrote the long list that a button asked for",
    "attendance.file": "behind the button that asks for a long list",
    "notes_files.fetch": "once the worker wrote the notes that a button asked for",
    "notes_files.file": "behind the button that asks for the notes of a large meeting",
    "sign_ups.ask": "behind the files of a long list",
    "sign_ups.fetch": "once the worker wrote the long list that a button asked for",
    "sign_ups.file": "behind the button that asks for a long list",
    "speaking.ask": "behind the files of a long list",
    "speaking.fetch": "once the worker wrote the long list that a button asked for",
    "speaking.file": "behind the button that asks for a long list",
    "agenda_prints.fetch": "once the worker made the print that a button asked for",
    "agenda_prints.show": "behind a print of a long agenda",
    "official_list_files.show": "behind a file of a long list",
    "outlet_files.fetch": "once the worker made the file that a button asked for",
    "outlet_files.file": "behind the button that makes a file of an outlet of a large meeting",
    "people.sent": "behind the form to sign in",
    "people.show": "behind the link in the letter that signs in",
    "personal_papers.show": "behind the QR code on a letter or certificate",
    "practices_manage.file": "where a card has a picture",
    "registration_correcting.after_look": "where the page behind the button is asked for again",
    "registration_correcting.file": "where somebody answered with a file",
    "registration.done": "behind the form of registration",
    "report_files.show": "behind a file of a long report",
    "review.changes": "once a report has two versions",
    "review_tasks.show": "behind the button that compiles",
    "summaries.conflict": "while a summary has two texts",
    "report_chapters.edit": "in a meeting with a chapter of its own",
    "theme_lines.edit": "in a set of themes of the meeting's own",
    "theme_lines.new": "in a set of themes of the meeting's own",
}
# What only a secret link opens, in a letter; a participant reaches their own of it from Home.
BY_LETTER = {
    "focal.by_file",
    "registration.invitation",
    "registration.offer",
    "focal.template",
    "focal.edit",
    "focal.leaving",
    "focal.letter",
    "focal.new",
    "focal.show",
    "registration.nomination",
    "agenda.role",
    "availability.show",
    "material.edit",
    "material.file",
    "material.index",
    "material.own",
    "material.own_file",
    "badges.show",
    "clearance.show",
    "confirmations.show",
    "first.new",
    "mine.calendar",
    "personal_papers.file",
    "mine.code_picture",
    "mine.email",
    "mine.everything",
    "mine.show",
    "my_agenda.index",
    "my_agenda.show",
    *OF_NETWORKING,
    "practices.file",
    "practices.show",
    "profiles.of_part",
    "profiles.own",
    "registration.confirmation",
    "registration.edit",
    "registration_answers.file",
    "registration_answers.show",
    "registration.upload",
    "registration.withdrawal",
    "unsubscribing.show",
    "writing.file",
    "writing.offer",
    "writing.show",
}
OWN = {"badges.show", "mine.calendar", "mine.code_picture", "mine.email", "mine.everything", "mine.show"}
OWN |= {
    "my_agenda.index",
    "material.own",
    "my_agenda.show",
    "profiles.own",
    "registration.edit",
    "registration.withdrawal",
    "writing.offer",
}
ROLES = (VISITOR, PARTICIPANT, STEWARD, RAPPORTEUR, ORGANIZER, BODY_ORGANIZER, ADMINISTRATOR)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[tuple[Flask, dict[str, int]]]:
    """The demonstration in the afternoon, and who holds which role."""
    folder = tmp_path_factory.mktemp("crawl")
    shutil.copyfile(migrated_file, folder / "site.db")
    app = create_app(TestConfig(f"sqlite:///{folder / 'site.db'}", folder))
    app.test_client_class = PageClient
    with app.app_context():
        bangkok(app, "http://localhost")
        people = {role: holder(role).id for role in (ORGANIZER, RAPPORTEUR, STEWARD)}
        people[PARTICIPANT] = registered("approved").person_id
        people[ADMINISTRATOR] = make.administrator().id
        people[BODY_ORGANIZER] = organizer_of_a_body().id
        db.session.remove()
        yield app, people
        db.session.remove()
        db.engine.dispose()


def organizer_of_a_body() -> Person:
    person, root = make.person(BODY_ORGANIZER), make.administrator()
    make.kept(BodyOrganizer(code="REVIEW", person_id=person.id, granted_at=make.TODAY, granted_by_id=root.id))
    return person


@pytest.mark.parametrize("role", ROLES)
def test_links_lead_to_all_that_one_may_open_and_to_nothing_else(site: tuple[Flask, dict[str, int]], role: str) -> None:
    app, people = site
    may = pages_of(app, role)
    client = app.test_client()
    assert isinstance(client, PageClient)
    client.lint = False
    if role != VISITOR:
        client.sign_in(db.session.get_one(Person, people[role]))
    walk = Walk(app, client, lambda page: page in may).follow("/")
    assert walk.dead == []
    assert walk.closed == []
    wanted = may - NO_PAGES.keys() - AT_TIMES.keys() - (BY_LETTER - OWN if role == PARTICIPANT else BY_LETTER)
    assert wanted - walk.reached - ({"people.new"} if role != VISITOR else set()) == set()


def pages_of(app: Flask, role: str) -> set[str]:
    """What somebody with this role may read, by docs/permissions.md."""
    open_to = {**OPEN_TO, "make_meetings": {ADMINISTRATOR, BODY_ORGANIZER}}
    roles = {role, ORGANIZER} if role == BODY_ORGANIZER else {role}
    return {line.endpoint for line in lines(app) if line.method == "GET" and roles & open_to[line.rule]}


def test_what_is_excused_is_there_and_may_be_opened_by_somebody(app: Flask) -> None:
    assert NO_PAGES.keys() | AT_TIMES.keys() | BY_LETTER <= {line.endpoint for line in lines(app)}
    assert {line.rule for line in lines(app) if line.endpoint in BY_LETTER} == {"hold_link"}


def test_the_walk_finds_what_is_closed_and_what_is_dead(app: Flask, client: PageClient) -> None:
    """The control: a page that is not open, and an address that is none."""
    walk = Walk(app, client, lambda page: page != "home.privacy").follow("/")
    assert "/ -> /privacy" in walk.closed
    assert "home.privacy" not in walk.reached
    walk.look("/nowhere", "/")
    walk.look("/meetings/nowhere/", "/")
    assert walk.dead == ["/ -> /nowhere", "/ -> /meetings/nowhere/: 404"]

"""What a package holds, and what never leaves with it."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from eventapp.package.export import meeting as filling
from eventapp.package.export import redaction as telling
from eventapp.package.export.meeting import filled
from eventapp.package.manifest.content import ARCHIVE, LEVELS, PUBLIC
from eventapp.package.queries import every_note, everybody_registered
from eventapp.review.language.names import Names
from tests import make, make_package, make_review
from tests.make_package import package, read, words

CANARY = "Zanzibarquetzal"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make_package.held(contact_email="canary-contact@example.org")


def add_what_stays(meeting: Meeting) -> None:
    """One of everything that must not leave, each with a canary of its own."""
    session = make.session(meeting, code="S3")
    make_review.note(session, text="CanaryOffRecord said.", title="CanaryOffRecord", off_record=True)
    back = make_review.note(session, text="CanaryOnceOff said.", off_record=True)
    make_review.revise(back, text="Back on the record.")
    make_review.note(make.session(meeting, code="S4", rule="closed"), text="CanaryClosed said.")
    make_review.note(session, text="CanaryDeleted said.", deleted=True)
    make_review.note(session, text="Prices rise.", speaker="Canary Speaker", ceiling="organization")
    make_review.note(session, text="Canary Quoted wants it.", speaker="Canary Quoted", ceiling="category")
    make_review.note(session, text="Write to canary-text@example.org.")
    make_review.note(
        session, text="Ports grow.", organization="Canary Ministry", who="Canary Ministry", ceiling="category",
        stakeholder_type="government", country="VUT", countries=["VUT", "BTN"],
    )  # fmt: skip
    make_review.note(session, text="Radio helps.", speaker="Canary Nobody", ceiling="nobody", client_key="CanaryKey")
    make.registration(
        meeting, record_name="Canary UNLISTED", lists_name=False, person=make.person("x", "canary-address@example.org")
    )
    make.registration(meeting, record_name="Canary PENDING", state="pending", approved_at=None)
    make.staff(meeting, "organizer", make.person("Canary Organizer", "canary-organizer@example.org"))


@pytest.mark.parametrize("level", LEVELS)
def test_what_must_stay_is_nowhere_in_the_package(meeting: Meeting, level: str) -> None:
    add_what_stays(meeting)
    said = words(package(meeting, level))

    assert "canary" not in said.lower().replace("canary's", "")
    assert "Prices rise." in said and "Ports grow." in said and "Radio helps." in said and "Back on the record." in said
    assert "VUT" not in said and "BTN" in said


@pytest.mark.parametrize("level", LEVELS)
def test_the_same_words_leave_where_they_may(meeting: Meeting, level: str) -> None:
    """The positive control: a reading that finds nothing anywhere would find nothing above either."""
    session = make.session(meeting, code="S3")
    make_review.note(session, text="CanaryOffRecord said.", speaker="Canary Speaker", organization="Canary Ministry")
    make.registration(meeting, record_name="Canary LISTED")
    said = words(package(meeting, level))

    for canary in ("CanaryOffRecord said.", "Canary Speaker", "Canary Ministry", "Canary LISTED"):
        assert canary in said


@pytest.mark.parametrize(
    ("room", "guard", "instead", "canary"),
    [
        (filling, "is_cleared", lambda _note: True, "CanaryOffRecord"),
        (filling, "is_cleared", lambda _note: True, "CanaryClosed"),
        (filling, "is_cleared", lambda _note: True, "CanaryDeleted"),
        (filling, "listed", list, "Canary UNLISTED"),
        (telling, "level_of", lambda _revision, policy: policy, "Canary Speaker"),
        (telling, "ADDRESS", re.compile("(?!)"), "canary-text@"),
    ],
)
def test_without_its_guard_each_is_found(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch, room: object, guard: str, instead: object, canary: str
) -> None:
    add_what_stays(meeting)
    monkeypatch.setattr(room, guard, instead)
    monkeypatch.setattr(telling, "names_above", lambda *_any: [])
    if guard == "is_cleared":
        with transaction():
            for note in every_note(meeting):
                for revision in note.revisions:
                    revision.off_record = revision.off_record and note.head != 1
    assert canary in words(package(meeting))


def test_names_in_words_are_found_by_names_above_alone(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    add_what_stays(meeting)
    monkeypatch.setattr(telling, "names_above", lambda *_any: [])
    monkeypatch.setattr(telling, "unnamed_in", lambda *_any: Names([]))
    monkeypatch.setattr(filling, "unnamed_in", lambda *_any: Names([]))
    assert "Canary Quoted wants it." in words(package(meeting))


def test_the_public_has_what_counts_and_what_is_cited_and_the_archive_every_revision(meeting: Meeting) -> None:
    [note] = every_note(meeting)
    make_review.revise(note, text="Prices fall fast.", title="Prices fall", speaker="Grace Hopper")
    make_review.revise(note, text="Prices fall faster.", title="Prices fall", speaker="Grace Hopper")
    make_review.note(note.session, text="Not cleared.", state="draft")

    def texts(level: str) -> list[str]:
        return [one["text"] for note in read(package(meeting, level), "notes.json") for one in note["revisions"]]

    assert texts(PUBLIC) == ["Prices fall.", "Prices fall faster."]
    assert texts(ARCHIVE) == ["Prices fall.", "Prices fall fast.", "Prices fall faster.", "Not cleared."]


def test_a_session_not_released_is_in_the_archive_only_unless_a_note_is_from_it(meeting: Meeting) -> None:
    make.session(meeting, code="S5", starts_at=make.TODAY + timedelta(days=15))
    make_review.note(make.session(meeting, code="S6"), text="Ships wait.")

    def codes(level: str) -> list[str]:
        return sorted(one["code"] for one in read(package(meeting, level), "agenda.json")["sessions"])

    assert codes(PUBLIC) == ["S2", "S6"]
    assert codes(ARCHIVE) == ["S2", "S5", "S6"]


def test_a_withheld_text_goes_with_its_title_and_is_told_to_the_organizer(meeting: Meeting) -> None:
    session = make.session(meeting, code="S3")
    note = make_review.note(
        session, text="Aqila Zuberi said so.", title="Said", speaker="Aqila Zuberi", ceiling="nobody"
    )
    made = filled(meeting, PUBLIC)

    [told] = [one for one in made.package.notes if one.reference == note.reference]
    assert (told.revisions[0].title, told.revisions[0].text, told.revisions[0].speaker) == ("", "", "")
    assert made.left_out.withheld == (note.reference,)


def test_a_translation_leaves_with_the_words_it_is_of(meeting: Meeting) -> None:
    session = make.session(meeting, code="S3")
    silent = make_review.note(session, text="Aqila Zuberi said so.", speaker="Aqila Zuberi", ceiling="nobody")
    make_package.translation(silent, "CanaryWithheld.")
    loud = make_review.note(session, text="Prices rise.", speaker="Noor Haddad", ceiling="nobody")
    make_package.translation(loud, "CanaryNamed: Noor Haddad l’a dit.")
    old = make_review.note(session, text="Ports wait.")
    make_package.translation(old, "CanaryOld.")
    make_review.revise(old, text="Ports wait no more.")

    def told(level: str) -> list[str]:
        return [one["text"] for note in read(package(meeting, level), "notes.json") for one in note["translations"]]

    assert told(PUBLIC) == ["Les prix baissent."]  # of a revision that is not before the public, nothing is
    assert told(ARCHIVE) == ["Les prix baissent.", "CanaryOld."]


def test_a_report_that_could_not_be_published_now_stays_and_says_why(meeting: Meeting) -> None:
    [note] = every_note(meeting)
    assert filled(meeting, PUBLIC).left_out.editions == ()

    make_review.revise(note, text="Prices fall.", off_record=True)
    made = filled(meeting, PUBLIC)
    [stays] = made.left_out.editions
    assert stays.objection == f"it rests on notes that were withdrawn or are off the record: {note.reference}"
    assert (made.package.reports, made.package.evidence, made.package.papers) == ((), (), {})


def test_a_report_that_says_a_name_whose_ceiling_was_lowered_since_stays(meeting: Meeting) -> None:
    make_package.published(meeting, name="named", policy="person")
    [note] = every_note(meeting)
    make_review.revise(note, text="Prices fall.", speaker="Grace Hopper", ceiling="nobody")

    [stays] = filled(meeting, PUBLIC).left_out.editions
    assert (stays.file, stays.objection) == (
        "reports/named-1.json",
        "it says a name above its ceiling, in paragraphs 4",
    )
    assert "Hopper" not in words(package(meeting)).replace('"name": "Grace Hopper"', "")


def test_a_report_that_lists_somebody_who_agrees_no_more_stays(meeting: Meeting) -> None:
    [one] = everybody_registered(meeting)
    with transaction():
        one.lists_name = False
    [stays] = filled(meeting, PUBLIC).left_out.editions
    assert "did not agree" in stays.objection
    assert "Ada" not in words(package(meeting))


def test_the_counts_are_those_of_the_files(meeting: Meeting) -> None:
    made = package(meeting)
    assert read(made, "manifest.json")["counts"] == {
        "sessions": 1, "notes": 1, "revisions": 1, "reports": 1, "editions": 1, "citations": 1, "participants": 1, "documents": 1,
    }  # fmt: skip
    db.session.rollback()

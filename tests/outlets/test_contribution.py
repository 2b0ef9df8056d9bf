"""The contribution to the Commission: a summary of whole sentences from the groups of the report, and true progress."""

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask

from eventapp.agenda.models import Session
from eventapp.ground.db import transaction
from eventapp.meetings.models import Meeting
from eventapp.outlets.contribution import contribution, has_happened
from eventapp.outlets.groups import best_supported, material_of
from eventapp.outlets.papers import OPEN, Paper
from eventapp.review.first_page.summary import MOST_WORDS
from eventapp.review.paragraphs import actions as editing
from eventapp.review.reports.queries import chapters_of
from eventapp.review.versions.publication_snapshot import frozen
from tests import make, make_review

TODAY = make.TODAY.date()
STORMS = {
    "Fiji": "Cables to the islands are cut by storms.",
    "Tonga": "After storms the islands wait weeks for a ship that mends cables.",
    "Nepal": "Rain and storms break cables in the mountains, and nobody pays for a second one.",
}


@pytest.fixture
def session(app: Flask) -> Session:
    return make.session(make.meeting(), kind="trends", code="S2")


def said(paper: Paper) -> dict[str, list[str]]:
    return {one.title: [paragraph.text for paragraph in one.paragraphs] for one in paper.text.chapters}


def summary(meeting: Meeting, policy: str = "organization") -> dict[str, str]:
    """The paragraphs of the summary, by the words above them."""
    paper = contribution(meeting, policy=policy, on=TODAY)
    return {one.heading: one.text for one in paper.text.chapters[0].paragraphs}


def challenges(session: Session) -> None:
    """A group of three delegations, and a note of one alone."""
    make_review.note(session, kind="challenge", text="Teachers are few.", organization="ITU", action_lines=["C4"])
    for state, text in STORMS.items():
        make_review.note(session, kind="challenge", title="Cables", text=text, organization=state)


def test_it_has_three_parts_before_there_is_a_note_too(session: Session) -> None:
    paper = contribution(session.meeting, policy="category", on=TODAY)
    assert said(paper) == {
        "Executive summary: activities, progress, obstacles": [OPEN],
        "Analytical overview: trends, challenges and practice": [OPEN],
        "Future actions": [OPEN],
    }
    assert (len(paper.missing), paper.lengths) == (3, ())


def test_the_summary_is_whole_sentences_of_the_best_supported_groups(session: Session) -> None:
    challenges(session)
    make_review.note(
        session, kind="launch", title="Portal", text="A portal opened. It has 12 pages.", organization="ITU"
    )
    make_review.report(session.meeting)
    told = summary(session.meeting)
    assert told[""].startswith("The meeting was held in Bangkok on 16 March 2026, and four delegations took the floor.")
    first, second = re.findall(r"[^.]+\.", told["Obstacles"])
    assert "storms" in first  # three delegations stand behind that group
    assert "teachers" in second
    assert "portal opened" in told["Progress"]
    assert "12 pages" not in told["Progress"]  # the sentence that says what was done, whole
    paper = contribution(session.meeting, policy="organization", on=TODAY)
    assert paper.missing == ("Executive summary, activities", "Future actions")


def test_half_a_page_holds_the_summary_however_much_was_said(session: Session) -> None:
    for number in range(60):
        text = f"Too few people in district {number} were reached, and nobody knew why that was so for so long."
        make_review.note(session, kind="challenge", text=text, organization=f"Body {number}")
        make_review.note(session, kind="flagship", title=f"Project {number}", text="It reached farms and schools.")
    make_review.report(session.meeting)
    [length] = contribution(session.meeting, policy="organization", on=TODAY).lengths
    assert MOST_WORDS - 30 < length.words <= MOST_WORDS
    told = summary(session.meeting)
    assert {"Activities", "Obstacles"} <= told.keys()
    assert all(text.endswith(".") and "…" not in text for text in told.values())


def test_its_numbers_are_those_of_the_report(session: Session) -> None:
    challenges(session)
    make_review.note(session, kind="challenge", text="Schools need teachers.", organization="WHO", action_lines=["C4"])
    for state in ("Japan", "Samoa"):
        make_review.note(session, text=f"{state} spoke.", organization=state, action_lines=[])
    report = make_review.report(session.meeting)
    text = frozen(report, chapters_of(report), version=1, at=make.TODAY)
    assert "(three delegations)" in text.summary[0]
    assert summary(session.meeting)[""] == text.summary[0]


def test_progress_is_what_has_happened(session: Session) -> None:
    facts: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("launch", "A portal for farmers was opened in 2015.", {}),
        ("commitment", "Two cables are laid.", {}),
        ("announcement", "A centre will be opened.", {}),
        ("announcement", "The centre opens on 1 May 2027.", {}),
        ("agreement", "The secretariat should report.", {}),
        ("launch", "A fund was opened.", {"due_on": date(2027, 5, 1)}),
        ("agreement", "The two networks are one.", {"support": "nobody-objected"}),
    )
    for kind, text, more in facts:
        make_review.note(session, kind=kind, title=text[:12], text=text, **more)
    make_review.report(session.meeting)
    progress = summary(session.meeting)["Progress"]
    assert "portal" in progress
    assert "two networks" in progress
    future = " ".join(said(contribution(session.meeting, policy="organization", on=TODAY))["Future actions"])
    for word in ("cables", "will be opened", "2027", "report", "fund"):
        assert word not in progress
        assert word.removeprefix("will ") in future or word == "2027"
    overview = " ".join(
        said(contribution(session.meeting, policy="organization", on=TODAY))[
            "Analytical overview: trends, challenges and practice"
        ]
    )
    assert "fund" not in overview


@pytest.mark.parametrize(
    ("text", "is_done"),
    [
        ("It was opened in 2015.", True),
        ("It was opened on 16 March 2026.", True),
        ("It opens in 2027.", False),
        ("They agreed to meet.", False),
        ("It is to be opened.", False),
        ("It is finished by 31 December 2026.", False),
    ],
)
def test_words_and_days_say_whether_it_has_happened(session: Session, text: str, is_done: bool) -> None:
    note = make_review.note(session, kind="announcement", text=text, title="")
    assert has_happened(note, session.meeting) == is_done


def test_groups_are_told_in_the_words_of_the_editor_as_far_as_the_policy_lets_them(session: Session) -> None:
    challenges(session)
    report = make_review.report(session.meeting)
    [row] = [one for one in make_review.paragraphs(report) if "Fiji" in one.text]
    with transaction():
        editing.rewrite(row, row.text.replace("Cables", "Sea cables").replace("cables", "sea cables"),
                        version=row.version, by=None, at=make.TODAY)  # fmt: skip
    heading = "Analytical overview: trends, challenges and practice"
    told = " ".join(said(contribution(session.meeting, policy="organization", on=TODAY))[heading])
    assert "sea cables" in told
    quiet = said(contribution(session.meeting, policy="nobody", on=TODAY))[heading]
    assert "Fiji" not in " ".join(quiet)
    assert "cables to the islands were cut" in " ".join(quiet)
    assert len(quiet) == 2  # a paragraph for each group, not for each note


def test_a_piece_reads_alone_and_what_was_taken_out_stays_out(session: Session) -> None:
    challenges(session)
    report = make_review.report(session.meeting)
    [row] = [one for one in make_review.paragraphs(report) if "ITU" in one.text]
    with transaction():
        editing.remove(row, by=None, at=make.TODAY)
    material = material_of(session.meeting, "organization")
    assert "teachers" not in str([group.words_on({note.id for note in material.notes}) for group in material.groups])
    [best] = best_supported(material.groups, {note.id for note in material.notes})
    assert best.alone[0].startswith("Fiji")
    [last] = [note for note in material.notes if "mountains" in note.current.text]
    [words] = [words for words, _notes in (group.words_on({last.id}) for group in material.groups) if words]
    assert words.startswith("Nepal")


def test_a_note_that_waits_for_a_translation_is_named_and_not_printed(session: Session) -> None:
    french = "Les écoles du pays n’ont pas assez de professeurs pour que les enfants soient formés."
    note = make_review.note(session, kind="challenge", text=french, language="fr", organization="ITU")
    paper = contribution(session.meeting, policy="organization", on=TODAY)
    assert paper.waiting == (note.reference,)
    assert "écoles" not in str(paper.text)

from pathlib import Path

import pytest
from flask import Flask

from eventapp.agenda.models import CONFIRMED
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, Meeting
from eventapp.review.annexes.tables import large_groups
from eventapp.review.paragraphs import actions as editing
from eventapp.review.publishing.actions import publish
from eventapp.review.reports import outlines
from eventapp.review.reports.content import Report as Text
from eventapp.review.reports.models import Paragraph, Report
from eventapp.review.reports.outline_file import FaultyOutline, read_outline
from eventapp.review.reports.outlines import STANDARD, all_outlines
from eventapp.review.reports.queries import chapters_of
from eventapp.review.versions.publication_snapshot import frozen
from tests import make, make_review
from tests.browserless import PageClient

pytestmark = pytest.mark.usefixtures("_apart")

SMALL = 'title = "Small"\n[[chapters]]\ncode = "one"\ntitle = "One"\nrest = true\n'


def printed(report: Report) -> Text:
    return frozen(report, chapters_of(report), version=1, at=make.TODAY)


def chapters(report: Report) -> list[tuple[str, list[str]]]:
    return [(one.title, [paragraph.text for paragraph in one.paragraphs]) for one in printed(report).chapters]


def meeting() -> Meeting:
    return make.meeting(mandate=[], objectives=[], documents=[])


def test_every_outline_of_the_folder_can_be_read_and_the_standard_one_comes_first() -> None:
    assert list(all_outlines()) == ["committee", "blank", "action-lines", "blocks", "kinds", "representatives"]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("[1", "not TOML"),
        ("word = 1", "may say only"),
        ('title = "X"', "at least one chapter"),
        (SMALL.replace("rest", "rests"), "may say only"),
        (SMALL.replace('code = "one"', ""), "needs a code and a title"),
        (SMALL + SMALL.partition("\n")[2], "same code"),
        (SMALL.replace("rest = true", 'lines = ["C77"]'), "lines may list only: C1"),
        (SMALL.replace("rest = true", 'kinds = "trend"'), "kinds may list only"),
        ('annexes = ["index"]\n' + SMALL, "annexes may list only: documents"),
        (SMALL.replace("rest = true", 'kinds = [["trend"]]'), "kinds may list only"),
        (SMALL.replace("rest = true", 'rest = "yes"'), "rest may be only: true, false"),
        (SMALL.replace("rest = true", 'organization = "last"'), "organization may be only: true, false"),
        (
            SMALL + "organization = true\n" + SMALL.partition("\n")[2].replace("one", "two") + "organization = true\n",
            "only one chapter may have organization",
        ),
        ('title = "X"\nchapters = 5', "at least one chapter"),
        (SMALL.replace('"one"', f'"{"x" * 41}"'), "40 characters at most"),
    ],
)
def test_a_faulty_outline_is_refused_with_what_may_stand_there(written: str, says: str) -> None:
    with pytest.raises(FaultyOutline, match=says):
        read_outline("mine", written)
    assert read_outline("mine", SMALL).chapters[0].rest


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ('title = "X"\n\n[[chapters]\n', 3),
        (SMALL + "\nrests = true\n", SMALL.count("\n") + 2),
        (SMALL.replace("rest = true", 'lines = ["C77"]'), SMALL[: SMALL.index("rest")].count("\n") + 1),
        (SMALL + '\n[[chapters]]\ntitle = "Two"\n', SMALL.count("\n") + 2),
        (SMALL + '\n[[chapters]]\ntitle = "Two"\ncode = "one"\n', SMALL.count("\n") + 4),
        ('annexes = ["index"]\n' + SMALL, 1),
    ],
)
def test_a_fault_says_its_line(written: str, line: int) -> None:
    with pytest.raises(FaultyOutline) as fault:
        read_outline("mine", written)
    assert fault.value.line == line


def test_a_file_with_a_fault_takes_no_other_outline_along_and_the_form_says_so(
    app: Flask, client: PageClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "small.toml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "torn.toml").write_text("[1", encoding="utf-8")
    (tmp_path / "old.toml").write_bytes(b'title = "\xe9"')
    (tmp_path / "folder.toml").mkdir()
    monkeypatch.setattr(outlines, "FOLDER", tmp_path)
    outlines._loaded.cache_clear()
    try:
        assert list(all_outlines()) == ["small"]
        held = meeting()
        page = client.sign_in(make.staff(held, ORGANIZER)).get(f"/meetings/{held.slug}/review")
        assert page.status_code == 200
        assert "torn: this is not TOML" in page.text
        assert "old: this is not UTF-8" in page.text
        assert "folder: this cannot be read" in page.text
        assert '<option value="small">Small' in page.text.replace(" selected", "")
    finally:
        outlines._loaded.cache_clear()


def test_by_action_line_a_note_stands_under_the_line_it_names_first(app: Flask) -> None:
    session = make.session(held := meeting())
    make_review.note(session, text="Farms are online.", action_lines=["C7-EAGR", "C2"])
    make_review.note(session, text="Cables matter.", action_lines=["C2"])
    make_review.note(session, text="All is well.", action_lines=[])

    assert chapters(make_review.report(held, outline="action-lines"))[:-1] == [
        ("Action line C2: Information and communication infrastructure", ["It was noted that cables matter."]),
        ("Action line C7: ICT applications, e-agriculture", ["It was noted that farms were online."]),
        ("Other matters", ["It was noted that all is well."]),
    ]


def test_the_standard_report_ends_with_the_organization_of_the_session(app: Flask) -> None:
    held = make.meeting(objectives=["Review the action lines"])
    make_review.note(make.session(held, kind="trends"), kind="agreement", text="Meet again.", support="agreed")
    for _one in range(5):
        bhutan = make.delegation(held, f"Bhutan {_one}", is_state=True)
        make_review.scan(held, make.registration(held, delegation=bhutan))
    text = printed(make_review.report(held, outline=STANDARD))

    said, organization = text.chapters
    assert (said.numeral, said.title) == ("II", "Summary of discussions")
    assert [one.heading for one in said.sections] == ["Emerging trends, challenges and opportunities"]
    assert (organization.numeral, organization.title) == ("III", "Organization of the session")
    assert [(one.letter, one.heading, len(one.paragraphs)) for one in organization.sections] == [
        ("A", "Background", 2),
        ("B", "Opening and duration", 1),
        ("C", "Attendance", 2),
    ]
    assert [one.number for one in organization.paragraphs] == [2, 3, 4, 5, 6]


def test_by_representative_what_each_one_said_stands_together(app: Flask) -> None:
    session = make.session(held := meeting(), kind="trends")
    for organization, text in (("ITU", "One."), ("APT", "Two."), ("ITU", "Three.")):
        make_review.note(session, organization=organization, text=text, stakeholder_type="un")

    [_opening, (title, paragraphs)] = chapters(make_review.report(held, outline="representatives"))

    assert title == "Presentations and statements"
    assert [text.split()[0] for text in paragraphs] == ["APT", "ITU"]
    assert paragraphs[1] == "ITU noted that one. ITU also noted that three."


def test_a_blank_report_takes_no_note(app: Flask) -> None:
    make_review.note(make.session(held := meeting()))
    assert chapters(make_review.report(held, outline="blank")) == []


def test_an_outline_nobody_knows_is_refused(app: Flask) -> None:
    with pytest.raises(Refused, match="no outline"):
        make_review.report(meeting(), outline="../secret")


def test_on_paper_the_evidence_says_which_revision_and_whose_words_it_was(app: Flask) -> None:
    session = make.session(held := meeting(), kind="trends", code="S2")
    one = make_review.note(session, organization="ITU", stakeholder_type="un", text="One.")
    make_review.revise(one, organization="ITU", stakeholder_type="un", text="One more.")
    two = make_review.note(session, organization="APT", stakeholder_type="igo", text="Two.", ceiling="nobody")

    [annex] = [annex for annex in printed(make_review.report(held)).annexes if annex.code == "evidence"]

    cited = [note for row in annex.parts[0].rows for note in row[1].split("; ")]
    assert sorted(cited) == [f"{one.reference}, revision 2 (ITU)", f"{two.reference}, revision 1"]


def test_references_follow_the_numbers(app: Flask) -> None:
    session = make.session(held := meeting(), kind="trends", code="S2")
    first, second = make_review.note(session, text="One."), make_review.note(session, text="Two.")
    report = make_review.report(held)
    one, two = make_review.paragraphs(report)[-2:]
    rewrite(two, f"See {{paragraph:{first.reference}}}, {{chapter:{one.chapter.title}}} and {{annex:evidence}}.")

    assert [paragraph.text for paragraph in printed(report).paragraphs][-1] == (
        "See paragraph 2, chapter II and annex III."
    )
    with transaction():
        editing.add(one.chapter, "Before all.", after=None, by=None, at=make.TODAY)
    assert [paragraph.text for paragraph in printed(report).paragraphs][-1].startswith("See paragraph 3,")
    assert second.reference


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("It grew.^[See {chapter:Nowhere}.]", r"paragraph 2 refers to \{chapter:Nowhere\}"),
        ("It grew. ^[A source", "a footnote of paragraph 2 is not closed"),
        ("It grew.^[A source^[of a source]]", "a footnote of paragraph 2 is not closed"),
    ],
)
def test_a_footnote_that_would_be_printed_wrong_stops_publishing(client: PageClient, words: str, sentence: str) -> None:
    make_review.note(make.session(held := meeting(), kind="trends"))
    report = make_review.report(held)
    page = f"/meetings/{held.slug}/review/reports/{report.name}"
    client.sign_in(make.staff(held, RAPPORTEUR))
    told = "A reference leads nowhere, or a footnote is not closed"
    assert told not in client.get(page).text
    rewrite(make_review.paragraphs(report)[-1], words)
    assert told in client.get(page).text
    with pytest.raises(Refused, match=sentence):
        publish(report, by=None, at=make.TODAY)


def test_a_reference_that_leads_nowhere_stops_publishing(app: Flask) -> None:
    make_review.note(make.session(held := meeting(), kind="trends"))
    report = make_review.report(held)
    rewrite(make_review.paragraphs(report)[-1], "See {paragraph:S9-99}.")

    with pytest.raises(Refused, match=r"paragraph 2 refers to \{paragraph:S9-99\}"):
        publish(report, by=None, at=now())
    rewrite(make_review.paragraphs(report)[-1], "See above.")
    assert publish(report, by=None, at=now()).version == 1


def rewrite(paragraph: Paragraph, text: str) -> None:
    with transaction():
        editing.rewrite(paragraph, text, version=paragraph.version, by=None, at=make.TODAY)


def test_a_ministry_on_the_list_of_speakers_is_that_of_its_state(app: Flask) -> None:
    held = meeting()
    session = make.session(held, kind="trends")
    for name, organization, country in (
        ("Ada Byron", "Ministry of Finance", "KAZ"),
        ("Bo Chen", "NGO Network of Nepal", "NPL"),
        ("Cy Dorji", "", "IRN"),
    ):
        role = make.role(session, name=name, organization=organization, country=country)
        make_review.note(session, role_id=role.id, organization=organization, country=country)

    [annex] = [one for one in printed(make_review.report(held)).annexes if one.code == "speakers"]

    assert annex.parts[0].rows[0][-1] == (
        "Ministry of Finance, Kazakhstan; NGO Network of Nepal; Iran (Islamic Republic of)"
    )


def test_the_list_of_participants_heads_its_groups_as_groups(app: Flask) -> None:
    held = meeting()
    for name in ("Member State", "Specialized agency", "Civil society", "United Nations body"):
        make.registration(held, category=make.category(held, name=name))

    [annex] = [one for one in printed(make_review.report(held)).annexes if one.code == "participants"]

    assert [part.heading for part in annex.parts] == [
        "Member States",
        "Specialized agencies",
        "Civil society",
        "United Nations bodies",
    ]


def test_representatives_follow_the_alphabet_whatever_their_capitals(app: Flask) -> None:
    held = meeting()
    session = make.session(held, kind="trends")
    for name in ("APT", "the World Bank", "AeHIN", "UNDP"):
        make_review.note(session, organization=name, text=f"{name} speaks.")
    report = make_review.report(held, outline="representatives")

    [(_title, texts)] = chapters(report)[1:]
    spoke = [text.split(" noted")[0] for text in texts]
    assert spoke == ["AeHIN", "APT", "UNDP", "The World Bank"]


def test_speakers_are_listed_as_far_as_the_report_may_name_anybody(app: Flask) -> None:
    session = make.session(held := meeting(), code="S2", title="Trends")
    role = make.role(session, name="Ada Byron", organization="ITU", state=CONFIRMED)
    make_review.note(session, role_id=role.id)

    def speakers(policy: str) -> list[str]:
        report = make_review.report(held, policy=policy, name=policy)
        return [row[-1] for annex in printed(report).annexes if annex.code == "speakers" for row in annex.parts[0].rows]

    assert speakers("person") == ["Ada Byron (ITU)"]
    assert speakers("organization") == ["ITU"]
    assert speakers("category") == speakers("nobody") == []


def test_a_small_group_is_counted_first_with_those_of_whom_nothing_is_known() -> None:
    counted = [("Not stated", 9), ("A", 5), ("B", 1)]
    assert large_groups(counted, "Not stated") == [("A", 5), ("Others", 10)]


@pytest.mark.parametrize(
    ("counted", "shown"),
    [
        ([("A", 9), ("B", 5)], [("A", 9), ("B", 5)]),
        ([("A", 9), ("B", 3), ("C", 2)], [("A", 9), ("Others", 5)]),
        ([("A", 9), ("B", 6), ("C", 1)], [("A", 9), ("Others", 7)]),
        ([("A", 3)], []),
        ([], []),
    ],
)
def test_a_small_group_is_counted_with_others(counted: list[tuple[str, int]], shown: list[tuple[str, int]]) -> None:
    assert large_groups(counted) == shown

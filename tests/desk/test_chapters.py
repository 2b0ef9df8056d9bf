"""Chapters of a report that a meeting has of its own: in Settings, in its file and package, and in what is compiled."""

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from eventapp.desk.chapters import manage
from eventapp.desk.starting.content import PARTS
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.meeting_file.actions import load
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.reader import Faulty, read
from eventapp.meeting_file.writer import write
from eventapp.meetings.chapters.actions import choose_for_reports
from eventapp.meetings.chapters.content import OwnChapter, as_records
from eventapp.meetings.chapters.queries import own_chapters
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.package.export.meeting import filled
from eventapp.package.manifest.validation import nonsense_in
from eventapp.review.compilation.actions import compile_report
from eventapp.review.reports.models import Report
from eventapp.review.reports.outlines import STANDARD
from eventapp.review.reports.queries import chapters_of
from eventapp.review.reports.tailored.queries import outlines_for
from tests import make, make_review
from tests.browserless import PageClient, beside
from tests.desk.test_kinds import PAGE as KINDS
from tests.desk.test_kinds import typed as kind_typed

PAGE = "/meetings/spring/manage/settings/chapters"


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(manage, "now", lambda: make.TODAY)
    return make.meeting(slug="spring", languages=["en", "fr"])


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, "organizer"))


def typed(**facts: Any) -> dict[str, Any]:
    return {"title": "Side events", "title_fr": "Manifestations parallèles", "behind": "trends", **facts}


def own(slug: str = "spring") -> list[OwnChapter]:
    db.session.expire_all()
    found = meeting_at(slug)
    assert found
    return list(own_chapters(found))


def blocks(report: Report) -> list[tuple[str, str, int]]:
    """The chapters of a report in order: code, section of, how many paragraphs."""
    db.session.expire_all()
    rows = chapters_of(report)
    return [(one.block, one.section_of, sum(row.removed_at is None for row in one.paragraphs)) for one in rows]


def test_a_chapter_is_added_in_two_languages_and_offered_to_kinds(desk: PageClient, meeting: Meeting) -> None:
    assert "No chapter of its own" in desk.get(PAGE).text
    assert desk.post(PAGE, data=typed()).status_code == 303
    assert own() == [OwnChapter("side-events", "Side events", "trends", {"fr": "Manifestations parallèles"})]
    page = desk.get(PAGE).text
    assert "Emerging trends" in page
    assert "No kind of session names it yet" in page
    assert '<option value="side-events">Side events</option>' in desk.get(f"{KINDS}/new").text
    assert desk.post(KINDS, data=kind_typed(chapter="side-events")).status_code == 303
    assert "Sessions: Side event" in desk.get(PAGE).text
    assert "Chapter: Side events" in desk.get(KINDS).text
    texts = desk.get("/meetings/spring/manage/settings/texts").text
    assert "Chapters of the report" in texts


def test_a_kind_may_name_any_chapter_that_an_outline_has(desk: PageClient, meeting: Meeting) -> None:
    assert desk.post(KINDS, data=kind_typed(chapter="background")).status_code == 303
    session = make.session(meeting, kind="side-event")
    make_review.note(session)
    report = make_review.report(meeting, outline="blocks")
    assert ("background", "", 2) in [(code, of, min(many, 2)) for code, of, many in blocks(report)]
    assert sum(bool(row.evidence) for row in chapters_of(report)[0].paragraphs) == 1


def test_notes_of_its_kinds_are_compiled_into_it_and_a_begun_report_gets_it(desk: PageClient, meeting: Meeting) -> None:
    session = make.session(meeting, kind="side-event")
    make_review.note(session)
    assert desk.post(KINDS, data=kind_typed()).status_code == 303
    begun = make_review.report(meeting, name="begun", outline="committee")
    assert "side-events" not in [code for code, _of, _many in blocks(begun)]
    desk.post(PAGE, data=typed())
    desk.post(PAGE, data=typed(title="Exhibition", title_fr="", behind="trends"))
    desk.post(f"{KINDS}/side-event", data=kind_typed(chapter="side-events"))
    french = make_review.report(meeting, name="french", language="fr", outline="committee")
    codes = [code for code, _of, _many in blocks(french)]
    assert codes[codes.index("trends") :][:4] == ["trends", "side-events", "exhibition", "plans"]
    assert ("side-events", "discussions", 1) in blocks(make_review.report(meeting, name="new", outline="committee"))
    assert [one.title for one in chapters_of(french) if one.block == "side-events"] == ["Manifestations parallèles"]
    compile_report(begun, by=None, at=now())
    codes = [code for code, _of, _many in blocks(begun)]
    assert codes[codes.index("trends") :][:4] == ["trends", "side-events", "exhibition", "plans"]
    later = make.session(meeting, kind="side-event")
    make_review.note(later, title="Cables", text="Cables reach the islands.", action_lines=["C5"])
    compile_report(begun, by=None, at=now())
    assert ("side-events", "discussions", 1) in blocks(begun)


def test_outlines_that_do_not_go_by_the_agenda_stay_as_they_are(meeting: Meeting) -> None:
    with transaction():
        meeting.chapters = as_records([OwnChapter("side-events", "Side events", "nowhere"), OwnChapter("trends", "X")])
    having = [
        name for name, one in outlines_for(meeting).items() if "side-events" in [part.code for part in one.chapters]
    ]
    assert having == ["committee", "blocks", "representatives"]
    last = outlines_for(meeting)["committee"].chapters
    assert [one.code for one in last][-3:] == ["closing", "side-events", "background"]  # behind what is not there: last
    assert [one.code for one in last].count("trends") == 1


def test_faults_stand_beside_the_field_and_keep_what_was_typed(desk: PageClient, meeting: Meeting) -> None:
    answer = desk.post(PAGE, data=typed(title="", title_fr="Kept"))
    assert answer.status_code == 422
    assert "Write the title." in answer.text
    assert "Kept" in answer.text
    assert desk.post(PAGE, data=typed(behind="nowhere")).status_code == 422
    assert desk.post(PAGE, data=typed(title="x" * 161)).status_code == 422
    desk.post(PAGE, data=typed())
    again = desk.post(PAGE, data=typed(title="SIDE EVENTS"))
    assert again.status_code == 409
    assert "There is a chapter “SIDE EVENTS” already." in beside("title", again.text)
    assert len(own()) == 1


def test_two_editors_of_one_chapter_see_both_versions(desk: PageClient, meeting: Meeting) -> None:
    desk.post(PAGE, data=typed())
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', desk.get(f"{PAGE}/side-events").text)
    assert seen
    assert desk.post(f"{PAGE}/side-events", data=typed(title="Events", seen=seen[1])).status_code == 303
    answer = desk.post(f"{PAGE}/side-events", data=typed(title="Beside", seen=seen[1]))
    assert answer.status_code == 409
    assert "Somebody changed this meanwhile." in answer.text
    assert "Events" in answer.text
    assert "Beside" in answer.text
    assert own()[0].title == "Events"


def test_a_title_that_changed_since_its_translation_says_so_until_it_is_right(
    desk: PageClient, meeting: Meeting
) -> None:
    desk.post(PAGE, data=typed())
    desk.post(f"{PAGE}/side-events", data=typed(title="Events beside"))
    assert own()[0].former == {"fr": "Side events"}
    page = desk.get(f"{PAGE}/side-events").text
    assert "English changed since" in page and "Side events" in page and 'name="right_fr"' in page
    assert "1 text in French is older" in desk.get("/meetings/spring/manage/settings/").text
    desk.post(f"{PAGE}/side-events", data=typed(title="Events beside", behind=""))  # it is not right by itself
    assert own()[0].former == {"fr": "Side events"}
    text = write(content_of(meeting))
    with transaction():
        load(read(text), by=None, at=make.TODAY)
    assert own()[0].former == {"fr": "Side events"}
    desk.post(f"{PAGE}/side-events", data=typed(title="Events beside", right_fr="y"))
    assert own()[0].former == {}
    assert "English changed since" not in desk.get(f"{PAGE}/side-events").text
    desk.post(f"{PAGE}/side-events", data=typed())
    desk.post(f"{PAGE}/side-events", data=typed(title_fr="Autour"))
    assert (own()[0].former, own()[0].texts) == ({}, {"fr": "Autour"})


def test_chapters_are_put_in_order_and_one_that_a_kind_names_stays(desk: PageClient, meeting: Meeting) -> None:
    desk.post(PAGE, data=typed())
    desk.post(PAGE, data=typed(title="Exhibition", title_fr=""))
    desk.post(f"{PAGE}/exhibition/place", data={"place": "1"})
    assert [one.code for one in own()] == ["exhibition", "side-events"]
    desk.post(KINDS, data=kind_typed(chapter="side-events"))
    answer = desk.post(f"{PAGE}/side-events/removal")
    assert answer.status_code == 409
    assert answer.text.count("1 kind of session names this chapter, so it stays.") == 1
    assert desk.post(f"{PAGE}/exhibition/removal").status_code == 303
    assert [one.code for one in own()] == ["side-events"]


def test_file_and_package_take_the_chapters_along(app: Flask, meeting: Meeting) -> None:
    chapters = [OwnChapter("side-events", "Side events", "trends", {"fr": "Manifestations parallèles"})]
    with transaction():
        meeting.chapters = as_records(chapters)
    text = write(content_of(meeting))
    package = filled(meeting, "archive").package
    with transaction():
        meeting.chapters = []
    with transaction():
        assert [str(one) for one in load(read(text), by=None, at=make.TODAY)][:1] == ["chapter side-events: added"]
    assert own() == chapters
    assert load(read(text), by=None, at=make.TODAY) == []
    assert list(nonsense_in(package)) == []
    assert package.meeting.chapters[0].texts == {"fr": {"title": "Manifestations parallèles"}}


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("code: side-events", "code: trends", "is a chapter of the outlines"),
        ("behind: trends", "behind: nowhere", "is no chapter to stand behind"),
        ("chapter: side-events", "chapter: elsewhere", "No outline has the chapter “elsewhere”"),
    ],
)
def test_a_file_says_what_is_wrong_with_its_chapters(
    desk: PageClient, meeting: Meeting, before: str, after: str, says: str
) -> None:
    desk.post(PAGE, data=typed())
    desk.post(KINDS, data=kind_typed(chapter="side-events"))
    text = write(content_of(meeting))
    assert before in text
    with pytest.raises(Faulty) as found:
        read(text.replace(before, after))
    assert any(says in str(one) for one in found.value.faults)


def test_a_new_report_begins_with_the_outline_of_the_meeting(desk: PageClient, meeting: Meeting) -> None:
    chosen = next(name for name in outlines_for(meeting) if name != STANDARD)
    page = desk.get(PAGE).text
    assert "What a new report begins with" in page
    [mark] = re.findall('name="seen"[^>]* value="([^"]+)"', page)

    answer = desk.post(f"{PAGE}/beginning", data={"seen": mark, "outline": chosen, "policy": "nobody"})

    assert answer.status_code == 303
    db.session.expire_all()
    assert (meeting.report_outline, meeting.report_policy) == (chosen, "nobody")
    begun = desk.get("/meetings/spring/review").text
    assert f'<option selected value="{chosen}">' in begun and '<option selected value="nobody">' in begun
    older = desk.post(f"{PAGE}/beginning", data={"seen": mark, "outline": STANDARD, "policy": "person"})
    assert older.status_code == 409 and "meanwhile" in older.text
    assert desk.post(f"{PAGE}/beginning", data={"outline": "none", "policy": "person"}).status_code == 422
    assert desk.post(f"{PAGE}/beginning", data={"outline": STANDARD, "policy": "organization"}).status_code == 303
    db.session.expire_all()
    assert (meeting.report_outline, meeting.report_policy) == ("", ""), "the usual ones are not written down"


def test_the_outline_is_in_the_file_the_copy_and_the_package(app: Flask, meeting: Meeting) -> None:
    with transaction():
        choose_for_reports(meeting, "blank", "category", by=None, at=make.TODAY)
    file = content_of(meeting)
    assert (file.report_outline, file.report_policy) == ("blank", "category")
    assert read(write(file)).report_outline == "blank"
    with pytest.raises(Faulty) as caught:
        read(write(replace(file, report_outline="none")))
    assert any("There is no outline “none” here." in str(one) for one in caught.value.faults)
    assert PARTS["outline"][1] == ("report_outline", "report_policy")
    package = filled(meeting, "public").package
    assert (package.meeting.report_outline, package.meeting.report_policy) == ("blank", "category")
    assert not any("report_policy" in one for one in nonsense_in(package))
    wrong = replace(package, meeting=replace(package.meeting, report_policy="everybody"))
    assert any("report_policy" in one for one in nonsense_in(wrong))


def test_an_outline_that_is_not_there_any_more_gives_way_to_the_standard_one(
    desk: PageClient, meeting: Meeting
) -> None:
    with transaction():
        choose_for_reports(meeting, "gone", "person", by=None, at=make.TODAY)
    assert f'<option selected value="{STANDARD}">' in desk.get("/meetings/spring/review").text
    assert '<option selected value="gone">' in desk.get(PAGE).text

"""Kinds of meeting: named by administrators, chosen for a meeting, and obeyed in how long personal data is kept."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.desk.meeting_kinds import manage
from eventapp.desk.meeting_kinds.chosen import manage as chosen
from eventapp.desk.meeting_kinds.queries import meetings_of
from eventapp.desk.retention import manage as retention
from eventapp.desk.retention.sooner import going_sooner
from eventapp.desk.starting.actions import start
from eventapp.desk.starting.content import AT_FIRST, Beginning, copied
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_through
from eventapp.history.models import Entry
from eventapp.meeting_file.actions import load
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.reader import read
from eventapp.meeting_file.writer import write
from eventapp.meetings.arriving.coming import Objected
from eventapp.meetings.meeting_kinds.actions import MeetingKindFacts, add_meeting_kind, choose_meeting_kind
from eventapp.meetings.meeting_kinds.models import MeetingKind
from eventapp.meetings.meeting_kinds.queries import meeting_kinds
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.meetings.retention.actions import change_retention
from eventapp.meetings.retention.models import Deletion
from eventapp.meetings.retention.queries import days_of, meetings_due
from eventapp.meetings.retention.sorts import SORTS
from eventapp.package.actions import bring_in
from eventapp.package.export.meeting import filled
from eventapp.package.manifest.content import ARCHIVE
from eventapp.package.manifest.validation import nonsense_in
from eventapp.registration.jobs import JOBS
from tests import make
from tests.browserless import PageClient
from tests.counting import counted
from tests.make_registration import confirmed

PAGE = "/manage/meeting-kinds"
SETTINGS = "/meetings/spring/manage/settings"


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    for module in (manage, chosen, retention):
        monkeypatch.setattr(module, "now", lambda: make.TODAY)
    return make.meeting(slug="spring")


@pytest.fixture
def administrator(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.administrator())


def kind_called(name: str = "Forum", **days: int) -> MeetingKind:
    with transaction():
        return add_meeting_kind(MeetingKindFacts(name, {"fr": f"{name} (fr)"}, days), by=None, at=make.TODAY)


def of_kind(meeting: Meeting, kind: MeetingKind | None) -> None:
    with transaction():
        choose_meeting_kind(meeting, kind, by=None, at=make.TODAY)


def over_since(meeting: Meeting, **facts: Any) -> None:
    """Let the meeting have been 20 days ago."""
    with transaction():
        meeting.starts_on = meeting.ends_on = make.TODAY.date() - timedelta(days=20)
        for name, value in facts.items():
            setattr(meeting, name, value)


def hidden(page: str, name: str) -> str:
    return page.split(f'name="{name}" type="hidden" value="')[1].split('"', maxsplit=1)[0]


def typed(client: PageClient, at: str, **fields: Any) -> dict[str, Any]:
    """The form of a kind as somebody sends it after reading it."""
    return {
        "seen": hidden(client.get(at).text, "seen"),
        "name": "Forum",
        **{sort: str(one.usual) for sort, one in SORTS.items()},
        **fields,
    }


def test_an_administrator_adds_renames_orders_ends_and_brings_back(administrator: PageClient) -> None:
    assert "No kind of meeting yet" in administrator.get(PAGE).text
    for name in ("Forum", "Regional review"):
        data = typed(administrator, f"{PAGE}/new", name=name, name_fr=f"{name} en français", phones="10")
        assert administrator.post(f"{PAGE}/new", data=data).status_code == 303
    first, second = meeting_kinds()
    assert (first.code, second.code, first.retention) == ("forum", "regional-review", {"phones": 10})
    assert "Telephone numbers: 10 days" in administrator.get(PAGE).text

    again = administrator.post(f"{PAGE}/new", data=typed(administrator, f"{PAGE}/new", name="FORUM"))
    assert again.status_code == 409 and "There is a kind of meeting “FORUM” already." in again.text

    at = f"{PAGE}/{first.id}"
    assert administrator.post(at, data=typed(administrator, at, name="Open forum", phones="10")).status_code == 303
    assert administrator.post(f"{PAGE}/{second.id}/place", data={"act": "up"}).status_code == 303
    db.session.expire_all()
    assert [one.name for one in meeting_kinds()] == ["Regional review", "Open forum"]
    assert administrator.post(f"{at}/end").status_code == 303
    page = administrator.get(PAGE).text
    assert "No meeting is given these any more" in page
    assert administrator.post(f"{at}/back").status_code == 303
    verbs = db.session.scalars(select(Entry.verb).where(Entry.thing == "meeting_kind").order_by(Entry.number)).all()
    assert verbs[2:] == [
        "changed a kind of meeting",
        "moved a kind of meeting",
        "ended a kind of meeting",
        "brought a kind of meeting back",
    ]
    assert "changed a kind of meeting" in administrator.get(at).text


def test_nobody_else_finds_these_pages(client: PageClient, meeting: Meeting) -> None:
    kind = kind_called()
    client.sign_in(make.staff(meeting, "organizer"))
    for address in (PAGE, f"{PAGE}/new", f"{PAGE}/{kind.id}"):
        assert client.get(address).status_code == 404
    assert client.post(f"{PAGE}/{kind.id}/end").status_code == 404
    client.sign_in(make.administrator())
    assert client.get(f"{PAGE}/{kind.id + 1}").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"needs": "91"}, "Write 0 to 90 days."),
        ({"phones": ""}, "Write how many days."),
        ({"name": " "}, "Write the name."),
        ({"name": "x" * 121}, "120"),
        ({"phones": "9" * 100_000}, "Write"),
    ],
)
def test_no_kind_says_more_than_the_installation_allows(
    administrator: PageClient, wrong: dict[str, str], says: str
) -> None:
    answer = administrator.post(f"{PAGE}/new", data=typed(administrator, f"{PAGE}/new", letters="77", **wrong))
    assert answer.status_code == 422
    assert says in answer.text and 'value="77"' in answer.text
    assert meeting_kinds() == []


def test_a_meeting_keeps_as_its_kind_says_and_its_own_rule_wins(meeting: Meeting) -> None:
    kind = kind_called(phones=10, photos=20)
    assert days_of(meeting, "phones") == 30
    of_kind(meeting, kind)
    assert [days_of(meeting, sort) for sort in ("phones", "photos", "needs")] == [10, 20, 30]
    with transaction():
        meeting.retention = {"phones": 60}
    assert [days_of(meeting, sort) for sort in ("phones", "photos")] == [60, 20]
    over = make.TODAY.replace(year=meeting.ends_on.year, month=meeting.ends_on.month, day=meeting.ends_on.day)
    due = meetings_due(over + timedelta(days=22))
    assert meeting.id in due["photos"] and meeting.id not in due["phones"] and meeting.id not in due["needs"]
    of_kind(meeting, None)
    assert [days_of(meeting, sort) for sort in ("phones", "photos")] == [60, 30]


def test_the_page_of_a_meeting_shows_both_and_goes_back(client: PageClient, meeting: Meeting) -> None:
    of_kind(meeting, kind_called(phones=10))
    client.sign_in(make.staff(meeting, "organizer"))
    at = f"{SETTINGS}/retention"
    page = client.get(at).text
    assert "This meeting is of the kind “Forum”" in page
    assert "The kind says 10, which counts where this is empty. At most 365." in page
    fields = {"seen": hidden(page, "seen"), **dict.fromkeys(SORTS, ""), "phones": "60", "needs": "30"}
    assert client.post(at, data=fields).status_code == 303
    db.session.expire_all()
    assert meeting.retention == {"phones": 60, "needs": 30}
    assert "Telephone numbers: this meeting says 60, the kind 10." in client.get(at).text
    assert client.post(f"{at}/phones/back").status_code == 303
    db.session.expire_all()
    assert meeting.retention == {"needs": 30}
    assert client.post(f"{at}/nothing/back").status_code == 404


def test_going_back_asks_first_where_it_would_delete_today(client: PageClient, meeting: Meeting) -> None:
    confirmed(meeting, phone="+66 2 288 1234")
    over_since(meeting, retention={"phones": 60})
    of_kind(meeting, kind_called(phones=10))
    client.sign_in(make.staff(meeting, "organizer"))
    at = f"{SETTINGS}/retention"
    answer = client.post(f"{at}/phones/back")
    assert answer.status_code == 422 and "may be deleted today: 1 telephone number." in answer.text
    db.session.expire_all()
    assert meeting.retention == {"phones": 60}
    fields = {"seen": hidden(answer.text, "seen"), **dict.fromkeys(SORTS, "")}
    assert client.post(at, data=fields).status_code == 422
    assert client.post(at, data={**fields, "at_once": "y"}).status_code == 303
    db.session.expire_all()
    assert meeting.retention == {}


def test_choosing_a_kind_shows_what_would_go_sooner(client: PageClient, meeting: Meeting) -> None:
    kind_called(phones=10)
    confirmed(meeting, phone="+66 2 288 1234")
    client.sign_in(make.staff(meeting, "organizer"))
    at = f"{SETTINGS}/kind-of-meeting"
    fields = {"seen": hidden(client.get(at).text, "seen"), "kind": "forum"}
    answer = client.post(at, data=fields)
    assert answer.status_code == 422
    assert "on 27 March 2026: 1 telephone number." in answer.text
    db.session.expire_all()
    assert meeting.kind_id is None
    assert client.post(at, data={**fields, "plan": "other", "agreed": "y"}).status_code == 422
    agreed = {**fields, "plan": hidden(answer.text, "plan"), "agreed": "y"}
    assert client.post(at, data=agreed).status_code == 303
    db.session.expire_all()
    assert meeting.kind_id is not None
    assert (
        'On 27 March 2026: 1 telephone number. <span class="quiet small">So the kind of meeting “Forum” says.'
        in client.get(f"{SETTINGS}/retention").text
    )
    assert client.post(at, data={"kind": "nothing"}).status_code == 422


def test_a_shorter_rule_shows_which_meetings_lose_what_and_asks(administrator: PageClient, meeting: Meeting) -> None:
    kind = kind_called()
    over, own, far = make.meeting(slug="over"), make.meeting(slug="own"), make.meeting(slug="far")
    for one in (meeting, over, own, far):
        confirmed(one, phone="+66 2 288 1234")
    over_since(over)
    with transaction():
        own.retention = {"phones": 60}
    for one in (meeting, over, own):
        of_kind(one, kind)
    at = f"{PAGE}/{kind.id}"
    fields = typed(administrator, at, phones="10")
    answer = administrator.post(at, data=fields)
    assert answer.status_code == 422
    assert "All together: 2 telephone numbers." in answer.text
    assert "at once: 1 telephone number." in answer.text and "on 27 March 2026: 1 telephone number." in answer.text
    assert "/meetings/own/" not in answer.text and "/meetings/far/" not in answer.text
    db.session.expire_all()
    assert kind.retention == {}

    agreed = {**fields, "plan": hidden(answer.text, "plan"), "agreed": "y"}
    confirmed(meeting, phone="+66 2 288 1235")
    again = administrator.post(at, data=agreed)
    assert again.status_code == 422 and "All together: 3 telephone numbers." in again.text, "another plan by now"
    agreed["plan"] = hidden(again.text, "plan")
    assert administrator.post(at, data=agreed).status_code == 303
    db.session.expire_all()
    assert kind.retention == {"phones": 10}
    entry = db.session.scalars(select(Entry).where(Entry.verb == "changed a kind of meeting")).one()
    assert entry.detail["changes"]["retention"] == [{}, {"phones": 10}]
    assert "Telephone numbers: 30 → 10 days" in administrator.get(at).text
    longer = administrator.post(at, data=typed(administrator, at, phones="90"))
    assert longer.status_code == 303, "nothing goes sooner"


def test_the_plan_asks_as_often_for_many_meetings(meeting: Meeting) -> None:
    asked = []
    for count in (1, 12):
        several = [make.meeting() for _number in range(count)]
        for one in several:
            confirmed(one, phone="+66 2 288 1234")
        kind = kind_called(f"Kind {count}")
        for one in several:
            of_kind(one, kind)
        with counted() as many:
            lines = going_sooner(meetings_of(kind), {"phones": 10}, make.TODAY)
        assert len(lines) == count
        asked.append(len(many))
    assert asked[0] == asked[1] <= 3


def test_the_first_of_two_who_change_a_kind_wins(administrator: PageClient) -> None:
    kind = kind_called()
    at = f"{PAGE}/{kind.id}"
    first, second = typed(administrator, at, phones="40"), typed(administrator, at, phones="50")
    assert administrator.post(at, data=first).status_code == 303
    answer = administrator.post(at, data=second)
    assert answer.status_code == 409 and "Somebody changed this meanwhile" in answer.text
    db.session.expire_all()
    assert kind.retention == {"phones": 40}


def test_the_report_says_whose_days_were_over(client: PageClient, meeting: Meeting) -> None:
    of_kind(meeting, kind_called(phones=0, needs=0))
    with transaction():
        meeting.retention = {"needs": 0}
    confirmed(meeting, phone="+66 2 288 1234", dietary_needs="No peanuts")
    last = make.TODAY.replace(year=meeting.ends_on.year, month=meeting.ends_on.month, day=meeting.ends_on.day)
    work_through(JOBS, at=last + timedelta(days=1))
    rows = db.session.execute(select(Deletion.sort, Deletion.origin)).all()
    assert {(sort, origin) for sort, origin in rows} == {("phones", "kind"), ("needs", "meeting")}
    client.sign_in(make.staff(meeting, "organizer"))
    page = client.get(f"{SETTINGS}/retention/deleted").text
    assert '1 telephone number. <span class="quiet small">So the kind of meeting “Forum” says.' in page
    assert 'the needs of 1 person. <span class="quiet small">So this meeting says.' in page


def test_a_meeting_file_names_the_kind(meeting: Meeting) -> None:
    kind = kind_called(phones=10)
    of_kind(meeting, kind)
    text = write(content_of(meeting))
    assert "meeting_kind: forum" in text and "retention" not in text
    of_kind(meeting, None)
    with transaction():
        assert [str(one) for one in load(read(text), by=None, at=make.TODAY)] == [
            "meeting spring: meeting_kind: nothing → forum"
        ]
    assert meeting.kind_id == kind.id
    with pytest.raises(Objected, match="No kind of meeting is called “other” here") as found, transaction():
        load(read(text.replace("meeting_kind: forum", "meeting_kind: other")), by=None, at=make.TODAY)
    assert found.value.found[0][0] > 1, "the line is said"


def test_a_file_of_a_kind_that_deletes_today_is_refused(meeting: Meeting) -> None:
    kind_called(phones=10)
    over_since(meeting)
    text = write(content_of(meeting)).replace("capacity:", "meeting_kind: forum\ncapacity:")
    with pytest.raises(Exception, match="would delete today: Telephone numbers"), transaction():
        load(read(text), by=None, at=make.TODAY)


def beginning(slug: str, kind: str) -> Beginning:
    day = make.TODAY.date() + timedelta(days=200)
    return Beginning(
        slug=slug, title="Next", starts=day, ends=day, venue="House", city="Bangkok", country="THA", zone="Asia/Bangkok",
        organization="ESCAP", organizer="Ada", email="ada@example.org", kind=kind,
    )  # fmt: skip


def test_a_copy_keeps_the_kind_and_its_own_rules(client: PageClient, meeting: Meeting) -> None:
    kind = kind_called(phones=10)
    of_kind(meeting, kind)
    with transaction():
        meeting.retention = {"needs": 5}
    client.sign_in(make.administrator())
    page = client.get("/manage/meetings/copy?of=spring").text
    assert '<option selected value="forum">Forum</option>' in page
    file = copied(content_of(meeting), beginning("next", "forum"), make.TODAY, AT_FIRST)
    by = make.administrator()
    with transaction():
        start(file, by=by, at=make.TODAY, source=meeting, parts=AT_FIRST)
    made = meeting_at("next")
    assert made is not None and (made.kind_id, made.retention) == (kind.id, {"needs": 5})
    assert '<option value="forum">Forum</option>' in client.get("/manage/meetings/new").text


def test_a_package_brings_the_kind_and_the_same_days(meeting: Meeting) -> None:
    kind = kind_called(phones=10)
    of_kind(meeting, kind)
    package = filled(meeting, ARCHIVE).package
    assert package.meeting.kind is not None and package.meeting.kind.code == "forum"
    assert [(one.sort, one.days) for one in package.meeting.retention] == [("phones", 10)]
    assert list(nonsense_in(package)) == []
    with transaction():
        meeting.slug, meeting.kind_id, kind.code, kind.name = "moved", None, "assembly", "Assembly"
    with transaction():
        made = bring_in(package, contact="a@example.org", by=None, at=make.TODAY)
    assert [one.name for one in meeting_kinds()] == ["Assembly", "Forum"]
    assert made.kind_id == meeting_kinds()[1].id and made.retention == {"phones": 10}


def test_a_package_comes_where_its_kind_is_called_otherwise(meeting: Meeting) -> None:
    kind = kind_called(phones=10)
    of_kind(meeting, kind)
    package = filled(meeting, ARCHIVE).package
    with transaction():
        meeting.slug, kind.name, kind.retention = "moved", "Assembly", {"needs": 5}
    with transaction():
        made = bring_in(package, contact="a@example.org", by=None, at=make.TODAY)
    assert (made.kind_id, made.retention) == (kind.id, {"phones": 10, "needs": 30})
    assert [days_of(made, sort) for sort in ("phones", "needs")] == [10, 30]


@pytest.mark.parametrize(("before", "after"), [(None, 0), (0, None)])
def test_no_day_and_no_rule_of_its_own_are_not_taken_for_each_other(
    client: PageClient, meeting: Meeting, before: int | None, after: int | None
) -> None:
    """0 deletes at once, nothing typed keeps as the kind says: who opened the page before is told of the change."""
    of_kind(meeting, kind_called(phones=10))
    client.sign_in(make.staff(meeting, "organizer"))
    with transaction():
        change_retention(meeting, {"phones": before}, by=None, at=make.TODAY)
    older = {"seen": hidden(client.get(f"{SETTINGS}/retention").text, "seen"), **dict.fromkeys(SORTS, "")}
    with transaction():
        change_retention(meeting, {"phones": after}, by=None, at=make.TODAY)
    answer = client.post(f"{SETTINGS}/retention", data={**older, "photos": "7"})
    assert answer.status_code == 409 and "Somebody changed this meanwhile" in answer.text
    db.session.expire_all()
    assert meeting.retention.get("phones") == after

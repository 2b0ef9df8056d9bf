"""Until when delegations nominate and confirm, and those who register by themselves and wait for their focal point."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from eventapp.delegations.focal import manage, views
from eventapp.delegations.settings.actions import Rules, set_rules
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.links import access as gate
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.registration.decisions.actions import approve
from eventapp.registration.entry import own_token
from eventapp.registration.jobs import JOBS
from eventapp.registration.models import Delegation, DelegationFocalPoint, DelegationRules, Registration
from eventapp.registration.nominated import views as nominated_views
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_delegations import focal_point, nominated, page_of
from tests.make_registration import confirmed, states
from tests.registration.filling import set_clock

pytestmark = pytest.mark.usefixtures("app")
SETTINGS = "/meetings/spring/manage/delegations/settings"
DAY = timedelta(days=1)


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    set_clock(monkeypatch, moment)
    for room in (views, manage, gate, nominated_views):
        monkeypatch.setattr(room, "now", lambda: moment)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, TODAY)


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def sender(meeting: Meeting) -> Delegation:
    return make.delegation(meeting, "Universal Postal Union", places=2)


@pytest.fixture
def focal(sender: Delegation) -> DelegationFocalPoint:
    return focal_point(sender)


def ask(meeting: Meeting, **rules: object) -> None:
    by = make.person()
    with transaction():
        set_rules(meeting, Rules(**rules), by=by, at=TODAY)  # type: ignore[arg-type]


def letters(kind: str) -> list[Letter]:
    db.session.rollback()
    return list(db.session.scalars(select(Letter).where(Letter.kind.contains(f"/{kind}.")).order_by(Letter.id)))


def test_an_organizer_sets_the_deadlines(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, "organizer"))
    typed = {"nominations_close_at": "5 Mar 2026 18:00", "confirmations_close_at": "2026-03-07 18:00"}
    assert client.post(SETTINGS, data={**typed, "waits_for_focal_point": "y"}).status_code == 303
    row = db.session.scalars(select(DelegationRules)).one()
    assert row.nominations_close_at == datetime(2026, 3, 5, 11, tzinfo=TODAY.tzinfo) and row.waits_for_focal_point
    assert "2026-03-05 18:00" in client.get(SETTINGS).text
    for wrong in ({"nominations_close_at": "soon"}, {"confirmations_close_at": "2026-03-01 10:00"}):
        assert client.post(SETTINGS, data={**typed, **wrong}).status_code == 422
    assert client.post(SETTINGS, data={}).status_code == 303
    db.session.rollback()
    row = db.session.scalars(select(DelegationRules)).one()
    assert not (row.nominations_close_at or row.confirmations_close_at or row.waits_for_focal_point)


def test_nobody_is_nominated_after_the_deadline(
    client: PageClient, monkeypatch: pytest.MonkeyPatch, meeting: Meeting, focal: DelegationFocalPoint
) -> None:
    category, page = make.category(meeting), page_of(focal)
    ask(meeting, nominations_close_at=TODAY + DAY)
    assert "Nominate until 3 March 2026, 09:00" in client.get(page).text
    at(monkeypatch, TODAY + DAY)
    typed = {"category": category.code, "family_name": "A", "job_title": "B", "email": "a@example.org", "key": "k"}
    assert client.post(f"{page}/people/new", data=typed).status_code == 409
    at(monkeypatch, TODAY)
    assert client.post(f"{page}/people/new", data=typed).status_code == 303


def test_a_nomination_that_nobody_confirms_in_time_lapses_and_frees_its_place(
    client: PageClient, monkeypatch: pytest.MonkeyPatch, meeting: Meeting, focal: DelegationFocalPoint
) -> None:
    ask(meeting, confirmations_close_at=TODAY + DAY)
    one = nominated(focal, make.category(meeting))
    assert "Confirm until 3 March 2026, 09:00" in letters("nominated")[0].text
    at(monkeypatch, TODAY + DAY)
    answer = client.post(f"/registrations/{own_token(one)}/nomination", data={"family_name": "A", "job_title": "B"})
    assert answer.status_code == 409 and "confirmed no more" in answer.text
    job = next(one for one in JOBS if one.name == "lapse nominations")
    assert not job.is_due(TODAY) and job.is_due(TODAY + DAY)
    with transaction():
        assert job.do(TODAY + DAY) == 1
    assert states(one) == ["lapsed"]


def test_who_registers_waits_for_the_focal_point_where_the_meeting_wants_it(
    client: PageClient, meeting: Meeting, sender: Delegation, focal: DelegationFocalPoint
) -> None:
    category, page = make.category(meeting), page_of(focal)
    free = confirmed(meeting, category, delegation=sender.name)
    ask(meeting, waits_for_focal_point=True)
    one = confirmed(meeting, category, delegation=sender.name, record_name="Pema Tshering")
    other = confirmed(meeting, category, delegation="Nobody is asked for it")
    assert states(free, one, other) == ["approved", "pending", "approved"]
    by = make.person()
    with pytest.raises(Refused, match="focal point of the delegation has not confirmed"), transaction():
        approve(one, by=by, at=TODAY)
    shown = client.get(page).text
    assert "1 person registered and waits for you" in shown and "Pema Tshering" in shown
    there = f"{page}/people/{one.reference}/membership"
    assert (
        client.post(there, data={"do": "yes"}).status_code == client.post(there, data={"do": "yes"}).status_code == 303
    )
    assert states(one) == ["approved"] and "waits for you" not in client.get(page).text
    late = confirmed(meeting, category, delegation=sender.name)
    full = client.post(f"{page}/people/{late.reference}/membership", data={"do": "yes"})
    assert full.status_code == 409 and "All 2 places are taken" in full.text


def test_the_focal_point_says_who_is_not_of_the_delegation(
    client: PageClient, meeting: Meeting, sender: Delegation, focal: DelegationFocalPoint
) -> None:
    ask(meeting, waits_for_focal_point=True)
    category, page = make.category(meeting), page_of(focal)
    one = confirmed(meeting, category, delegation=sender.name)
    mine = nominated(focal, category)
    for registration in (one, mine):
        address = f"{page}/people/{registration.reference}/membership"
        assert client.post(address, data={"do": "no"}).status_code == 303
    assert states(one, mine) == ["declined", "unconfirmed"]
    assert "does not know you as a member" in letters("declined")[0].text
    assert db.session.scalar(select(func.count(Registration.id))) == 2


def test_without_a_focal_point_nobody_waits(meeting: Meeting, sender: Delegation) -> None:
    ask(meeting, waits_for_focal_point=True)
    assert states(confirmed(meeting, make.category(meeting), delegation=sender.name)) == ["approved"]

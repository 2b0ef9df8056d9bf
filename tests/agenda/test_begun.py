"""Parts given once a session has begun: nobody could answer any more, so nobody is asked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from eventapp.agenda import manage
from eventapp.agenda.models import CONFIRMED, INVITED, SpeakingRole
from eventapp.agenda.roles.actions import change_role, give_role
from eventapp.agenda.sessions.actions import create_session
from eventapp.ground.db import db, transaction
from eventapp.mail.models import Letter
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_agenda import facts, part


@pytest.mark.usefixtures("app")
def test_nobody_is_asked_and_only_a_rapporteur_is_told() -> None:
    meeting = make.meeting()
    with transaction():
        session = create_session(meeting, "S1", facts(), by=None, at=TODAY)
    over = session.ends_at + timedelta(days=1)
    grace = part(role="rapporteur", name="Grace", email="grace@example.org")
    mary = part(role="rapporteur", name="Mary", email="mary@example.org")
    with transaction():
        ada = give_role(session, part(name="Ada", email="ada@example.org"), by=None, at=session.starts_at)
        writes = give_role(session, grace, by=None, at=over)
        agreed = give_role(session, mary, by=None, at=over, confirmed=True)
        alan = give_role(session, part(name="Alan"), by=None, at=TODAY)
        change_role(alan, part(name="Alan", email="alan@example.org"), by=None, at=over)

    assert [role.state for role in (ada, writes, agreed, alan)] == [CONFIRMED, CONFIRMED, CONFIRMED, INVITED]
    assert (ada.answered_at, writes.answered_at) == (session.starts_at, over)
    told = db.session.scalars(select(Letter)).one()
    assert (told.kind, told.to) == ("agenda/mail/role_given.txt", "grace@example.org")
    assert "/record" in told.text
    assert "/roles/" not in told.text, "there is nothing to answer"


def test_the_page_says_so(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = make.meeting(slug="spring")
    begins = make.session(meeting, code="S4").starts_at
    page = "/meetings/spring/manage/agenda/sessions/S4"
    desk = client.sign_in(make.staff(meeting, "organizer"))
    said, agreed = "nobody is asked any more", "The person has agreed already"

    monkeypatch.setattr(manage, "now", lambda: make.TODAY)
    before = desk.get(page).text
    assert (said in before, agreed in before) == (False, True)
    monkeypatch.setattr(manage, "now", lambda: begins)
    after = desk.get(page).text
    assert (said in after, agreed in after) == (True, False)
    form = {"role-role": "speaker", "role-name": "Ada Byron", "role-email": "ada@example.org", "role-country": ""}
    assert desk.post(f"{page}/roles", data=form).status_code == 303
    db.session.rollback()
    assert db.session.scalars(select(SpeakingRole.state)).all() == [CONFIRMED]
    assert db.session.scalars(select(Letter)).all() == []

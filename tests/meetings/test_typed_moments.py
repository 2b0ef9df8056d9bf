"""Times that clocks show twice or never, wherever a day and a time are typed: asked about, or refused, beside the field."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Field

from eventapp.announcements.forms import form_for as announcement_form
from eventapp.delegations.settings.forms import RulesForm
from eventapp.desk.forms import MeetingForm
from eventapp.inputs.forms import CallForm
from eventapp.live.late.forms import LateForm
from eventapp.meetings.local_time import NotAMoment, moment_of, typed_moment, words_of
from eventapp.meetings.models import Meeting
from eventapp.messages.forms import LATER
from eventapp.messages.forms import form_for as message_form
from eventapp.my_agenda.sign_up.forms import SignUpForm
from eventapp.registration.offers.forms import DeadlineForm
from eventapp.registration.offers.models import Offer
from tests import make

ZONE = "Europe/Berlin"
BERLIN = ZoneInfo(ZONE)
TWICE, NEVER = "2026-10-25 02:30", "2026-03-29 02:30"
FIRST, SECOND = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
Typed = MultiDict[str, str]


def sign_up(meeting: Meeting, typed: Typed) -> SignUpForm:
    return SignUpForm(typed, make.session(meeting))


def deadline(meeting: Meeting, typed: Typed) -> DeadlineForm:
    return DeadlineForm(typed, Offer(registration=make.registration(meeting), expires_at=make.TODAY))


FORMS = [
    ("registration_opens_at", lambda _meeting, typed: MeetingForm(Typed([*typed.items(), ("zone", ZONE)]))),
    ("registration_closes_at", lambda _meeting, typed: MeetingForm(Typed([*typed.items(), ("zone", ZONE)]))),
    ("nominations_close_at", lambda _meeting, typed: RulesForm(typed, BERLIN)),
    ("confirmations_close_at", lambda _meeting, typed: RulesForm(typed, BERLIN)),
    ("opens_at", lambda _meeting, typed: CallForm(BERLIN, typed)),
    ("closes_at", lambda _meeting, typed: CallForm(BERLIN, typed)),
    ("starts_at", announcement_form),
    ("ends_at", announcement_form),
    ("at", lambda meeting, typed: message_form(meeting, (), Typed([*typed.items(), ("when", LATER)]))),
    ("until", sign_up),
    ("until", deadline),
]


@pytest.mark.parametrize(("name", "made"), FORMS)
def test_it_is_asked_which_hour_is_meant_and_one_that_never_comes_is_refused(
    app: Flask, name: str, made: Callable[[Meeting, Typed], MeetingForm]
) -> None:
    meeting = make.meeting(zone=ZONE)

    def told(words: str) -> list[str]:
        form = made(meeting, Typed({name: words}))
        form.validate()
        field: Field = form[name]
        assert field.data == words
        return [str(one) for one in field.errors]

    with app.test_request_context():
        [asked] = told(TWICE)
        assert "comes twice in Europe/Berlin" in asked
        assert "Write 2026-10-25 02:30+02:00 or 2026-10-25 02:30+01:00." in asked
        [refused] = told(NEVER)
        assert "does not exist in Europe/Berlin" in refused
        for sound in ("2026-10-25 02:30+02:00", "2026-10-25 02:30+01:00", "2026-10-25 03:30"):
            assert not [one for one in told(sound) if "twice" in one or "exist" in one or "Write a day" in one]


def test_which_of_the_two_is_meant_is_read_and_shown_again(app: Flask) -> None:
    with app.test_request_context():
        for words, moment in (("2026-10-25 02:30+02:00", FIRST), ("2026-10-25 02:30+01:00", SECOND)):
            assert typed_moment(words, BERLIN) == moment
            assert words_of(moment, BERLIN) == words
        assert moment_of(TWICE, BERLIN) == FIRST
        with pytest.raises(NotAMoment):
            typed_moment(TWICE, BERLIN)
        assert words_of(FIRST - timedelta(hours=1), BERLIN) == "2026-10-25 01:30"


@pytest.mark.parametrize(
    ("ends", "minutes"), [(FIRST - timedelta(minutes=10), 10), (FIRST + timedelta(minutes=10), 50)]
)
def test_running_late_until_such_an_hour_is_the_next_one_after_the_planned_end(
    app: Flask, ends: datetime, minutes: int
) -> None:
    session = make.session(make.meeting(zone=ZONE), starts_at=ends - timedelta(hours=1), ends_at=ends)
    with app.test_request_context():
        form = LateForm(session, Typed({"by": "until", "until": "02:30", "scope": "here"}))
        assert form.moment() - ends == timedelta(minutes=minutes)

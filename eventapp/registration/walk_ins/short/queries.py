from collections import Counter
from functools import cache

from sqlalchemy import func, select

from eventapp.ground.db import db
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import folded
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import categories_of
from eventapp.questions.conditions import applying, name_of
from eventapp.questions.kinds import REGISTRATION
from eventapp.questions.queries import questions_of
from eventapp.registration.answers.queries import given
from eventapp.registration.models import APPROVED, Registration
from eventapp.registration.offers.models import Offer
from eventapp.registration.queries import places_left
from eventapp.vocabulary.countries import Country, all_countries, names_in

LANGUAGES = ("fr", "es", "ru", "zh", "ar")  # of the United Nations, beside English


def state_called(words: str) -> Country | None:
    """The State or area with exactly this name or code, in any language of the United Nations; None for none."""
    return _by_name().get(folded(words))


@cache
def _by_name() -> dict[str, Country]:
    found: dict[str, Country] = {}
    for one in all_countries():
        others = (way for code in LANGUAGES for way in names_in(one, code))
        for name in (*one.names, one.iso3, *others):
            found.setdefault(folded(name), one)
    return found


def free_by_category(meeting: Meeting) -> dict[str, int]:
    """How many places are free in the categories that have a number of their own, by code; never more than at the
    meeting.
    """
    own = {one.id: one for one in categories_of(meeting) if one.capacity is not None}
    if not own:
        return {}
    of_these = Registration.category_id.in_(own)
    placed = select(Registration.category_id, func.count()).where(
        Registration.meeting_id == meeting.id, Registration.state == APPROVED, of_these
    )
    offered = select(Registration.category_id, func.count()).join(Offer.registration)
    offered = offered.where(Registration.meeting_id == meeting.id, Offer.ended_at.is_(None), of_these)
    taken: Counter[int] = Counter()
    for query in (placed, offered):
        for number, count in db.session.execute(query.group_by(Registration.category_id)):
            taken[number] += count
    left = places_left(meeting)
    return {one.code: max(0, min(left, (one.capacity or 0) - taken[one.id])) for one in own.values()}


def left_to_answer(registration: Registration) -> list[str]:
    """What the form of their category requires and nobody has said of this person yet, in the words of the form."""
    left = [] if registration.job_title else [_("Job title")]
    there = given(registration)
    asked = applying(questions_of(registration.meeting, REGISTRATION), registration.category.code, there)
    return left + [name_of(one) for one in asked if one.is_required and one.code not in there]

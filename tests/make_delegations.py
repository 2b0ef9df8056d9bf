"""Focal points and the people they name, to test with."""

from itertools import count
from typing import Any

from eventapp.delegations.focal.actions import invite_focal_point, nominate_one
from eventapp.delegations.focal.queries import LINK
from eventapp.ground.db import transaction
from eventapp.links.actions import link_for_letter
from eventapp.meetings.models import Category
from eventapp.registration.models import Delegation, DelegationFocalPoint, Registration
from eventapp.registration.nominated.actions import Nominee
from tests import make

_number = count(1)


def focal_point(delegation: Delegation, email: str = "") -> DelegationFocalPoint:
    """Somebody invited TODAY to nominate for this delegation."""
    by = make.person("Organizer")
    with transaction():
        email = email or f"mission{next(_number)}@example.org"
        return invite_focal_point(delegation, "Tekoa Ioane", email, language="en", by=by, at=make.TODAY)


def page_of(focal: DelegationFocalPoint) -> str:
    """The address of the page behind the link that works."""
    with transaction():
        return f"/focal-points/{link_for_letter(LINK, focal, meeting_id=focal.meeting_id, at=make.TODAY)}"


def nominee(category: Category, **facts: Any) -> Nominee:
    """What a focal point says of somebody with an address of their own."""
    number = next(_number)
    usual = {
        "given_name": "Ane",
        "family_name": f"Tabai {number}",
        "job_title": "Director",
        "category": category.code,
        "email": f"ane{number}@example.org",
    }
    return Nominee(**{**usual, **facts})


def nominated(focal: DelegationFocalPoint, category: Category, *, instead: str = "", **facts: Any) -> Registration:
    """Somebody whom the focal point has nominated TODAY."""
    key = f"key {next(_number)}"
    with transaction():
        return nominate_one(focal, nominee(category, **facts), key=key, at=make.TODAY, language="en", instead=instead)

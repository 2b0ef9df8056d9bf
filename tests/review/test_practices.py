"""A practice that two notes of one delegation present is named once, and what each says of it stands together."""

from typing import Any

from flask import Flask

from eventapp.review.reports.models import Report
from tests import make, make_review
from tests.make_review import paragraphs

BHUTAN: dict[str, Any] = {"organization": "Ministry", "country": "BTN", "stakeholder_type": "government"}
PORTAL = {"title": "One portal for farmers", "text": "A portal brings 40 services to one place."}
AGAIN = {"title": "One portal for farmers saves days", "text": "The portal gives farmers three days of travel."}
OTHER = {"title": "Village radio", "text": "A radio tells prices in six languages."}


def told(*notes: dict[str, Any], policy: str = "organization") -> str:
    session = make.session(make.meeting(), kind="trends")
    for one in notes:
        make_review.note(session, **{**BHUTAN, "kind": "good-practice", "action_lines": ["C7-EAGR"], **one})
    report: Report = make_review.report(session.meeting, policy=policy)
    return " ".join(one.text for one in paragraphs(report))


def test_it_is_named_once_and_what_is_said_of_it_follows(app: Flask) -> None:
    text = told(PORTAL, OTHER, AGAIN)
    assert text.count("One portal for farmers") == 1
    first, again, other = (text.index(words) for words in ("40 services", "three days of travel", "six languages"))
    assert first < again < other
    assert "It added that the portal gave" in text or "It also noted that the portal gave" in text


def test_another_delegation_presents_its_own_by_the_same_name(app: Flask) -> None:
    assert told(PORTAL, {**AGAIN, "country": "NPL"}).count("“One portal for farmers") == 2


def test_one_word_that_two_names_begin_with_makes_them_no_same_practice(app: Flask) -> None:
    text = told({**PORTAL, "title": "Portals"}, {**AGAIN, "title": "Portals for schools"})
    assert text.count("“Portals") == 2


def test_where_nobody_is_named_it_goes_on_likewise(app: Flask) -> None:
    text = told(PORTAL, AGAIN, policy="nobody")
    assert text.count("One portal for farmers") == 1 and "It" in text.split("one place.")[1]

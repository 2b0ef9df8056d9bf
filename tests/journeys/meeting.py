"""A meeting of today and tomorrow, as a meeting file."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.make import zone_past_ten

FILE = """
slug: spring-review
title: Spring review of the action lines
short_title: Spring review
starts: {today}
ends: {tomorrow}
zone: {zone}
city: Bangkok
country: THA
venue: United Nations Conference Centre
organization: Regional Commission
contact: secretariat@example.org
languages: [en]
capacity: 3
registration_opens: {before} 09:00
registration_closes: {today} 23:59
illustrative: Everything here is illustrative.
mandate:
  - The resolution asks the secretariat to hold a regional review of the action lines.
objectives:
  - Review the action lines
content_blocks:
  - Emerging trends
bodies:
  - {{code: REVIEW, name: Regional review}}
rooms:
  - {{code: CR4, name: Conference Room 4, seats: 160}}
categories:
  - code: MEM
    name: Member State
    stakeholder_type: government
    represents: member
    colour: "#123f7a"
    ink: "#ffffff"
    letter: M
    shape: square
    protocol_order: 1
    credential: Letter of credentials
    needs_letter: yes
  - code: UN
    name: United Nations body
    stakeholder_type: un
    represents: organization
    colour: "#5fb9e6"
    ink: "#000000"
    letter: U
    shape: circle
    protocol_order: 2
    needs_approval: no
staff:
  - {{role: organizer, name: Achara Wongsakul, email: organizer@example.org}}
  - {{role: rapporteur, name: Arjun Prasad, email: rapporteur@example.org}}
  - {{role: steward, name: Somchai Dee, email: steward@example.org}}
"""


def meeting_file(at: datetime) -> str:
    """The file of a meeting whose first day it is at this moment, and stays until a journey is over."""
    today, a_day = local(at, at).date(), timedelta(days=1)
    return FILE.format(zone=zone_past_ten(at), today=today, tomorrow=today + a_day, before=today - 30 * a_day)


def local(moment: datetime, at: datetime) -> datetime:
    """A moment in the zone of the meeting of this file."""
    return moment.astimezone(ZoneInfo(zone_past_ten(at)))

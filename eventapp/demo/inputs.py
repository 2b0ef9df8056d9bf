"""Written inputs, as participants might have sent them: illustrative, marked as such wherever they are read."""

from datetime import datetime
from functools import partial

from eventapp.demo.story import Story, bangkok
from eventapp.drafts.actions import Sent
from eventapp.inputs.actions import begin, deal_with, keep, open_call, send
from eventapp.inputs.content import Contribution
from eventapp.inputs.queries import inputs_of
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.people.queries import person_at
from eventapp.registration.queries import registration_of

OPENS, WRITTEN, READ, CLOSES = bangkok(9, 1, 9), bangkok(10, 3, 11), bangkok(10, 4, 18, 30), bangkok(10, 7, 18)
ASKED = (
    "What has been done on each action line in your country or organization since 2015, what stands in the way, and "
    "what the review should say. (Illustrative text.)"
)
SENT = {
    "nasima.begum@example.org": Contribution(
        organization="Bangladesh NGOs Network for Radio and Communication",
        country="BGD",
        overview="Community media reach those whom portals do not; the review should count them as infrastructure. "
        "(Illustrative text.)",
        passages={
            "C3": "Listeners ask by telephone and get an answer on the air the same week; what is asked most often is "
            "kept as a list that extension workers use.",
            "C9": "Rural stations trained young women as journalists and kept them. A licence still takes long, and "
            "there is no fund that small stations could apply to.",
        },
    ),
    "marta.oliveira@example.org": Contribution(
        organization="Food and Agriculture Organization of the United Nations",
        passages={
            "C7-EAGR": "Most pilots in e-agriculture end with their project. A strategy with a budget line of its own "
            "is what lets them go on; the guide that two agencies wrote shows the way there. (Illustrative text.)"
        },
    ),
}
BEGUN = {"farzana.rahman@example.org": Contribution(organization="a2i Programme", country="BGD", overview="We are")}
DEALT_WITH = "marta.oliveira@example.org"


def tell(story: Story, meeting: Meeting, organizer: Person) -> None:
    """Put the call and the inputs in the story: two sent, one of them dealt with, one being written."""
    story.add(OPENS, partial(ask, meeting, organizer))
    story.add(WRITTEN, partial(write, meeting))
    story.add(READ, partial(read, meeting, organizer))


def ask(meeting: Meeting, organizer: Person, at: datetime) -> None:
    open_call(meeting, opens_at=OPENS, closes_at=CLOSES, words=ASKED, by=organizer, at=at)


def write(meeting: Meeting, at: datetime) -> None:
    for address, content in {**SENT, **BEGUN}.items():
        person = person_at(address)
        registration = registration_of(person.id, meeting.id) if person else None
        if registration is None:
            continue
        written = begin(registration, at=at)
        written.illustrative = True
        if address in SENT:
            send(written, content, Sent(written.version), at=at, public=True, token="")
        else:
            keep(written, content, Sent(written.version), at=at)


def read(meeting: Meeting, organizer: Person, at: datetime) -> None:
    for written in inputs_of(meeting):
        if written.person.email == DEALT_WITH:
            deal_with(written, done=True, by=organizer, at=at)

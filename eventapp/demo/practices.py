"""Good practice cards, as prize winners might have filled them: illustrative, built from facts with a named source."""

from datetime import datetime
from functools import partial

from eventapp.demo.story import Story, bangkok
from eventapp.drafts.actions import Sent
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.practices.actions import keep, open_card, send, turn_into_note
from eventapp.practices.completion.actions import as_it_stands, complete, parts_of
from eventapp.practices.content import Measure, Practice
from eventapp.practices.invitations.actions import Invitation, invite, remind
from eventapp.practices.models import Card
from eventapp.practices.queries import cards_of
from eventapp.record.clearing.actions import approve, submit_session
from eventapp.record.sessions.queries import session_at

ASKED, WRITTEN, REMINDED = bangkok(9, 26, 11), bangkok(9, 29, 15), bangkok(10, 3, 9)
NOTED, FILLED = bangkok(10, 4, 18, 45), bangkok(10, 4, 18, 50)  # after the review of the evening is out
PITCH = (
    "Whoever asks for a pension or a licence goes from office to office with papers that each office has already. "
    "Service process simplification starts with the person who asks and the clerk who gives. Both sit in one room and "
    "draw the service as it is today: every step, visit, paper, fee and signature, with the days that each one takes. "
    "Then they draw it again with nothing in it that neither of them needs. Steps that only repeat others fall away, "
    "papers that the state holds are asked of the state, and what remains is written down as the new rule of the "
    "ministry before any system is built for it. The method has been taken through services of many ministries, "
    "pensions among them. Those who ask come less often, wait for a shorter time and spend less on travel; those who "
    "give see how many cases they settle in a day. Staff of each ministry learn to lead such a day themselves, so that "
    "the work goes on without us. (Illustrative text.)"
)
SENT = {
    "Farzana Rahman": Practice(
        project="Service process simplification",
        owner="a2i Programme, Prime Minister’s Office",
        country="BGD",
        action_lines=("C7-EGOV",),
        goals=(16,),
        results="Public services were redrawn step by step with those who use and those who give them; pensions among "
        "them take fewer steps, fewer visits and fewer papers than before. (Illustrative text.)",
        partners="Ministries that own the services, UNDP, USAID.",
        challenges="Rules that ask for papers nobody needs take longer to change than the computer systems.",
        prospects="The method goes on to further services, one ministry after the other.",
        contact_name="Farzana Rahman",
        contact_email="farzana.rahman@example.org",
        outlets=("stocktaking", "prizes"),
        pitch=PITCH,
        impact="Citizens save visits, travel and fees; offices save files and signatures; fewer papers are printed.",
        replicability="The method asks for no software: users, staff and a wall are enough to redraw a service.",
        sustainability="Each ministry owns its redrawn services and has people who were trained to redraw the next.",
        activity="programme",
        coverage="national",
        keywords="public services, simplification, e-government, pensions",
        website="https://a2i.example.org",
        starts_on="2014",
        is_ongoing=True,
        prize_line="C7-EGOV",
    ),
    "Marta Oliveira": Practice(
        project="FAO-ITU E-agriculture Strategy Guide",
        owner="FAO and ITU",
        action_lines=("C7-EAGR",),
        goals=(2, 9),
        results="The guide takes a country from a vision through a plan of action to monitoring, so that pilots in "
        "e-agriculture become a strategy with a budget. (Illustrative text.)",
        measures=(Measure("2016", "year of the guide", "E-agriculture Strategy Guide (FAO and ITU)"),),
        partners="Ministries of agriculture and of ICT of the countries that tried it.",
        contact_name="Marta Oliveira",
        contact_email="marta.oliveira@example.org",
        outlets=("stocktaking", "prizes"),
        activity="guideline",
        coverage="international",
        starts_on="2016",
    ),
}
# What the secretariat completes in the evening; the sheet of the guide still lacks the rest.
COMPLETED = {
    "Marta Oliveira": {"keywords": "agriculture, strategy, ICT", "replicability": "Any country can follow it."}
}
LATE = "The cards came in before the meeting, and are noted after it (illustrative)."
BEGUN = {"Aigerim Nurlanova": Practice(project="Electronic auctions for public property", owner="Ministry of Finance")}
WAITED_FOR = ("Priya Nair",)


def tell(story: Story, meeting: Meeting, organizer: Person) -> None:
    """Put the cards in the story: two sent and noted in the evening, one half filled, one that is waited for."""
    for code, kind in (("S7", "good-practice"), ("S8", "flagship")):
        story.add(ASKED, partial(ask, meeting, organizer, code, kind))
    story.add(WRITTEN, partial(write, meeting))
    story.add(REMINDED, partial(remind_them, meeting, organizer))
    story.add(NOTED, partial(note_them, meeting, organizer))
    story.add(FILLED, partial(complete_them, meeting, organizer))


def ask(meeting: Meeting, organizer: Person, code: str, kind: str, at: datetime) -> None:
    session = session_at(meeting, code)
    for role in session.roles if session else []:
        if session and role.person and role.name in {*SENT, *BEGUN, *WAITED_FOR}:
            wanted = Invitation(
                session=session,
                kind=kind,
                name=role.name,
                email=role.person.email,
                organization=role.organization,
                country=role.country,
                role=role,
            )
            invite(meeting, wanted, by=organizer, at=at)


def write(meeting: Meeting, at: datetime) -> None:
    for card in cards_of(meeting):
        if card.name in SENT:
            open_card(card, at=at)
            send(card, SENT[card.name], Sent(card.version), at=at)
        elif card.name in BEGUN:
            open_card(card, at=at)
            keep(card, BEGUN[card.name], Sent(card.version), at=at)


def remind_them(meeting: Meeting, organizer: Person, at: datetime) -> None:
    waited: list[Card] = [card for card in cards_of(meeting) if card.name in WAITED_FOR]
    for card in waited:
        remind(card, by=organizer, at=at)


def note_them(meeting: Meeting, organizer: Person, at: datetime) -> None:
    for card in cards_of(meeting):
        if card.name in SENT:
            note = turn_into_note(card, by=organizer, at=at)
            submit_session(card.session, by=organizer, at=at, despite=LATE)
            approve(note, by=organizer, at=at)


def complete_them(meeting: Meeting, organizer: Person, at: datetime) -> None:
    for card in cards_of(meeting):
        if card.name in COMPLETED:
            wanted = {**parts_of(as_it_stands(card)), **COMPLETED[card.name]}
            complete(card, wanted, Sent(0), by=organizer, at=at)

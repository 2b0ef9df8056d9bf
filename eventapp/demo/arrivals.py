"""How the illustrative people come to their places: asked, confirmed, decided, given up."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256

from eventapp.demo.people import Guest
from eventapp.demo.story import Story, bangkok
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.actions import confirm, lapse_unconfirmed, withdraw
from eventapp.registration.changes.actions import amend
from eventapp.registration.decisions.actions import approve, decline, put_on_waiting_list, undo
from eventapp.registration.models import LETTER, Registration, Upload
from eventapp.registration.register import register
from eventapp.registration.walk_ins.actions import add_walk_in

OPENS = bangkok(7, 15, 9, 30)
BETWEEN_TWO = timedelta(hours=10, minutes=24)  # so that the list is through by the middle of September
REASONS = {
    "FRA": "Only one delegate could be accredited for this mission, and the place went to your colleague.",
    "NGO": "We could not verify the letter of nomination. Please let your organization send it from its own address.",
    "PRS": "The meeting is for organizations that carry out the Action Lines. You are welcome at the exhibition.",
}
LATER = "The letter was announced by telephone."  # why those who forgot it have a place


@dataclass
class Counter:
    """The registration desk: the meeting, who decides, and what stands on the list so far."""

    meeting: Meeting
    organizer: Person
    story: Story
    placed: dict[str, Registration] = field(default_factory=dict)

    def registration(self, guest: Guest) -> Registration:
        return self.placed[guest.application.email]


def tell(desk: Counter, guest: Guest) -> None:
    """Put what becomes of this guest's request in the story."""
    asked = asked_at(guest)
    if guest.fate == "counter":
        desk.story.add(asked, partial(walk_in, desk, guest))
        return
    desk.story.add(asked, partial(ask, desk, guest))
    if guest.fate == "unconfirmed":
        return
    if guest.fate == "lapsed":
        desk.story.add(asked + timedelta(hours=49), lambda at: lapse_unconfirmed(at=at))
        return
    desk.story.add(asked + timedelta(minutes=4 + guest.place % 50), partial(answer_mail, desk, guest))
    decided = (asked + timedelta(days=1)).replace(hour=2 + guest.place % 7)  # office hours in Bangkok, in UTC
    for at, scene in ends(desk, guest, max(decided, asked + timedelta(hours=2))):
        desk.story.add(at, scene)


def asked_at(guest: Guest) -> datetime:
    """When this guest sends the form: most along the summer, some late, those at the counter on the day."""
    if guest.fate == "counter":
        return bangkok(10, 4, 8, 0) + timedelta(minutes=guest.place % 30)
    if guest.fate == "unconfirmed":
        return bangkok(10, 4, 9, 0) + timedelta(minutes=guest.place)
    if guest.fate == "pending":
        return bangkok(10, 1, 10, 0) + timedelta(minutes=29 * guest.place)
    if guest.fate == "waiting":
        return bangkok(9, 21, 10, 0) + timedelta(hours=guest.place % 9)
    return OPENS + BETWEEN_TWO * guest.place


def ends(desk: Counter, guest: Guest, decided: datetime) -> list[tuple[datetime, partial[None]]]:
    """What organizers and guests do about a confirmed request."""
    if guest.fate == "pending":
        return []
    if guest.fate == "declined":
        return [(decided, partial(say_no, desk, guest))]
    if guest.fate == "waiting":
        return [(bangkok(9, 23, 11, guest.place % 60), partial(let_wait, desk, guest))]
    scenes = [(decided, partial(say_yes, desk, guest))]
    if guest.fate == "undone":
        later = decided + timedelta(hours=1)
        mistake = [(decided, partial(say_no, desk, guest)), (later, partial(take_back, desk, guest))]
        scenes = [*mistake, (later + timedelta(minutes=2), partial(say_yes, desk, guest))]
    if guest.fate == "withdrawn":
        scenes.append((bangkok(9, 29, 15, guest.place % 60), partial(give_up, desk, guest)))
    if guest.fate == "change":
        scenes.append((bangkok(10, 3, 10, 12), partial(change, desk, guest)))
    return scenes


def ask(desk: Counter, guest: Guest, at: datetime) -> None:
    category = next(one for one in desk.meeting.categories if one.code == guest.application.category)
    files = [nomination(guest)] if category.needs_letter and guest.place % 10 else []  # some forget the letter
    registration = register(desk.meeting, guest.application, key=f"demo {guest.place}", at=at, files=files)
    registration.illustrative = True
    desk.placed[guest.application.email] = registration


def walk_in(desk: Counter, guest: Guest, at: datetime) -> None:
    key = f"demo {guest.place}"
    registration = add_walk_in(desk.meeting, guest.application, key=key, by=desk.organizer, at=at, despite=LATER)
    registration.illustrative = True
    desk.placed[guest.application.email] = registration


def answer_mail(desk: Counter, guest: Guest, at: datetime) -> None:
    confirm(desk.registration(guest), at=at)


def say_yes(desk: Counter, guest: Guest, at: datetime) -> None:
    approve(desk.registration(guest), by=desk.organizer, at=at, despite=LATER)


def say_no(desk: Counter, guest: Guest, at: datetime) -> None:
    sender = guest.application.delegation_country or guest.application.category
    decline(desk.registration(guest), REASONS[sender], by=desk.organizer, at=at)


def take_back(desk: Counter, guest: Guest, at: datetime) -> None:
    undo(desk.registration(guest), by=desk.organizer, at=at)


def let_wait(desk: Counter, guest: Guest, at: datetime) -> None:
    put_on_waiting_list(desk.registration(guest), by=desk.organizer, at=at)


def give_up(desk: Counter, guest: Guest, at: datetime) -> None:
    registration = desk.registration(guest)
    withdraw(registration, by=registration.person, at=at)


def change(desk: Counter, guest: Guest, at: datetime) -> None:
    registration = desk.registration(guest)
    promoted = replace(guest.application, job_title="Deputy Permanent Secretary", delegation_role="DHOD")
    amend(registration, promoted, by=registration.person, at=at)


def nomination(guest: Guest) -> Upload:
    """A letter of one page that says it is none."""
    name = guest.application.record_name.encode("ascii", "replace").decode()
    words = f"Illustrative letter of nomination for {name}".replace("(", "").replace(")", "")
    page = f"BT /F1 14 Tf 72 760 Td ({words}) Tj ET"
    font = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    parts = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << {font} >> >>",
        f"<< /Length {len(page)} >>\nstream\n{page}\nendstream",
    )
    content = pdf_of(parts)
    return Upload(
        kind=LETTER,
        content_type="application/pdf",
        content=content,
        sha256=sha256(content).hexdigest(),
        given_name="nomination.pdf",
    )


def pdf_of(parts: tuple[str, ...]) -> bytes:
    """These objects as a whole PDF, with the table that says where each begins."""
    written, starts = "%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        starts.append(len(written))
        written += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    trailer = f"trailer\n<< /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    return f"{written}xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")

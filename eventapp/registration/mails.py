from collections.abc import Sequence
from typing import Protocol

from flask_babel import force_locale

from eventapp.ground import qr
from eventapp.ground.text.dates import moment
from eventapp.ground.text.i18n import _, ngettext
from eventapp.ground.text.worded import worded
from eventapp.mail.actions import enclose
from eventapp.mail.models import Letter
from eventapp.meetings.mails import Outsider, address
from eventapp.meetings.mails import letter as letter_of_meeting
from eventapp.meetings.models import Meeting
from eventapp.registration.answers.queries import questions_left
from eventapp.registration.entry import entry_code, own_token
from eventapp.registration.ical import meeting_calendar
from eventapp.registration.models import Registration
from eventapp.registration.nominated.queries import confirmations_end_at
from eventapp.registration.offers.queries import hours_to_answer
from eventapp.registration.queries import waiting_position

QR_PICTURE = "entry-code@eventapp"


class Reader(Protocol):
    """Whom to write to, and in which language."""

    @property
    def email(self) -> str: ...
    @property
    def language(self) -> str: ...


def confirm_address(registration: Registration, meeting: Meeting, reader: Reader, *, token: str) -> Letter:
    """The link that makes a request count: it opens a page with one button."""
    return letter_of_meeting(
        "confirm_address",
        meeting,
        Outsider(reader.email, registration.record_name, reader.language),
        {"number": registration.reference, "link": address(f"registrations/{token}/confirmation")},
        about=f"registration:{registration.id}",
    )


def already_registered(registration: Registration, *, dedupe: str | None = None) -> Letter:
    """To the owner of an address that somebody registered again, or who lost the link."""
    return letter("already_registered", registration, dedupe=dedupe)


def received(registration: Registration, *, token: str = "") -> Letter:
    """The address is confirmed; an organizer looks at the request."""
    wanted = letter_named(registration)
    with force_locale(registration.person.language):
        missing = _("If you have not sent your letter yet (%(letter)s), you can add it there.", letter=wanted)
    asks = registration.category.needs_letter
    return letter("received", registration, token=token, letter=wanted, missing=missing if asks else "")


def approved(registration: Registration, *, token: str = "") -> Letter:
    """A place is theirs: with the meeting for the calendar, and the entry code as a picture and as text."""
    code = entry_code(registration)
    made = letter(
        "approved",
        registration,
        token=token,
        code=code,
        picture=QR_PICTURE,
        picture_words=code,
        questions=questions_in_words(registration),
    )
    enclose(made, "entry-code.png", qr.png(code), "image/png", content_id=QR_PICTURE)
    calendar = meeting_calendar(registration.meeting, made.language)
    enclose(made, f"{registration.meeting.slug}.ics", calendar, "text/calendar; charset=utf-8; method=PUBLISH")
    return made


def questions_in_words(registration: Registration) -> str:
    """A sentence that names the questions still to be answered; "" where there are none."""
    left = questions_left(registration)[1]
    with force_locale(registration.person.language):
        sentence = ngettext(
            "There is one more thing: the secretariat asks you %(num)s question on your page.",
            "There is one more thing: the secretariat asks you %(num)s questions on your page.",
            left,
        )
    return sentence if left else ""


def waiting_listed(registration: Registration) -> Letter:
    """Every place is taken; this is the position in the line."""
    with force_locale(registration.person.language):
        how = how_places_come(hours_to_answer(registration.meeting))
    return letter("waiting", registration, position=waiting_position(registration), how=how)


def how_places_come(hours: int | None) -> str:
    """A sentence on what happens when a place comes free."""
    if hours is None:
        return _(
            "A place that comes free goes to the first in line who fits, without any doing of yours; "
            "we write to you then."
        )
    return _(
        "A place that comes free is offered to the first in line who fits. We write to you then; answer by the link."
    )


def declined(registration: Registration) -> Letter:
    """No, with the organizer's reason word for word."""
    return letter("declined", registration, reason=registration.reason)


def reopened(registration: Registration) -> Letter:
    """An earlier decision was taken back; the request is looked at again."""
    return letter("reopened", registration)


def withdrawn(registration: Registration) -> Letter:
    """The person does not come after all; how to come back."""
    return letter("withdrawn", registration)


def nominated(registration: Registration) -> Letter:
    """A delegation has named this person, who is asked to confirm and to complete what only they know."""
    with force_locale(registration.person.language):
        delegation = registration.delegation.label
        ends_at = confirmations_end_at(registration.meeting)
        until = _("Confirm until %(when)s.", when=moment(ends_at, registration.meeting.zone)) if ends_at else ""
    link = address(f"registrations/{own_token(registration)}/nomination")
    return letter("nominated", registration, delegation=delegation, link=link, until=until)


def withdrawn_for(registration: Registration) -> Letter:
    """The delegation has taken this person back."""
    with force_locale(registration.person.language):
        delegation = registration.delegation.label
    return letter("withdrawn_for", registration, delegation=delegation)


def letter_wanted(registration: Registration, words: str, *, dedupe: str | None = None) -> Letter:
    """Asks for the letter of nomination, with the organizer's words."""
    return letter("letter_wanted", registration, dedupe=dedupe, words=words, letter=letter_named(registration))


def completing(registration: Registration, left: Sequence[str]) -> Letter:
    """Asks somebody who was added at the counter for what the form of their category requires beside."""
    link = address(f"registrations/{own_token(registration)}/edit")
    return letter("completing", registration, words="\n".join(f"– {one}" for one in left), link=link)


def photograph_wanted(registration: Registration, words: str) -> Letter:
    """Asks for another photograph, with the organizer's words."""
    link = address(f"registrations/{own_token(registration)}/photograph")
    return letter("photograph_wanted", registration, words=words, link=link)


def letter_named(registration: Registration) -> str:
    """What the letter of nomination must be, in the language of the person."""
    with force_locale(registration.person.language):
        return worded(registration.category, "credential") or _("letter of nomination")


def change_decided(registration: Registration, *, accepted: bool, reason: str) -> Letter:
    """What became of a change asked for after approval."""
    return letter("change_made", registration) if accepted else letter("change_refused", registration, reason=reason)


def personal(registration: Registration, subject: str, words: str, *, dedupe: str | None = None) -> Letter:
    """What an organizer writes to one person."""
    return letter("personal", registration, dedupe=dedupe, title=subject, words=words)


def letter(
    name: str, registration: Registration, *, token: str = "", dedupe: str | None = None, **words: object
) -> Letter:
    """A letter about this registration, in the person's language, with the private link: with this `token`, or with
    the one it has, and a new one where that is gone.
    """
    return letter_of_meeting(
        name,
        registration.meeting,
        registration.person,
        {"number": registration.reference, "link": own_page(token or own_token(registration)), **words},
        about=f"registration:{registration.id}",
        called=registration.record_name,
        dedupe=dedupe,
    )


def own_page(token: str) -> str:
    """The whole address of my registration, for letters."""
    return address(f"registrations/{token}")

from flask_babel import force_locale

from eventapp.clearance.models import Reader, Remark
from eventapp.clearance.queries import language_of
from eventapp.ground.text.dates import moment
from eventapp.mail.models import Letter
from eventapp.meetings.mails import Outsider, address, letter


def request(reader: Reader, *, token: str) -> Letter:
    """To somebody outside: read this draft and answer by the link."""
    to, meeting = outsider(reader), reader.report.meeting
    with force_locale(to.language):
        until = moment(reader.expires_at, meeting.zone)
    words = {
        "report": reader.report.title,
        "until": until,
        "link": address(f"clearances/{token}"),
        "chapters": "\n".join(f"- {chapter.title}" for chapter in reader.chapters),
        "count": len(reader.chapters),
    }
    whole = "clearance_chapters" if reader.chapters else "clearance"
    name = "clearance_own" if reader.only_own else whole
    return letter(name, meeting, to, words, about=f"reader:{reader.id}")


def answered(remark: Remark) -> Letter:
    """To a reader: what became of their remark, with the reason."""
    report, to = remark.reader.report, outsider(remark.reader)
    with force_locale(to.language):
        words = {"report": report.title, "remark": remark.text, "answer": remark.why}
    name = "remark_accepted" if remark.answer == "accepted" else "remark_declined"
    return letter(name, report.meeting, to, words, about=f"remark:{remark.id}")


def outsider(reader: Reader) -> Outsider:
    return Outsider(reader.email, reader.name, language_of(reader))

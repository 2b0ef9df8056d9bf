from eventapp.clearance.models import Reader, Remark
from eventapp.mail.compose import compose
from eventapp.mail.models import Letter
from eventapp.meetings.mails import frame


def request(reader: Reader, *, token: str) -> Letter:
    """To somebody outside: read this draft and answer by the link."""
    meeting = reader.report.meeting
    return compose(
        "clearance/mail/request.txt",
        to=reader.email,
        to_name=reader.name,
        about=f"reader:{reader.id}",
        meeting_id=meeting.id,
        **frame(meeting, "en"),
        meeting=meeting,
        report=reader.report,
        chapters=reader.chapters,
        only_own=reader.only_own,
        expires_at=reader.expires_at,
        token=token,
    )


def answered(remark: Remark) -> Letter:
    """To a reader: what became of their remark, with the reason."""
    reader = remark.reader
    meeting = reader.report.meeting
    return compose(
        "clearance/mail/answered.txt",
        to=reader.email,
        to_name=reader.name,
        about=f"remark:{remark.id}",
        meeting_id=meeting.id,
        **frame(meeting, "en"),
        report=reader.report,
        remark=remark,
    )

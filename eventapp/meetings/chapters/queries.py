from eventapp.meetings.chapters.content import OwnChapter, chapters_from
from eventapp.meetings.models import Meeting


def own_chapters(meeting: Meeting) -> tuple[OwnChapter, ...]:
    """The chapters of a report that this meeting has of its own, in their order. No query."""
    return chapters_from(meeting.chapters)

"""What an organizer types about a chapter of a report, its title in every language of the meeting."""

from wtforms import BooleanField, Field, SelectField

from eventapp.desk.chapters.actions import ChapterContent
from eventapp.desk.part_forms import picks
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.languages import language_named
from eventapp.ground.web.editing.both_versions import Seen, mark_of
from eventapp.ground.web.forms import Line, Typed
from eventapp.meetings.chapters.content import LONGEST_TITLE, OwnChapter
from eventapp.meetings.models import Meeting
from eventapp.review.reports.outlines import STANDARD
from eventapp.review.reports.tailored.queries import outlines_for, places_offered
from eventapp.vocabulary.notes import CEILINGS
from eventapp.vocabulary.term import choices

POLICY = "organization"  # where the meeting says nothing else


class ChapterForm(Seen):
    """A chapter of the meeting's own."""

    title = Line(_l("Title"), required=_l("Write the title."), most=LONGEST_TITLE)
    behind = SelectField(_l("It follows"))
    tongues: tuple[str, ...] = ()

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.behind.choices = picks([("", _("The last chapter of sessions")), *places_offered().items()])

    def others(self) -> list[tuple[str, Field]]:
        """The field of its title in each other language of the meeting."""
        return [(code, self[f"title_{code}"]) for code in self.tongues]

    def content(self) -> ChapterContent:
        """What was typed, once it is sound."""
        texts = {code: field.data for code, field in self.others() if field.data}
        right = [code for code in self.tongues if (field := self.right_in(code)) and field.data]
        return ChapterContent(self.title.data, self.behind.data or "", texts, right)

    def right_in(self, code: str) -> Field | None:
        """The field that says its title in this language is right, where the title changed since it was written."""
        return next((one for one in self if one.short_name == f"right_{code}"), None)


class BeginningForm(Seen):
    """What a new report begins with."""

    outline = SelectField(_l("Outline"))
    policy = SelectField(_l("Names at most"))

    def __init__(self, meeting: Meeting, typed: Typed = None, **values: object) -> None:
        super().__init__(typed, **values)
        outlines = {name: one.title for name, one in outlines_for(meeting).items()}
        chosen = self.outline.data
        gone = {chosen: chosen} if chosen == meeting.report_outline and chosen and chosen not in outlines else {}
        self.outline.choices = picks([*outlines.items(), *gone.items()])
        self.policy.choices = picks(choices(CEILINGS))


def beginning_form(meeting: Meeting) -> BeginningForm:
    """The form of what stands now."""
    outline, policy = meeting.report_outline or STANDARD, meeting.report_policy or POLICY
    form = BeginningForm(meeting, None, outline=outline, policy=policy)
    form.seen.data = mark_of(form)
    return form


def form_for(meeting: Meeting, one: OwnChapter | None, typed: Typed = None) -> ChapterForm:
    """The form of this chapter as it stands, of a new one, or as it was typed."""
    tongues = tuple(meeting.other_languages)
    fields: dict[str, object] = {"tongues": tongues}
    stands: dict[str, object] = {}
    if one is not None:
        stands = {"title": one.title, "behind": one.behind}
    for code in tongues:
        fields[f"title_{code}"] = Line(_("Title in %(language)s", language=language_named(code)), most=LONGEST_TITLE)
        if one is not None:
            stands[f"title_{code}"] = one.texts.get(code, "")
            if code in one.former:
                fields[f"right_{code}"] = BooleanField(_l("Still right"))
    form: ChapterForm = type("ChapterForm", (ChapterForm,), fields)(typed, **stands)
    if typed is None and one is not None:
        form.seen.data = mark_of(form)
    return form

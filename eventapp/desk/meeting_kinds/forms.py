"""A kind of meeting as an administrator types it: its names, and its days of every sort of personal data."""

from collections.abc import Sequence

from wtforms.fields.choices import SelectChoice

from eventapp.desk.retention.forms import Days
from eventapp.desk.retention.sooner import AsksFirst
from eventapp.ground.text.i18n import _, _l, language
from eventapp.ground.web.editing.both_versions import mark_of
from eventapp.ground.web.forms import Line, Typed
from eventapp.meetings.meeting_kinds.actions import MeetingKindFacts
from eventapp.meetings.meeting_kinds.models import MeetingKind
from eventapp.meetings.retention.queries import days_said
from eventapp.meetings.retention.sorts import SORTS
from eventapp.organizations.kinds import LANGUAGES

MOST = 120


class MeetingKindForm(AsksFirst):
    """Its names, and how many days after a meeting of it what is kept."""

    name = Line(_l("Name in English"), required=_l("Write the name."), most=MOST)
    name_fr = Line(_l("Name in French"), most=MOST)
    name_es = Line(_l("Name in Spanish"), most=MOST)
    name_ru = Line(_l("Name in Russian"), most=MOST)
    name_zh = Line(_l("Name in Chinese"), most=MOST)
    name_ar = Line(_l("Name in Arabic"), most=MOST)

    @property
    def in_languages(self) -> list[tuple[str, Line]]:
        """(language, field) of each name beside the English one."""
        return [(code, self[f"name_{code}"]) for code in LANGUAGES]

    def days(self) -> dict[str, int]:
        """The days that were typed, by sort."""
        return {sort: int(self[sort].data) for sort in SORTS}

    def facts(self) -> MeetingKindFacts:
        """What was typed, once it is sound."""
        names = {code: field.data or "" for code, field in self.in_languages}
        return MeetingKindFacts(name=self.name.data, names=names, retention=self.days())


def form_for(kind: MeetingKind | None, typed: Typed = None) -> MeetingKindForm:
    """The kind as it stands, or as it was typed; of none yet, with the usual days."""
    made = type("MeetingKindForm", (MeetingKindForm,), {sort: Days(one) for sort, one in SORTS.items()})
    stands: dict[str, object] = {sort: days_said({}, kind, sort) for sort in SORTS}
    if kind is not None:
        stands |= {"name": kind.name, **{f"name_{code}": kind.names.get(code, "") for code in LANGUAGES}}
    return made(typed, **stands)  # type: ignore[no-any-return]


def with_mark(form: MeetingKindForm) -> MeetingKindForm:
    """The same as it is first shown: it knows what stood then."""
    form.seen.data = mark_of(form)
    return form


def choices_of(kinds: Sequence[MeetingKind]) -> list[SelectChoice]:
    """These kinds to choose from, and none of them."""
    named = [(one.code, one.name_in(language()), one.ended_at) for one in kinds]
    return [
        SelectChoice("", _("None")),
        *(SelectChoice(code, _("%(name)s (ended)", name=name) if ended else name) for code, name, ended in named),
    ]

"""The statements and presentations within a session as they are typed: some rows, and blank ones to fill."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from wtforms import Field, SelectField
from wtforms.validators import ValidationError

from eventapp.agenda.models import Session
from eventapp.agenda.sessions.more import LINK
from eventapp.agenda.sessions.sub_items import MOST, SubItem, from_rows
from eventapp.agenda.sessions.when import CLOCK, clock_of, picks
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.editing.both_versions import Seen
from eventapp.ground.web.forms import Line, Typed, WholeNumber
from eventapp.ground.web.typed_fields import Clock

BLANK = 3  # rows to fill
NAMES = ("place", "title", "begins", "minutes", "person", "link")
LONGEST = 1440  # minutes


def a_link(_form: Seen, field: Field) -> None:
    """A check that a line is an address, and what it leads to."""
    if not LINK.fullmatch(field.data):
        raise ValidationError(_("Begin with an address, such as https://example.org/paper.pdf."))


class RunningForm(Seen):
    """The rows, each with fields of its own that are called by their number: title_0, minutes_0."""

    count = 0
    session: Session
    others: tuple[str, ...] = ()  # languages of the meeting beside its first

    @property
    def rows(self) -> list[dict[str, Field]]:
        """The fields of each row, by their names."""
        return [{name: self[f"{name}_{number}"] for name in self.names} for number in range(self.count)]

    @property
    def names(self) -> tuple[str, ...]:
        """What the fields of a row are called, a title in each other language last."""
        return (*NAMES, *(f"title_{code}" for code in self.others))

    def validate(self, extra_validators: object = None) -> bool:
        """Whether each row that says something has a title and a time within the session."""
        sound = bool(super().validate())
        for row in self.rows:
            filled = any(row[name].data for name in self.names if name not in ("place", "title"))
            if filled and not row["title"].data and not row["title"].errors:
                row["title"].errors, sound = [_("Write the title.")], False
            elif not self.is_within(row["begins"]):
                row["begins"].errors, sound = [_("Write a time within the session.")], False
            if (row["minutes"].data or 0) > LONGEST:
                row["minutes"].errors, sound = [_("Write %(most)s minutes at most.", most=LONGEST)], False
        return sound

    def is_within(self, field: Field) -> bool:
        """Whether this time is one while the session runs; nothing typed is."""
        if not field.data or field.errors:
            return True
        after = self.after(field)
        return after is not None and timedelta(minutes=after) < self.session.ends_at - self.session.starts_at

    def after(self, field: Field) -> int | None:
        """How many minutes after the session begins clocks show this; None where nothing was typed."""
        if not field.data or not CLOCK.fullmatch(field.data) or self.session.waits:
            return None
        starts = self.session.starts_at.astimezone(self.session.meeting.tz).replace(tzinfo=None)
        begins = datetime.combine(starts.date(), clock_of(field.data))
        begins += timedelta(days=1) if begins < starts else timedelta()
        return int((begins - starts).total_seconds() // 60)

    def sub_items(self) -> list[SubItem]:
        """What was typed, once it is sound, in the order of the numbers; of a session without a time the times stay."""
        known = {one.title: one.after for one in from_rows(self.session.sub_items)} if self.session.waits else {}
        keys = [one.key for one in from_rows(self.session.sub_items)]  # refuse_older has seen that they are as shown
        keys += [None] * (self.count - len(keys))
        rows = [(row, key) for row, key in zip(self.rows, keys, strict=False) if row["title"].data]
        rows.sort(key=lambda pair: pair[0]["place"].data or LONGEST)  # one without a number comes last
        return [
            SubItem(
                title=row["title"].data,
                minutes=row["minutes"].data,
                after=known.get(row["title"].data, self.after(row["begins"])),
                person=row["person"].data or "",
                link=row["link"].data or "",
                texts={code: {"title": words} for code in self.others if (words := row[f"title_{code}"].data)},
                key=key,
            )
            for row, key in rows
        ]


def form_for(session: Session, people: Sequence[str], typed: Typed = None) -> RunningForm:
    """The rows as they stand and some blank ones, or as they were typed."""
    stands = from_rows(session.sub_items)
    sent = sum(1 for name in typed if name.startswith("minutes_")) if typed else 0
    others = tuple(session.meeting.text_languages[1:])
    count = min(sent or len(stands) + BLANK, MOST + BLANK)
    fields: dict[str, object] = {"others": others}
    for number in range(count):
        fields[f"place_{number}"] = WholeNumber(_l("Number"), least=1)
        fields[f"title_{number}"] = Line(_l("Title"), most=300)
        for code in others:
            fields[f"title_{code}_{number}"] = Line(_l("Title"), most=300)
        fields[f"begins_{number}"] = Clock(_l("From"))
        fields[f"minutes_{number}"] = WholeNumber(_l("Minutes"))
        fields[f"person_{number}"] = SelectField(_l("Person"), validate_choice=True)
        fields[f"link_{number}"] = Line(_l("Paper or link"), most=600, checks=(a_link,))
    made = type("RunningForm", (RunningForm,), fields)
    form: RunningForm = made(typed, data=described(session, stands))
    form.count, form.session = count, session
    for row in form.rows:
        row["person"].choices = picks([(name, name) for name in people], _("Nobody"))
    return form


def described(session: Session, stands: Sequence[SubItem]) -> dict[str, object]:
    """What stands, as the form shows it."""
    starts = session.starts_at.astimezone(session.meeting.tz).replace(tzinfo=None)
    found: dict[str, object] = {}
    for number, one in enumerate(stands):
        begins = f"{starts + timedelta(minutes=one.after):%H:%M}" if one.after is not None and not session.waits else ""
        row = {"place": number + 1, "title": one.title, "begins": begins, "minutes": one.minutes}
        row |= {"person": one.person, "link": one.link}
        row |= {f"title_{code}": words.get("title", "") for code, words in one.texts.items()}
        found |= {f"{name}_{number}": value for name, value in row.items()}
    return found

from collections.abc import Iterable

from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from eventapp.checkin.admission import Admission
from eventapp.checkin.gates import delegation_called, delegations_at
from eventapp.checkin.models import Gate
from eventapp.checkin.reading import KEY, LONGEST_CODE, TYPED
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.worded import worded
from eventapp.ground.web.editing.both_versions import Seen, mark_of
from eventapp.ground.web.forms import Form, Line, Text, Typed
from eventapp.ground.web.typed_fields import Clock
from eventapp.meetings.models import Meeting
from eventapp.registration.models import Delegation
from eventapp.registration.tags.queries import tags_of
from eventapp.registration.zones.queries import zones_of

MOST_DELEGATIONS = 50  # that one types for a gate


class ScanForm(Form):
    """One reading, by the camera, by hand, or of somebody found by name, as it is typed and put right."""

    code = Line(
        _l("Or type the number under the code"),
        required=_l("Scan a code, or type the number under it"),
        most=LONGEST_CODE,
    )
    key = HiddenField()
    method = HiddenField(default=TYPED)

    def validate_key(self, field: HiddenField) -> None:
        if not KEY.fullmatch(field.data or ""):
            raise ValidationError(_("This reading has no key. Load the page again."))


class GateForm(Form):
    """A new gate."""

    name = Line(_l("Name"), required=_l("Name the gate as people at the door call it"), most=120)
    session = SelectField(_l("Where"))

    def __init__(self, typed: Typed, sessions: Iterable[tuple[str, str]]) -> None:
        super().__init__(typed)
        self.session.data = typed.get("session", "") if typed else ""
        self.session.choices = [
            SelectChoice("", _("Of the building")),
            *(SelectChoice(code, f"{code} {title}") for code, title in sessions),
        ]


class AdmissionForm(Seen):
    """A gate as it is now, and who may enter there."""

    name = Line(_l("Name"), required=_l("Name the gate as people at the door call it"), most=120)
    opens = Clock(_l("Lets people in from"))
    shuts = Clock(_l("Until"))
    categories = SelectMultipleField(_l("Categories"), coerce=int)
    tags = SelectMultipleField(_l("Tags"), coerce=int)
    zones = SelectMultipleField(_l("Zones"), coerce=int)
    parts = BooleanField(_l("Whoever has a role in a session"))
    reads_out = BooleanField(_l("Read people on the way out too"))
    self_check_in = BooleanField(_l("Participants may check in by themselves"))
    delegations = Text(_l("Delegations, one on each line"), most=4000)

    def __init__(self, typed: Typed, meeting: Meeting, **values: object) -> None:
        super().__init__(typed, **values)
        self.meeting = meeting
        self.categories.choices = [(one.id, worded(one, "name")) for one in meeting.categories]
        self.tags.choices = [(one.id, one.name) for one in tags_of(meeting)]
        self.zones.choices = [(one.id, f"{one.code} {worded(one, 'name')}") for one in zones_of(meeting)]
        self.found: list[Delegation] = []

    @classmethod
    def of(cls, gate: Gate) -> "AdmissionForm":
        """The form with what is on record."""
        rule = Admission.of(gate.admission)
        senders = delegations_at(set(rule.delegations))
        names = [senders[number].in_force.label for number in rule.delegations if number in senders]
        chosen = {"categories": list(rule.categories), "tags": list(rule.tags), "zones": list(rule.zones)}
        asked = {"opens": rule.opens, "shuts": rule.shuts, "parts": rule.parts, "reads_out": gate.reads_out}
        asked["self_check_in"] = gate.self_check_in
        form = cls(None, gate.meeting, name=gate.name, delegations="\n".join(names), **asked, **chosen)
        form.seen.data = mark_of(form)
        return form

    def validate_delegations(self, field: Text) -> None:
        names = [line.strip() for line in (field.data or "").splitlines() if line.strip()]
        if len(names) > MOST_DELEGATIONS:
            raise ValidationError(
                _("At most %(most)s delegations. Give the people a tag instead.", most=MOST_DELEGATIONS)
            )
        both = [(name, delegation_called(self.meeting, name)) for name in names]
        unknown = [name for name, found in both if found is None]
        if unknown:
            raise ValidationError(_("No delegation of this meeting is called %(names)s.", names=", ".join(unknown)))
        self.found = [found for _name, found in both if found]

    def admission(self) -> Admission:
        """The rule that was typed, once it is sound."""
        return Admission(
            categories=tuple(self.categories.data or ()),
            tags=tuple(self.tags.data or ()),
            zones=tuple(self.zones.data or ()),
            delegations=tuple(dict.fromkeys(one.id for one in self.found)),
            parts=bool(self.parts.data),
            opens=self.opens.data or "",
            shuts=self.shuts.data or "",
        )

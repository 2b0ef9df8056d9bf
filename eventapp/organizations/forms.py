"""What an administrator types about an organization."""

from wtforms import HiddenField, SelectField
from wtforms.fields import SelectChoice

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.policy import figure
from eventapp.ground.web.forms import Form, Line, Text
from eventapp.organizations.actions import Facts
from eventapp.organizations.kinds import KINDS, LANGUAGES, STATUSES
from eventapp.organizations.models import Organization

MOST = 200


class OrganizationForm(Form):
    """Its names, and what it is."""

    version = HiddenField()
    name = Line(_l("Name in English"), required=_l("Write the name."), most=MOST)
    abbreviation = Line(_l("Abbreviation"), most=40)
    kind = SelectField(_l("Kind"), choices=[SelectChoice(code, term.words) for code, term in KINDS.items()])
    status = SelectField(
        _l("Consultative status"),
        choices=[SelectChoice("", _l("None")), *(SelectChoice(code, term.words) for code, term in STATUSES.items())],
    )
    name_fr = Line(_l("Name in French"), most=MOST)
    name_es = Line(_l("Name in Spanish"), most=MOST)
    name_ru = Line(_l("Name in Russian"), most=MOST)
    name_zh = Line(_l("Name in Chinese"), most=MOST)
    name_ar = Line(_l("Name in Arabic"), most=MOST)
    other_names = Text(_l("Other names, one in each line"), most=2000)

    @classmethod
    def of(cls, organization: Organization) -> "OrganizationForm":
        """The form with what is known."""
        names = {f"name_{code}": organization.names.get(code, "") for code in LANGUAGES}
        facts = {name: getattr(organization, name) for name in ("name", "abbreviation", "kind", "status", "version")}
        return cls(None, **facts, **names, other_names="\n".join(organization.other_names))

    def validate_other_names(self, field: Text) -> None:
        if any(len(one) > MOST for one in self.lines):
            field.errors = [*field.errors, _("A name has %(most)s letters at most.", most=MOST)]

    @property
    def lines(self) -> tuple[str, ...]:
        """The other names that were typed, each once."""
        typed = (one.strip() for one in (self.other_names.data or "").splitlines())
        return tuple(dict.fromkeys(one for one in typed if one))

    @property
    def in_languages(self) -> list[tuple[str, Line]]:
        """(language, field) of each name beside the English one."""
        return [(code, self[f"name_{code}"]) for code in LANGUAGES]

    def facts(self) -> Facts:
        """What was typed."""
        return Facts(
            name=self.name.data,
            kind=self.kind.data,
            abbreviation=self.abbreviation.data or "",
            names={code: field.data or "" for code, field in self.in_languages},
            other_names=self.lines,
            status=self.status.data or "",
        )

    @property
    def seen(self) -> int:
        """The version that the page showed."""
        return figure(self.version.data)


class IntoForm(Form):
    """The organization that stays, or that a name means."""

    into = Line(_l("Organization"), required=_l("Write its name or abbreviation."), most=MOST)

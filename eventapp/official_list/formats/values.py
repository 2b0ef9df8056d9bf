"""A version as the outputs take it: plain values, in one language."""

from dataclasses import dataclass
from datetime import date

from flask_babel import force_locale

from eventapp.ground.text.dates import day, days
from eventapp.ground.text.i18n import _
from eventapp.ground.text.languages import LANGUAGES, RIGHT_TO_LEFT, name_language
from eventapp.official_list.layout import PARTS, Line, delegations_in, in_order, organization_key
from eventapp.official_list.models import ListVersion
from eventapp.official_list.queries import lines_in, senders_in, shown

Value = dict[str, object]


@dataclass(frozen=True)
class Printed:
    """What every output says, as values that JSON can hold."""

    head: Value
    parts: list[Value]

    @property
    def values(self) -> Value:
        """What is handed to the worker."""
        return {**self.head, "parts": self.parts}


def printed(version: ListVersion, tongue: str) -> Printed:
    """The version in this language, with the names of everybody who still agrees to be named."""
    spoken = tongue.partition("-")[0]
    with force_locale(spoken if spoken in LANGUAGES else "en"):
        senders = in_order(senders_in(shown(version)), names_in(version), tongue)
        lines = lines_in(shown(version))
        parts: list[Value] = []
        for code, heading in PARTS.items():
            theirs = [one for one in senders if one.part == code]
            delegations = delegations_in(lines, theirs, names_in(version), tongue)
            if delegations:
                parts.append(
                    {
                        "heading": str(heading),
                        "delegations": [
                            {
                                "name": one.name,
                                "lang": name_language(one.name).lang,
                                "roles": [
                                    {"heading": role, "people": [person_of(line) for line in people]}
                                    for role, people in one.roles
                                ],
                            }
                            for one in delegations
                        ],
                    }
                )
        return Printed(head_of(version, tongue, sum(one.people for one in senders)), parts)


def names_in(version: ListVersion) -> dict[str, dict[str, str]]:
    """What the States and organizations in this version were called when it was issued."""
    found: dict[str, dict[str, str]] = dict(version.content.get("states", {}))
    for name, names in version.content.get("organizations", {}).items():
        found[organization_key(name)] = names
    return found


def title_of(version: ListVersion) -> str:
    """What the list is called, in the reader's language."""
    return _("Final list of participants") if version.is_final else _("Provisional list of participants")


def head_of(version: ListVersion, tongue: str, people: int) -> Value:
    content, zone = version.content, version.meeting.tz
    local = version.issued_at.astimezone(zone)
    starts, ends = (date.fromisoformat(content[name]) for name in ("starts_on", "ends_on"))
    title = content["title"].get(tongue) or next(iter(content["title"].values()), "")
    place = content["place"].get(tongue) or next(iter(content["place"].values()), "")
    spoken = tongue.partition("-")[0]
    return {
        "language": spoken,
        "rtl": spoken in RIGHT_TO_LEFT,
        "title": title_of(version),
        "meeting": title,
        "symbol": content["symbol"],
        "where": ", ".join(words for words in (place, days(starts, ends)) if words),
        "version": _("Version %(number)s, %(day)s", number=version.number, day=day(local)),
        "issued": [local.year, local.month, local.day],
        "people": people,
        "columns": [
            *(_("Part of the list"), _("Delegation"), _("Role in the delegation"), _("Name")),
            *(_("Functional title"), _("Organization")),
        ],
    }


def person_of(line: Line) -> Value:
    own = line.organization if line.organization != line.sender else ""
    script = name_language(line.name)
    return {"name": line.name, "lang": script.lang, "facts": line.facts, "title": line.title, "organization": own}

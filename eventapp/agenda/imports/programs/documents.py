"""A file in JSON: a schedule, an export of pretalx or of Indico, or a list that is a table."""

import json
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from eventapp.agenda.imports.foreign import ForeignFile, Unfit
from eventapp.agenda.imports.programs import indico, pretalx
from eventapp.agenda.imports.programs.schedule_json import read_schedule
from eventapp.ground.tables.reading import Sheet
from eventapp.ground.text.i18n import _

MOST_HEADS = 50


def read_json(content: bytes, zone: ZoneInfo) -> ForeignFile | Sheet:
    """The sessions of this JSON, or the rows of a table; times without a zone are in this one. Raises Unfit."""
    whole = parsed(content)
    if isinstance(whole, dict) and "schedule" in whole:
        return read_schedule(whole, zone)
    if (event := indico.event_in(whole)) is not None:
        return indico.read(event, zone)
    if (talks := pretalx.talks_in(whole)) is not None:
        return pretalx.read(talks, zone)
    if isinstance(whole, list) and whole and all(isinstance(row, dict) for row in whole):
        return table_of(whole)
    raise Unfit(_("This JSON is no schedule: it has no “schedule” with a “conference” and its “days”."))


def parsed(content: bytes) -> object:
    """What the JSON says. Raises Unfit where it is not sound."""
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        return json.loads(text)
    except UnicodeDecodeError:
        raise Unfit(_("This JSON is not in UTF-8.")) from None
    except RecursionError:
        raise Unfit(_("This JSON is no schedule: its parts stand inside each other without end.")) from None
    except ValueError as fault:
        raise Unfit(_("This is not sound JSON: %(what)s.", what=str(fault))) from None


def table_of(rows: Sequence[Mapping[str, object]]) -> Sheet:
    """A list of rows with named cells, as pretalx exports what an organizer has chosen."""
    heads = list(dict.fromkeys(str(head) for row in rows for head in row))[:MOST_HEADS]
    return Sheet((tuple(heads), *(tuple(cell_of(row.get(head)) for head in heads) for row in rows)))


def cell_of(value: object) -> str:
    """A value as a cell of a table has it; of several, each on a line of its own."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return "\n".join(cell_of(part) for part in value)
    return pretalx.name_in(value) if isinstance(value, dict) else "" if value is None else str(value)

"""The files of a published agenda that other programs read, each as bytes: for who fetches them and for the command."""

import json
from collections.abc import Callable, Mapping

from eventapp.agenda.exports.ical import calendar
from eventapp.agenda.exports.printing.making import PROGRAMME, sheet_of
from eventapp.agenda.exports.schedule_json import schedule_json
from eventapp.agenda.exports.schedule_xml import schedule_xml
from eventapp.agenda.imports.tables.sheet import head, lines
from eventapp.agenda.models import Release
from eventapp.agenda.queries import agenda_of
from eventapp.agenda.releases.content import Published
from eventapp.ground.tables.writing import csv_of, xlsx_of
from eventapp.ground.text.i18n import _, language
from eventapp.ground.text.languages import RIGHT_TO_LEFT
from eventapp.ground.typesetting import pdf_by
from eventapp.meetings.models import Meeting


def csv_file(agenda: Published, _release: Release, base_url: str) -> bytes:
    """The sessions for a spreadsheet, as an import of sessions reads them."""
    return csv_of(head(), lines(agenda, base_url))


def xlsx_file(agenda: Published, _release: Release, base_url: str) -> bytes:
    """The same as a workbook, from right to left for readers of such a language."""
    is_from_right = language() in RIGHT_TO_LEFT
    return xlsx_of(_("Agenda"), head(), lines(agenda, base_url), right_to_left=is_from_right)


def json_file(agenda: Published, release: Release, base_url: str) -> bytes:
    """The schedule as conference apps read it that take JSON."""
    return json.dumps(schedule_json(agenda, release, base_url), ensure_ascii=False, indent=1).encode()


FILES: Mapping[str, Callable[[Published, Release, str], bytes]] = {
    "xml": schedule_xml,
    "json": json_file,
    "ics": lambda agenda, _release, base_url: calendar(agenda, base_url),
    "csv": csv_file,
    "xlsx": xlsx_file,
}
PDF = "pdf"
FORMATS = (*FILES, PDF)


def file_of(meeting: Meeting, release: Release, ending: str, base_url: str) -> bytes:
    """One of FORMATS, of this version, in the language of now."""
    if ending == PDF:
        return pdf_by(*sheet_of(meeting, release, PROGRAMME))
    return FILES[ending](agenda_of(meeting, release).for_reader(language()), release, base_url)

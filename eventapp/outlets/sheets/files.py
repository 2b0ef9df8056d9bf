"""Sheets as files: a table for a spreadsheet, and JSON. Both say beside each sheet what its sender has to complete."""

import json

from eventapp.meetings.models import Meeting
from eventapp.outlets.sheets.entries import Answer, Sheets
from eventapp.outlets.sheets.questions import MISSING, Limit, SheetForm
from eventapp.registration.lists.sheets import csv_of

SCHEMA, VERSION = "eventapp.sheets", 1


def sheets_csv(found: Sheets) -> bytes:
    """Return the sheets as CSV, a line each."""
    return csv_of(heads(found.form), lines_of(found))


def heads(form: SheetForm) -> list[str]:
    """Return the heads of the table of this form."""
    return ["Card", "Note", *(question.label for question in form.questions), "Missing", "To put right"]


def lines_of(found: Sheets) -> list[list[str]]:
    """Return one line for each sheet, as text; the last columns say what its sender has to complete."""
    return [
        [
            sheet.card,
            sheet.note,
            *(answer.text for answer in sheet.answers),
            "; ".join(answer.question.label for answer in sheet.faults if answer.fault == MISSING),
            "; ".join(describe_fault(answer) for answer in sheet.faults if answer.fault != MISSING),
        ]
        for sheet in found.ready
    ]


def describe_fault(answer: Answer) -> str:
    """Return what is wrong with an answer, for a table in English."""
    limit = answer.question.limit
    asked = f" ({answer.words} words, {limit.least} to {limit.most} are asked)" if limit else ""
    return f"{answer.question.label}: {answer.fault}{asked}"


def sheets_json(meeting: Meeting, found: Sheets) -> bytes:
    """Return the sheets as JSON in UTF-8; the same cards are the same bytes."""
    content = {
        "schema": SCHEMA,
        "version": VERSION,
        "meeting": meeting.slug,
        "form": found.form.name,
        "sheets": [
            {
                "card": sheet.card,
                "note": sheet.note,
                "fields": {answer.question.key: field_json(answer) for answer in sheet.answers},
            }
            for sheet in found.ready
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def field_json(answer: Answer) -> dict[str, object]:
    """Return one field: its label, what stands there, how long it is, what may be there, what is wrong, who says it."""
    limit = answer.question.limit
    return {
        "label": answer.question.label,
        "value": answer.text,
        "words": answer.words,
        "limit": limit_json(limit) if limit else None,
        "fault": answer.fault or None,
        "origin": answer.origin or None,
    }


def limit_json(limit: Limit) -> dict[str, object]:
    """Return the limit of a field with its unit."""
    return {"least": limit.least, "most": limit.most, "unit": "words"}

"""What a line of a file of notes may say: its columns in CSV, its names in JSON lines, and how a cell holds several."""

from collections.abc import Mapping

from eventapp.ground.db.types import Record
from eventapp.ground.text.policy import folded
from eventapp.registration.lists.sheets import as_written

CODES = ("action_lines", "goals", "targets", "countries", "outlets")  # several between commas
LINES = ("figures", "sources", "partners")  # several, one on each line of the cell
ORDER = (
    "id", "session", "kind", "speaker", "delegation", "stakeholder_type", "country", "title", "words", "language",
    *CODES, "ceiling", "support", "figures", "sources", "who", "due", "due_text", "delivery", "partners",
    "replicability", "sustainability", "gender_relevance", "neutral", "off_record",
)  # fmt: skip
NEEDED = ("session", "kind", "words")
TRANSLATION = "translation_"  # and the code of a language: translation_en
ALSO = {  # what else people call a column
    "text": "words", "note": "words", "statement": "words", "organization": "delegation", "organisation": "delegation",
    "state": "delegation", "lines": "action_lines", "action_line": "action_lines", "goal": "goals", "figure": "figures",
    "source": "sources", "due_on": "due", "by_when": "due", "stakeholder": "stakeholder_type",
    "code": "session", "key": "id",
}  # fmt: skip
FIGURE_AND_SOURCE = " | "


def column_of(head: str) -> str | None:
    """The column that is meant by this head of a file, None for one that nobody knows."""
    name = "_".join(folded(head).replace("-", " ").replace("_", " ").split())
    name = ALSO.get(name, name)
    return name if name in ORDER or name.startswith(TRANSLATION) else None


def record_of(cells: Mapping[str, str]) -> Record:
    """A row of a spreadsheet as a line of JSON would say it."""
    written: Record = {"translations": {}}
    for name, cell in cells.items():
        value = as_written(cell).strip()
        if name.startswith(TRANSLATION):
            written["translations"] |= {name.removeprefix(TRANSLATION): value} if value else {}
        elif name == "figures":
            written[name] = [figure_of(one) for one in value.splitlines() if one.strip()]
        elif name in LINES:
            written[name] = [one.strip() for one in value.splitlines() if one.strip()]
        else:
            written[name] = value
    return written


def figure_of(words: str) -> dict[str, str]:
    figure, _mark, source = words.partition(FIGURE_AND_SOURCE)
    return {"figure": figure.strip(), "source": source.strip()}


def cells_of(written: Record, heads: tuple[str, ...]) -> list[str]:
    """The same the other way round: what the cells under these heads hold."""
    return [cell_of(written, head) for head in heads]


def cell_of(written: Record, head: str) -> str:
    if head.startswith(TRANSLATION):
        return str(written["translations"].get(head.removeprefix(TRANSLATION), ""))
    if head == "figures":
        pairs = ((one["figure"], one["source"]) for one in written[head])
        return "\n".join(FIGURE_AND_SOURCE.join(filter(None, pair)) for pair in pairs)
    if head == "off_record":
        return "yes" if written[head] else ""
    value = written[head]
    if isinstance(value, list):
        return ("\n" if head in LINES else ", ").join(map(str, value))
    return str(value)

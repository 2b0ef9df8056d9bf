"""The tables of docs/meeting-file.md, made from the schema so that the two cannot part."""

from collections.abc import Iterator
from dataclasses import MISSING, Field, fields

from eventapp.ground.exact import Dataclass
from eventapp.meeting_file.kinds import CountryCode, Day, Email, Kind, Moment, OneOf, Whole, Words, YesNo, Zone
from eventapp.meeting_file.schema import MeetingFile


def guide() -> str:
    """Every entry of a meeting file as a table in Markdown: name, what to write, and what it is for."""
    return "\n".join(_tables("The meeting", MeetingFile))


def _tables(heading: str, of: type[Dataclass], inside: str = "") -> Iterator[str]:
    described = [one for one in fields(of) if "place" not in one.metadata]
    yield f"### {heading}\n"
    yield "| name | write | meaning |\n|---|---|---|"
    yield from (_row(one) for one in described)
    yield ""
    for one in described:
        if "of" in one.metadata:
            yield from _tables(f"Each of `{one.name}`{inside}", one.metadata["of"], f" of `{one.name}`")


def _row(one: Field[object]) -> str:
    meaning = one.metadata["says"] + ("" if one.default is MISSING else _without(one))
    return f"| `{one.name}` | {to_write(one)} | {meaning} |"


def _without(one: Field[object]) -> str:
    shown = {True: "yes", False: "no", "": "", None: "", (): ""}.get(one.default, one.default)
    return f" (without it: {shown})" if shown else " (may be left out)"


def to_write(one: Field[object]) -> str:
    """What to write for this entry, in words."""
    if "of" in one.metadata:
        return "a list, see below"
    words = _words(one.metadata["kind"])
    return f"a list; each: {words}" if "many" in one.metadata else words


def _words(kind: Kind) -> str:
    match kind:
        case Words(pattern=None, lines=True, most=most):
            return f"text of {most} characters or less"
        case Words(pattern=None, most=most):
            return f"a line of {most} characters or less"
        case Words(example=example):
            return f"like {example}"
        case OneOf():
            return " or ".join(f"`{option}`" for option in kind.options())
        case Whole(least=least, most=most):
            return f"a whole number from {least} to {most}"
    return {
        YesNo: "`yes` or `no`",
        Day: "2016-10-04",
        Moment: "2016-10-04 09:00",
        Zone: "like Asia/Bangkok",
        Email: "name@example.org",
        CountryCode: "a known code",
    }[type(kind)]

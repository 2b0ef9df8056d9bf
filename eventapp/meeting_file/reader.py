"""Read a meeting file: every fault at once, each with its line and what to write instead."""

from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, dataclass, fields
from difflib import get_close_matches
from typing import TypeVar
from zoneinfo import ZoneInfo

import yaml

from eventapp.ground.exact import Dataclass
from eventapp.meeting_file.guide import to_write
from eventapp.meeting_file.kinds import Place, Wrong, Zone
from eventapp.meeting_file.schema import MeetingFile
from eventapp.meeting_file.validation import faults_of

QUOTES = ("'", '"')
LARGEST = 2_000_000  # characters
D = TypeVar("D", bound=Dataclass)
NOT_UNDERSTOOD = ZoneInfo("UTC")  # times are still read where the zone itself is at fault


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to mend: the line of the file, and what to write there."""

    line: int
    says: str


class Faulty(Exception):  # noqa: N818 -- the answer to a file, not a failure of ours
    """All that is wrong with a file; nothing of it was loaded."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = sorted(set(faults))


def read(text: str) -> MeetingFile:
    """Return the meeting this text describes; raises Faulty with every fault in it."""
    node = _tree(text)
    faults: list[Fault] = []
    found = _entry(MeetingFile, node, _zone(node), faults, "the meeting")
    if found is None or faults:
        raise Faulty(faults)
    faults = [Fault(line, says) for line, says in faults_of(found)]
    if faults:
        raise Faulty(faults)
    return found


def _tree(text: str) -> yaml.MappingNode:
    if len(text) > LARGEST:
        raise Faulty([Fault(1, f"The file is too long. Write at most {LARGEST:,} characters.")])
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        says = f"This is not YAML: {error.problem or error.context}. {_mending(error)}"
        raise Faulty([_open_quote(text, mark) or Fault(mark.line + 1 if mark else 1, says)]) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        code = f"U+{ord(error.character):04X}" if isinstance(error.character, str) else f"U+{error.character:04X}"
        raise Faulty([Fault(line, f"There is a hidden character here ({code}). Remove it.")]) from None
    except (yaml.YAMLError, RecursionError):
        raise Faulty([Fault(1, "This is no meeting file: brackets in brackets, without an end. Close them.")]) from None
    if not isinstance(node, yaml.MappingNode):
        raise Faulty([Fault(1, "Begin the file with a line such as “slug: my-meeting-2026”.")])
    return node


def _mending(error: yaml.MarkedYAMLError) -> str:
    """What to do about it; YAML itself only says what it stumbled over."""
    problem = error.problem or ""
    if "'\\t'" in problem:
        return "Put spaces in place of the tab."
    if "alias" in problem:
        return "Write its words out here; quotes around them keep a * at their beginning."
    if "another document" in problem:
        return "Write one meeting a file: take the line --- away, and what follows it."
    if "mapping values" in problem or "cannot start any token" in problem:
        return "Put quotes around the words after the name and its colon."
    return "Check spaces and quotes here."


def _open_quote(text: str, mark: yaml.Mark | None) -> Fault | None:
    """The quote that was never closed, where a later quote closed it instead: YAML only stumbles there."""
    opened: yaml.ScalarToken | None = None
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if (
                isinstance(token, yaml.ScalarToken)
                and token.style in QUOTES
                and token.end_mark.line > token.start_mark.line
            ):
                opened = token
            if mark and token.start_mark.line >= mark.line:
                break
    except yaml.MarkedYAMLError as error:
        if error.context_mark and error.context == "while scanning a quoted scalar":
            return Fault(error.context_mark.line + 1, "A quote is opened here and never closed. Close it.")
    if opened is None or mark is None or opened.end_mark.line < mark.line - 1:
        return None
    last = opened.end_mark.line + 1
    return Fault(_line(opened), f"A quote is opened here and closed on line {last} only. Close it where its words end.")


def _zone(node: yaml.MappingNode) -> ZoneInfo:
    named = next((value for key, value in node.value if key.value == "zone"), None)
    try:
        return ZoneInfo(Zone().read(getattr(named, "value", ""), NOT_UNDERSTOOD))
    except (Wrong, TypeError):
        return NOT_UNDERSTOOD


def _entry(of: type[D], node: yaml.Node, zone: ZoneInfo, faults: list[Fault], what: str) -> D | None:
    """Return one dataclass of the schema; its faults are added to the list."""
    if not isinstance(node, yaml.MappingNode):
        faults.append(Fault(_line(node), f"Write {what} as “name: value” lines."))
        return None
    known = {one.name: one for one in fields(of) if "place" not in one.metadata}
    given = dict(_pairs(node, known, faults, what))
    before = len(faults)
    values = {name: _value(one, given.get(name), node, zone, faults) for name, one in known.items()}
    lines = {str(key.value): _line(key) for key, _value_of in node.value}
    make: Callable[..., D] = of
    return None if len(faults) > before else make(**values, place=Place(_line(node), lines))


def _pairs(
    node: yaml.MappingNode, known: dict[str, Field[object]], faults: list[Fault], what: str
) -> Iterator[tuple[str, yaml.Node]]:
    seen: set[str] = set()
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        if name in ("", "<<"):
            faults.append(
                Fault(_line(key), f"Begin each line of {what} with a name and a colon, and write all of it out.")
            )
        elif name in seen:
            faults.append(Fault(_line(key), f"“{name}” is written twice. Keep one of them."))
        elif name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"Did you mean “{near[0]}”?" if near else f"Known are: {', '.join(known)}."
            faults.append(Fault(_line(key), f"“{name}” is not known for {what}. {hint}"))
        else:
            yield name, value
        seen.add(name)


def _value(
    one: Field[object],
    node: yaml.Node | None,
    parent: yaml.Node,
    zone: ZoneInfo,
    faults: list[Fault],
) -> object:
    if node is None or _is_empty(node):
        if one.default is MISSING:
            faults.append(Fault(_line(node or parent), _wanted(one, is_there=node is not None)))
        return one.default
    if "of" in one.metadata or "many" in one.metadata:
        return _several(one, node, zone, faults)
    return _single(one, node, zone, faults)


def _wanted(one: Field[object], *, is_there: bool) -> str:
    """What to write where nothing is. Of a value that is only a comment, the newcomer sees that it is there."""
    words = to_write(one).replace("`", "")
    lacks = "has no value (what follows # is a comment)" if is_there else "is missing"
    return f"“{one.name}”, {one.metadata['says']}, {lacks}. Write {'it ' if words.startswith('like') else ''}{words}."


def _several(one: Field[object], node: yaml.Node, zone: ZoneInfo, faults: list[Fault]) -> object:
    if not isinstance(node, yaml.SequenceNode):
        faults.append(Fault(_line(node), f"Write “{one.name}” as a list, a line with “- ” each."))
        return ()
    if "of" in one.metadata:
        what = (one.metadata["of"].__doc__ or "").rstrip(".").split(".")[0].lower()
        found = [_entry(one.metadata["of"], each, zone, faults, what) for each in node.value]
    else:
        found = [_single(one, each, zone, faults) for each in node.value]
    return tuple(found)


def _single(one: Field[object], node: yaml.Node, zone: ZoneInfo, faults: list[Fault]) -> object:
    if not isinstance(node, yaml.ScalarNode):
        faults.append(Fault(_line(node), f"Write one value for “{one.name}”."))
        return None
    try:
        return one.metadata["kind"].read(node.value, zone)
    except Wrong as wrong:
        faults.append(Fault(_line(node), f"“{one.name}”: {wrong}"))
        return None


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and (
        not node.value.strip() or (node.tag.endswith(":null") and node.style is None)
    )


def _line(node: yaml.Node | yaml.Token) -> int:
    return int(node.start_mark.line) + 1

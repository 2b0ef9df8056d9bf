"""Write a meeting back as the text of a meeting file."""

from dataclasses import fields
from zoneinfo import ZoneInfo

import yaml

from eventapp.ground.exact import Dataclass
from eventapp.meeting_file.schema import MeetingFile

WIDTH = 100


class _Paper(yaml.SafeDumper):
    """YAML as a person would write it: yes and no, long texts folded, lists set in."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002 -- its own signature
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(paper: yaml.SafeDumper, value: str) -> yaml.Node:
    style = "|" if "\n" in value and value == value.strip() else None
    return paper.represent_scalar("tag:yaml.org,2002:str", value, style)


def _yes_no(paper: yaml.SafeDumper, value: bool) -> yaml.Node:  # noqa: FBT001 -- a representer's signature
    return paper.represent_scalar("tag:yaml.org,2002:bool", "yes" if value else "no")


_Paper.add_representer(str, _text)
_Paper.add_representer(bool, _yes_no)


def write(file: MeetingFile) -> str:
    """Return the YAML that `read` turns into the same meeting."""
    return yaml.dump(
        _plain(file, file.tz),
        Dumper=_Paper,
        allow_unicode=True,
        sort_keys=False,
        width=WIDTH,
    )


def _plain(entry: Dataclass, zone: ZoneInfo) -> dict[str, object]:
    shown: dict[str, object] = {}
    for one in fields(entry):
        value = getattr(entry, one.name)
        if "place" in one.metadata or value == one.default:
            continue
        if "of" in one.metadata:
            shown[one.name] = [_plain(each, zone) for each in value]
        elif "many" in one.metadata:
            shown[one.name] = [one.metadata["kind"].write(each, zone) for each in value]
        else:
            shown[one.name] = one.metadata["kind"].write(value, zone)
    return shown

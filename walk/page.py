"""What docs/operate.md has in its blocks: files, and lines for a shell, in their order."""

import re
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "operate.md"
CODE = re.compile(r" {4,}(?=\S)")
FILE = re.compile(r"# (/\S+)")


@dataclass(frozen=True)
class Command:
    """One line for a shell, or one file with what stands in it, under the heading of the page where it is."""

    heading: str
    words: str
    file: str = ""

    def __str__(self) -> str:
        return f"write {self.file}" if self.file else self.words


def commands(page: str) -> list[Command]:
    """All of them, in the order of the page."""
    heading, found, block = "", list[Command](), list[str]()
    for line in [*page.splitlines(), "end"]:
        if CODE.match(line) or (block and not line.strip()):
            block.append(line)
            continue
        found += of_block(heading, block)
        block = []
        if line.startswith("## "):
            heading = line[3:]
    return found


def of_block(heading: str, block: list[str]) -> list[Command]:
    """A line that begins with # names the file that follows it, or says only where the lines after it belong."""
    least = min((len(line) - len(line.lstrip()) for line in block if line.strip()), default=0)
    parts = list[list[str]]()
    for line in (one[least:].rstrip() for one in block):
        if line.startswith("# ") or not parts:
            parts.append([])
        parts[-1].append(line)
    return [command for part in parts for command in of_part(heading, part)]


def of_part(heading: str, part: list[str]) -> list[Command]:
    if found := FILE.fullmatch(part[0]):
        return [Command(heading, "\n".join(part[1:]).strip() + "\n", found[1])]
    return [Command(heading, line) for line in part if line and not line.startswith("# ")]


def by_heading(found: list[Command]) -> list[tuple[str, list[Command]]]:
    return [(heading, list(ones)) for heading, ones in groupby(found, key=lambda command: command.heading)]

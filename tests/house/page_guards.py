"""The rules of the house for templates, scripts and documents: texts in, faults out."""

import re
from collections.abc import Iterable

from tests.house.guards import Sources

TEMPLATE_LINE = 160
TRUSTING = re.compile(
    r"\|\s*safe\b|Markup\(|innerHTML|insertAdjacentHTML|\bstyle=|\son[a-z]+=|<style|<script(?![^>]*\bsrc=)"
)


def trusting_templates(pages: Sources) -> list[str]:
    """Templates and modules that trust what somebody typed, or that a strict policy would block."""
    return [
        f"{path}: {match.group()}" for path, page in pages.items() if (match := TRUSTING.search(comments_out(page)))
    ]


def weak_waits(tests: Sources) -> list[str]:
    """Tests that wait with Playwright's `wait_for_function`, which takes any promise for true: `until(page, holds)` does not."""
    return [path for path, source in tests.items() if re.search(r"\.wait_for_function\(", source)]


def long_lines(pages: Sources) -> list[str]:
    """Lines of templates that nobody reads to their end."""
    return [
        f"{path}:{number}: {len(line)} characters"
        for path, page in pages.items()
        for number, line in enumerate(page.split("\n"), start=1)
        if len(line) > TEMPLATE_LINE
    ]


def comments_out(page: str) -> str:
    return re.sub(r"\{#.*?#\}|<!--.*?-->|/\*.*?\*/|^\s*//.*?$", "", page, flags=re.DOTALL | re.MULTILINE)


def unasked(pages: Sources) -> list[str]:
    """Buttons for what is dangerous that stand on a page without the question that opens on them."""
    found = []
    for path, page in pages.items():
        depth = 0
        for match in re.finditer(r"<details|</details>|button_form\([^{}]*'risk'", comments_out(page)):
            depth += {"<details": 1, "</details>": -1}.get(match.group(), 0)
            if match.group().startswith("button_form") and not depth:
                found.append(path)
    return found


def unused_macros(pages: Sources) -> list[str]:
    """Names a template imports and never uses."""
    found = []
    for path, page in pages.items():
        for names in re.findall(r"{%-? from [^%]*? import (.*?)-?%}", page):
            imported = (part.split(" as ")[-1].strip() for part in names.replace("with context", "").split(","))
            found += [f"{path}: {name}" for name in imported if len(re.findall(rf"\b{re.escape(name)}\b", page)) < 2]
    return found


def orphans(pages: Sources, code: Sources) -> list[str]:
    """Templates that no code renders and no template extends, includes or imports."""
    everything = "\n".join([*pages.values(), *code.values()])
    names = (path.removeprefix("templates/") for path in pages)
    return [name for name in names if name not in everything and not built_by_name(name, everything)]


def built_by_name(name: str, everything: str) -> bool:
    """Whether the name is put together from its folder and its stem, as letters and error pages are."""
    folder, _slash, file = name.rpartition("/")
    stem = file.rsplit(".", 1)[0]
    last = folder.rpartition("/")[2]
    return f"{last}/{{" in everything and f'"{stem}"' in everything


def undocumented(names: Iterable[str], page: str) -> list[str]:
    """Names that a page of the docs does not say."""
    return [name for name in names if f"`{name}`" not in page]


def machine_traces(texts: Sources) -> list[str]:
    """Paths of a machine and addresses of registries, which do not belong in a project."""
    trace = re.compile(r"(?<![\w.-])/(root|work|home/\w+)/|pypi\.org|registry\.npmjs|files\.pythonhosted")
    return [f"{path}: {match.group()}" for path, words in texts.items() if (match := trace.search(words))]

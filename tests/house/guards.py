"""The rules of the house as functions: sources in, faults out. test_house.py runs them on the project, test_guards.py on broken samples."""

import ast
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "eventapp"
TEMPLATES = ROOT / "templates"

FILE_LINES = 300
FUNCTION_LINES = 40
BANNED_FILES = {"utils.py", "util.py", "helpers.py", "common.py", "misc.py", "base.py", "services.py", "managers.py"}
OPENS = ("transaction", "in_a_crowd")
IN_FRONT = {"eventapp/registration/intake.py"}  # answers before a request is made of it
EDGES = {"views.py", "manage.py", "cli.py", "delivery.py", "due.py"}
BANNED_NAMES = {"info", "obj", "item", "manager", "handler"}
TRUSTING = re.compile(
    r"\|\s*safe\b|Markup\(|innerHTML|insertAdjacentHTML|\bstyle=|\son[a-z]+=|<style|<script(?![^>]*\bsrc=)"
)
DANGEROUS = re.compile(
    r"\b(pickle|eval|exec)\b\(|yaml\.load\(|shell=True|render_template_string|from_string\(|\bMarkup\(|text\(f[\"']"
)

HEAVY = frozenset(
    tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]["flake8-tidy-imports"][
        "banned-module-level-imports"
    ]
)

__all__ = ["Callable"]

Sources = Mapping[str, str]  # path in the project -> what the file says


def sources(folder: Path, pattern: str) -> dict[str, str]:
    """Every file below a folder, by its path in the project."""
    files = sorted(path for path in folder.rglob(pattern) if "vendor" not in path.parts)
    return {str(path.relative_to(ROOT)): path.read_text() for path in files}


def name_of(path: str) -> str:
    return path.rsplit("/", 1)[-1]


def says(source: str, word: str) -> bool:
    """Whether the code uses this name, as a name or an attribute."""
    nodes = ast.walk(ast.parse(source))
    return any(word in (getattr(node, "attr", None), getattr(node, "id", None)) for node in nodes)


def commits_outside_db(code: Sources) -> list[str]:
    return [path for path, source in code.items() if path != "eventapp/db.py" and says(source, "commit")]


def transactions_inside(code: Sources) -> list[str]:
    """Rooms that open a transaction though they are not an edge. Features of floor 6 have edges with names of their own."""
    return [
        path
        for path, source in code.items()
        if any(says(source, word) for word in OPENS)
        and name_of(path) not in EDGES
        and path not in {"eventapp/db.py", "eventapp/rows.py", *IN_FRONT}
        and not is_edge(source)
    ]


def is_edge(source: str) -> bool:
    """A room that holds a blueprint or a command group is an edge, whatever it is called."""
    names = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    return bool(names & {"Blueprint", "AppGroup"})


def clocks_inside(code: Sources) -> list[str]:
    """Rooms of the domain that ask the clock, or anybody who asks the machine."""
    inside = {"actions.py", "queries.py", "models.py", "rules.py", "mails.py"}
    return [
        path
        for path, source in code.items()
        if (name_of(path) in inside and re.search(r"\bnow\(\)", source))
        or (path != "eventapp/clock.py" and re.search(r"datetime\.(now|utcnow)\(|date\.today\(|time\.time\(", source))
    ]


def banned_files(code: Sources) -> list[str]:
    return [path for path in code if name_of(path) in BANNED_FILES]


def long_files(code: Sources) -> list[str]:
    return [path for path, source in code.items() if source.count("\n") > FILE_LINES]


def functions(source: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def long_functions(code: Sources) -> list[str]:
    return [
        f"{path}: {function.name}"
        for path, source in code.items()
        for function in functions(source)
        if (function.end_lineno or 0) - function.lineno >= FUNCTION_LINES
    ]


def late_imports(code: Sources) -> list[str]:
    """Imports in functions, but of the heavy libraries that ruff wants nowhere else (pyproject.toml)."""
    return [
        f"{path}: {function.name}"
        for path, source in code.items()
        for function in functions(source)
        if any(name not in HEAVY for node in ast.walk(function) for name in imported(node))
    ]


def imported(node: ast.AST) -> list[str]:
    """The packages this statement imports, by their first name."""
    if isinstance(node, ast.ImportFrom):
        return ["." if node.level else str(node.module).partition(".")[0]]
    return [one.name.partition(".")[0] for one in node.names] if isinstance(node, ast.Import) else []


def banned_names(code: Sources) -> list[str]:
    """Functions, classes and arguments with a name that says nothing."""
    found = []
    for path, source in code.items():
        for node in ast.walk(ast.parse(source)):
            name = getattr(node, "name", None) or getattr(node, "arg", None)
            if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.arg)) and str(name).lower() in BANNED_NAMES:
                found.append(f"{path}: {name}")
    return found


def silent_actions(code: Sources) -> list[str]:
    """Public functions of actions and queries without a sentence of their own."""
    return [
        f"{path}: {node.name}"
        for path, source in code.items()
        if name_of(path) in {"actions.py", "queries.py"}
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and not ast.get_docstring(node) and is_called_elsewhere(node, code, path)
    ]


def is_called_elsewhere(function: ast.FunctionDef, code: Sources, home: str) -> bool:
    module = home.removesuffix(".py").replace("/", ".")
    return any(function.name in imports_from(module, source) for path, source in code.items() if path != home)


def imports_from(module: str, source: str) -> set[str]:
    """Every name this file imports from that module."""
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom))
    return {alias.name for node in nodes if node.module == module for alias in node.names}


def trusting_templates(pages: Sources) -> list[str]:
    """Templates and modules that trust what somebody typed, or that a strict policy would block."""
    return [
        f"{path}: {match.group()}" for path, page in pages.items() if (match := TRUSTING.search(comments_out(page)))
    ]


def comments_out(page: str) -> str:
    return re.sub(r"\{#.*?#\}|<!--.*?-->|/\*.*?\*/|^\s*//.*?$", "", page, flags=re.DOTALL | re.MULTILINE)


def dangerous_code(code: Sources) -> list[str]:
    return [f"{path}: {match.group()}" for path, source in code.items() if (match := DANGEROUS.search(source))]


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

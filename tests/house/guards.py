"""The rules of the house as functions: sources in, faults out. test_house.py runs them on the project, test_guards.py on broken samples."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "eventapp"
TEMPLATES = ROOT / "templates"

ANYS = 80
SKIPS = 10  # "# fmt: skip" in the package
FILE_LINES = 260
LONG: frozenset[str] = frozenset()  # each goes from this list when it is split
FUNCTION_LINES = 40
FOLDER_FILES = 14
CROWDED: dict[str, int] = {}  # each goes from this list when it is split
BANNED_FILES = {"utils.py", "util.py", "helpers.py", "common.py", "misc.py", "base.py", "services.py", "managers.py"}
OPENS = ("transaction", "attempt", "refusal_from")
WEB_MODULES = {"views.py", "manage.py"}
OTHER_WEB_MODULES: set[str] = set()
EDGES = {"views.py", "manage.py", "cli.py", "delivery.py", "scheduler.py"}
BANNED_NAMES = {"info", "obj", "item", "manager", "handler"}
MAKES_HTML = "eventapp/information/markdown.py"  # of Markdown, with the library that escapes what is typed
DANGEROUS = re.compile(
    r"\b(pickle|eval|exec)\b\(|yaml\.load\(|shell=True|render_template_string|from_string\(|\bMarkup\(|text\(f[\"']"
)
ASKS_SESSION = re.compile(r"\.(?:transient|pending|persistent|detached)\b|\b(?:has|need)_session\b")

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
    nodes = ast.walk(ast.parse(source)) if word in source else ()  # most files are read through without being parsed
    return any(word in (getattr(node, "attr", None), getattr(node, "id", None)) for node in nodes)


def commits_outside_db(code: Sources) -> list[str]:
    return [
        path for path, source in code.items() if path != "eventapp/ground/db/__init__.py" and says(source, "commit")
    ]


def transactions_inside(code: Sources) -> list[str]:
    """Rooms that open a transaction though they are not an edge. Features of floor 6 have edges with names of their own."""
    return [
        path
        for path, source in code.items()
        if any(says(source, word) for word in OPENS)
        and name_of(path) not in EDGES
        and path
        not in {
            "eventapp/ground/db/__init__.py",
            "eventapp/ground/db/apart.py",
            "eventapp/demo/story.py",
            "eventapp/ground/web/attempt.py",
            "eventapp/drafts/held/sent.py",
            "eventapp/drafts/protocol.py",
            "eventapp/drafts/text_page.py",
            "eventapp/mail/asking.py",
            "eventapp/presence/protocol.py",
        }
        and not is_edge(source)
    ]


def refusing_views(code: Sources) -> list[str]:
    """Web modules that catch a refusal by themselves: `attempt(form, act)` does it, and puts it above the form."""
    return [path for path, source in code.items() if "Blueprint" in source and "except Refused" in source]


def misnamed_web_modules(code: Sources, known: Collection[str] = OTHER_WEB_MODULES) -> list[str]:
    """Modules with routes that are not called views or manage, and those that are listed as such and are not."""
    found = {path for path, source in code.items() if has_routes(source) and name_of(path) not in WEB_MODULES}
    return sorted(found ^ set(known))


def has_routes(source: str) -> bool:
    """Whether a blueprint is made here, or asked to answer an address."""
    return re.search(r"\bBlueprint\(|^@bp\.", source, re.MULTILINE) is not None


def files_by_hand(code: Sources) -> list[str]:
    """Answers that name a file by themselves: `download(name, type, content)` does it, in any script."""
    return [
        path
        for path, source in code.items()
        if "Content-Disposition" in source and path != "eventapp/ground/web/downloads.py"
    ]


def skips(code: Sources) -> list[str]:
    """Places that the formatter is kept from, where they are more than there may be."""
    found = [path for path, source in code.items() for _skip in re.findall(r"# fmt: (?:skip|off)", source)]
    return found if len(found) > SKIPS else []


def anys(code: Sources) -> list[str]:
    """Files that say `Any` where a type could stand, if all of them together say it more often than they may."""
    nodes = [(path, node) for path, source in code.items() if "Any" in source for node in ast.walk(ast.parse(source))]
    found = [path for path, node in nodes if isinstance(node, ast.Name) and node.id == "Any"]
    return found if len(found) > ANYS else []


def unexplained_anys(code: Sources) -> list[str]:
    """Lines that say `Any` without a reason beside them or above."""
    return [
        f"{path}:{number}"
        for path, source in code.items()
        for number, line in lines_with_any(source)
        if "#" not in line
    ]


def lines_with_any(source: str) -> Iterator[tuple[int, str]]:
    """Each such line by its number, behind the line above it."""
    if "Any" not in source:
        return
    lines = ["", *source.split("\n")]
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name) and node.id == "Any")
    for number in sorted({node.lineno for node in nodes}):
        yield number, lines[number - 1] + lines[number]


def is_edge(source: str) -> bool:
    """A room that holds a blueprint or a command group is an edge, whatever it is called."""
    makers = [name for name in ("Blueprint", "AppGroup") if name in source]
    return bool(makers) and any(
        isinstance(node, ast.Name) and node.id in makers for node in ast.walk(ast.parse(source))
    )


def clocks_inside(code: Sources) -> list[str]:
    """Rooms of the domain that ask the clock, or anybody who asks the machine."""
    inside = {"actions.py", "queries.py", "models.py", "rules.py", "mails.py"}
    return [
        path
        for path, source in code.items()
        if (name_of(path) in inside and re.search(r"\bnow\(\)", source))
        or (
            path != "eventapp/ground/clock.py"
            and re.search(r"datetime\.(now|utcnow)\(|date\.today\(|time\.time\(", source)
        )
    ]


def banned_files(code: Sources) -> list[str]:
    return [path for path in code if name_of(path) in BANNED_FILES]


def long_files(code: Sources, known: Collection[str] = LONG) -> list[str]:
    """Files that are too long, and those that are called so and are not."""
    return sorted({path for path, source in code.items() if source.count("\n") > FILE_LINES} ^ set(known))


def crowded_folders(code: Iterable[str], known: Mapping[str, int] = CROWDED) -> list[str]:
    """Folders with more files side by side than anybody looks through, and those that are called so and are not."""
    files = Counter(path.rpartition("/")[0] for path in code)
    most = {folder: count for folder, count in files.items() if count > FOLDER_FILES}
    return [folder for folder in sorted({*most, *known}) if most.get(folder) != known.get(folder)]


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
    called = {pair for source in code.values() for pair in imports_in(source)}
    return [
        f"{path}: {node.name}"
        for path, source in code.items()
        if name_of(path) in {"actions.py", "queries.py"}
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
        and not ast.get_docstring(node)
        and (path.removesuffix(".py").replace("/", "."), node.name) in called
    ]


def imports_in(source: str) -> set[tuple[str, str]]:
    """Every (module, name) that this file imports."""
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom))
    return {(node.module or "", alias.name) for node in nodes for alias in node.names}


def asked_of_sessions(code: Sources) -> list[str]:
    """Places where code asks how its row is kept in the session: what it does must not hang on that."""
    return [f"{path}: {words}" for path, source in code.items() for words in ASKS_SESSION.findall(source)]


def dangerous_code(code: Sources) -> list[str]:
    found = [(path, match.group()) for path, source in code.items() if (match := DANGEROUS.search(source))]
    return [f"{path}: {words}" for path, words in found if not (words == "Markup(" and path == MAKES_HTML)]

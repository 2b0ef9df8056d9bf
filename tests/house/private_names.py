"""The names of libraries that are theirs alone: where our code uses one."""

import ast
from collections.abc import Iterator

from tests.house.guards import Sources

NAMEDTUPLE = {"_asdict", "_fields", "_make", "_replace"}  # as Python documents them
LIBRARIES = ("flask", "werkzeug", "wtforms", "sqlalchemy", "itsdangerous")  # and what is called after one: flask_login


def private_names(code: Sources) -> list[str]:
    """Names of libraries that begin with one underscore: imported, asked of anything but self, or defined over theirs."""
    return [f"{path}: {name}" for path, source in code.items() for name in private_names_in(ast.parse(source))]


def private_names_in(tree: ast.Module) -> Iterator[str]:
    ours = {name for node in ast.walk(tree) for name in defined_by(node)} | NAMEDTUPLE
    imported = {
        alias.name.partition(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    imported |= {str(node.module).partition(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    elements = "docx" in imported  # python-docx names the element behind an object so, and its users ask it
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and is_of_library(node.module or ""):
            yield from (alias.name for alias in node.names if is_private(alias.name))
            yield from (part for part in (node.module or "").split(".") if is_private(part))
        elif isinstance(node, ast.Attribute) and is_private(node.attr) and node.attr not in ours and not elements:
            yield node.attr
        elif isinstance(node, ast.ClassDef) and of_library(tree, node):
            yield from (name for part in node.body for name in defined_by(part) if is_private(name))


def defined_by(node: ast.AST) -> Iterator[str]:
    """The names that this statement gives to something of ours."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        yield node.name
    elif isinstance(node, (ast.Assign, ast.AnnAssign)):
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if isinstance(target, ast.Name):
                yield target.id
            elif isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "self":
                yield target.attr


def of_library(tree: ast.Module, made: ast.ClassDef) -> bool:
    """Whether this class is made from one that a library gives."""
    given = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and is_of_library(node.module or "")
        for alias in node.names
    }
    return any(isinstance(base, ast.Name) and base.id in given for base in made.bases)


def is_of_library(module: str) -> bool:
    package = module.partition(".")[0]
    return package in LIBRARIES or package.partition("_")[0] in LIBRARIES


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in ("_", "_l")

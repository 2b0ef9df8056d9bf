"""Which tests `./run test --changed` takes: prints their paths, and says on the other stream whose they are.

Those of the features that were changed since the last commit, of the features that import what was changed there, and
the rules of the house that walk over no pages. A file that belongs to no feature concerns all.
"""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import PurePosixPath

import grimp

from config import ROOT

RULES = ("docs", "ground", "guards", "house", "linters", "order", "translations", "walk", "words")
OF_THE_HOUSE = [f"tests/house/test_{name}.py" for name in RULES]
READ_BY_THE_HOUSE = ("docs", "translations", "bench", "walk")  # and every page of words


def changed() -> list[str]:
    """What is not as in the last commit, and what is new and not ignored."""
    asked = (["diff", "--name-only", "HEAD"], ["ls-files", "--others", "--exclude-standard"])
    told = [subprocess.run(["git", *words], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True) for words in asked]
    return sorted({path for one in told for path in one.stdout.splitlines()})


def chosen(paths: Iterable[str]) -> list[str]:
    """The files and folders of tests that these files concern; all of them where one belongs to no feature."""
    found = {test for path in paths for test in concerned(PurePosixPath(path))}
    if "tests" in found:
        return ["tests"]
    there = [test for test in sorted({*found, *OF_THE_HOUSE}) if (ROOT / test).exists()]
    return [test for test in there if not {str(folder) for folder in PurePosixPath(test).parents} & found]


def concerned(path: PurePosixPath) -> Iterable[str]:
    """The tests that this file concerns."""
    top, *more = path.parts
    if top in READ_BY_THE_HOUSE or path.suffix == ".md":
        return OF_THE_HOUSE
    if top == "migrations":
        return [str(file.relative_to(ROOT)) for file in ROOT.glob("tests/*/test_migrations.py")]
    if top == "tests" and len(more) > 1:
        return [str(path if path.name.startswith("test_") else path.parent)]
    if top not in ("eventapp", "templates", "static") or not (ROOT / "tests" / more[0]).is_dir():
        return ["tests"]
    is_module = top == "eventapp" and path.suffix == ".py"
    return [f"tests/{feature}" for feature in (features_with(path) if is_module else more[:1])]


def features_with(path: PurePosixPath) -> set[str]:
    """The feature of this module, and those with a module that imports it."""
    module = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    graph = grimp.build_graph("eventapp", cache_dir=None)
    importers = graph.find_modules_that_directly_import(module) if module in graph.modules else set[str]()
    return {name.split(".")[1] for name in (module, *importers) if "." in name}


def main() -> None:
    """Print the tests of what is changed here."""
    paths = changed()
    tests = chosen(paths)
    features = sorted({test.split("/")[1] for test in tests if "/" in test} - {"house"})
    whose = "all tests" if tests == ["tests"] else f"tests of {', '.join(features) or 'no feature'}, rules of the house"
    sys.stderr.write(f"run: files that are not as in the last commit: {len(paths)}; {whose}\n")
    sys.stdout.write(" ".join(tests))


if __name__ == "__main__":
    main()

"""The packages of npm that are served or printed with: in the bill of materials, and under which licence.

`python -m tests.materials add FILE` writes them into a bill; `… refused LICENCES` names those with another licence,
and ends with 1 where there is one. What is read is package-lock.json: what is locked, not what this machine has.
"""

import base64
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

LOCK = Path("package-lock.json")
REGISTRY = "https://registry.npmjs.org"
FOLDER = "node_modules/"


def served(lock: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each package that is locked, by its name, without those of development alone."""
    for path, package in sorted(lock["packages"].items()):
        if path and not package.get("dev"):
            yield path.rpartition(FOLDER)[2], package


def component(name: str, package: Mapping[str, Any]) -> Component:
    """One package as the bill has it."""
    group, _slash, bare = name.rpartition("/")
    purl = PackageURL("npm", group or None, bare, package["version"])
    algorithm, _dash, sealed = package["integrity"].partition("-")
    hashes = [
        HashType(alg=HashAlgorithm[algorithm.upper().replace("SHA", "SHA_")], content=base64.b64decode(sealed).hex())
    ]
    address = XsUri(f"{REGISTRY}/{name}/-/{bare}-{package['version']}.tgz")
    return Component(
        type=ComponentType.LIBRARY,
        group=group or None,
        name=bare,
        version=package["version"],
        bom_ref=str(purl),
        purl=purl,
        licenses=[LicenseFactory().make_from_string(package["license"])],
        external_references=[ExternalReference(type=ExternalReferenceType.DISTRIBUTION, url=address, hashes=hashes)],
    )


def add(file: Path, lock: Mapping[str, Any]) -> None:
    """Write the packages of this lock into the bill, behind the libraries of Python."""
    bill = json.loads(file.read_text(encoding="utf-8"))
    version = SchemaVersion.from_version(bill["specVersion"])
    bom = Bom(components=[component(name, package) for name, package in served(lock)])
    more = json.loads(make_outputter(bom, OutputFormat.JSON, version).output_as_string())
    for part in ("components", "dependencies"):
        bill[part] = [*bill.get(part, []), *more.get(part, [])]
    file.write_text(json.dumps(bill, indent=2) + "\n", encoding="utf-8")


def refused(lock: Mapping[str, Any], allowed: str) -> list[str]:
    """The packages whose licence is not among these, which are parted by semicolons: one that may be chosen is enough."""
    words = [word.casefold() for word in allowed.split(";")]

    def is_fine(licence: str) -> bool:
        needed = re.split(r"\band\b", licence.casefold())
        return all(any(word in one for word in words) for one in needed)

    return [f"{name}: {one.get('license')}" for name, one in served(lock) if not is_fine(one.get("license") or "none")]


def main(what: str, of: str) -> int:
    lock = json.loads(LOCK.read_text(encoding="utf-8"))
    if what == "add":
        add(Path(of), lock)
        return 0
    found = refused(lock, of)
    sys.stderr.write("".join(f"{line}\n" for line in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""The bill of materials and the check of licences, by the programs themselves."""

import json
import re
import subprocess
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from config import ROOT
from tests import materials
from tests.run.test_run import Copy, copy_in

LOCK = json.loads((ROOT / "package-lock.json").read_text())
LOCKED = re.compile(r"^([a-z0-9-]+)(?:\[\w+\])?==([^ ;]+)", re.MULTILINE)


def test_the_bill_has_each_library_in_its_locked_version(tmp_path: Path) -> None:
    copy: Copy = copy_in(tmp_path / "a copy")
    code, said = copy.run("materials", "bill.json")
    bill = json.loads((copy.folder / "bill.json").read_text())

    assert (code, said.splitlines()[-1]) == (0, "run: wrote bill.json")
    assert bill["bomFormat"] == "CycloneDX"
    listed = {(one["name"], one["version"]) for one in bill["components"]}
    served = {("barcode-detector", "3.2.2"), ("zxing-wasm", "3.1.3"), ("noto-serif-tibetan", "0.4.2")}
    of_npm = {(name.rpartition("/")[2], one["version"]) for name, one in materials.served(LOCK)}
    assert served <= of_npm
    assert listed == of_npm | set(LOCKED.findall((ROOT / "requirements.txt").read_text()))
    licences = {
        one["name"]: one["licenses"] for one in bill["components"] if one.get("purl", "").startswith("pkg:npm/")
    }
    assert licences["zxing-wasm"] == [{"license": {"id": "MIT"}}]
    assert licences["noto-serif-tibetan"] == [{"expression": "MIT AND OFL-1.1"}]
    assert JsonStrictValidator(SchemaVersion.from_version(bill["specVersion"])).validate_str(json.dumps(bill)) is None
    assert all(one["externalReferences"][0]["hashes"] for one in bill["components"])


def licences(script: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """What the step of `./run check` says, in this script."""
    step = script[script.index("licences() {") :].partition("\n}\n")[0] + "\n}\nlicences\n"
    return subprocess.run(
        ["sh", "-c", f"PY=.venv/bin/python\n{step}"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_a_licence_that_is_not_on_the_list_is_refused() -> None:
    script = (ROOT / "run").read_text()
    allowed, without = licences(script), licences(script.replace(";Apache;", ";"))

    assert allowed.returncode == 0, allowed.stderr
    assert without.returncode == 1
    assert "Apache" in without.stderr


def test_one_of_npm_is_refused_too(tmp_path: Path) -> None:
    copy = copy_in(tmp_path / "a copy")
    decoder = {**LOCK["packages"]["node_modules/zxing-wasm"], "license": "GPL-3.0-only"}
    (copy.folder / "package-lock.json").unlink()
    (copy.folder / "package-lock.json").write_text(json.dumps({"packages": {"node_modules/zxing-wasm": decoder}}))
    refused = licences((ROOT / "run").read_text(), copy.folder)

    assert (refused.returncode, refused.stderr) == (1, "zxing-wasm: GPL-3.0-only\n")


def test_each_licence_that_holds_is_looked_at_and_one_of_those_to_choose_from_is_enough() -> None:
    def of(licence: str) -> list[str]:
        return materials.refused({"packages": {"": {}, "node_modules/a": {"license": licence}}}, "MIT;OFL")

    assert [of(one) for one in ("MIT", "MIT AND OFL-1.1", "(MIT OR GPL-3.0-only)")] == [[], [], []]
    assert of("MIT AND GPL-3.0-only") == ["a: MIT AND GPL-3.0-only"]
    assert materials.refused({"packages": {"node_modules/a": {}}}, "MIT") == ["a: None"]

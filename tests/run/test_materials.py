"""The bill of materials and the check of licences, by the programs themselves."""

import json
import re
import subprocess
from pathlib import Path

from config import ROOT
from tests.run.test_run import Copy, copy_in

LOCKED = re.compile(r"^([a-z0-9-]+)(?:\[\w+\])?==([^ ;]+)", re.MULTILINE)


def test_the_bill_has_each_library_in_its_locked_version(tmp_path: Path) -> None:
    copy: Copy = copy_in(tmp_path / "a copy")
    code, said = copy.run("materials", "bill.json")
    bill = json.loads((copy.folder / "bill.json").read_text())

    assert (code, said.splitlines()[-1]) == (0, "run: wrote bill.json")
    assert bill["bomFormat"] == "CycloneDX"
    listed = {(one["name"], one["version"]) for one in bill["components"]}
    assert listed == set(LOCKED.findall((ROOT / "requirements.txt").read_text()))
    assert all(one["externalReferences"][0]["hashes"] for one in bill["components"])


def licences(script: str) -> subprocess.CompletedProcess[str]:
    """What the step of `./run check` says, in this script."""
    step = script[script.index("licences() {") :].partition("\n}\n")[0] + "\n}\nlicences\n"
    return subprocess.run(
        ["sh", "-c", f"PY=.venv/bin/python\n{step}"], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_a_licence_that_is_not_on_the_list_is_refused() -> None:
    script = (ROOT / "run").read_text()
    allowed, without = licences(script), licences(script.replace(";Apache;", ";"))

    assert allowed.returncode == 0, allowed.stderr
    assert without.returncode == 1
    assert "Apache" in without.stderr

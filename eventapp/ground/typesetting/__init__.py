"""A sheet of Typst and its values as a PDF, set by a program of its own."""

import json
import subprocess
import sys
from pathlib import Path

_WORKER = Path(__file__).with_name("pdf_worker.py")
_SECONDS = 120


def pdf_by(sheet: Path, values: dict[str, object]) -> bytes:
    """The PDF that this sheet makes of these values; the same values are the same bytes. `fonts` is added to them."""
    command = [sys.executable, "-I", str(_WORKER), str(sheet)]
    job = json.dumps(values).encode()
    done = subprocess.run(command, input=job, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 -- our own file
    if done.returncode:
        raise RuntimeError(f"The worker stopped: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout

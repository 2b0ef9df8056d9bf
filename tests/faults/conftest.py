"""What is killed or full here lies on the disk, not in memory."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="faults-", dir="/var/tmp") as folder:
        yield Path(folder)

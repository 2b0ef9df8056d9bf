"""`./run` where it cannot keep what it has to keep: one line that says what to do."""

from pathlib import Path

import pytest

from tests.ports import free_port
from tests.run.test_run import Copy, copy_in


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return copy_in(tmp_path / "a copy")


@pytest.mark.parametrize(
    ("name", "there", "says"),
    [
        ("secret-key", "/dev/full", "the key of this copy cannot be written into {folder}: is the disk full?"),
        ("secret-key", "/etc", "{folder}/secret-key is somebody else's and cannot be read: set DATA_DIR to a folder"),
        ("links", "/etc", "{folder}/links cannot be written: set DATA_DIR to a folder of your own"),
    ],
)
def test_what_cannot_be_kept_in_the_data_folder_is_one_line(copy: Copy, name: str, there: str, says: str) -> None:
    data = copy.folder / "its data"
    data.mkdir()
    (data / name).symlink_to(there)
    code, said = copy.run(PORT=str(free_port()))

    assert code == 1
    assert said.startswith("run: " + says.format(folder=data.resolve()))
    assert len(said.splitlines()) == 1


def test_who_named_a_database_is_not_sent_to_another_folder(copy: Copy) -> None:
    code, said = copy.run(DATABASE_URL="sqlite:////no/such/folder/x.db", PORT=str(free_port()))

    assert code == 1
    assert said.endswith(f"mend that, or leave DATABASE_URL out for a file in {copy.folder.resolve() / 'its data'}\n")
    assert "var2" not in said

"""Backups in a store that speaks S3: a real server of it, which keeps what it gets in a folder."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from minio import Minio
from sqlalchemy import URL

from eventapp.ground.refusal import Refused
from eventapp.operations.backups import manifest, store
from eventapp.operations.backups.making import back_up
from eventapp.operations.backups.restoring import checked
from eventapp.operations.backups.rotation import Rule
from tests import make
from tests.faults.server import wait_until
from tests.ports import free_port

BUCKET, PLACE = "backups", "s3://backups/geneva"


@pytest.fixture(scope="session")
def server_of_objects(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the store listens, as host:port."""
    address, folder = f"127.0.0.1:{free_port()}", tmp_path_factory.mktemp("store")
    words = [sys.executable, "-m", "localbucket", str(folder), "--port", address.rpartition(":")[2]]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_until(lambda: is_open(address), "the store does not start")
            yield address
        finally:
            process.terminate()


def is_open(address: str) -> bool:
    host, _colon, port = address.partition(":")
    with suppress(OSError), socket.create_connection((host, int(port)), timeout=1):
        return True
    return False


@pytest.fixture
def objects(server_of_objects: str, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Minio]:
    """An empty bucket, and the application set to use it."""
    settings = {
        "S3_ENDPOINT": f"http://{server_of_objects}",
        "S3_ALLOW_HTTP": True,
        "S3_KEY": "geneva",
        "S3_SECRET": "only-for-tests",
        "S3_REGION": "us-east-1",
    }
    for name, value in settings.items():
        monkeypatch.setitem(app.config, name, value)
    client = Minio(server_of_objects, "geneva", "only-for-tests", secure=False, region="us-east-1")
    client.make_bucket(BUCKET)
    yield client
    for key in keys(client):
        client.remove_object(BUCKET, key)
    client.remove_bucket(BUCKET)


def keys(client: Minio) -> list[str]:
    return sorted(str(one.object_name) for one in client.list_objects(BUCKET, recursive=True))


@pytest.fixture
def stored(objects: Minio, folder: Path) -> str:
    """The address of a backup in the store."""
    return store.put(folder, PLACE)


def test_a_backup_comes_back_as_it_went(stored: str, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "scratch").mkdir()
    with store.at_hand(stored, tmp_path / "scratch") as fetched:
        facts, file = checked(fetched)

        assert stored == f"{PLACE}/{folder.name}"
        assert facts == manifest.read(folder)
        assert file.read_bytes() == (folder / file.name).read_bytes()


def test_the_commands_write_check_drill_and_restore_there(
    objects: Minio, folder: Path, elsewhere: URL, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = app.test_cli_runner()
    done = runner.invoke(args=["operations", "backup", PLACE, "--days", "3"])
    address = done.output.split(": ")[0]

    assert (done.exit_code, address.startswith(PLACE)) == (0, True), done.output
    assert [key.rpartition("/")[2] for key in keys(objects)][-1] == manifest.NAME
    for command in ("check-backup", "drill"):
        done = runner.invoke(args=["operations", command, address])
        assert done.exit_code == 0, done.output
    monkeypatch.setitem(app.config, "SQLALCHEMY_DATABASE_URI", elsewhere.render_as_string(hide_password=False))
    done = runner.invoke(args=["operations", "restore", address])
    assert (done.exit_code, "Restored" in done.output) == (0, True), done.output


def test_a_damaged_object_is_refused(stored: str, objects: Minio, tmp_path: Path) -> None:
    for number, key in enumerate(keys(objects)):
        whole = objects.get_object(BUCKET, key).data
        for damaged in (whole[:-1], whole[:10] + bytes([whole[10] ^ 1]) + whole[11:], b""):
            path = tmp_path / f"damaged-{number}"
            path.write_bytes(damaged)
            objects.fput_object(BUCKET, key, str(path))
            scratch = tmp_path / f"scratch-{number}-{len(damaged)}-{damaged[:11].hex()}"
            scratch.mkdir()
            with pytest.raises(Refused), store.at_hand(stored, scratch) as fetched:
                checked(fetched)
        path.write_bytes(whole)
        objects.fput_object(BUCKET, key, str(path))


def test_a_missing_object_is_named(stored: str, objects: Minio, tmp_path: Path) -> None:
    for number, key in enumerate(keys(objects)):
        whole = objects.get_object(BUCKET, key).data
        objects.remove_object(BUCKET, key)
        scratch, kept = tmp_path / f"scratch-{number}", tmp_path / f"kept-{number}"
        scratch.mkdir()
        kept.write_bytes(whole)
        with pytest.raises(Refused, match=f"{key} is missing"), store.at_hand(stored, scratch):
            pass
        objects.fput_object(BUCKET, key, str(kept))


def test_the_rule_for_keeping_counts_there_too(objects: Minio, folder: Path, tmp_path: Path) -> None:
    for night in range(1, 4):
        store.put(back_up(tmp_path, at=make.TODAY + timedelta(days=night))[0], PLACE)
    objects.fput_object(BUCKET, "geneva/others/notes.txt", str(folder / manifest.NAME))
    names = store.names(store.folder_in(PLACE), PLACE)
    (tmp_path / "scratch").mkdir()

    assert store.clear(PLACE, Rule(2, 0, 0), tmp_path / "scratch", at=make.TODAY) == [f"{PLACE}/{names[0]}"]
    assert store.names(store.folder_in(PLACE), PLACE) == names[1:]
    assert not [key for key in keys(objects) if names[0] in key]
    assert "geneva/others/notes.txt" in keys(objects)


def test_what_a_killed_run_left_there_is_removed_a_day_later(stored: str, objects: Minio, tmp_path: Path) -> None:
    content, written = tmp_path / "content", datetime.now(UTC)
    content.write_text("half a backup")
    ours = ("geneva/2016-01-01T021500Z/database.db", "geneva/2016-01-02T021500Z/database.dump.age")
    others = ("geneva/others/database.db", "geneva/2016-01-03T021500Z/notes.txt", "else/2016-01-01T021500Z/database.db")
    for key in (*ours, *others):
        objects.fput_object(BUCKET, key, str(content))
    before = keys(objects)

    hours = timedelta(hours=1)
    for scratch, at in (("soon", written + 23 * hours), ("later", written + 25 * hours)):
        gone = store.clear(PLACE, Rule(7, 0, 0), tmp_path / scratch, at=at)
        assert gone == ([] if scratch == "soon" else [f"s3://{BUCKET}/{key.rpartition('/')[0]}" for key in ours])
        assert keys(objects) == (before if scratch == "soon" else [key for key in before if key not in ours])


def test_what_the_store_does_not_take_is_said_in_a_line(stored: str, folder: Path) -> None:
    with pytest.raises(Refused, match="there already"):
        store.put(folder, PLACE)
    with pytest.raises(Refused, match="s3://nowhere/geneva does not do it"):
        store.put(folder, "s3://nowhere/geneva")


@pytest.mark.parametrize(
    ("place", "setting", "value", "words"),
    [
        ("s3://", "S3_KEY", "geneva", "names no bucket"),
        (PLACE, "S3_ALLOW_HTTP", False, "everybody on the way reads backups"),
        (PLACE, "S3_ENDPOINT", "ftp://store.example.org", "set the address of the store"),
        (PLACE, "S3_ENDPOINT", "http://store.example.org/deep", "set the address of the store"),
        (PLACE, "S3_SECRET", "", "AWS_SECRET_ACCESS_KEY"),
    ],
)
def test_no_store_is_asked_in_the_clear_or_without_a_key(
    objects: Minio, app: Flask, monkeypatch: pytest.MonkeyPatch, place: str, setting: str, value: object, words: str
) -> None:
    monkeypatch.setitem(app.config, setting, value)

    with pytest.raises(Refused, match=words):
        store.folder_in(place)

"""Backups in a store that speaks S3: the same two files, under the name of the backup, the manifest last.

What is fetched is checked as in a folder: the store is believed in nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import current_app
from urllib3.exceptions import HTTPError

from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.operations.backups import manifest
from eventapp.operations.backups.databases import FILES
from eventapp.operations.backups.rotation import Rule, going, moment_of
from eventapp.operations.backups.sealing import SEALED

if TYPE_CHECKING:
    from minio import Minio

SCHEME = "s3://"
NOT_SENT_ANY_MORE = timedelta(days=1)
WHOLE_PARTS = 16 * 1024 * 1024  # bytes that are sent at once of a large file, which is in memory meanwhile


@dataclass(frozen=True)
class Store:
    """Where backups are in a store: the client, the bucket, and what the names of ours begin with ('' or 'a/b/')."""

    client: "Minio"
    bucket: str
    prefix: str

    def address_of(self, name: str) -> str:
        return f"{SCHEME}{self.bucket}/{self.prefix}{name}"


def is_in_store(place: str) -> bool:
    return place.startswith(SCHEME)


def store_at(place: str) -> tuple[Store, str]:
    """The store of an address such as s3://bucket/folder/name, and its last part, '' where it ends with a bucket.

    Refused where the address has no bucket, credentials are missing, or the store would be asked in the clear.
    """
    from minio import Minio

    bucket, _slash, path = place.removeprefix(SCHEME).strip("/").partition("/")
    folder, _slash, name = path.rpartition("/")
    settings, prefix = current_app.config, f"{folder}/" if folder else ""
    endpoint = urlsplit(settings["S3_ENDPOINT"])
    if not bucket:
        raise Refused(_("%(place)s names no bucket: write s3://bucket/folder.", place=place))
    if endpoint.scheme not in ("http", "https") or not endpoint.netloc or endpoint.path:
        raise Refused(_("S3_ENDPOINT: set the address of the store, https://… with no path behind it."))
    if endpoint.scheme == "http" and not settings["S3_ALLOW_HTTP"]:
        raise Refused(
            _("S3_ENDPOINT is http: everybody on the way reads backups. Set https://…, or S3_ALLOW_HTTP=yes.")
        )
    if not (settings["S3_KEY"] and settings["S3_SECRET"]):
        raise Refused(_("Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to the keys of the store."))
    client = Minio(
        endpoint.netloc,
        settings["S3_KEY"],
        settings["S3_SECRET"],
        session_token=settings["S3_TOKEN"] or None,
        secure=endpoint.scheme == "https",
        region=settings["S3_REGION"] or None,
    )
    return Store(client, bucket, prefix), name


def folder_in(place: str) -> Store:
    """The store of an address that is a folder of backups: all of it stands before their names."""
    store, last = store_at(place)
    return Store(store.client, store.bucket, f"{store.prefix}{last}/" if last else store.prefix)


@contextmanager
def asking(place: str) -> Iterator[None]:
    """Say what a store says no to in a line that can be acted on."""
    from minio.error import MinioException

    try:
        yield
    except (MinioException, HTTPError, OSError, ValueError) as fault:
        words = str(fault).split("\n")[0]
        raise Refused(_("The store of %(place)s does not do it: %(fault)s", place=place, fault=words)) from fault


def put(folder: Path, place: str) -> str:
    """Bring a backup from its folder to the store, the manifest last. Returns its address.

    Refused where the store says no, or does not have all of it afterwards; nothing of it stays there then.
    """
    store, facts = folder_in(place), manifest.read(folder)
    if names(store, place, under=folder.name):
        raise Refused(_("%(folder)s is there already.", folder=store.address_of(folder.name)))
    with asking(place):
        try:
            for name in (facts.file, manifest.NAME):
                key, file = f"{store.prefix}{folder.name}/{name}", folder / name
                store.client.fput_object(store.bucket, key, str(file), part_size=WHOLE_PARTS)
                refuse_short(store, key, file)
        except BaseException:
            remove(store, folder.name)
            raise
    return store.address_of(folder.name)


def refuse_short(store: Store, key: str, file: Path) -> None:
    """Refuse what the store has not kept whole."""
    if store.client.stat_object(store.bucket, key).size != file.stat().st_size:
        raise Refused(_("The store has not kept all of %(file)s.", file=file.name))


def names(store: Store, place: str, *, under: str = "") -> list[str]:
    """The names of the backups in the store that have a manifest, in order; only this one where `under` is named."""
    with asking(place):
        begin = f"{store.prefix}{under}/" if under else store.prefix
        found = store.client.list_objects(store.bucket, begin, recursive=True)
        keys = [(one.object_name or "").removeprefix(store.prefix).split("/") for one in found]
    return sorted(parts[0] for parts in keys if len(parts) == 2 and parts[1] == manifest.NAME)  # noqa: PLR2004 -- NAME/FILE


@contextmanager
def at_hand(place: str | Path, scratch: Path) -> Iterator[Path]:
    """The folder of a backup, of a place on this machine or in a store. What was fetched is in `scratch`, checked by
    nobody yet. Refused where a file is missing in the store.
    """
    if not is_in_store(str(place)):
        yield Path(place)
        return
    store, name = store_at(str(place))
    folder = scratch / (name or store.bucket)
    folder.mkdir(mode=0o700)
    fetch(store, name, manifest.NAME, folder)
    facts = manifest.read(folder)
    if facts.file.removesuffix(SEALED) not in FILES.values():
        raise Refused(
            _("%(file)s was changed: it is not what was written.", file=store.address_of(f"{name}/{manifest.NAME}"))
        )
    fetch(store, name, facts.file, folder)
    yield folder


def fetch(store: Store, name: str, file: str, folder: Path) -> None:
    """Bring one file of a backup to this folder. Refused where the store has none."""
    from minio.error import S3Error

    address = store.address_of(f"{name}/{file}")
    with asking(address):
        try:
            store.client.fget_object(store.bucket, f"{store.prefix}{name}/{file}", str(folder / file))
        except S3Error as fault:
            if fault.code in ("NoSuchKey", "NoSuchBucket"):
                raise Refused(_("%(file)s is missing.", file=address)) from None
            raise


def clear(place: str, rule: Rule, scratch: Path, *, at: datetime) -> list[str]:
    """Remove the backups of this place that the rule lets go, and what runs left that were killed.

    Returns their addresses. A damaged one stays.
    """
    store = folder_in(place)
    made = {}
    for name in names(store, place):
        folder = scratch / "of" / name
        folder.mkdir(parents=True)
        fetch(store, name, manifest.NAME, folder)
        if moment := moment_of(folder):
            made[name] = moment
    gone = [*going(made, rule), *left_over(store, place, at)]
    with asking(place):
        for name in gone:
            remove(store, name)
    return [store.address_of(name) for name in gone]


def left_over(store: Store, place: str, at: datetime) -> list[str]:
    """The names of backups that were without a manifest a day after their last file came: nobody sends the rest."""
    newest: dict[str, datetime] = {}
    others = set()
    with asking(place):
        for one in store.client.list_objects(store.bucket, store.prefix, recursive=True):
            name, _slash, file = (one.object_name or "").removeprefix(store.prefix).partition("/")
            if file.removesuffix(SEALED) not in FILES.values():
                others.add(name)  # it has a manifest, or is none of ours
            came = one.last_modified or at
            newest[name] = max(came, newest.get(name, came))
    return sorted(
        name
        for name, came in newest.items()
        if name not in others and manifest.NAMED.fullmatch(name) and came < at - NOT_SENT_ANY_MORE
    )


def remove(store: Store, name: str) -> None:
    """Take a backup out of the store, the manifest first: half of one is none."""
    found = store.client.list_objects(store.bucket, f"{store.prefix}{name}/", recursive=True)
    keys = sorted((one.object_name or "" for one in found), key=lambda key: not key.endswith(f"/{manifest.NAME}"))
    for key in keys:
        store.client.remove_object(store.bucket, key)

"""Laying an edition out on pages, once, after it was published: some pages at a time, so that nothing waits for it."""

import json
from collections.abc import Iterator, Sequence
from functools import partial

from sqlalchemy import Select, select

from eventapp.ground.db import db, json_of, table_of
from eventapp.ground.db.apart import meanwhile
from eventapp.ground.db.dialects import insert_of
from eventapp.ground.db.types import Base, Record
from eventapp.ground.exact import to_plain
from eventapp.review.paged.laying_out import WHOLE, LaidOut, lay_out
from eventapp.review.paged.models import EditionFront, EditionPage, EditionPlace
from eventapp.review.reports.editions import IS_OUT
from eventapp.review.reports.models import Edition

AT_ONCE = 8  # pages that are written in one transaction, some 3 MB
PLACES_AT_ONCE = 200


def editions_not_laid_out() -> Select[int]:
    """Ask for the editions whose pages are not kept: published before there were any, or just now, or restored.

    One that is written ahead and may be taken away again is none of them.
    """
    front = select(EditionFront.edition_id).where(EditionFront.edition_id == Edition.id)
    return select(Edition.id).join(Edition.report).where(IS_OUT, ~front.exists()).order_by(Edition.id.desc())


def keep_one(edition: Edition, laid: LaidOut) -> None:
    """Keep an edition of one page as it is published; those of a long one are kept by the worker, some at a time."""
    if not laid.front.is_long:
        for model, name, rows in _rows_of(edition, laid):
            _keep(model, name, rows)


def keep_pages(edition_id: int, whole: int = WHOLE) -> None:
    """Keep the pages of this edition, the front last; until then a reader's page is laid out when it is asked for.

    Whoever does it beside writes the same, and neither is in the way of the other.
    """
    edition = db.session.get_one(Edition, edition_id)
    written = list(_rows_of(edition, lay_out(edition, whole)))
    db.session.rollback()
    for model, name, rows in written:
        meanwhile(partial(_keep, model, name, rows))


def _rows_of(edition: Edition, laid: LaidOut) -> Iterator[tuple[type[Base], str, list[Record]]]:
    """Walk what is written of an edition, with what tells its rows apart: its pages, its places, at last its front."""
    whose = {"edition_id": edition.id}
    for first in range(0, len(laid.pages), AT_ONCE):
        some = laid.pages[first : first + AT_ONCE]
        yield EditionPage, "name", [{**whose, "name": one.name, "content": _json(one)} for one in some]
    places = {anchor: page.name for page in laid.pages for piece in page.pieces for anchor in piece.anchors}
    rows = [{**whose, "anchor": anchor, "page": page} for anchor, page in places.items()]
    for first in range(0, len(rows), PLACES_AT_ONCE):
        yield EditionPlace, "anchor", rows[first : first + PLACES_AT_ONCE]
    text, published = laid.front.text, {"sha256": edition.sha256, "published_at": edition.published_at}
    front = {"symbol": text.symbol, "notice": "".join(text.notices[:1]), "content": _json(laid.front)}
    yield EditionFront, "", [{**whose, **published, **front}]


def _json(value: object) -> object:
    return json_of(json.dumps(to_plain(value), ensure_ascii=False))


def _keep(model: type[Base], name: str, rows: Sequence[Record]) -> None:
    """Write these rows; one that is there already stays as it is."""
    statement = insert_of(db.engine.dialect.name)(table_of(model)).values(rows)
    db.session.execute(statement.on_conflict_do_nothing(index_elements=["edition_id", *filter(None, [name])]))

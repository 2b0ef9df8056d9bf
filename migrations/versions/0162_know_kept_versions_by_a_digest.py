"""know kept versions by a digest, and keep long ones compressed"""

import json
import zlib
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0162"
down_revision = "0161"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("kept_version", sa.Column("digest", sa.String(64)))
    op.add_column("kept_version", sa.Column("packed", sa.LargeBinary()))
    fill()
    # Versions are looked through for the names of who is erased behind paragraphs now: who is being erased begins anew.
    op.execute("UPDATE erasure SET place = '', after = 0 WHERE done_at IS NULL")


def fill() -> None:
    """Give each version the digest of its words, one at a time: one of a large report has 12 MB."""
    connection = op.get_bind()
    table = sa.table("kept_version", *map(sa.column, ("id", "lines", "digest")))
    query = sa.select(table.c.id, sa.cast(table.c.lines, sa.Text).label("words")).order_by(table.c.id).limit(1)
    last = 0
    while row := connection.execute(query.where(table.c.id > last)).first():
        last = row.id
        connection.execute(table.update().where(table.c.id == last).values(digest=sha256(row.words.encode()).hexdigest()))


def downgrade() -> None:
    unpack()
    with op.batch_alter_table("kept_version") as batch:
        batch.drop_column("packed")
        batch.drop_column("digest")


def unpack() -> None:
    """Give the compressed versions their words back, one at a time."""
    connection = op.get_bind()
    table = sa.table("kept_version", sa.column("id"), sa.column("lines", sa.JSON()), sa.column("packed"))
    query = sa.select(table.c.id, table.c.packed).where(table.c.packed.is_not(None)).order_by(table.c.id).limit(1)
    last = 0
    while row := connection.execute(query.where(table.c.id > last)).first():
        last = row.id
        change = table.update().where(table.c.id == last)
        connection.execute(change.values(lines=json.loads(zlib.decompress(row.packed, -zlib.MAX_WBITS))))

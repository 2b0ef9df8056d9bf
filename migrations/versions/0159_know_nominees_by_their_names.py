"""know nominees among registrations by their names"""

import sqlalchemy as sa
from alembic import op

from eventapp.ground.text.names import name_key

revision = "0159"
down_revision = "0158"
branch_labels = None
depends_on = None

NAMED = {"registration": ("given_name", "family_name"), "nominee": ("name",)}
A_BATCH = 1000


def upgrade() -> None:
    for name, columns in NAMED.items():
        op.add_column(name, sa.Column("name_key", sa.String(400)))
        fill(name, columns)
        op.create_index(f"ix_{name}_name_key", name, ["meeting_id", "name_key"])
        is_unknown = sa.column("name_key").is_(None)
        op.create_index(f"ix_{name}_unknown", name, ["id"], sqlite_where=is_unknown, postgresql_where=is_unknown)


def fill(name: str, columns: tuple[str, ...]) -> None:
    """Give each row the key of its name, a batch after the other."""
    connection = op.get_bind()
    table = sa.table(name, sa.column("id"), sa.column("name_key"), *map(sa.column, columns))
    query = sa.select(table.c.id, *(table.c[one] for one in columns)).order_by(table.c.id).limit(A_BATCH)
    change = table.update().where(table.c.id == sa.bindparam("row")).values(name_key=sa.bindparam("known_by"))
    last = 0
    while rows := connection.execute(query.where(table.c.id > last)).all():
        last = rows[-1].id
        connection.execute(change, [{"row": row[0], "known_by": name_key(*row[1:])} for row in rows])


def downgrade() -> None:
    for name in NAMED:
        op.drop_index(f"ix_{name}_unknown", table_name=name)
        op.drop_index(f"ix_{name}_name_key", table_name=name)
        with op.batch_alter_table(name) as batch:
            batch.drop_column("name_key")

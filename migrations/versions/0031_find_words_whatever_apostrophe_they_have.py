"""find words whatever apostrophe, quotation mark or dash they are written with"""

import sqlalchemy as sa
from alembic import op

from eventapp.ground.text.policy import search_key

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

SEARCHED = {"registration": ("search_text",), "findable": ("words", "speaker")}
A_BATCH = 1000


def upgrade() -> None:
    connection = op.get_bind()
    for name, columns in SEARCHED.items():
        table = sa.table(name, sa.column("id"), *map(sa.column, columns))
        query = sa.select(table.c.id, *(table.c[one] for one in columns)).order_by(table.c.id).limit(A_BATCH)
        last = 0
        while rows := connection.execute(query.where(table.c.id > last)).all():
            last = rows[-1].id
            for row in rows:
                before = {one: getattr(row, one) for one in columns}
                after = {one: search_key(text) for one, text in before.items()}
                if after != before:
                    connection.execute(table.update().where(table.c.id == row.id).values(after))


def downgrade() -> None:
    pass  # the words of before are found by neither less nor more

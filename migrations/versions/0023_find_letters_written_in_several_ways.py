"""find letters that are written in several ways"""

import sqlalchemy as sa
from alembic import op

from eventapp.ground.text.policy import search_key


revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

A_BATCH = 1000


def upgrade() -> None:
    connection = op.get_bind()
    findable = sa.Table("findable", sa.MetaData(), autoload_with=connection)
    columns, last = (findable.c.id, findable.c.words, findable.c.speaker), 0
    while rows := connection.execute(
        sa.select(*columns).where(findable.c.id > last).order_by(findable.c.id).limit(A_BATCH)
    ).all():
        last = rows[-1].id
        for one in rows:
            words, speaker = search_key(one.words), search_key(one.speaker)
            if (words, speaker) != (one.words, one.speaker):
                connection.execute(findable.update().where(findable.c.id == one.id).values(words=words, speaker=speaker))


def downgrade() -> None:
    pass  # the words of before are found by neither less nor more

"""depend on several answers"""

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None

QUESTION = sa.table("question", sa.column("id", sa.Integer), sa.column("condition", sa.JSON))


def upgrade() -> None:
    for number, condition in rows():
        if condition:
            put(number, {"match": "all", "of": [condition]})


def downgrade() -> None:
    for number, condition in rows():
        if condition:
            put(number, condition["of"][0])  # the first of several is all that the old rows can hold


def rows() -> list[tuple[int, dict[str, object]]]:
    return [(row.id, row.condition) for row in op.get_bind().execute(sa.select(QUESTION)).all()]


def put(number: int, condition: object) -> None:
    op.get_bind().execute(sa.update(QUESTION).where(QUESTION.c.id == number).values(condition=condition))

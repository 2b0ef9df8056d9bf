"""keep an answer as it is typed"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("confirmation") as batch:
        batch.add_column(sa.Column("begun", sa.JSON(), nullable=False, server_default="{}"))
        batch.add_column(sa.Column("begun_version", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("begun_mark", sa.String(length=40), nullable=False, server_default=""))
        batch.add_column(sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("confirmation") as batch:
        for name in ("begun", "begun_version", "begun_mark"):
            batch.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("confirmation") as batch:
        for name in ("begun_at", "begun_mark", "begun_version", "begun"):
            batch.drop_column(name)

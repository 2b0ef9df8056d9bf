"""say which code the tables need"""

import sqlalchemy as sa
from alembic import op

revision = "0099"
down_revision = "0098"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table = op.create_table(
        "oldest_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("migration", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oldest_code")),
    )
    op.bulk_insert(table, [{"id": 1, "migration": ""}])


def downgrade() -> None:
    op.drop_table("oldest_code")

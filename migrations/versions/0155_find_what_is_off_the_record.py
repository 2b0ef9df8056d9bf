"""find what is off the record"""

import sqlalchemy as sa
from alembic import op

revision = "0155"
down_revision = "0154"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_revision_off_record",
        "revision",
        ["note_id", "number"],
        sqlite_where=sa.text("off_record IS 1"),
        postgresql_where=sa.text("off_record IS true"),
    )


def downgrade() -> None:
    op.drop_index("ix_revision_off_record", "revision")

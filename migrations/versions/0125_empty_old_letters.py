"""empty old letters"""

import sqlalchemy as sa
from alembic import op

revision = "0125"
down_revision = "0124"
branch_labels = None
depends_on = None

OVER_WITH_WORDS = sa.text("emptied_at IS NULL AND state <> 'waiting'")


def upgrade() -> None:
    op.add_column("letter", sa.Column("emptied_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_letter_due_at", "letter", ["due_at"], sqlite_where=OVER_WITH_WORDS, postgresql_where=OVER_WITH_WORDS
    )


def downgrade() -> None:
    op.drop_index("ix_letter_due_at", table_name="letter")
    with op.batch_alter_table("letter") as batch:
        batch.drop_column("emptied_at")

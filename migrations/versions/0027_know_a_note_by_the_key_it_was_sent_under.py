"""know a note by the key it was sent under"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("note") as batch:
        batch.add_column(sa.Column("sent_as", sa.String(64)))
        batch.create_index(batch.f("ix_note_sent_as"), ["sent_as"])


def downgrade() -> None:
    with op.batch_alter_table("note") as batch:
        batch.drop_index(batch.f("ix_note_sent_as"))
        batch.drop_column("sent_as")

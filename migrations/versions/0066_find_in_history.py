"""find in the history of a meeting"""

from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("entry") as batch:
        batch.drop_index(batch.f("ix_entry_meeting_id"))
        batch.create_index("ix_entry_meeting_number", ["meeting_id", "number"])
        batch.create_index("ix_entry_meeting_thing", ["meeting_id", "thing", "verb"])


def downgrade() -> None:
    with op.batch_alter_table("entry") as batch:
        batch.drop_index("ix_entry_meeting_thing")
        batch.drop_index("ix_entry_meeting_number")
        batch.create_index(batch.f("ix_entry_meeting_id"), ["meeting_id"])

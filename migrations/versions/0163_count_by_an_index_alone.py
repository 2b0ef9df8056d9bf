"""count the notes of sessions, and the people of delegations, by an index alone"""

from alembic import op

revision = "0163"
down_revision = "0162"
branch_labels = None
depends_on = None

COUNTED = ("delegation_id", "brought_by_id", "state", "vouched_at", "delegation_role", "category_id")


def upgrade() -> None:
    op.create_index("ix_note_state", "note", ["session_id", "state", "deleted_at", "head", "state_at"])
    op.create_index("ix_registration_delegation", "registration", ["meeting_id", *COUNTED])


def downgrade() -> None:
    op.drop_index("ix_registration_delegation", "registration")
    op.drop_index("ix_note_state", "note")

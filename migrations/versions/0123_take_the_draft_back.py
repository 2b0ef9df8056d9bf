"""the draft was taken back to a version"""

import sqlalchemy as sa
from alembic import op

revision = "0123"
down_revision = "0122"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft_taken_back",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_draft_taken_back_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_draft_taken_back_release_id_release")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_draft_taken_back_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_taken_back")),
    )
    op.create_index("ix_draft_taken_back_meeting", "draft_taken_back", ["meeting_id", "id"])


def downgrade() -> None:
    op.drop_table("draft_taken_back")

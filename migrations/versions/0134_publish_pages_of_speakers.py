"""publish pages of speakers"""

import sqlalchemy as sa
from alembic import op

revision = "0134"
down_revision = "0133"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("biography", sa.JSON(), nullable=False),
        sa.Column("shows_photo", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_profile_meeting_id_meeting"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_profile_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_profile"),
        sa.UniqueConstraint("meeting_id", "person_id", name="uq_profile_meeting_id_person_id"),
        sa.UniqueConstraint("meeting_id", "code", name="uq_profile_meeting_id_code"),
    )
    op.create_index("ix_profile_person_id", "profile", ["person_id"])


def downgrade() -> None:
    op.drop_table("profile")

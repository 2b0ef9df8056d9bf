"""erase people"""

import sqlalchemy as sa
from alembic import op

revision = "0128"
down_revision = "0127"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("entry", sa.Column("resealed", sa.String(64), nullable=True))
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("place", sa.String(80), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name="fk_erasure_asked_by_id_person"),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name="fk_erasure_decided_by_id_person"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_erasure_meeting_id_meeting"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_erasure_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_erasure"),
    )
    op.create_index("ix_erasure_meeting_id", "erasure", ["meeting_id"])
    op.create_index("ix_erasure_person_id", "erasure", ["person_id"])


def downgrade() -> None:
    op.drop_table("erasure")
    with op.batch_alter_table("entry") as batch:
        batch.drop_column("resealed")

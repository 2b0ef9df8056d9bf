"""let two people meet"""

import sqlalchemy as sa
from alembic import op

revision = "0142"
down_revision = "0141"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bilateral_slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(120), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wall_starts", sa.String(20), nullable=False),
        sa.Column("wall_ends", sa.String(20), nullable=False),
        sa.Column("wall_zone", sa.String(60), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_bilateral_slot_ends_later")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_bilateral_slot_meeting_id_meeting"),
        sa.PrimaryKeyConstraint("id", name="pk_bilateral_slot"),
        sa.UniqueConstraint("meeting_id", "starts_at", "place", name="uq_bilateral_slot_meeting_id_starts_at_place"),
    )
    op.create_table(
        "bilateral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=False),
        sa.Column("waits_for_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(500), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("outcome", sa.String(1000), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'agreed', 'declined', 'cancelled', 'lapsed')", name=op.f("ck_bilateral_state_known")
        ),
        sa.CheckConstraint("asker_id != asked_id", name=op.f("ck_bilateral_two_people")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_bilateral_meeting_id_meeting"),
        sa.ForeignKeyConstraint(["asker_id"], ["registration.id"], name="fk_bilateral_asker_id_registration"),
        sa.ForeignKeyConstraint(["asked_id"], ["registration.id"], name="fk_bilateral_asked_id_registration"),
        sa.ForeignKeyConstraint(["waits_for_id"], ["registration.id"], name="fk_bilateral_waits_for_id_registration"),
        sa.ForeignKeyConstraint(["slot_id"], ["bilateral_slot.id"], name="fk_bilateral_slot_id_bilateral_slot"),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name="fk_bilateral_note_id_note"),
        sa.PrimaryKeyConstraint("id", name="pk_bilateral"),
    )
    op.create_index("ix_bilateral_meeting_id", "bilateral", ["meeting_id"])
    op.create_index("ix_bilateral_asker", "bilateral", ["asker_id", "asked_at"])
    op.create_index("ix_bilateral_asked_id", "bilateral", ["asked_id"])
    op.create_index("ix_bilateral_slot_id", "bilateral", ["slot_id"])
    op.create_index("ix_bilateral_waits", "bilateral", ["state", "expires_at"])


def downgrade() -> None:
    op.drop_table("bilateral")
    op.drop_table("bilateral_slot")

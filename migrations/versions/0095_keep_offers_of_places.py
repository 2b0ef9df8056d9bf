"""offers of places, and the order of the waiting list"""

import sqlalchemy as sa
from alembic import op

revision = "0095"
down_revision = "0094"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "place_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(8), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_place_offer_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_offer")),
    )
    op.create_index(op.f("ix_place_offer_registration_id"), "place_offer", ["registration_id"])
    op.create_index(
        "uq_place_offer_open",
        "place_offer",
        ["registration_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "waiting_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("offer_hours", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_waiting_rules_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_rules")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_waiting_rules_meeting_id")),
    )
    op.add_column("registration", sa.Column("waiting_rank", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("registration", "waiting_rank")
    op.drop_table("waiting_rules")
    op.drop_index("uq_place_offer_open", table_name="place_offer")
    op.drop_table("place_offer")

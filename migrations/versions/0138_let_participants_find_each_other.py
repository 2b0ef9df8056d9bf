"""let participants find each other"""

import sqlalchemy as sa
from alembic import op

revision = "0138"
down_revision = "0137"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "networking_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("requests_a_day", sa.Integer(), nullable=False),
        sa.Column("answer_hours", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_networking_rules_meeting_id_meeting"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_networking_rules_session_id_session"),
        sa.PrimaryKeyConstraint("id", name="pk_networking_rules"),
        sa.UniqueConstraint("meeting_id", name="uq_networking_rules_meeting_id"),
    )
    op.create_table(
        "networking_consent",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "audience IN ('nobody', 'governments', 'participants')", name=op.f("ck_networking_consent_audience_known")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_networking_consent_registration_id_registration"
        ),
        sa.PrimaryKeyConstraint("registration_id", name="pk_networking_consent"),
    )
    op.create_table(
        "networking_block",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("blocked_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_networking_block_registration_id_registration"
        ),
        sa.ForeignKeyConstraint(
            ["blocked_id"], ["registration.id"], name="fk_networking_block_blocked_id_registration"
        ),
        sa.PrimaryKeyConstraint("registration_id", "blocked_id", name="pk_networking_block"),
    )
    op.create_index("ix_networking_block_blocked_id", "networking_block", ["blocked_id"])
    op.create_table(
        "networking_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(5), nullable=False),
        sa.Column("text", sa.String(200), nullable=False),
        sa.Column("for_delegation", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('offer', 'need')", name=op.f("ck_networking_line_kind_known")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_networking_line_meeting_id_meeting"),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_networking_line_registration_id_registration"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_networking_line"),
    )
    op.create_index("ix_networking_line_registration_id", "networking_line", ["registration_id"])
    op.create_index("ix_networking_line_listed", "networking_line", ["meeting_id", "kind", "id"])
    op.create_table(
        "networking_tag",
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(12), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(5), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["networking_line.id"], name="fk_networking_tag_line_id_networking_line"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_networking_tag_meeting_id_meeting"),
        sa.PrimaryKeyConstraint("line_id", "tag", name="pk_networking_tag"),
    )
    op.create_index("ix_networking_tag_fits", "networking_tag", ["meeting_id", "kind", "tag", "line_id"])


def downgrade() -> None:
    for table in ("networking_tag", "networking_line", "networking_block", "networking_consent", "networking_rules"):
        op.drop_table(table)

"""sessions that run late: what gives way, what was changed live, and when sessions really began and ended"""

import sqlalchemy as sa
from alembic import op

revision = "0098"
down_revision = "0097"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "session_actual",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_session_actual_session_id_session")),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_session_actual")),
    )
    op.create_table(
        "delay_rule",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("hold", sa.String(8), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.CheckConstraint("hold IN ('free', 'end', 'fixed')", name=op.f("ck_delay_rule_hold_known")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_delay_rule_session_id_session")),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_delay_rule")),
    )
    op.create_table(
        "live_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("everywhere", sa.Boolean(), nullable=False),
        sa.Column("seen", sa.String(40), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("has_letters", sa.Boolean(), nullable=False),
        sa.Column("notice", sa.Integer(), nullable=True),
        sa.Column("through", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_live_change_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_live_change_session_id_session")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_live_change_by_id_person")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["person.id"], name=op.f("fk_live_change_undone_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_change")),
    )
    op.create_index("ix_live_change_meeting", "live_change", ["meeting_id", "at"])
    op.create_index("ix_live_change_unwritten", "live_change", ["written_at", "at"])


def downgrade() -> None:
    op.drop_table("live_change")
    op.drop_table("delay_rule")
    op.drop_table("session_actual")

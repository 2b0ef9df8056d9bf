"""keep the floor list of a session: who asked, whose turn it was, and what was done to it"""

import sqlalchemy as sa
from alembic import op


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

IS_RUNNING = sa.text("started_at IS NOT NULL AND ended_at IS NULL AND removed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "floor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=12), nullable=False),
        sa.Column("first_timers_first", sa.Boolean(), nullable=False),
        sa.CheckConstraint("rule IN ('protocol', 'asked')", name=op.f("ck_floor_rule_known")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_floor_session_id_session")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_floor")),
        sa.UniqueConstraint("session_id", name=op.f("uq_floor_session_id")),
    )
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organization", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pauses", sa.JSON(), nullable=False),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_statement_category_id_category")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_statement_registration_id_registration")
        ),
        sa.ForeignKeyConstraint(["role_id"], ["speaking_role.id"], name=op.f("fk_statement_role_id_speaking_role")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_statement_session_id_session")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
    )
    op.create_index("ix_statement_session", "statement", ["session_id"])
    op.create_index(
        "uq_statement_running",
        "statement",
        ["session_id"],
        unique=True,
        sqlite_where=IS_RUNNING,
        postgresql_where=IS_RUNNING,
    )
    op.create_table(
        "floor_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_floor_act_by_id_person")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_floor_act_session_id_session")),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name=op.f("fk_floor_act_statement_id_statement")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_floor_act")),
    )
    op.create_index("ix_floor_act_session", "floor_act", ["session_id"])


def downgrade() -> None:
    op.drop_index("ix_floor_act_session", table_name="floor_act")
    op.drop_table("floor_act")
    op.drop_index("uq_statement_running", table_name="statement")
    op.drop_index("ix_statement_session", table_name="statement")
    op.drop_table("statement")
    op.drop_table("floor")

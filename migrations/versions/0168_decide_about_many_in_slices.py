"""decisions about many that the worker makes"""

import sqlalchemy as sa
from alembic import op

revision = "0168"
down_revision = "0167"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decision_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(12), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.Column("past", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("resumes", sa.String(12), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("stuck", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_decision_task_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_decision_task_by_id_person")),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["decision_task.id"], name=op.f("fk_decision_task_undoes_id_decision_task")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_task")),
    )
    for column in ("meeting_id", "by_id", "undoes_id", "state"):
        op.create_index(op.f(f"ix_decision_task_{column}"), "decision_task", [column])
    op.create_table(
        "decision_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(12), nullable=False),
        sa.Column("decision", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(12), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["decision_task.id"], name=op.f("fk_decision_line_task_id_decision_task")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_decision_line_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_line")),
        sa.UniqueConstraint("task_id", "registration_id", name=op.f("uq_decision_line_task_id_registration_id")),
    )
    op.create_index(op.f("ix_decision_line_registration_id"), "decision_line", ["registration_id"])
    op.create_index("ix_decision_line_outcome", "decision_line", ["task_id", "outcome", "id"])


def downgrade() -> None:
    op.drop_table("decision_line")
    op.drop_table("decision_task")

"""keep answers of inputs"""

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "input_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("wording_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("input_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["input_id"], ["written_input.id"], name=op.f("fk_input_answer_input_id_written_input")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_input_answer_question_id_question")),
        sa.ForeignKeyConstraint(
            ["wording_id"], ["question_wording.id"], name=op.f("fk_input_answer_wording_id_question_wording")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_input_answer")),
        sa.UniqueConstraint(
            "input_id", "question_id", "choice", name=op.f("uq_input_answer_input_id_question_id_choice")
        ),
    )
    op.create_index("ix_input_answer_choice", "input_answer", ["question_id", "choice"])


def downgrade() -> None:
    op.drop_index("ix_input_answer_choice", table_name="input_answer")
    op.drop_table("input_answer")

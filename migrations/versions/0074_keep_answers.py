"""keep answers"""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("wording_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_answer_registration_id_registration")
        ),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_answer_question_id_question")),
        sa.ForeignKeyConstraint(
            ["wording_id"], ["question_wording.id"], name=op.f("fk_answer_wording_id_question_wording")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint(
            "registration_id", "question_id", "choice", name=op.f("uq_answer_registration_id_question_id_choice")
        ),
    )
    op.create_index("ix_answer_choice", "answer", ["question_id", "choice"])


def downgrade() -> None:
    op.drop_index("ix_answer_choice", table_name="answer")
    op.drop_table("answer")

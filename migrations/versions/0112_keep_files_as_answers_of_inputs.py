"""files that answer questions in the form of inputs"""

import sqlalchemy as sa
from alembic import op

revision = "0112"
down_revision = "0111"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "input_answer_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("input_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.String(100), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("given_name", sa.String(200), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["input_id"], ["written_input.id"], name=op.f("fk_input_answer_file_input_id_written_input")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_input_answer_file_question_id_question")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_input_answer_file")),
    )
    op.create_index(op.f("ix_input_answer_file_input_id"), "input_answer_file", ["input_id"])
    op.create_index(op.f("ix_input_answer_file_question_id"), "input_answer_file", ["question_id"])


def downgrade() -> None:
    op.drop_table("input_answer_file")

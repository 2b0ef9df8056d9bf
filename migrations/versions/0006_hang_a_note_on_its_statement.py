"""hang a note on the statement it was said in"""

import sqlalchemy as sa
from alembic import op


revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("note") as batch_op:
        batch_op.add_column(sa.Column("statement_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_note_statement_id"), ["statement_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_note_statement_id_statement"), "statement", ["statement_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("note") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_note_statement_id_statement"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_note_statement_id"))
        batch_op.drop_column("statement_id")

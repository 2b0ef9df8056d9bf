"""ask who spoke from the floor"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

# Before, only parts in a session were asked: what participants without one answered has nowhere to stand. The words
# they proposed stay beside the note as kept texts, and the history tells of each answer.
FORGET = (
    "DELETE FROM reply WHERE confirmation_id IN (SELECT id FROM confirmation WHERE role_id IS NULL)",
    "DELETE FROM confirmation WHERE role_id IS NULL",
)
PARTICIPANT = "fk_confirmation_registration_id_registration"
ONE_IS_ASKED = "ck_confirmation_one_is_asked"


def upgrade() -> None:
    with op.batch_alter_table("confirmation") as batch:
        batch.alter_column("role_id", existing_type=sa.Integer(), nullable=True)
        batch.add_column(sa.Column("registration_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(batch.f(PARTICIPANT), "registration", ["registration_id"], ["id"])
        batch.create_check_constraint(batch.f(ONE_IS_ASKED), "(role_id IS NULL) <> (registration_id IS NULL)")


def downgrade() -> None:
    for words in FORGET:
        op.execute(words)
    with op.batch_alter_table("confirmation") as batch:
        batch.drop_constraint(batch.f(ONE_IS_ASKED), type_="check")
        batch.drop_constraint(batch.f(PARTICIPANT), type_="foreignkey")
        batch.drop_column("registration_id")
        batch.alter_column("role_id", existing_type=sa.Integer(), nullable=False)

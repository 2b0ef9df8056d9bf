"""keep the number that was adopted"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("adoption") as batch:
        batch.add_column(sa.Column("place", sa.String(length=40), nullable=False, server_default=""))
        batch.add_column(sa.Column("undone_by_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(batch.f("fk_adoption_undone_by_id_person"), "person", ["undone_by_id"], ["id"])
    with op.batch_alter_table("adoption") as batch:
        batch.alter_column("place", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("adoption") as batch:
        batch.drop_constraint(batch.f("fk_adoption_undone_by_id_person"), type_="foreignkey")
        batch.drop_column("undone_by_id")
        batch.drop_column("place")

"""keep the notes left beside an edition"""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notes_left",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_notes_left_edition_id_edition")),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_notes_left")),
    )
    op.execute("INSERT INTO notes_left (edition_id, notes) SELECT id, notes_left FROM edition WHERE notes_left IS NOT NULL")
    with op.batch_alter_table("edition") as batch:
        batch.drop_column("notes_left")


def downgrade() -> None:
    op.add_column("edition", sa.Column("notes_left", sa.JSON(), nullable=True))
    op.execute(
        "UPDATE edition SET notes_left = (SELECT notes FROM notes_left WHERE edition_id = edition.id)"
        " WHERE id IN (SELECT edition_id FROM notes_left)"
    )
    op.drop_table("notes_left")

"""organize every meeting of a body"""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "body_organizer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_body_organizer_person_id_person")),
        sa.ForeignKeyConstraint(["granted_by_id"], ["person.id"], name=op.f("fk_body_organizer_granted_by_id_person")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_body_organizer_ended_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_organizer")),
    )
    op.create_index("ix_body_organizer_person", "body_organizer", ["person_id", "code"])


def downgrade() -> None:
    op.drop_index("ix_body_organizer_person", table_name="body_organizer")
    op.drop_table("body_organizer")

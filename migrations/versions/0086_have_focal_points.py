"""focal points of delegations, and the people they nominate"""

import sqlalchemy as sa
from alembic import op

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delegation_focal_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_delegation_focal_point_delegation_id_delegation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_delegation_focal_point_person_id_person")),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["person.id"], name=op.f("fk_delegation_focal_point_invited_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation_focal_point")),
    )
    op.create_index(op.f("ix_delegation_focal_point_delegation_id"), "delegation_focal_point", ["delegation_id"])
    op.add_column("registration", sa.Column("vouched_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("registration", sa.Column("position", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("registration", "position")
    op.drop_column("registration", "vouched_at")
    op.drop_table("delegation_focal_point")

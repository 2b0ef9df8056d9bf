"""participants from a file"""

import sqlalchemy as sa
from alembic import op

revision = "0101"
down_revision = "0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "registration_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("given_name", sa.String(200), nullable=False),
        sa.Column("heads", sa.JSON(), nullable=False),
        sa.Column("example", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("resumes", sa.String(12), nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("stuck", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_registration_import_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_registration_import_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_import")),
    )
    op.create_index(op.f("ix_registration_import_meeting_id"), "registration_import", ["meeting_id"])
    op.create_table(
        "registration_import_file",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["registration_import.id"], name=op.f("fk_registration_import_file_import_id_registration_import")
        ),
        sa.PrimaryKeyConstraint("import_id", name=op.f("pk_registration_import_file")),
    )
    op.create_table(
        "registration_import_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(12), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["registration_import.id"], name=op.f("fk_registration_import_row_import_id_registration_import")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_registration_import_row_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_import_row")),
        sa.UniqueConstraint("import_id", "number", name=op.f("uq_registration_import_row_import_id_number")),
    )
    op.create_index(
        op.f("ix_registration_import_row_registration_id"), "registration_import_row", ["registration_id"]
    )
    op.create_index("ix_registration_import_row_outcome", "registration_import_row", ["import_id", "outcome", "number"])
    op.create_index("ix_registration_import_row_email", "registration_import_row", ["import_id", "email"])


def downgrade() -> None:
    op.drop_table("registration_import_row")
    op.drop_table("registration_import_file")
    op.drop_table("registration_import")

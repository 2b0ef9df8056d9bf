"""papers for one person, and their templates"""

import sqlalchemy as sa
from alembic import op

revision = "0094"
down_revision = "0093"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("tongue", sa.String(12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("signatory", sa.String(300), nullable=False),
        # Last: SQLite reads through it to what stands behind.
        sa.Column("letterhead", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_paper_template_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_template")),
        sa.UniqueConstraint("meeting_id", "kind", "tongue", name=op.f("uq_paper_template_meeting_id_kind_tongue")),
    )
    op.create_table(
        "personal_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("tongue", sa.String(12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(24), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_personal_paper_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_personal_paper_registration_id_registration")
        ),
        sa.ForeignKeyConstraint(["issued_by_id"], ["person.id"], name=op.f("fk_personal_paper_issued_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_paper")),
        sa.UniqueConstraint("code", name=op.f("uq_personal_paper_code")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_personal_paper_meeting_id_number")),
    )
    op.create_index("ix_personal_paper_registration", "personal_paper", ["registration_id", "kind"])


def downgrade() -> None:
    op.drop_table("personal_paper")
    op.drop_table("paper_template")

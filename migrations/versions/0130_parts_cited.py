"""find the notes of a part and the paragraphs that rest on a revision"""

from alembic import op

revision = "0130"
down_revision = "0129"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_revision_role_id", "revision", ["role_id"])
    op.create_index("ix_evidence_revision_id", "evidence", ["revision_id"])


def downgrade() -> None:
    op.drop_index("ix_evidence_revision_id", "evidence")
    op.drop_index("ix_revision_role_id", "revision")

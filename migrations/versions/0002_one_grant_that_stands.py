"""One grant that stands, per person and permission, and per clinic, permission and account

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-23 22:18:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

STANDS = sa.text('ended_at IS NULL')


def upgrade():
    op.create_index('uq_grants_of_person', 'grants', ['person_id', 'permission'],
                    unique=True, sqlite_where=STANDS, postgresql_where=STANDS)
    op.create_index('uq_grants_of_account', 'grants', ['clinic_id', 'permission', 'sub'],
                    unique=True, sqlite_where=STANDS, postgresql_where=STANDS)


def downgrade():
    op.drop_index('uq_grants_of_account', table_name='grants')
    op.drop_index('uq_grants_of_person', table_name='grants')

"""First run and sign-in: what a clinic said of itself, passwords, one-time links

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-24 00:02:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('clinics', schema=None) as batch_op:
        batch_op.add_column(sa.Column('pimsy_kind', sa.String(), nullable=False, server_default='desktop'))
        batch_op.add_column(sa.Column('accounts_kind', sa.String(), nullable=False, server_default='workspace'))
        batch_op.add_column(sa.Column('agreement', sa.String(), nullable=False, server_default='not known'))
    with op.batch_alter_table('administrators', schema=None) as batch_op:
        batch_op.add_column(sa.Column('password_digest', sa.String(), nullable=True))
    op.create_index('uq_administrators_who_sign_in', 'administrators', ['email'], unique=True,
                    sqlite_where=sa.text('password_digest IS NOT NULL'),
                    postgresql_where=sa.text('password_digest IS NOT NULL'))
    op.create_table('one_time_links',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('clinic_id', sa.Integer(), nullable=True),
    sa.Column('administrator_id', sa.Integer(), nullable=True),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['administrator_id'], ['administrators.id'], ),
    sa.ForeignKeyConstraint(['clinic_id'], ['clinics.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('digest')
    )


def downgrade():
    op.drop_table('one_time_links')
    op.drop_index('uq_administrators_who_sign_in', table_name='administrators')
    with op.batch_alter_table('administrators', schema=None) as batch_op:
        batch_op.drop_column('password_digest')
    with op.batch_alter_table('clinics', schema=None) as batch_op:
        batch_op.drop_column('agreement')
        batch_op.drop_column('accounts_kind')
        batch_op.drop_column('pimsy_kind')

"""The log is append-only: no row is changed, and none is deleted while its clinic lives; what is left of a deleted clinic

A later migration that rebuilds `log` or `clinics` drops these triggers first and makes them again afterwards. SQLite loses
the triggers of a table that batch_alter_table rebuilds (anything but add_column), and cannot rename the new `clinics` into
its place while a trigger names the old one.

Revision ID: 0006
Revises: 0005
Create Date: 2026-11-29 08:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

# The third one holds on a connection without recursive_triggers, too: there REPLACE deletes and fires no trigger of DELETE
# (sqlite.org/lang_conflict.html). Where the id is not given, NEW.id is -1 there, which no row has.
SQLITE = (
    """CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log
    BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END""",
    """CREATE TRIGGER log_is_kept BEFORE DELETE ON log
    WHEN (SELECT ended_at FROM clinics WHERE id = OLD.clinic_id) IS NULL
    BEGIN SELECT RAISE(ABORT, 'the log is kept while its clinic lives'); END""",
    """CREATE TRIGGER log_is_never_replaced BEFORE INSERT ON log
    WHEN EXISTS (SELECT 1 FROM log WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION keep_the_log() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF (SELECT ended_at FROM clinics WHERE id = OLD.clinic_id) IS NOT NULL THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION 'the log is kept while its clinic lives';
        END IF;
        RAISE EXCEPTION 'the log is never changed';
    END $$""",
    """CREATE TRIGGER log_is_kept BEFORE UPDATE OR DELETE ON log
    FOR EACH ROW EXECUTE FUNCTION keep_the_log()""",
    """CREATE TRIGGER log_is_never_emptied BEFORE TRUNCATE ON log
    FOR EACH STATEMENT EXECUTE FUNCTION keep_the_log()""",
)
UNDO = {
    'sqlite': (
        'DROP TRIGGER log_is_never_replaced',
        'DROP TRIGGER log_is_kept',
        'DROP TRIGGER log_is_never_changed',
    ),
    'postgresql': (
        'DROP TRIGGER log_is_never_emptied ON log',
        'DROP TRIGGER log_is_kept ON log',
        'DROP FUNCTION keep_the_log()',
    ),
}


def upgrade():
    op.create_table('deleted_clinics',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_workstation', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    for statement in {'sqlite': SQLITE, 'postgresql': POSTGRESQL}[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade():
    for statement in UNDO[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_table('deleted_clinics')

"""The tables of Procrastinate, on PostgreSQL: jobs that ring the bell for what is owed

They are those of the version named in the file, and stay so when a newer one is installed: its own changes come by a
migration of theirs.

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-29 12:00:00.000000

"""
from pathlib import Path

from alembic import op


# revision identifiers, used by Alembic.
revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

SCHEMA = Path(__file__).resolve().parents[1] / 'procrastinate-3.10.0.sql'

DROP = r"""
DROP TABLE procrastinate_events, procrastinate_periodic_defers, procrastinate_jobs, procrastinate_workers CASCADE;
DO $$
DECLARE made record;
BEGIN
    FOR made IN SELECT oid::regprocedure AS name FROM pg_proc
        WHERE proname LIKE 'procrastinate\_%' AND pronamespace = current_schema()::regnamespace
    LOOP
        EXECUTE 'DROP FUNCTION ' || made.name || ' CASCADE';
    END LOOP;
END $$;
DROP TYPE procrastinate_job_to_defer_v1;
DROP TYPE procrastinate_job_event_type;
DROP TYPE procrastinate_job_status;
"""


def run(sql):
    """Many statements at once, with signs that SQLAlchemy would read as parameters."""
    bind = op.get_bind()
    if bind.dialect.name == 'postgresql':
        bind.connection.driver_connection.execute(sql)


def upgrade():
    run(SCHEMA.read_text())


def downgrade():
    run(DROP)

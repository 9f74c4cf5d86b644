"""`python -m wizard worker` with the short lease of the suites, as a process that can be killed."""

import os
import sys
from dataclasses import replace

from wizard import serve
from wizard.config import settings_from

LEASE_S = 2.0

if __name__ == "__main__":
    sys.exit(serve.work(replace(settings_from(os.environ), lease_s=LEASE_S)))

"""`python -m e2e.fake_google`; command.py has its arguments."""

import sys

from .command import main

sys.exit(main())

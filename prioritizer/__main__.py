"""``python -m prioritizer``: the same as the command ``prioritizer``."""

import sys

from prioritizer.cli import main

sys.exit(main())

"""``python -m workbench COMMAND``: the headless twin of every page."""

import sys

from workbench.cli.main import main

sys.exit(main())

"""``python -m workbench COMMAND``: the headless twin of every page."""

import sys

from workbench.cli.main import main
from workbench.data.files.read_apart import read_files_apart

if __name__ == "__main__":
    read_files_apart(ahead=False)
    sys.exit(main())

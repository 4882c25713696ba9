"""python -m tui"""

import os
import sys

if not sys.flags.safe_path and sys.path[0] != __file__.removesuffix(f"{os.sep}tui{os.sep}__main__.py"):
    del sys.path[0]  # the current folder: in a stranger's project it may hold a textual.py

from tui.cli import main

sys.exit(main())

"""Start Relief from a checkout; the installed command `relief-app` is the same program."""

import sys

from relief_app.__main__ import main

if __name__ == "__main__":
    sys.exit(main())

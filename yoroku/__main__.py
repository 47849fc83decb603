"""`python -m yoroku`: the same program as the installed command `yoroku`."""

import sys

from yoroku.cli import main

if __name__ == "__main__":
    sys.exit(main())

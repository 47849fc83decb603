#!/usr/bin/env python3
"""Entry of a site's folder: the same program as the installed command `yoroku`."""

import sys

from yoroku.cli import main

if __name__ == "__main__":
    sys.exit(main())

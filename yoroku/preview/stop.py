"""Ending: Ctrl-C and SIGTERM as a question that the refresh loop asks."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Stop:
    """Whether to stop. During a refresh the first signal interrupts it; what is half made was never published."""

    def __init__(self) -> None:
        self.asked = False
        self.inside = False

    @contextmanager
    def signals(self) -> Iterator[Stop]:
        """Listen for Ctrl-C and SIGTERM, in the main thread only: elsewhere Python gives no signals."""
        numbers = [signal.SIGINT, signal.SIGTERM] if threading.current_thread() is threading.main_thread() else []
        before = [(number, signal.signal(number, self._signalled)) for number in numbers]
        try:
            yield self
        finally:
            for number, handler in before:
                signal.signal(number, handler)

    def _signalled(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True
        if self.inside:
            raise KeyboardInterrupt

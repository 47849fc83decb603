"""Settings of all tests: what Hypothesis tries is the same each time, and never too slow for it on a busy machine."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# What is said is compared word by word, whatever the language of who runs the tests.
os.environ["YOROKU_LANG"] = "en"

settings.register_profile(
    "yoroku",
    deadline=None,
    derandomize="YOROKU_STEPS" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
settings.load_profile("yoroku")

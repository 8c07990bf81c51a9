"""For all tests."""

from tests.effort import load_profile

load_profile()

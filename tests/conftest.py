"""Hypothesis profiles, chosen by HYPOTHESIS_PROFILE: dev, ci (default), nightly. Groups of tests stay together."""

import os

from hypothesis import settings

settings.register_profile("dev", max_examples=20, deadline=None)
settings.register_profile("ci", max_examples=60, deadline=None, derandomize=True)
settings.register_profile("nightly", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_configure(config):
    """With pytest -n, what one group shares and takes long to make is made by one process: as --dist=loadgroup does."""
    if config.getoption("dist", "no") == "load":
        config.option.dist = "loadgroup"
    if hasattr(config, "workerinput"):  # workers go by the command line
        config.option.loadgroup = True

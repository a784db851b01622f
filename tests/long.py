"""What only the long run plays: `NHACLICH_DEEP=1`, as `.ci/run` does."""

import os

import pytest

DEEP = os.environ.get("NHACLICH_DEEP") == "1"


def only_deep(why: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not DEEP, reason=f"{why}: NHACLICH_DEEP=1 runs it")

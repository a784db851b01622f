"""A stage for each test, and no exception may be logged on it."""

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.talks.stage import INVITED, Stage


@pytest.fixture(autouse=True)
def _nothing_breaks(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    broken = [r for r in caplog.get_records("call") if r.levelno >= logging.ERROR]
    assert not broken, [r.getMessage() + str(r.exc_info) for r in broken]


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with Stage(tmp_path) as ready:
        yield ready


@pytest.fixture
async def november(tmp_path: Path) -> AsyncIterator[Stage]:
    """01/11/2023 09:00: B1 is over, everybody of the cluster has been invited to B2."""
    async with Stage(tmp_path, INVITED) as ready:
        yield ready

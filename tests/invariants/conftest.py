"""The whole bot on a stage, as in the talks."""

from tests.talks.conftest import _nothing_breaks, november, stage

__all__ = ["_nothing_breaks", "november", "stage"]

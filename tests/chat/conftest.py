"""The whole bot on a stage, as in the talks."""

import pytest

pytest.register_assert_rewrite("tests.chat.turns", "tests.chat.ending_turns", "tests.chat.walking")

from tests.talks.conftest import _nothing_breaks, november, stage  # noqa: E402

__all__ = ["_nothing_breaks", "november", "stage"]

"""The happy path of every dialog: how it begins, and the answer to each of its questions."""

from tests.chat.ways import moving, papers, people, registering
from tests.chat.ways.way import Way

WAYS: tuple[Way, ...] = (
    *people.WAYS,
    *moving.WAYS,
    *papers.WAYS,
    *registering.WAYS,
)

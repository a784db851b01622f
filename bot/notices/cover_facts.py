"""Who covers for those of a school who go, as the texts say it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.cluster.charges import Charge
from bot.sessions.cover import CoverState

_CHARGES = ((False, "dạy thay"), (True, "trông bếp"))


@dataclass(frozen=True, slots=True)
class CoverLine:
    """One who goes, and who covers for her."""

    absent: str  #: as her own school names her: "Nguyễn Thị A (TTCM mẫu giáo)"
    charge: Charge
    who: str = ""  #: who covers; "": nobody is named, or needed
    state: CoverState | None = None

    @property
    def settled(self) -> bool:
        return self.state is not None and self.state.settled

    @property
    def waiting(self) -> bool:
        return self.state is CoverState.ASKED

    @property
    def kitchen(self) -> bool:
        return self.charge is Charge.KITCHEN

    @property
    def still_open(self) -> str:
        """ "Nguyễn Thị A (TTCM mẫu giáo), chờ Nguyễn Thị B trả lời"."""
        return f"{self.absent}, chờ {self.who} trả lời" if self.waiting else self.absent


@dataclass(frozen=True, slots=True)
class OwnCovers:
    """What a head sees of the lines of her own school; there is one at least."""

    lines: tuple[CoverLine, ...]

    @property
    def settled(self) -> int:
        return sum(line.settled for line in self.lines)

    @property
    def begun(self) -> bool:
        """Something has been said about one of them."""
        return any(line.state is not None for line in self.lines)

    @property
    def what(self) -> str:
        """ "dạy thay, trông bếp": as far as the school needs it."""
        kitchen = {line.kitchen for line in self.lines}
        return ", ".join(words for is_so, words in _CHARGES if is_so in kitchen)

    @property
    def needed(self) -> str:
        """After "cần người": "thay: 4 dạy thay, 1 trông bếp", or "dạy thay" where it is one thing only."""
        by = self._by_charge(self.lines)
        return "thay: " + ", ".join(f"{len(of)} {words}" for words, of in by) if len(by) > 1 else self.what

    @property
    def open(self) -> tuple[tuple[str, tuple[CoverLine, ...]], ...]:
        """("dạy thay", lines) and ("trông bếp", lines), as far as nobody has accepted."""
        return self._by_charge([line for line in self.lines if not line.settled])

    def _by_charge(self, lines: Sequence[CoverLine]) -> tuple[tuple[str, tuple[CoverLine, ...]], ...]:
        by = ((words, tuple(one for one in lines if one.kitchen is is_so)) for is_so, words in _CHARGES)
        return tuple((words, found) for words, found in by if found)


@dataclass(frozen=True, slots=True)
class CoverFacts:
    """What was said about who covers for one who goes, and perhaps is so no more."""

    id: int
    asked: int
    state: CoverState
    day: dt.date
    absent: str
    kitchen: bool
    who: str
    by: str  #: which head named her: "đ/c Nguyễn Thị A, Hiệu trưởng MN Bát Trang"
    phone: str = ""  #: of who covers, for the head who is to tell her

    @property
    def task(self) -> str:
        """To be followed by who is away: "dạy thay", "trông bếp thay"."""
        return "trông bếp thay" if self.kitchen else "dạy thay"

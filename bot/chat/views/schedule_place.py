"""Where in the schedule somebody is: the tab, the page, the month; and how a button says it."""

from dataclasses import dataclass
from enum import StrEnum

from bot.notices.actions import Action


class Tab(StrEnum):
    COMING = "sap"
    YEAR = "nam"
    SCHOOL = "truong"
    MINE = "toi"
    BEFORE = "truoc"  #: the school years before the present one


LABELS = {
    Tab.COMING: "Sắp tới",
    Tab.YEAR: "Cả năm",
    Tab.SCHOOL: "Của trường tôi",
    Tab.MINE: "Của tôi",
    Tab.BEFORE: "Các năm học trước",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the schedule somebody is.  `month`: only the sessions of this month, whatever the tab."""

    tab: Tab = Tab.COMING
    page: int = 1
    month: int | None = None

    @property
    def words(self) -> tuple[str, str]:
        """As two arguments of a button's token."""
        return (f"t{self.month}" if self.month else self.tab.value), str(self.page)

    @classmethod
    def read(cls, action: Action, position: int) -> "Place | None":
        """The place in a token from its argument `position` on; None: none is named.

        Raises ValueError: forged tokens hold anything.
        """
        word = action.word(position)
        if not word:
            return None
        page = action.number(position + 1) if action.word(position + 1) else 1
        if word[:1] == "t" and word[1:] in map(str, range(1, 13)):
            return cls(page=page, month=int(word[1:]))
        return cls(Tab(word), page)

"""What a pressed button means, in at most 64 bytes.

A token is `verb:number:number…` or `verb:number:word`.  Any client can send any token, so a token
only says what is wanted; whether it may be done is decided at the press (invariant 6).
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.message import Button

_BUTTONS = 1024  #: kept: those of one session are the same for everybody who has them


class Verb(StrEnum):
    CARD = "card"  #: session; from the schedule also the place to go back to: tab, page
    GOING = "go"  #: session, date revision
    DECLINE = "no"  #: session, date revision
    WHY_ME = "why"  #: session
    RELEASE = "rel"  #: session, date revision
    PEOPLE = "who"  #: session: answers by school, who is not reached
    OURS = "our"  #: session: who of my school goes
    NAME = "name"  #: session, place in its audience phrase: the head, or the lead, names who goes
    REPLACE = "rep"  #: session: the head names who goes instead of one of her people
    COVERS = "lop"  #: session, page of who covers for those of my school who go; "r": the same anew
    COVER = "thay"  #: session, person who goes: the head names who covers for her
    ACCEPT = "nhan"  #: cover, how often it was asked
    REJECT = "tuchoi"  #: cover, how often it was asked
    COVERING = "tat"  #: school, 1 or 0: who covers is settled here, or by the school itself; 0: the list
    HOST = "host"  #: session: what its host has to do; "r": the same anew, "ds": the list to forward
    SET = "set"  #: session, field: hour, room, programme
    ASK = "ask"  #: session, date revision: begin a request
    AGREE = "yes"  #: request
    REFUSE = "nay"  #: request
    COUNTER = "ctr"  #: request
    RECORD = "rec"  #: request: a decision that came on paper
    WITHDRAW = "wd"  #: request
    CANCEL = "cxl"  #: session
    PUT_BACK = "undo"  #: session: cancelled, takes place after all; moved, back to its former day
    PROPOSE = "day"  #: session without a day: its host proposes one
    CONFIRM_DAY = "fix"  #: session, day
    KNOWN = "ok"  #: session, its version: "Đã rõ" to what that version changed
    NUDGE = "bao"  #: session; page of /tinhtrang, none on a card: ask its host for what is missing
    STATUS = "tt"  #: cluster, page
    JOURNAL = "nk"  #: session, page: every step about it
    YEAR = "nam"  #: cluster, page: the list of the year
    MUTE = "im"  #: session, 1 or 0: do not remind me of it, or do again
    RELAY = "qua"  #: person, 1 or 0: told through her school's vice principal
    HAND_OVER = "bg"  #: person: hand over her post; 0, cluster: somebody's, to be chosen
    CALENDAR = "ics"  #: session; 0: all of mine
    FEED = "feed"  #: 0 my calendar's address, 1 another one, 2 none any more
    PAPER = "doc"  #: session, "gm", "tb", "ds"; request, "cv"; cluster, "lich", "nk", "bc", "nam", "thang"
    LETTERHEAD = "head"  #: as PAPER for "gm", "tb", "cv": fill in what stands around this letter
    SCHEDULE = "lich"  #: tab ("sap", "nam", "truong", "toi", "t11": a month), page; nothing: first view
    APPROVE = "apr"  #: join request
    DISMISS = "dis"  #: join request
    ANSWER = "a"  #: dialog mark, choice: an answer inside a dialog
    BACK = "back"  #: dialog mark
    STOP = "stop"  #: dialog mark
    LEAVE = "leave"  #: person
    GROUP = "nhom"  #: group, "noi", "thay", "thoi", "ngung", "dung", "giu"; where it is to be joined, cluster


@dataclass(frozen=True, slots=True)
class Action:
    verb: Verb
    args: tuple[str, ...] = ()

    def number(self, position: int) -> int:
        """Raises ValueError: forged tokens hold anything."""
        text = self.args[position] if position < len(self.args) else ""
        if not (text.isascii() and text.isdigit() and len(text) <= 15):
            raise ValueError("not a number")
        return int(text)

    def word(self, position: int) -> str:
        return self.args[position] if position < len(self.args) else ""


def token(verb: Verb, *args: int | str | dt.date) -> str:
    return ":".join((verb, *map(str, args)))


@lru_cache(_BUTTONS, typed=True)
def button(label: str, verb: Verb, *args: int | str | dt.date) -> Button:
    return Button(label, token(verb, *args))


def parse(text: str) -> Action:
    """Raises ValueError for what is no token of ours."""
    verb, *args = text.split(":")
    return Action(Verb(verb), tuple(args))

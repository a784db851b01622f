"""What a printed table consists of."""

from dataclasses import dataclass

Value = str | int


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    width: float  #: in letters
    centred: bool = False

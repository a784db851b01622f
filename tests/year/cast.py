"""The people of the roster by what they are, and which of them is due to hear something when."""

from collections.abc import Iterable

from tests.year.school_year import Person

SCHOOLS = ("MN Sao Sáng", "MN Bát Trang", "MN Trường Thành", "MN Trường Thọ", "MN An Tiến")
AUTHORITY = "Phòng GD&ĐT"
HEADS = ("HT", "PHTCM", "PHT CSND")
AUDIENCE = {
    "B1": ("HT", "PHTCM", "TTCM mẫu giáo"),
    "B2": ("HT", "PHT CSND", "GV cốt cán", "Bếp trưởng"),
    "B3": (*HEADS, "TTCM mẫu giáo", "TTCM nhà trẻ"),
    "B4": (*HEADS, "TTCM mẫu giáo", "TTCM nhà trẻ", "TPCM mẫu giáo", "TPCM nhà trẻ"),
}


class Cast:
    """The people of the roster by what they are."""

    def __init__(self, people: list[Person]) -> None:
        self._people = people
        self.authority = {p for p in people if p.unit == AUTHORITY}
        self.officers = {p for p in self.authority if not p.role.startswith("Cốt cán")}
        self.managers = {p for p in people if "Cụm trưởng" in p.role or "Văn thư" in p.role}

    def invited(self, session: str) -> set[Person]:
        return {p for p in self._people if p.unit in SCHOOLS and _holds(p, AUDIENCE[session])}

    def heads(self, school: str) -> set[Person]:
        return {p for p in self._people if p.unit == school and _holds(p, HEADS)}

    @property
    def first_heads(self) -> set[Person]:
        return {p for p in self._people if _holds(p, ("HT",))}

    @property
    def cooks(self) -> set[Person]:
        return {p for p in self._people if _holds(p, ("Bếp trưởng",))}


def _holds(person: Person, roles: Iterable[str]) -> bool:
    return bool(set(person.role.split(", ")) & set(roles))


def news_due(cast: Cast, absent: Person, blocker: Person) -> dict[str, set[Person]]:
    """Day and hour → who has something new on the phone.  The seed's dates; data/policy.toml's hours."""
    sao_sang, an_tien = cast.heads("MN Sao Sáng"), cast.heads("MN An Tiến")
    thanh, tho = cast.heads("MN Trường Thành"), cast.heads("MN Trường Thọ")
    one, two, three, four = (cast.invited(code) for code in AUDIENCE)
    three, four = three - {blocker}, four - {blocker}
    going = one - {absent} | cast.authority
    return {
        # B1, 12/10/2023: nobody presses Gửi giấy mời, so it goes by itself on the deadline.
        "05/10 08:00": one,
        "06/10 08:00": sao_sang | cast.managers,
        "09/10 08:00": sao_sang | cast.managers | cast.authority,
        "11/10 15:30": going | sao_sang,
        "12/10 06:30": going,
        # B2, 08/11/2023, moved to 10/11 when the cluster's people had been invited.
        "25/10 08:00": an_tien,
        "01/11 08:00": two,
        "02/11 08:00": an_tien | cast.managers,
        "02/11 09:00": cast.officers | cast.first_heads | an_tien | cast.managers,
        "02/11 10:00": two | cast.first_heads | an_tien | cast.managers | cast.officers,
        # Nobody presses Đã rõ: it is said again, once, and then the names are for somebody to phone.
        "03/11 10:00": two | cast.first_heads | an_tien | cast.managers,
        "06/11 08:00": an_tien | cast.managers,
        "07/11 08:00": an_tien | cast.managers | cast.authority,
        "07/11 16:30": set().union(*map(cast.heads, SCHOOLS)) - two - cast.first_heads - an_tien
        | cast.managers,
        "09/11 15:30": two | cast.authority | an_tien,
        "10/11 06:30": two - cast.cooks | cast.authority,
        # B3, 14/12/2023: the host sends the invitation on 07/12; one blocked the bot: to be phoned.
        "30/11 08:00": thanh,
        "07/12 08:00": three,
        "07/12 09:00": cast.authority,
        "08/12 08:00": thanh | cast.managers,
        "11/12 08:00": thanh | cast.managers,
        "13/12 15:30": three | cast.authority | thanh,
        "14/12 06:30": three | cast.authority,
        # B4, 12/03/2024: the computer was off when its invitations fell due.
        "27/02 08:00": tho,
        "06/03 09:00": four | tho | cast.managers,
        "07/03 08:00": tho | cast.managers | cast.authority,
        "11/03 15:30": four | cast.authority | tho,
        "12/03 06:30": four | cast.authority,
    }

"""Who may do what with a session, by today's roster (design: Who).  Asked at every press (invariant 6)."""

from enum import StrEnum

from bot.cluster import rights as cluster_rights
from bot.cluster.people import Person, Unit, UnitKind
from bot.errors import NotAllowedError
from bot.sessions.session import Session


class Right(StrEnum):
    DETAILS = "details"  #: set hour, room, programme
    RELEASE = "release"  #: send the authority's invitation
    PEOPLE = "people"  #: see answers by school and role
    ASK = "ask"  #: ask to move it, or for the own school's absence
    NAME = "name"  #: say who of the own school goes
    NAME_ALL = "name_all"  #: say who of all schools goes, where the plan counts people of the whole cluster
    COVER = "cover"  #: say who of the own school covers for those who go
    DECIDE = "decide"  #: agree, refuse, propose another day
    RECORD = "record"  #: write down a decision that came on paper
    CANCEL = "cancel"


_DENIALS = {
    Right.DETAILS: "Chỉ hiệu trưởng, phó hiệu trưởng trường đăng cai hoặc cụm trưởng đặt được giờ, phòng.",
    Right.RELEASE: "Chỉ hiệu trưởng, phó hiệu trưởng trường đăng cai hoặc cụm trưởng gửi được giấy mời.",
    Right.PEOPLE: "Danh sách người dự chỉ dành cho trường đăng cai và cụm trưởng.",
    Right.ASK: "Chỉ hiệu trưởng, phó hiệu trưởng các trường xin đổi lịch được. "
    "Đề nghị thầy/cô báo với nhà trường.",
    Right.NAME: "Chỉ hiệu trưởng, phó hiệu trưởng xem và chọn được người đi dự của trường mình.",
    Right.NAME_ALL: "Người đi của cả cụm do cụm trưởng hoặc người quản trị chọn.",
    Right.COVER: "Chỉ hiệu trưởng, phó hiệu trưởng chọn được người dạy thay, trông bếp của trường mình.",
    Right.DECIDE: "Việc cho ý kiến dành cho lãnh đạo, chuyên viên cơ quan quản lý.",
    Right.RECORD: "Chỉ cụm trưởng hoặc người quản trị ghi được ý kiến bằng văn bản.",
    Right.CANCEL: "Chỉ cụm trưởng hoặc người quản trị hủy được buổi sinh hoạt.",
}


def rights_of(person: Person, unit: Unit, session: Session) -> frozenset[Right]:
    """All rights of this person in this session; none in a session of another cluster."""
    if person.cluster_id != session.cluster_id:
        return frozenset()
    found: set[Right] = set()
    heads_unit = unit.kind is UnitKind.SCHOOL and cluster_rights.is_head_of(person, unit.id)
    if heads_unit:
        found |= {Right.ASK, Right.NAME, Right.COVER}
    if heads_unit and unit.id in session.host_ids:
        found |= {Right.DETAILS, Right.RELEASE, Right.PEOPLE}
    if cluster_rights.manages_cluster(person, session.cluster_id):
        found |= {Right.DETAILS, Right.RELEASE, Right.PEOPLE, Right.RECORD, Right.CANCEL, Right.NAME_ALL}
    if cluster_rights.is_authority_decider(person, [unit]):
        found.add(Right.DECIDE)
    return frozenset(found)


def require(right: Right, person: Person, unit: Unit, session: Session) -> None:
    """Raises NotAllowedError with a sentence that says whose business it is."""
    if right not in rights_of(person, unit, session):
        raise NotAllowedError(_DENIALS[right])

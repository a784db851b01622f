"""A chat becomes somebody: by a one-time code, or by a join code and an approval; and leaves again.

Whoever gives a wrong code gets a `Refusal` as an answer, not an exception: the attempt must be stored, and an
exception would roll it back.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.cluster import codes
from bot.cluster.addressing import posts_text
from bot.cluster.people import Cluster, Person
from bot.cluster.store import JoinState, PeopleStore
from bot.errors import NotAllowedError
from bot.flows.people.joining import may_approve

_ASK_FOR_A_NEW_ONE = "Đề nghị xin mã mới ở cụm trưởng hoặc người quản trị."
_SERVICES = {"telegram": "Telegram", "zalo": "Zalo"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a code did not do it: a Vietnamese sentence that says what to do.  Commit, then show it."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the bot knows of somebody, for /toi."""

    name: str
    posts: str
    unit: str
    cluster: str
    school_year: str
    phone: str | None
    channels: tuple[str, ...]  #: "Telegram", "Zalo"
    lead: str | None  #: whom to ask about the data


def redeem_code(store: PeopleStore, channel: str, chat_id: str, text: str, now: datetime) -> Person | Refusal:
    """Let this chat stand for the person of the code.  A second press gives the same person."""
    if (wait := _locked(store, channel, chat_id, now)) is not None:
        return wait
    code = store.code(codes.hashed(text)) if codes.is_registration_code(text) else None
    person = store.person(code.person_id) if code else None
    if code is None or person is None or not person.active:
        return _wrong(store, channel, chat_id, now)
    if code.used_at is not None:
        if _stands_for(store, channel, chat_id, person):
            return person
        return Refusal(f"Mã này đã được dùng; mỗi mã chỉ dùng một lần. {_ASK_FOR_A_NEW_ONE}")
    if code.expires_at <= now:
        return Refusal(f"Mã này đã hết hạn (mã có hiệu lực 30 ngày). {_ASK_FOR_A_NEW_ONE}")
    if (refusal := _occupied(store, channel, chat_id, person)) is not None:
        return refusal
    if not store.use_code(code.id, now):
        return Refusal(f"Mã này vừa được dùng ở nơi khác. {_ASK_FOR_A_NEW_ONE}")
    if _stands_for(store, channel, chat_id, person):
        store.mark_unblocked(channel, chat_id)
    else:
        store.link(person, channel, chat_id, now)
    for request in store.open_join_requests_of(channel, chat_id):
        if request.cluster_id == person.cluster_id:
            store.close_join_request(request.id, JoinState.WITHDRAWN, None, now)
    return person


def join_with_code(
    store: PeopleStore, channel: str, chat_id: str, text: str, now: datetime
) -> Cluster | Refusal:
    """The cluster whose join code this is: from here on its schools may be shown to this chat."""
    if (wait := _locked(store, channel, chat_id, now)) is not None:
        return wait
    cluster = store.cluster_by_join_code(codes.normalised(text)) if codes.is_join_code(text) else None
    if cluster is None:
        return _wrong(store, channel, chat_id, now)
    known = store.person_by_chat(channel, chat_id, cluster.id)
    if known is not None:
        return Refusal(f"Đồng chí đã đăng ký trong cụm {cluster.name} rồi. Gõ /toi để xem.")
    return cluster


def what_is_known(store: PeopleStore, person: Person) -> Known:
    unit, cluster = store.unit(person.unit_id), store.cluster(person.cluster_id)
    channels = dict.fromkeys(link.channel for link in store.links([person.id]))
    return Known(
        name=person.name,
        posts=posts_text(person, full=True),
        unit=unit.label if unit else "",
        cluster=cluster.name if cluster else "",
        school_year=cluster.school_year if cluster else "",
        phone=person.phone,
        channels=tuple(_SERVICES.get(channel, channel) for channel in channels),
        lead=cluster.lead_name if cluster else None,
    )


def erase(store: PeopleStore, person: Person, now: datetime) -> None:
    """Leave and be erased: link, phone, dialogs, codes, the words of answers.

    Where the history of a session must stay, it names nobody.  Open join requests of the chat go too.  A
    roster that still has the name brings the person back as somebody not registered.
    """
    store.erase(person.id)


def release_chat(store: PeopleStore, actor: Person, person: Person, channel: str | None = None) -> None:
    """Take the chat off somebody who changed phones, so that a new code can be used.

    Raises NotAllowedError for everybody but the lead, the clerk and the heads of that school.
    """
    unit, today = store.unit(person.unit_id), store.person(actor.id)
    if unit is None or today is None or not may_approve(today, unit, person.posts, clerk=person.clerk):
        raise NotAllowedError(
            "Chỉ cụm trưởng, người quản trị hoặc ban giám hiệu của trường gỡ được liên kết."
        )
    store.unlink(person.id, channel)


def change_cluster_join_code(store: PeopleStore, cluster: Cluster) -> Cluster:
    """A fresh join code; the earlier one no longer lets anybody in."""
    taken = {other.join_code for other in store.clusters()}
    return store.put_cluster(replace(cluster, join_code=codes.new_join_code(taken)))


def _locked(store: PeopleStore, channel: str, chat_id: str, now: datetime) -> Refusal | None:
    attempts = store.attempts_since(channel, chat_id, now - codes.ATTEMPT_WINDOW)
    until = codes.locked_until(attempts, now)
    if until is None:
        return None
    minutes = max(1, -(-int((until - now).total_seconds()) // 60))
    return Refusal(
        f"Đã nhập sai mã {codes.MAX_ATTEMPTS} lần trong một giờ. Đề nghị chờ {minutes} phút rồi thử lại, "
        "hoặc xin mã mới ở cụm trưởng, người quản trị."
    )


def _wrong(store: PeopleStore, channel: str, chat_id: str, now: datetime) -> Refusal:
    store.add_attempt(channel, chat_id, now)
    store.forget_attempts(now - 2 * codes.ATTEMPT_WINDOW)
    return Refusal(
        "Mã không đúng hoặc không còn dùng được. Đề nghị xem lại từng chữ trên phiếu đăng ký; "
        "nếu vẫn không được, xin mã mới ở cụm trưởng hoặc người quản trị."
    )


def _occupied(store: PeopleStore, channel: str, chat_id: str, person: Person) -> Refusal | None:
    """A link is never put over another."""
    service = _SERVICES.get(channel, channel)
    if any(link.channel == channel and link.chat_id != chat_id for link in store.links([person.id])):
        return Refusal(
            f"Người có mã này đã đăng ký bằng một tài khoản {service} khác. Nếu đồng chí đổi máy hoặc đổi "
            "tài khoản, đề nghị nhờ cụm trưởng hoặc người quản trị gỡ liên kết cũ rồi xin mã mới."
        )
    other = store.person_by_chat(channel, chat_id, person.cluster_id)
    if other is not None and other.id != person.id:
        return Refusal(
            f"Tài khoản {service} này đã đăng ký cho {other.name}. Mã này của người khác: đề nghị người đó "
            "mở bằng tài khoản của mình. Nếu lần trước đăng ký nhầm, gõ /toi, chọn rời đi, rồi nhập lại mã."
        )
    return None


def _stands_for(store: PeopleStore, channel: str, chat_id: str, person: Person) -> bool:
    return any((link.channel, link.chat_id) == (channel, chat_id) for link in store.links([person.id]))

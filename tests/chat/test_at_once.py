"""Presses that come twice, at the same moment, or on a message that is out of reach."""

from tests.chat.forging import with_a_request
from tests.chat.people import COOK, CORE, HOST
from tests.talks.stage import OFFICER, Stage


async def test_a_press_on_an_inaccessible_message_is_worked_on_all_the_same(november: Stage) -> None:
    press = await november.forge(COOK, "go:2:1", inaccessible=True)
    assert press.answer == "Đã ghi tham dự. Cảm ơn."
    answers = november.see(lambda work: work.sessions.answers(november.session("B2")))
    assert list(answers) == [november.person(COOK).id]


async def test_twice_the_same_press_is_once(november: Stage) -> None:
    chat = november.chat(HOST)
    shown = november.find(HOST, "Gửi giấy mời")
    for _ in range(3):  # a finger that trembles: three presses before the first is answered
        november.service.press(chat, shown.id, "Gửi giấy mời")
    await november.settle()
    invited = [m for name in (OFFICER, CORE) for m in november.seen(name) if "08/11/2023" in m]
    assert len(invited) == 2
    assert november.session("B2").version == 2


async def test_two_officers_decide_at_the_same_moment(november: Stage) -> None:
    await with_a_request(november)
    leader = "Lãnh đạo Phòng GD&ĐT"
    presses = [
        november.service.press(november.chat(name), november.find(name, "Đồng ý").id, "Đồng ý")
        for name in (OFFICER, leader)
    ]
    await november.settle()
    assert november.session("B2").date_revision == 2
    assert sum(1 for press in presses if press.alert) == 1
    moved = [text for text in november.seen(COOK) if text.startswith("Đổi ngày")]
    assert len(moved) == 1

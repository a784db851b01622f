"""`Bàn giao` in the chat: pressed twice, at once, by a chat of several clusters or channels."""

from bot.cluster.people import Person, Post, UnitKind
from bot.flows.work import Work
from tests.chat.test_several_clusters import second_cluster
from tests.talks.stage import CLERK, LEAD, OFFICER, Stage

HEAD, VICE, OTHER = "Hiệu trưởng An Tiến", "Phó hiệu trưởng chuyên môn An Tiến", "Tổ trưởng mẫu giáo An Tiến"
LEAVE = "Xác nhận: nghỉ, chuyển trường"


async def choose(stage: Stage, who: str, *labels: str) -> None:
    for label in labels:
        await stage.press(who, label)


def heads(stage: Stage) -> list[str]:
    here = stage.see(lambda work: work.people.people(stage.cluster().id))
    unit = stage.person(OTHER).unit_id
    return [person.name for person in here if person.unit_id == unit and person.holds("HT")]


async def test_a_finger_that_trembles_hands_over_once(november: Stage) -> None:
    await november.type(HEAD, "/toi")
    await choose(november, HEAD, "Bàn giao", VICE)
    shown = november.find(HEAD, LEAVE)
    presses = [november.service.press(november.chat(HEAD), shown.id, LEAVE) for _ in range(3)]
    await november.settle()
    assert heads(november) == [VICE]
    assert sum(1 for press in presses if press.alert) == 2
    told = [text for text in november.seen(VICE) if text.startswith("Đồng chí nhận bàn giao")]
    assert len(told) == 1
    assert len([text for text in november.seen(LEAD) if "nhận bàn giao từ" in text]) == 1


async def test_two_at_once_for_the_same_post(november: Stage) -> None:
    await november.type(HEAD, "/toi")
    await choose(november, HEAD, "Bàn giao", VICE)
    await november.type(VICE, "/toi")
    await choose(november, VICE, "Bàn giao của người khác", HEAD, OTHER)
    pressed = [
        november.service.press(november.chat(who), november.find(who, LEAVE).id, LEAVE)
        for who in (HEAD, VICE)
    ]
    await november.settle()
    assert len(heads(november)) == 1
    assert sum(1 for press in pressed if press.alert) == 1


async def test_an_officers_work_in_another_cluster_is_untouched(november: Stage) -> None:
    second_cluster(november)
    await november.type(OFFICER, "/toi")
    labels = [label for label in november.last(OFFICER).labels if label.startswith("Bàn giao, ")]
    assert labels == ["Bàn giao, cụm Hoa Ban", "Bàn giao, cụm An Tiến"]
    await choose(november, OFFICER, "Bàn giao, cụm An Tiến", "Lãnh đạo Phòng GD&ĐT")
    await november.press(OFFICER, "Xác nhận: nghỉ, chuyển công tác")

    def standing(work: Work) -> list[tuple[str, bool, tuple[Post, ...]]]:
        return [
            (cluster.name, person.active, person.posts)
            for cluster in work.people.clusters()
            for person in work.people.people(cluster.id, left_too=True)
            if person.name == OFFICER
        ]

    assert november.see(standing) == [
        ("An Tiến", False, (Post("CV_PGD"),)),
        ("Hoa Ban", True, (Post("CV_PGD"),)),
    ]
    await november.type(OFFICER, "/lich")
    assert "cụm Hoa Ban" in november.last(OFFICER).text
    press = await november.forge(OFFICER, "card:2")
    assert press.answer == "Nút này không dành cho đồng chí."


async def test_who_is_on_two_channels_leaves_both(november: Stage) -> None:
    person = november.person(HEAD)
    november.run(lambda work: work.people.link(person, "zalo", "bot:1", work.now))
    await november.type(VICE, "/toi")
    await choose(november, VICE, "Bàn giao của người khác", HEAD, VICE, LEAVE)
    assert not november.see(lambda work: work.people.addresses([person.id]))
    assert not november.see(lambda work: work.people.people_by_chat("zalo", "bot:1"))


async def test_somebody_with_nothing_to_hand_over_has_no_button(november: Stage) -> None:
    def bare(work: Work) -> Person:
        unit = next(u for u in work.people.units(november.cluster().id) if u.kind is UnitKind.SCHOOL)
        added = work.people.put_person(Person(0, unit.cluster_id, unit.id, "Nguyễn Thị Không", ()))
        work.people.link(added, "telegram", str(november.chat("Nguyễn Thị Không")), work.now)
        return added

    november.run(bare)
    await november.type("Nguyễn Thị Không", "/toi")
    assert november.last("Nguyễn Thị Không").labels == ("Rời khỏi và xóa thông tin",)


async def test_a_forged_answer_within_the_dialog_names_nobody_of_another_school(november: Stage) -> None:
    await november.type(HEAD, "/toi")
    await november.press(HEAD, "Bàn giao")
    mark = november.see(lambda work: work.talks.dialog("telegram", str(november.chat(HEAD)), work.now))
    assert mark is not None
    for value in (
        "t1",
        "t0",
        "t" + "9" * 20,
        "leave",
        "",
        "t-1",
        "p999",
        "t" + str(november.person(CLERK).id),
    ):
        await november.forge(HEAD, f"a:{mark.mark}:{value}"[:64])
    assert heads(november) == [HEAD]


async def test_who_alone_runs_the_cluster_is_told_so_before_she_leaves(november: Stage) -> None:
    await november.type(LEAD, "/toi")
    await november.press(LEAD, "Rời khỏi và xóa thông tin")
    assert "duy nhất" not in november.last(LEAD).text
    await november.press(LEAD, "Quay lại")
    await november.type(CLERK, "/toi")
    await choose(november, CLERK, "Bàn giao", "Quản trị cụm")
    await november.type(CLERK, LEAD)
    await november.press(CLERK, "Xác nhận")
    await november.press(LEAD, "Rời khỏi và xóa thông tin")
    said = november.last(LEAD).text
    assert "xóa thì cụm không còn ai làm việc này trong chat" in said
    assert "nhắn “bàn giao”" in said

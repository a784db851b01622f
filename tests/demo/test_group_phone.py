"""The cluster's group as one of the demo's phones: joined as the lead would, heard and asked in it."""

import datetime as dt
from pathlib import Path

from httpx import ASGITransport, AsyncClient

from bot.demo.web import create_demo_app
from bot.demo.world import GROUP, World
from bot.notices.timeline import VIETNAM


async def test_the_group_is_a_phone_among_the_others(tmp_path: Path) -> None:
    async with World(tmp_path, zalo=True, group=True) as world:
        for again in (False, True):
            if again:
                await world.restart()
            view = await world.view()
            *people, group = view.people
            assert len(people) == 66
            assert not any(one.group for one in people)
            assert (group.name, group.chat_id, group.group) == ("Nhóm cụm An Tiến", GROUP, True)
            said = [one.text.partition("\n")[0] for one in world.phones.bubbles(GROUP)]
            assert said == [
                "Lịch sinh hoạt cụm An Tiến, năm học 2023-2024",
                "Buổi tới: thứ Năm, 12/10/2023, tại MN Sao Sáng",
            ]
            assert world.phones.unread(GROUP) == 0
            assert view.story is not None
        await world.advance_to(dt.datetime(2023, 10, 11, 16, 0, tzinfo=VIETNAM))
        assert world.phones.bubbles(GROUP)[-1].text.startswith("Ngày mai, thứ Năm, 12/10/2023")
        assert world.phones.unread(GROUP) == 1
        told = [one for one in (await world.view()).log if one.group]
        assert {(one.name, one.chat_id) for one in told} == {("Nhóm cụm An Tiến", GROUP)}
        assert {one.label for one in told if one.state == "edited"} == {"Ghim buổi tới trong nhóm"}
        world.phones.type(GROUP, "/lich")
        await world.service.until(lambda: "✓" not in world.phones.bubbles(GROUP)[-1].text, 5)
        await world.service.until(lambda: world.phones.bubbles(GROUP)[-1].bot, 5)
        assert world.phones.bubbles(GROUP)[-1].text.startswith("Lịch sinh hoạt cụm An Tiến")
        app = create_demo_app(world.phones, world)
        async with AsyncClient(transport=ASGITransport(app), base_url="http://127.0.0.1:8080") as page:
            shown = (await page.get(f"/api/chat/{GROUP}")).json()
            state = (await page.get("/api/state")).json()
        assert shown["messages"][-1]["rows"][0][0]["label"] == "Mở lịch của tôi"
        assert state["people"][-1]["group"] is True
        assert str(GROUP) in state["chats"]
        world.phones.attach(GROUP, "anh.png", b"x", "")
        assert world.phones.bubbles(GROUP)[-1].text == "[Tệp] anh.png"

"""The demo's world over its whole year: two channels at once, and every notice arrives once."""

import datetime as dt
from collections import Counter
from pathlib import Path

from bot.demo.world import World
from bot.notices.kinds import NAMES
from bot.notices.notice import Kind
from bot.notices.timeline import VIETNAM
from tests.long import only_deep

pytestmark = only_deep("a year of the demo")

INVITING = {NAMES[Kind.INVITATION], NAMES[Kind.AUTHORITY_INVITATION]}


async def test_a_year_on_both_channels_invites_everybody_once(tmp_path: Path) -> None:
    async with World(tmp_path, zalo=True) as world:
        view = await world.view()
        assert Counter(one.channel for one in view.people) == {"telegram": 42, "zalo": 24}
        assert view.story is not None
        on_telegram = {one.chat_id for one in view.people if one.channel == "telegram"}
        assert {view.story.guest, view.story.host, view.story.authority} <= on_telegram, "they press buttons"
        invited = {}
        for session in view.sessions:
            assert session.deadline is not None
            await world.advance_to(dt.datetime.combine(session.deadline, dt.time(8), VIETNAM))
            log = (await world.view()).log
            told = [one for one in log if one.session == session.code and one.label in INVITING]
            assert len({one.chat_id for one in told}) == len(told), "nobody twice"
            assert {one.state for one in told} == {"sent"}
            invited[session.code] = len(told)
        assert invited == {"B1": 20, "B2": 40, "B3": 30, "B4": 40}
        quotas = (await world.view()).quotas
        assert len(quotas) == 2
        assert all("12/50 người" in line and "/3000 tin tháng 3" in line for line in quotas)
        chat = next(one.chat_id for one in view.people if one.channel == "zalo")
        assert chat is not None
        heard = world.phones.bubbles(chat)
        assert not any(one.edited or one.rows for one in heard)
        assert all(len(one.text.encode("utf-16-le")) <= 4000 for one in heard)

        world.phones.attach(chat, "kế hoạch.docx", b"PK", "")
        assert world.phones.bubbles(chat)[-1].text == "[Tệp] kế hoạch.docx"
        await world.restart()
        assert len(world.phones.bubbles(chat)) == 2, "her code and the welcome"

"""Private links to files over real HTTP: what opens, what does not, and what nobody learns."""

import datetime as dt
from urllib.parse import unquote

from sqlalchemy import URL, text

from bot.clock import TurnableClock
from bot.demo.botapi import BotApiServer
from bot.flows.papers.links import FILE_LIFE, MOST_FILES, make_feed, opened_file, publish
from bot.message import Document
from tests.http.conftest import Listening, listening, of_telegram
from tests.http.sample import NOON, fill, person

LETTER = Document("Giấy mời buổi B2 “đổi mới”.docx", b"PK-a letter", "application/x-letter")


def _file_link(bot: Listening, document: Document = LETTER) -> str:
    url = bot.desk.run(lambda work: publish(work, person(work), document))
    assert url is not None
    return url


async def test_a_file_opens_with_its_name_and_is_kept_by_nobody(bot: Listening) -> None:
    answer = await bot.web.get(_file_link(bot))
    assert (answer.status_code, answer.content) == (200, LETTER.content)
    assert answer.headers["content-type"] == LETTER.mime
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-robots-tag"].startswith("noindex")
    named = answer.headers["content-disposition"]
    assert named.startswith('attachment; filename="giay moi buoi b2 doi moi.docx"; ')
    assert unquote(named.partition("filename*=UTF-8''")[2]) == LETTER.name


async def test_a_name_does_not_break_out_of_its_header(bot: Listening) -> None:
    odd = Document('a"\r\nX-Evil: 1\\/../b.docx', b"x", "application/x-letter")
    answer = await bot.web.get(_file_link(bot, odd))
    assert answer.status_code == 200
    assert "x-evil" not in answer.headers


async def test_what_opens_nothing_is_answered_alike(bot: Listening, clock: TurnableClock) -> None:
    good = _file_link(bot)
    feed = bot.desk.run(lambda work: make_feed(work, person(work)))
    assert feed is not None
    secret = feed.rpartition("/")[2].removesuffix(".ics")
    wrong = ["/f/x", "/f/" + "A" * 43, f"/f/{secret}", "/cal/x.ics", "/f/..%2f..%2fetc%2fpasswd", "/f/%00"]
    wrong += [f"/cal/{good.rpartition('/')[2]}.ics", good[:-1], "/f/" + "ă" * 43]
    answers = [await bot.web.get(one) for one in wrong]
    assert {(one.status_code, one.text) for one in answers} == {(404, answers[0].text)}
    for nothing in ("/f/", "/f", "/cal/", "/"):
        assert (await bot.web.get(nothing)).status_code == 404
    assert (await bot.web.post(good)).status_code == 405
    clock.turn_to(NOON + FILE_LIFE - dt.timedelta(seconds=1))
    assert (await bot.web.get(good)).status_code == 200
    clock.turn_to(NOON + FILE_LIFE)
    assert (await bot.web.get(good)).status_code == 404


async def test_a_token_is_not_stored_and_old_files_go(bot: Listening) -> None:
    links = [_file_link(bot) for _ in range(MOST_FILES + 2)]
    tokens = {one.rpartition("/")[2] for one in links}
    assert len(tokens) == len(links)
    assert all(len(one) == 43 for one in tokens)  # 256 bits
    with bot.desk.engine.connect() as db:
        rows = str(db.execute(text("SELECT * FROM web_link")).fetchall())
    assert not any(one in rows for one in tokens)
    assert [(await bot.web.get(one)).status_code for one in links] == [404] * 2 + [200] * MOST_FILES


async def test_without_a_public_address_there_are_no_links(server: BotApiServer, sqlite_url: URL) -> None:
    async with listening(of_telegram(server, sqlite_url), TurnableClock(NOON)) as bot:
        bot.desk.run(fill)
        assert bot.desk.run(lambda work: publish(work, person(work), LETTER)) is None
        assert bot.desk.run(lambda work: make_feed(work, person(work))) is None
        assert bot.desk.see(lambda work: opened_file(work, "A" * 43)) is None
        await bot.answers()
        assert (await bot.web.get("/f/" + "A" * 43)).text == "Not Found"

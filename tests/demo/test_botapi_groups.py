"""Groups of the local Bot API server: who may write and pin there, and what the bot is told."""

import pytest
from telegram import Bot, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.demo.botapi import ChatService
from bot.demo.botapi.groups import Groups
from tests.demo.conftest import HOA, LAN

GROUP, SUPERGROUP = -77, -10077
KINDS = ["message", "callback_query", "my_chat_member"]


async def told(bot: Bot) -> list[Update]:
    """The updates since the last look."""
    found = list(await bot.get_updates(allowed_updates=KINDS))
    if found:
        await bot.get_updates(offset=found[-1].update_id + 1)
    return found


async def test_the_bot_is_told_who_let_it_in_with_which_rights_and_who_put_it_out(
    bot: Bot, service: ChatService
) -> None:
    await told(bot)
    Groups(service).let_in(GROUP, HOA, title="Cụm An Tiến")
    Groups(service).let_in(GROUP, HOA, pin=True)
    Groups(service).put_out(GROUP, LAN)
    changes = [update.my_chat_member for update in await told(bot)]
    assert [(c.from_user.id, c.old_chat_member.status, c.new_chat_member.status) for c in changes if c] == [
        (HOA, "left", "member"),
        (HOA, "member", "administrator"),
        (LAN, "administrator", "kicked"),
    ]
    assert changes[0] is not None
    assert (changes[0].chat.id, changes[0].chat.title, changes[0].chat.type) == (
        GROUP,
        "Cụm An Tiến",
        "group",
    )
    assert changes[1] is not None
    assert getattr(changes[1].new_chat_member, "can_pin_messages", None) is True


@pytest.mark.parametrize("words", ["kicked", "deleted", "never"])
async def test_it_cannot_write_where_it_is_not(bot: Bot, service: ChatService, words: str) -> None:
    Groups(service).let_in(GROUP, HOA, title="Cụm An Tiến")
    if words == "kicked":
        Groups(service).put_out(GROUP, HOA)
        refusal = "bot was kicked from the group chat"
    elif words == "deleted":
        Groups(service).delete(GROUP, HOA)
        refusal = "the group chat was deleted"
    else:
        service.chats[GROUP].bot = "left"
        refusal = "bot is not a member of the group chat"
    with pytest.raises(Forbidden, match=refusal):
        await bot.send_message(GROUP, "Chào")


async def test_where_only_administrators_write_a_member_may_not(bot: Bot, service: ChatService) -> None:
    Groups(service).let_in(GROUP, HOA, title="Cụm An Tiến")
    Groups(service).mute(GROUP)
    with pytest.raises(BadRequest, match="Not enough rights to send text messages to the chat"):
        await bot.send_message(GROUP, "Chào")
    Groups(service).let_in(GROUP, HOA, admin=True)
    await bot.send_message(GROUP, "Chào")


async def test_pinning_needs_the_right_and_twice_is_once(bot: Bot, service: ChatService) -> None:
    Groups(service).let_in(GROUP, HOA, title="Cụm An Tiến")
    sent = await bot.send_message(GROUP, "Buổi tới", disable_notification=True)
    assert service.last(GROUP).silent
    with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages in the chat"):
        await bot.pin_chat_message(GROUP, sent.message_id)
    with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages in the chat"):
        await bot.unpin_chat_message(GROUP)
    Groups(service).let_in(GROUP, HOA, pin=True)
    for _ in range(2):
        await bot.pin_chat_message(GROUP, sent.message_id, disable_notification=True)
    pins = [one for one in service.received if one.method == "pinChatMessage"]
    assert [(one.message_id, one.silent) for one in pins] == [(sent.message_id, True)]
    assert service.chats[GROUP].pinned == [sent.message_id]
    await bot.unpin_chat_message(GROUP, sent.message_id)
    assert service.chats[GROUP].pinned == []


async def test_in_privacy_mode_it_hears_commands_alone_and_an_administrator_hears_all(
    bot: Bot, service: ChatService
) -> None:
    Groups(service).let_in(GROUP, HOA, title="Cụm An Tiến")
    await told(bot)
    said = ("chào cả nhà", "/lich", "/lich@nhaclich_demo_bot", "/lich@other_bot", "xem /lich")
    for text in said:
        Groups(service).type(GROUP, HOA, text)
    heard = [u.message.text for u in await told(bot) if u.message]
    assert heard == ["/lich", "/lich@nhaclich_demo_bot"]
    Groups(service).let_in(GROUP, HOA, admin=True)
    await told(bot)
    for text in said:
        Groups(service).type(GROUP, HOA, text)
    assert [u.message.text for u in await told(bot) if u.message] == list(said)


async def test_who_writes_is_known_unless_she_writes_for_the_group(bot: Bot, service: ChatService) -> None:
    Groups(service).let_in(GROUP, HOA, title="Cụm An Tiến")
    await told(bot)
    Groups(service).type(GROUP, LAN, "/lich")
    Groups(service).type(GROUP, LAN, "/lich", anonymous=True)
    known, unknown = (u.message for u in await told(bot))
    assert known is not None
    assert unknown is not None
    assert known.from_user is not None
    assert (known.from_user.id, known.chat.id, known.sender_chat) == (LAN, GROUP, None)
    assert unknown.from_user is not None
    assert unknown.from_user.is_bot
    assert unknown.sender_chat is not None
    assert unknown.sender_chat.id == GROUP


async def test_a_press_in_a_group_says_who_and_where(bot: Bot, service: ChatService) -> None:
    Groups(service).let_in(GROUP, HOA, title="Cụm An Tiến")
    sent = await bot.send_message(GROUP, "Buổi tới")
    await told(bot)
    press = Groups(service).forge_press(GROUP, LAN, sent.message_id, "cxl:1")
    (update,) = await told(bot)
    assert update.callback_query is not None
    assert (update.callback_query.from_user.id, update.effective_chat and update.effective_chat.id) == (
        LAN,
        GROUP,
    )
    await bot.answer_callback_query(press.id)
    assert press.answered


async def test_a_supergroup_is_told_of_in_both_chats(bot: Bot, service: ChatService) -> None:
    Groups(service).let_in(GROUP, HOA, title="Cụm An Tiến", pin=True)
    await told(bot)
    Groups(service).migrate(GROUP, SUPERGROUP, HOA)
    joined, to, came = await told(bot)
    assert joined.my_chat_member is not None
    assert (joined.my_chat_member.chat.id, joined.my_chat_member.chat.type) == (SUPERGROUP, "supergroup")
    assert to.message is not None
    assert (to.message.chat.id, to.message.migrate_to_chat_id) == (GROUP, SUPERGROUP)
    assert came.message is not None
    assert (came.message.chat.id, came.message.migrate_from_chat_id) == (SUPERGROUP, GROUP)
    with pytest.raises(ChatMigrated):
        await bot.send_message(GROUP, "Chào")
    await bot.send_message(SUPERGROUP, "Chào")

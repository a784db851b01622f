"""aiogram as it comes, sending one text: `python bench/aiogram_bare.py` with the task as JSON on its input.

A script of its own, importing nothing of ours: aiogram asks for other versions of libraries than we pin, so
it runs in an environment of its own.  Prints {"rate": messages a second, "cpu": ms of CPU for each}.
"""

import asyncio
import json
import sys
import time
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup


async def main(task: dict[str, Any]) -> dict[str, float]:
    row = [InlineKeyboardButton(text=label, callback_data=token) for label, token in task["buttons"]]
    buttons = InlineKeyboardMarkup(inline_keyboard=[row])
    session = AiohttpSession(api=TelegramAPIServer.from_base(task["url"]))
    chats = iter(range(task["first_chat"], task["first_chat"] + task["messages"]))
    async with Bot(task["token"], session=session) as bot:

        async def work() -> None:
            for chat in chats:
                await bot.send_message(chat, task["text"], parse_mode="HTML", reply_markup=buttons)

        begun, cpu = time.perf_counter(), time.process_time()
        await asyncio.gather(*(work() for _ in range(task["at_once"])))
        took, cpu = time.perf_counter() - begun, time.process_time() - cpu
    return {"rate": task["messages"] / took, "cpu": cpu / task["messages"] * 1000}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(json.load(sys.stdin)))))

"""Who stands in the tests of Zalo."""

import datetime as dt

from bot.message import Button, Message
from bot.outbox.port import Address

TOKEN = "1459232241454765289:MpYwAbCdEfGhIjKlMnOpQrStUv"
KEY = "1459232241454765289"
MAI = "6ede9afa66b88fe6d6a9"
LAN = "77aa9afa66b88fe6d6b0"
TO_MAI = Address("zalo", f"{KEY}:{MAI}")
TO_LAN = Address("zalo", f"{KEY}:{LAN}")
NOON = dt.datetime(2023, 10, 3, 5, 0, tzinfo=dt.UTC)
CARD = Message("<b>Buổi B1</b> &amp; B2", rows=((Button("Tham dự", "card:1"), Button("Vắng mặt", "no:1:1")),))

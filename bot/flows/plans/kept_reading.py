"""A reading that waits for somebody's word: small enough for a dialog's row."""

import base64
import zlib

from pydantic import TypeAdapter

from bot.errors import BadInputError
from bot.plan.reading import PlanReading

SIZE_LIMIT = 200_000  #: characters of a packed reading; a plan of 200 sessions takes about 20,000

_ADAPTER = TypeAdapter(PlanReading)


def pack(reading: PlanReading) -> str:
    """Raises BadInputError for a document with more in it than any plan has."""
    packed = base64.b85encode(zlib.compress(_ADAPTER.dump_json(reading), 9)).decode()
    if len(packed) > SIZE_LIMIT:
        raise BadInputError("Văn bản dài quá, không giữ được để xem lại. Đề nghị gửi riêng phần kế hoạch.")
    return packed


def unpack(packed: str) -> PlanReading:
    return _ADAPTER.validate_json(zlib.decompress(base64.b85decode(packed)))

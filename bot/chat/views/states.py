"""What somebody invited has answered, in words."""

from bot.cluster.people import Person
from bot.flows.session_scene import SessionScene
from bot.sessions.answers import Reply


def state(of: SessionScene, person: Person, *, registered: bool) -> str:
    given = of.answers.get(person.id)
    if given is None:
        return "chưa trả lời" if registered else "chưa đăng ký nhận tin, đề nghị báo trực tiếp"
    if given.reply is Reply.GOING:
        return "tham dự"
    why = f" ({given.reason})" if given.reason else ""
    return f"vắng mặt{why}, đi thay: {given.substitute}" if given.substitute else f"vắng mặt{why}"

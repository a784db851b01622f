"""Several things for one chat at one time are one message, also from two clusters and for who passes on."""

from bot.cluster.people import Person, Post
from bot.flows.people.relaying import reached
from bot.flows.scene import Scene
from bot.flows.work import Work
from bot.notices.notice import Kind, Notice
from tests.chat.forging import another_cluster
from tests.chat.people import ELSEWHERE
from tests.talks.stage import Stage

HEAD = "Hiệu trưởng Bát Trang"
VICE = "Phó hiệu trưởng nuôi dưỡng Bát Trang"
COOK = "Bếp trưởng Bát Trang"


def say(work: Work, person: Person, session_id: int, kind: Kind = Kind.DETAILS) -> None:
    until = work.now.replace(day=28)
    payload = {"fields": ["room"], "changed": True}
    work.notices.put(
        [Notice(kind, person.cluster_id, session_id, 1, person.id, "t", work.now, until, payload)]
    )


async def test_one_chat_in_two_clusters_gets_one_message(november: Stage) -> None:
    another_cluster(november)
    person = november.person(HEAD)

    def in_both(work: Work) -> None:
        other = work.people.clusters()[1]
        unit = work.people.units(other.id)[1]
        twin = work.people.put_person(Person(0, other.id, unit.id, HEAD, (Post("HT"),)))
        work.people.link(twin, "telegram", str(november.chat(HEAD)), work.now)
        say(work, person, november.session("B2").id)
        theirs = next(s for s in work.sessions.of_cluster(other.id) if s.date and s.date >= work.today)
        say(work, twin, theirs.id)

    before = len(november.seen(HEAD))
    november.run(in_both)
    november.telegram.sender.poke()
    await november.settle()
    assert len(november.seen(HEAD)) == before + 1
    assert november.last(HEAD).text.count("― ― ―") == 1
    assert [label.partition(", ")[2] for label in november.last(HEAD).labels] == [
        "cụm An Tiến",
        "cụm Hoa Ban",
    ]
    assert not any("An Tiến" in text for text in november.seen(ELSEWHERE))


async def test_who_is_passed_on_counts_as_reached_and_leaves_no_card_in_the_others_chat(
    november: Stage,
) -> None:
    november.unregister(COOK)
    cook, vice, session = november.person(COOK), november.person(VICE), november.session("B2")

    def told(work: Work) -> bool:
        return cook.id in reached(work, Scene(work).cluster(cook.cluster_id))

    assert not november.see(told)
    november.run(lambda work: work.people.set_relay(cook.id, work.now, on=True))
    assert november.see(told)
    november.run(lambda work: say(work, cook, session.id, Kind.INVITATION))
    november.run(lambda work: say(work, vice, session.id, Kind.INVITATION))
    november.telegram.sender.poke()
    await november.settle()
    assert f"Nhờ đồng chí báo lại cho thầy/cô {COOK.removesuffix('Bát Trang')}" in november.last(VICE).text
    cards = november.see(lambda work: work.talks.cards(session.id))
    chat = str(november.chat(VICE))
    assert {card.person_id for card in cards if card.address.chat_id == chat} == {vice.id}
    november.unregister(VICE, "Phó hiệu trưởng chuyên môn Bát Trang", HEAD)
    assert not november.see(told), "nobody of the school can be reached"

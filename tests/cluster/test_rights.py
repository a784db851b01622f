"""Who is who (design, Who)."""

from dataclasses import replace

from bot.cluster import rights
from tests.cluster.sample import AN_TIEN, BAT_TRANG, PHONG, SAO_SANG, UNITS, person, sample_people


def test_the_sample_cluster_has_one_lead_and_one_clerk() -> None:
    managers = rights.managers(1, sample_people())
    assert [p.name for p in managers] == ["Lê Thị Minh Hồng", "Văn thư Sao Sáng"]
    assert [p.name for p in rights.leads(1, sample_people())] == ["Lê Thị Minh Hồng"]


def test_nobody_manages_a_cluster_that_is_not_theirs() -> None:
    assert not any(rights.manages_cluster(p, 2) for p in sample_people())


def test_who_left_has_no_right() -> None:
    lead = replace(person(1, SAO_SANG, "HT", "CUM_TRUONG", clerk=True), active=False)
    officer = replace(person(2, PHONG, "LD_PGD", "COT_CAN_PGD"), active=False)
    assert not rights.manages_cluster(lead, 1)
    assert not rights.is_head_of(lead, SAO_SANG.id)
    assert not rights.is_authority_decider(officer, UNITS)
    assert not rights.is_core_team(officer)
    assert not rights.is_of_authority(officer, UNITS)


def test_the_heads_of_a_school_are_its_head_and_vice_heads() -> None:
    heads = rights.heads_of(AN_TIEN.id, sample_people())
    assert [p.posts[0].role for p in heads] == ["HT", "PHT_CM", "PHT_CSND"]
    assert not rights.is_head_of(heads[0], BAT_TRANG.id)
    assert rights.heads_of(PHONG.id, sample_people()) == []
    backwards = rights.heads_of(AN_TIEN.id, reversed(sample_people()))
    assert backwards[0].holds("HT")


def test_the_core_team_does_not_decide() -> None:
    deciders = rights.deciders(sample_people(), UNITS)
    assert [p.posts[0].role for p in deciders] == ["LD_PGD", "CV_PGD"]
    both = person(1, PHONG, "COT_CAN_PGD", "CV_PGD")
    assert rights.is_authority_decider(both, UNITS)


def test_an_authority_post_at_a_school_decides_nothing() -> None:
    assert not rights.is_authority_decider(person(1, BAT_TRANG, "LD_PGD"), UNITS)
    assert not rights.is_of_authority(person(1, BAT_TRANG, "COT_CAN_PGD"), UNITS)
    assert not rights.is_any_head(person(1, PHONG, "HT"), UNITS)
    assert rights.is_any_head(person(1, BAT_TRANG, "PHT"), UNITS)

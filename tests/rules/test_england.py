"""The reference data of England: complete, linked, with the changes of boards on 1 April 2026."""

import shutil
from datetime import date

import pytest

from partnership.areas.england import ATTRIBUTIONS, REFERENCE, BadReference, read

ENGLAND = read()
BEFORE, AFTER = date(2026, 3, 31), date(2026, 4, 1)
AUTHORITIES = {authority.name: authority for authority in ENGLAND.authorities}


def slugs(bodies):
    return [body.slug for body in bodies]


def boards(name, day):
    return slugs(ENGLAND.boards_on(AUTHORITIES[name], day))


def test_all_of_england_is_there():
    assert len(ENGLAND.partnerships) == 141
    assert len(ENGLAND.authorities) == 153
    assert len(ENGLAND.forces) == 39
    assert len(ENGLAND.boards) == 42
    assert len(ENGLAND.new_boards) == 6


def test_every_force_and_every_board_is_used():
    assert {authority.force for authority in ENGLAND.authorities} == set(ENGLAND.forces)
    assert {share.board for authority in ENGLAND.authorities for share in authority.boards} == set(ENGLAND.boards)


def test_hammersmith_and_ealing_share_a_force_and_a_board():
    hammersmith, ealing = ENGLAND.partnership("hammersmith-and-fulham"), ENGLAND.partnership("ealing")

    assert slugs(hammersmith.forces) == slugs(ealing.forces) == ["metropolitan-police-service"]
    assert slugs(hammersmith.boards) == slugs(ealing.boards) == ["north-west-london-icb"]


def test_a_board_is_followed_by_its_successor_on_the_day():
    assert boards("Ealing", BEFORE) == ["north-west-london-icb"]
    assert boards("Ealing", AFTER) == ["west-and-north-london-icb"]


def test_a_split_board_goes_to_a_different_successor_in_each_authority():
    assert boards("Slough", AFTER) == ["thames-valley-icb"]
    assert boards("Surrey", AFTER) == ["surrey-and-sussex-icb"]
    assert boards("Hampshire", AFTER) == ["hampshire-and-isle-of-wight-icb"]
    assert boards("Suffolk", AFTER) == ["norfolk-and-suffolk-icb"]


def test_three_boards_of_one_authority_become_one():
    assert len(boards("Essex", BEFORE)) == 3
    assert boards("Essex", AFTER) == ["essex-icb"]


def test_twelve_boards_end_and_36_remain():
    ended = [board for board in ENGLAND.boards if board.ends_on == AFTER]
    remaining = {board for authority in ENGLAND.authorities for board in ENGLAND.boards_on(authority, AFTER)}

    assert len(ended) == 12
    assert len(remaining) == 36
    assert not remaining & set(ended)
    assert {board.begins_on for board in ENGLAND.new_boards} == {AFTER}


def test_a_partnership_may_have_two_authorities_and_two_forces():
    city_and_hackney = ENGLAND.partnership("city-and-hackney")

    assert len(city_and_hackney.members) == 2
    assert slugs(city_and_hackney.forces) == ["city-of-london-police", "metropolitan-police-service"]


def test_an_unknown_partnership_is_refused_with_a_sentence():
    with pytest.raises(BadReference, match="no partnership called “atlantis”"):
        ENGLAND.partnership("atlantis")


def test_the_attributions_are_those_of_the_readme():
    readme = (REFERENCE / "README.md").read_text(encoding="utf-8")

    for attribution in ATTRIBUTIONS:
        assert f"> {attribution}\n" in readme


MISTAKES = {
    "unknown force": (
        "area_memberships.csv",
        "cleveland-police",
        "atlantis-police",
        "E06000001: atlantis-police is not known",
    ),
    "unknown board": (
        "area_memberships.csv",
        "north-east-and-north-cumbria-icb",
        "atlantis-icb",
        "E06000001: atlantis-icb is not known",
    ),
    "shares that do not add up": (
        "area_memberships.csv",
        "100.0",
        "90.0",
        "E06000001: the shares of its boards do not add up",
    ),
    "a share too many": (
        "area_memberships.csv",
        "100.0",
        "50.0;50.0",
        "E06000001: each board in area_memberships.csv needs its share",
    ),
    "a share that is no number": ("area_memberships.csv", "100.0", "all", "In local_authorities.csv, E06000001"),
    "an authority without links": (
        "area_memberships.csv",
        "E06000001,",
        "E06999999,",
        "E06000001 is not known or not there",
    ),
    "links of no authority": (
        "local_authorities.csv",
        "E06000001,Hartlepool,Hartlepool Borough Council,unitary_authority,North East,E12000001,hartlepool\n",
        "",
        "In area_memberships.csv, E06000001: there is no such authority",
    ),
    "the same row twice": (
        "police_forces.csv",
        "bedfordshire-police",
        "avon-and-somerset-police",
        "In police_forces.csv, avon-and-somerset-police: there are two such rows",
    ),
    "a missing column": (
        "police_forces.csv",
        "chief_officer_title",
        "title",
        "chief_officer_title is not known or not there",
    ),
    "an authority in two partnerships": (
        "partnerships.csv",
        "E09000003",
        "E09000002;E09000003",
        "Barking and Dagenham (E09000002) is in 2 partnerships",
    ),
    "a partnership of nobody": (
        "partnerships.csv",
        "E09000002",
        "",
        "barking-and-dagenham: a partnership needs an authority",
    ),
    "a partnership of a stranger": ("partnerships.csv", "E09000002", "E99", "barking-and-dagenham: E99 is not known"),
    "an unknown extent": (
        "icb_changes_2026.csv",
        "whole",
        "most",
        "In icb_changes_2026.csv, line 2: the extent must be one of",
    ),
    "no such day": ("icb_changes_2026.csv", "2026-04-01", "2026-04-31", "In icb_changes_2026.csv, line 2"),
    "a part without its authority": (
        "icb_changes_2026.csv",
        "E06000036;E06000039",
        "E06000036",
        "Slough must be in one of its parts, not 0",
    ),
    "a part of a stranger": ("icb_changes_2026.csv", "E06000036;", "E99;", "In icb_changes_2026.csv, frimley-icb"),
    "a successor of nobody": (
        "icb_changes_2026.csv",
        "\nbedfordshire-luton-and-milton-keynes-icb",
        "\natlantis-icb",
        "In icb_changes_2026.csv, atlantis-icb: there is no such board",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_a_file_is_a_sentence_with_its_place(name, tmp_path):
    file, right, wrong, sentence = MISTAKES[name]
    folder = shutil.copytree(REFERENCE, tmp_path / "reference")
    text = (folder / file).read_text(encoding="utf-8")
    assert right in text
    (folder / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")

    with pytest.raises(BadReference) as caught:
        read(folder)

    assert sentence in str(caught.value)


def test_a_missing_file_is_a_sentence(tmp_path):
    with pytest.raises(BadReference, match=r"police_forces\.csv cannot be read"):
        read(tmp_path)

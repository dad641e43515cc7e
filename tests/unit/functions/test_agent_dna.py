"""The words that describe a person and a product: which photos they come from, and what they are held against."""

import re

import pytest

from agents import dna_extractor, product_vision
from agents.dna_extractor import shown, unique_identifier
from tests.unit.functions.making import bible
from ugcgen.domain.enums import ReferenceAngle
from ugcgen.domain.people import AvatarDNA, detailed_dna
from ugcgen.domain.references import PhotoFault, ProductPhoto, ReferencePhoto


def reference(name: str, angle: ReferenceAngle | None = None, *faults: PhotoFault) -> ReferencePhoto:
    return ReferencePhoto(
        image=name, sha256=f"sha of {name}", width=9, height=9, faces=1, sharpness=1, angle=angle, faults=list(faults)
    )


def packshot(*words: str, colors: tuple[str, ...] = ()) -> ProductPhoto:
    return ProductPhoto(image="p", sha256="s", width=9, height=9, sharpness=1, words=list(words), colors=list(colors))


def test_the_extractor_sees_what_can_be_used_with_its_angle_and_no_more_than_ten() -> None:
    photos = [
        reference("couple", None, PhotoFault.SEVERAL_PEOPLE),
        reference("front", ReferenceAngle.FRONT, PhotoFault.BLURRED),
        reference("open"),
        *(reference(f"left-{n}", ReferenceAngle.LEFT_PROFILE) for n in range(12)),
    ]
    pictures = shown(photos)
    assert [picture.name for picture in pictures] == ["front", "open", *(f"left-{n}" for n in range(8))]
    assert [picture.label for picture in pictures[:3]] == [
        "the person, photo 1, from the front",
        "the person, photo 2",
        "the person, photo 3, of the left profile",
    ]


@pytest.mark.parametrize(
    ("name", "tag", "pattern"),
    [
        ("Mia", "casual", r"mia_casual_creator_id_\d{6}"),
        ("  Anna-Lena  O'Neil ", "", r"anna_lena_o_neil_creator_id_\d{6}"),
        ("Zoë", "Sport & Spa", r"zoë_sport_spa_creator_id_\d{6}"),
        ("", "", r"creator_id_\d{6}"),
        ("!!", "", r"creator_id_\d{6}"),
    ],
)
def test_an_identifier_reads_like_a_name(name: str, tag: str, pattern: str) -> None:
    assert re.fullmatch(pattern, unique_identifier("user-1", name, ["a"], tag))


def test_an_identifier_is_the_persons_and_the_owners() -> None:
    mia = unique_identifier("user-1", "Mia", ["a", "b"])
    assert mia == unique_identifier("user-1", "mia ", ["c"]), "more photos show the same person"
    others = [("user-2", "Mia", ["a", "b"], ""), ("user-1", "Mia", ["a"], "sport"), ("user-1", "Mio", ["a"], "")]
    assert len({mia, *(unique_identifier(*other) for other in others)}) == 4


def test_a_person_without_a_name_is_known_by_the_photos_in_any_order_whoever_has_them() -> None:
    assert unique_identifier("user-1", "", ["a", "b"]) == unique_identifier("user-2", "", ["b", "a"])
    assert unique_identifier("user-1", "!", ["a", "b"]) != unique_identifier("user-1", "!", ["a", "c"])


def test_the_detailed_text_holds_every_part_of_the_dna() -> None:
    dna = bible().avatar_dna
    assert dna is not None
    text = detailed_dna("mia_creator_id_000001", dna)
    assert text.splitlines()[0] == "mia_creator_id_000001"
    assert all(value.rstrip(".") in text for value in dna.model_dump().values())
    assert len(text.splitlines()) == 1 + len(AvatarDNA.model_fields)


@pytest.mark.parametrize(
    ("answered", "read", "expected"),
    [
        (["LUMI", "GLOW"], ["LUMI", "GLOW"], ["LUMI", "GLOW"]),
        # What was read and is not in the answer is added.
        (["LUMI"], ["LUMI", "30", "ml"], ["LUMI", "30", "ml"]),
        # A misreading of a word that is there is not.
        (["VITAMIN C SERUM"], ["VITAMlN", "SERUM"], ["VITAMIN C SERUM"]),
        # The user knows the name of the product and of the brand.
        (["LUML GLOW"], [], ["LUMI GLOW"]),
        (["Lumi Glo"], ["LUMI"], ["Lumi Glow"]),
        (["LUMEE"], [], ["LUMEA"]),
        # In the case in which it is printed, and nothing else is touched.
        (["lumi glow", "SERUM"], [], ["lumi glow", "SERUM"]),
        ([], ["LUMI"], ["LUMI"]),
        ([], [], []),
    ],
)
def test_the_words_on_a_product_are_held_against_what_is_known(
    answered: list[str], read: list[str], expected: list[str]
) -> None:
    found = bible().product_dna.model_copy(update={"branding_text": answered, "product_name": "Sunny Jar"})
    checked = product_vision.checked(found, "Lumi Glow", "Lumea", read)
    assert checked.branding_text == expected
    assert checked.product_name == "Lumi Glow"


def test_words_are_read_once_over_all_photos_in_their_order() -> None:
    photos = [packshot("LUMI", "GLOW"), packshot("Lumi", "30ml"), packshot()]
    assert product_vision.read_on(photos) == ["LUMI", "GLOW", "30ml"]


def test_the_photo_with_the_most_to_see_is_shown_first() -> None:
    sizes = {"small": (0.7, 300), "blurred": (0.2, 2000), "good": (0.6, 1500), "same": (0.6, 1500)}
    photos = [
        ProductPhoto(image=name, sha256="s", width=side, height=2000, sharpness=sharp)
        for name, (sharp, side) in sizes.items()
    ]
    assert [photo.image for photo in product_vision.best_first(photos)] == ["good", "same", "blurred", "small"]


def test_what_was_measured_is_given_to_the_model_as_a_hint() -> None:
    hints = product_vision._hints([packshot("LUMI", colors=("#C46C24", "#FAF5EC")), packshot("GLOW")])
    assert "LUMI, GLOW" in hints
    assert "#C46C24, #FAF5EC" in hints
    assert product_vision._hints([packshot()]) == ""


def test_the_prompts_ask_for_every_field_of_the_dna() -> None:
    asked = dna_extractor._TASK
    assert all(f"{name}:" in asked for name in AvatarDNA.model_fields)

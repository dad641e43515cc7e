"""DNA with its edits: corrections survive another extraction, and the version tells of every change that is seen."""

import pytest

from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.patch import laid_over
from ugcgen.domain.people import AvatarDNA, AvatarDNARecord
from ugcgen.domain.product import ProductColors, ProductDNA, ProductDNAEdit, ProductDNARecord

MIRA = AvatarDNA(
    face="oval",
    skin="honey",
    eyes="amber",
    hair="dark brown waves",
    body="slim",
    voice="warm",
    wardrobe="blue sweater",
    prohibited_drift="Eyes ALWAYS amber",
)
SERUM = ProductDNA(
    product_type="serum",
    product_name="Lumi Glow",
    colors=ProductColors(primary="#C46C24", secondary="#FAF5EC", packaging="#3E3A3E"),
    shape="tall_slim_bottle",
    branding_text=["LUMI", "GLOW"],
)


def test_an_edit_is_kept_apart_and_raises_the_version() -> None:
    record = AvatarDNARecord(extracted=MIRA).edited({"eyes": "green"})
    assert record.current == MIRA.model_copy(update={"eyes": "green"})
    assert (record.extracted, record.version) == (MIRA, 2)


def test_an_edit_that_changes_nothing_keeps_the_version() -> None:
    assert AvatarDNARecord(extracted=MIRA).edited({"eyes": "amber"}).version == 1


def test_an_edit_that_is_taken_back_is_a_version_of_its_own() -> None:
    record = AvatarDNARecord(extracted=MIRA).edited({"eyes": "green", "hair": "red"}).edited({"eyes": None})
    assert record.current == MIRA.model_copy(update={"hair": "red"})
    assert record.version == 3


def test_another_extraction_keeps_what_a_person_corrected() -> None:
    record = AvatarDNARecord(extracted=MIRA).edited({"eyes": "green"})
    seen_better = MIRA.model_copy(update={"eyes": "brown", "face": "round"})
    again = record.extracted_again(seen_better)
    assert (again.current.eyes, again.current.face, again.version) == ("green", "round", 3)
    assert again.edited({"eyes": None}).current == seen_better
    assert again.extracted_again(seen_better).version == 3


def test_one_colour_of_a_product_is_edited_alone_and_a_list_as_a_whole() -> None:
    record = ProductDNARecord(extracted=SERUM).edited({"colors": {"packaging": "#000000"}, "branding_text": ["LUMI"]})
    assert record.current.colors == SERUM.colors.model_copy(update={"packaging": "#000000"})
    assert record.current.branding_text == ["LUMI"]
    assert record.edited({"colors": {"packaging": None}}).edits == ProductDNAEdit(branding_text=["LUMI"])


@pytest.mark.parametrize(
    ("patch", "sentence"),
    [({"ears": "large"}, "dna.ears"), ({"face": ""}, "dna.face"), ({"face": ["oval"]}, "dna.face")],
)
def test_what_the_dna_does_not_have_is_refused_by_name(patch: dict[str, object], sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        AvatarDNARecord(extracted=MIRA).edited(patch)


def test_no_edits_leave_the_document_as_it_is() -> None:
    assert laid_over(SERUM, ProductDNAEdit()) == laid_over(SERUM, None) == SERUM


def test_a_record_comes_back_from_its_json() -> None:
    record = ProductDNARecord(extracted=SERUM).edited({"colors": {"primary": "#111111"}})
    assert ProductDNARecord.model_validate_json(record.model_dump_json()) == record

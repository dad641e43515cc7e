"""What people keep: profile, avatars and products, from photos to DNA and into a job, with the real studio and the real
post-production service beside the functions."""

import threading
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from firebase_functions.https_fn import FunctionsErrorCode as Code
from werkzeug.serving import make_server

from api.callable import serve
from api.system_avatars import CAST, shipped
from api.uploads import pin_sound
from postprod.app import create_app
from postprod.likeness.pixels import pixels_of
from postprod.photos.person import person_facts
from postprod.sound.library import listed
from steps.context import StepContext
from steps.studying import study
from tests.integration.functions.test_api import BRIEF, refusal, uploaded
from tests.integration.functions.test_studying import EXAMPLES, claimed
from tests.integration.studio.running import Running
from tests.unit.functions.making import asked
from ugcgen.cloud import storage
from ugcgen.domain.enums import ReferenceAngle
from ugcgen.engine.refs import read_job
from ugcgen.ledger.allowance import owed_today

SIDES = ("front", "left", "right")


@pytest.fixture
def postprod(product: Callable[..., None]) -> Iterator[None]:
    """The post-production service, where the functions look for it."""
    server = make_server("127.0.0.1", 0, create_app())
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    product(POSTPROD_URL=f"http://127.0.0.1:{server.port}")
    yield
    server.shutdown()
    thread.join()


def call(user: str, operation: str, **data: Any) -> dict[str, Any]:
    answer: dict[str, Any] = serve(operation, asked(data, user, email=f"{user}@example.com", name="Ann"))
    return answer


def sent(user: str, photo: str) -> str:
    return uploaded(user, (EXAMPLES / f"{photo}.jpg").read_bytes())


def test_a_profile(product: object, user: str) -> None:
    assert call(user, "getProfile") == {
        "user_id": user,
        "email": f"{user}@example.com",
        "name": "Ann",
        "image": None,
        "image_url": None,
    }
    changed = call(user, "updateProfile", name="Ann B.", image=uploaded(user))
    assert changed["name"] == "Ann B."
    assert changed["image"].startswith(f"users/{user}/media/")
    assert call(user, "updateProfile", name=None) == call(user, "getProfile")
    assert (call(user, "getProfile")["name"], call(user, "getProfile")["image"]) == ("Ann", changed["image"])
    refused = refusal("updateProfile", user, {"email": "somebody@else.example"})
    assert (refused.code, refused.details) == (Code.INVALID_ARGUMENT, {"field": "email"})


def test_an_avatar_from_photos_to_dna(postprod: None, user: str, studio: Running) -> None:
    front, left, right = (sent(user, f"avatar-{side}") for side in SIDES)
    made = call(user, "createAvatar", name="Mira", tag="casual creator", reference_images=[front, left])["avatar"]
    who = made["id"]
    assert made["unique_identifier"].startswith("mira_casual_creator_creator_id_")
    assert (made["dna"], made["photos"]) == (None, [])

    looked_at = call(user, "validateAngles", avatar_id=who)
    assert looked_at["coverage"]["missing"] == ["right_profile"]
    assert "Add a photo of the right profile." in looked_at["coverage"]["advice"]
    assert owed_today(user) == 0, "all angles were measured"

    grown = call(user, "addAvatarImages", avatar_id=who, images=[right])["avatar"]
    assert len(grown["reference_images"]) == 3
    assert len(grown["photos"]) == 2, "what is known stays known"
    known = call(user, "extractAvatarDna", avatar_id=who)
    avatar = known["avatar"]
    assert known["coverage"]["missing"] == []
    assert avatar["angle_validation"] == {
        angle: angle in {"front", "left_profile", "right_profile"} for angle in ReferenceAngle
    }
    assert avatar["thumbnail_url"] == avatar["reference_angles"]["front"]
    assert avatar["detailed_dna"].splitlines()[0] == avatar["unique_identifier"]
    assert avatar["reference_sheet"] in known["media"]
    paid, questions = owed_today(user), len(studio.log()["calls"])
    assert paid > 0

    edited = call(user, "updateAvatar", avatar_id=who, name="Mira B.", dna={"eyes": "green"})["avatar"]
    assert (edited["name"], edited["dna"]["edits"]["eyes"], edited["dna"]["version"]) == ("Mira B.", "green", 2)
    assert edited["dna"]["extracted"] == avatar["dna"]["extracted"]
    assert "Eyes: green." in edited["detailed_dna"]
    assert edited["unique_identifier"] == avatar["unique_identifier"]
    back = call(user, "updateAvatar", avatar_id=who, name="Mira", dna={"eyes": None})["avatar"]
    assert back["dna"]["extracted"] == avatar["dna"]["extracted"]
    assert back["dna"]["edits"]["eyes"] is None
    assert call(user, "extractAvatarDna", avatar_id=who)["avatar"]["dna"]["version"] == 3
    assert (owed_today(user), len(studio.log()["calls"])) == (paid, questions), "the same is asked once"

    fewer = call(user, "removeAvatarImage", avatar_id=who, image=avatar["reference_angles"]["front"])["avatar"]
    assert (fewer["angle_validation"]["front"], fewer["reference_sheet"]) == (False, None)
    assert storage.facts(avatar["reference_angles"]["front"]) is None
    refused = refusal("removeAvatarImage", user, {"avatar_id": who, "image": front})
    assert (refused.code, refused.details) == (Code.INVALID_ARGUMENT, {"field": "image"})

    listed = call(user, "listAvatars", limit=1)
    assert [(card["name"], card["images"], card["has_dna"]) for card in listed["avatars"]] == [("Mira", 2, True)]
    call(user, "deleteAvatar", avatar_id=who)
    assert refusal("getAvatar", user, {"avatar_id": who}).code is Code.NOT_FOUND
    assert storage.facts(avatar["reference_angles"]["left_profile"]) is None


def test_photos_that_show_nobody_cost_nothing(postprod: None, user: str, studio: Running) -> None:
    refused = refusal("extractDna", user, {"images": [sent(user, "product-front")]})
    assert (refused.code, refused.details) == (Code.INVALID_ARGUMENT, {"field": "images"})
    assert "No face is found" in refused.message
    who = call(user, "createAvatar", name="Nobody")["avatar"]["id"]
    assert "has no photos" in refusal("validateAngles", user, {"avatar_id": who}).message
    assert "no DNA to edit" in refusal("updateAvatar", user, {"avatar_id": who, "dna": {"eyes": "green"}}).message
    assert (owed_today(user), studio.log()["calls"]) == (0, [])


def test_a_service_that_is_away_is_told(product: Callable[..., None], user: str) -> None:
    product(POSTPROD_URL="http://127.0.0.1:9")
    refused = refusal("extractDna", user, {"images": [sent(user, "avatar-front")]})
    assert (refused.code, "try again" in refused.message) == (Code.UNAVAILABLE, True)


def test_a_product_from_photos_to_dna(postprod: None, user: str) -> None:
    photos = [sent(user, "product-front"), sent(user, "product-angle")]
    kept = call(user, "createProduct", name="Lumi Glow", brand="Lumi", price="29 EUR", images=photos)["product"]
    which = kept["id"]
    analyzed = call(user, "analyzeProduct", name="Lumi Glow", brand="Lumi", images=photos)
    assert set(analyzed["advice"]) < set(kept["images"]), "one of them at least is good"
    paid = owed_today(user)
    product = call(user, "extractProductDna", product_id=which)["product"]
    assert product["dna"]["extracted"] == analyzed["dna"], "the same is asked once"
    assert owed_today(user) == paid > 0
    assert [photo["image"] for photo in product["photos"]] == kept["images"]
    assert product["dna"]["extracted"]["product_name"] == "Lumi Glow"

    changed = call(user, "updateProduct", product_id=which, price="25 EUR", dna={"colors": {"primary": "#ff0000"}})
    assert changed["product"]["price"] == "25 EUR"
    assert changed["product"]["dna"]["edits"]["colors"]["primary"] == "#ff0000"
    fewer = call(user, "updateProduct", product_id=which, images=kept["images"][:1])
    assert len(fewer["product"]["photos"]) == len(fewer["media"]) == 1
    assert storage.facts(kept["images"][1]) is None
    assert [card["has_dna"] for card in call(user, "listProducts")["products"]] == [True]
    call(user, "deleteProduct", product_id=which)
    assert call(user, "listProducts")["products"] == []


def test_a_job_takes_the_dna_that_is_kept(postprod: None, topics: None, user: str, studio: Running) -> None:
    which = call(user, "createProduct", name="Lumi Glow", images=[sent(user, "product-front")])["product"]["id"]
    call(user, "extractProductDna", product_id=which)
    call(user, "updateProduct", product_id=which, dna={"texture": "frosted glass"})
    wish = {"request_id": uuid.uuid4().hex, "brief": BRIEF, "product_id": which, "avatar_id": "system-noor"}
    refused = refusal("startGeneration", user, wish | {"avatar_images": [uploaded(user)]})
    assert (refused.code, refused.details) == (Code.INVALID_ARGUMENT, {"field": "avatar_images"})
    assert refusal("startGeneration", f"{user}-b", wish).code is Code.NOT_FOUND

    job = read_job(call(user, "startGeneration", **wish)["job_id"])
    noor = shipped()["system-noor"]
    assert (job.avatar_id, job.product_id, job.brief.avatar_name) == ("system-noor", which, "Noor")
    assert job.avatar_ref_images == noor.reference_images
    questions = len(studio.log()["calls"])
    found = study(StepContext(claimed(job)))
    assert len(studio.log()["calls"]) == questions, "nothing is extracted again"
    assert found.product.texture == "frosted glass"
    assert noor.dna is not None
    assert found.avatar == noor.dna.current
    assert found.character is not None
    assert found.character.unique_identifier == noor.unique_identifier
    assert found.character.coverage.is_complete

    call(user, "deleteProduct", product_id=which)
    assert storage.facts(job.product_images[0]) is not None, "the job still uses it"


def test_the_avatars_that_come_with_the_product(product: object, user: str) -> None:
    cards = call(user, "listAvatars")["system"]
    assert [card["avatar_id"] for card in cards] == list(shipped())
    for avatar in shipped().values():
        for photo in avatar.photos:
            assert storage.facts(photo.image) is not None
        assert all(avatar.angle_validation[angle] for angle in ("front", "left_profile", "right_profile"))
        assert call(user, "getAvatar", avatar_id=avatar.id)["coverage"]["missing"] == []
        assert refusal("updateAvatar", user, {"avatar_id": avatar.id, "name": "Mine"}).code is Code.NOT_FOUND
        assert refusal("deleteAvatar", user, {"avatar_id": avatar.id}).code is Code.NOT_FOUND


@pytest.mark.parametrize("who", shipped())
def test_what_is_shipped_of_a_photo_is_what_is_measured(who: str) -> None:
    for photo in shipped()[who].photos:
        [file] = [path for path in CAST.glob(f"{who}-*.jpg") if path.stem.endswith(str(photo.angle))]
        measured = person_facts(photo.image, photo.sha256, pixels_of(file))
        assert measured == type(measured)(**photo.model_dump(include=set(type(measured).model_fields)))


def test_the_wizard_from_product_to_bible(postprod: None, user: str) -> None:
    brief = BRIEF | {"selling_points": ["absorbs in seconds"], "prompt": "Show the glow after a week"}
    dna = call(user, "analyzeProduct", name="Lumi Glow", images=[sent(user, "product-front")])["dna"]
    paid = owed_today(user)
    strategy = call(user, "expandBrief", brief=brief)
    assert strategy["key_selling_points"] == ["absorbs in seconds"]
    assert strategy["hook_strategy"]
    assert owed_today(user) > paid
    paid = owed_today(user)
    made = {"brief": brief, "strategy": strategy}
    bible = call(user, "generateBible", **made, product_dna=dna, avatar_id="system-ada")
    assert bible["creative_brief"]["hook_strategy"] == strategy["hook_strategy"]
    assert bible["character"]["unique_identifier"] in bible["master_prompt"]["character_dna"]
    assert bible["style"]["duration_seconds"] == 3
    assert owed_today(user) == paid
    of = made | {"product_dna": dna, "avatar_id": "system-ada"}
    written = call(user, "generateScript", **of)
    [scene] = written["script"]["scenes"]
    assert (scene["duration_seconds"], written["writing"]["put_right_by_rule"]) == (3, [])
    assert scene["dialogue"] and owed_today(user) > paid
    paid = owed_today(user)
    refined = call(user, "refineScript", **of, script=written["script"], feedback="Say it in a friendlier way")
    assert [scene["scene_number"] for scene in refined["script"]["scenes"]] == [1] and owed_today(user) > paid
    paid = owed_today(user)
    refused = refusal(
        "refineScript", user, of | {"script": written["script"] | {"title": "x" * 30_000}, "feedback": "x"}
    )
    assert "at most 30000 fit" in refused.message
    assert refusal("generateScript", f"{user}-b", made | {"product_id": "of-another"}).code is Code.NOT_FOUND
    which = call(user, "createProduct", name="Lumi", dna=dna)["product"]["id"]
    hands = call(user, "generateBible", **made, product_id=which)
    assert (hands["avatar_dna"], hands["product_dna"]) == (None, bible["product_dna"])
    used = call(user, "getUsage")
    assert (used["usage"]["cost"], used["allowance_owed"], used["usage"]["calls"]) == (paid, paid, 4)
    assert [line["name"] for line in used["usage"]["jobs"]] == [None]
    assert sum(line["cost"] for line in used["usage"]["models"]) == paid
    assert [line["name"] for line in used["usage"]["days"]] == [used["last"]]
    assert call(user, "getUsage", first="2025-01-01", last="2025-01-31")["usage"]["calls"] == 0
    assert "92 days at most" in refusal("getUsage", user, {"first": "2025-01-01", "last": "2026-01-01"}).message
    refused = refusal("generateBible", user, made)
    assert (refused.code, refused.details) == (Code.INVALID_ARGUMENT, {"field": "product_dna"})


def test_a_voiceover_for_the_editor(product: object, user: str) -> None:
    spoken = call(user, "generateVoiceover", text="One drop in the morning is enough.", voice={"name": "Puck"})
    assert spoken["source"].startswith(f"users/{user}/media/")
    assert 1 < spoken["seconds"] < 10
    assert pin_sound(user, spoken["source"], "sounds") == spoken["source"], "a cut takes it as it is"
    assert owed_today(user) > 0
    refused = refusal("generateVoiceover", user, {"text": "word " * 301})
    assert (refused.code, refused.details) == (Code.INVALID_ARGUMENT, {"field": "text"})
    sounds = call(user, "listMusic")["sounds"]
    assert [(one["source"], one["kind"]) for one in sounds] == [(one.source, one.kind) for one in listed()]

"""Scripts, bibles, requests and webhooks, with everything that a test does not care about filled in."""

import base64
import hashlib
import hmac
import time
from dataclasses import dataclass
from typing import Any, cast

from firebase_functions import https_fn

from ugcgen.domain.bible import CreativeBrief, ProductionBible, StyleConfig
from ugcgen.domain.brief import PlannedScene
from ugcgen.domain.enums import AspectRatio, Platform, ProductVisibility, SceneType, VideoStyle
from ugcgen.domain.people import AvatarDNA
from ugcgen.domain.product import ProductColors, ProductDNA
from ugcgen.domain.script import Script, ScriptScene
from ugcgen.models.media import Picture


def scene(number: int = 1, **fields: Any) -> ScriptScene:
    usual: dict[str, Any] = {
        "scene_number": number,
        "scene_type": SceneType.HOOK,
        "duration_seconds": 6,
        "dialogue": "I did not expect this.",
        "action": "She turns the bottle towards the window",
        "expression": "surprised",
        "product_visibility": ProductVisibility.PRIMARY,
    }
    return ScriptScene(**usual | fields)


def script(*scenes: ScriptScene) -> Script:
    return Script(title="One week", total_duration=1, scenes=list(scenes))


def planned(number: int = 1, **fields: Any) -> PlannedScene:
    usual: dict[str, Any] = {
        "scene_number": number,
        "scene_type": SceneType.DEMONSTRATION,
        "seconds": 8,
        "clip_seconds": 8,
        "max_words": 20,
    }
    return PlannedScene(**usual | fields)


def bible(with_person: bool = True) -> ProductionBible:
    person = AvatarDNA(
        face="oval face, light freckles",
        skin="fair, Fitzpatrick II",
        eyes="green",
        hair="long red hair",
        body="slim",
        voice="warm alto",
        wardrobe="cream sweater",
        prohibited_drift="hair stays long and red",
    )
    product = ProductDNA(
        product_type="skincare_serum",
        product_name="Lumi Glow",
        colors=ProductColors(primary="#d4a017", secondary="#ffffff", packaging="#1a1a1a"),
        shape="dropper_bottle",
        prohibited_variations=["the cap stays black", "the label reads LUMI."],
    )
    return ProductionBible(
        product_name="Lumi Glow",
        product_dna=product,
        avatar_dna=person if with_person else None,
        style=StyleConfig(
            platform=Platform.TIKTOK,
            duration_seconds=8,
            style=VideoStyle.TESTIMONIAL,
            tone="warm, conversational",
            setting="A bright kitchen with a wooden worktop",
            aspect_ratio=AspectRatio.PORTRAIT,
        ),
        creative_brief=CreativeBrief(
            prompt="Show the glow after a week",
            hook_strategy="Show the tired skin of a week ago",
            pain_point="dull skin",
            key_selling_points=["absorbs in seconds"],
            emotional_journey="from doubt to delight",
            cta_approach="invite to try it for a week",
        ),
    )


def picture(name: str) -> Picture:
    return Picture(name=f"{name}.png", sha256=name, label=name)


@dataclass
class Auth:
    uid: str
    token: dict[str, Any]


def asked(data: Any, uid: str | None = "u1", **claims: Any) -> https_fn.CallableRequest[Any]:
    return https_fn.CallableRequest(
        data=data,
        raw_request=cast(Any, None),
        auth=cast(Any, Auth(uid, claims)) if uid is not None else None,
    )


def webhook_headers(body: bytes, *, key: bytes, age: float = 0, name: str = "msg_1") -> dict[str, str]:
    """Headers as https://www.standardwebhooks.com describes them, made independently of the product's code."""
    stamp = str(int(time.time() - age))
    digest = hmac.new(key, f"{name}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "Webhook-Id": name,
        "Webhook-Timestamp": stamp,
        "Webhook-Signature": f"v1,{base64.b64encode(digest).decode()}",
    }

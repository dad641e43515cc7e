"""What the words of a brief mean: how each style, tone, pace, platform and place looks and sounds."""

from ugcgen.domain.bible import Shot
from ugcgen.domain.enums import (
    BackgroundSetting,
    CameraAngle,
    CameraMovement,
    Pacing,
    Platform,
    SceneType,
    ShotType,
    Tone,
    VideoStyle,
)
from ugcgen.domain.model import Value


class StylePreset(Value):
    """``look`` goes into every picture's prompt, ``approach`` to who writes the script; ``shot`` is the usual one."""

    look: str
    approach: str
    shot: Shot


STYLES: dict[VideoStyle, StylePreset] = {
    VideoStyle.TESTIMONIAL: StylePreset(
        look="testimonial style, one person confiding in a friend, unposed",
        approach="one person's own experience, with a doubt that was overcome",
        shot=Shot(shot_type=ShotType.MEDIUM, movement=CameraMovement.HANDHELD),
    ),
    VideoStyle.PRODUCT_SHOWCASE: StylePreset(
        look="product showcase style, the product in use and in detail, clean composition",
        approach="what the product does, shown one feature at a time",
        shot=Shot(shot_type=ShotType.CLOSE_UP, movement=CameraMovement.DOLLY_IN),
    ),
    VideoStyle.BRAND_STORY: StylePreset(
        look="brand story style, cinematic composition, a moment of real life",
        approach="why the brand exists, told through one person's day",
        shot=Shot(shot_type=ShotType.WIDE, movement=CameraMovement.TRACKING),
    ),
    VideoStyle.SOCIAL_REEL: StylePreset(
        look="social reel style, spontaneous, lively framing",
        approach="a fast idea with a turn, that one wants to send to a friend",
        shot=Shot(shot_type=ShotType.MEDIUM, movement=CameraMovement.HANDHELD),
    ),
    VideoStyle.COMPARISON_REVIEW: StylePreset(
        look="comparison review style, plain and factual framing",
        approach="what was used before beside what is used now, fairly, with what is not perfect",
        shot=Shot(shot_type=ShotType.MEDIUM, movement=CameraMovement.STATIC),
    ),
}

SHOTS: dict[SceneType, Shot] = {
    SceneType.HOOK: Shot(shot_type=ShotType.CLOSE_UP),
    SceneType.UNBOXING: Shot(angle=CameraAngle.HIGH_ANGLE, movement=CameraMovement.STATIC),
    SceneType.DEMONSTRATION: Shot(shot_type=ShotType.CLOSE_UP, movement=CameraMovement.DOLLY_IN),
    SceneType.APPLICATION: Shot(shot_type=ShotType.CLOSE_UP),
    SceneType.CTA: Shot(movement=CameraMovement.STATIC),
}
"""Scenes that want another shot than the style's usual one."""

TONES: dict[Tone, str] = {
    Tone.WARM: "warm, conversational, like telling a close friend",
    Tone.ENERGETIC: "energetic, bright and excited, quick to laugh",
    Tone.CALM: "calm, soft and close, unhurried",
    Tone.FUNNY: "funny, dry and playful, with a grin",
    Tone.LUXURIOUS: "luxurious, low and smooth, sure of its taste",
    Tone.EXPERT: "expert, clear and precise, without jargon",
}

PACINGS: dict[Pacing, str] = {
    Pacing.CALM: "calm pace, time to look, pauses between thoughts",
    Pacing.NATURAL: "natural pace of somebody talking",
    Pacing.FAST: "fast pace, one thought after another, movement in every moment",
}

PLATFORMS: dict[Platform, str] = {
    Platform.INSTAGRAM_REELS: "polished yet personal like a good Instagram reel, subject in the middle third",
    Platform.TIKTOK: "raw and immediate like a TikTok, subject close to the camera, nothing important at the edges",
    Platform.YOUTUBE_SHORTS: "clear and bright like a YouTube short, subject large enough for a small screen",
    Platform.YOUTUBE: "clear and composed like a YouTube review",
    Platform.GENERAL: "as somebody would film it for friends",
    Platform.CUSTOM: "as somebody would film it for friends",
}

SETTINGS: dict[BackgroundSetting, str] = {
    BackgroundSetting.MODERN_BEDROOM: "A modern, lived-in bedroom with a window",
    BackgroundSetting.KITCHEN: "A bright kitchen with a wooden worktop",
    BackgroundSetting.OFFICE: "A small home office with a desk and plants",
    BackgroundSetting.CAR: "Inside a parked car in daylight",
    BackgroundSetting.OUTDOOR: "Outdoors in a quiet park",
    BackgroundSetting.CUSTOM: "",
}


def tone_in_words(tone: str) -> str:
    """A tone by its name, or in the words it was asked for with."""
    return TONES[Tone(tone)] if tone in set(Tone) else tone

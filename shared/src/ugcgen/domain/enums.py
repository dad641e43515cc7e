"""Every closed vocabulary of the product, in the spelling that is stored, sent and typed in a brief."""

from enum import StrEnum


class PipelineStep(StrEnum):
    SCRIPT_GENERATION = "script_generation"
    SCENE_PROMPTS = "scene_prompts"
    STORYBOARD = "storyboard"
    STORYBOARD_REVIEW = "storyboard_review"
    VIDEO_GENERATION = "video_generation"
    VIDEO_EXTENSION = "video_extension"
    AUDIO_GENERATION = "audio_generation"
    POST_PRODUCTION = "post_production"
    QUALITY_CHECK = "quality_check"
    COMPLETE = "complete"


class JobStatus(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    COMPLETED = "completed"
    FAILED = "failed"


class Speaker(StrEnum):
    """Who wrote a message of a chat."""

    USER = "user"
    ASSISTANT = "assistant"


class MessageState(StrEnum):
    """``STREAMING`` is still being written; ``STOPPED`` and ``FAILED`` keep what had come by then."""

    STREAMING = "streaming"
    COMPLETE = "complete"
    STOPPED = "stopped"
    FAILED = "failed"


class Intent(StrEnum):
    """What a message of a chat is for; spelled as the model has to say it."""

    CHAT = "CHAT"
    VIDEO_NEEDS_INPUT = "VIDEO_NEEDS_INPUT"
    VIDEO_READY = "VIDEO_READY"


class UnitState(StrEnum):
    READY = "ready"
    RUNNING = "running"
    WAITING = "waiting"
    BLOCKED = "blocked"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        return self in {UnitState.READY, UnitState.RUNNING, UnitState.WAITING, UnitState.BLOCKED}


class BlockReason(StrEnum):
    """Why a unit stands still. ``QUOTA`` and ``NO_CREDIT`` pass by themselves."""

    STORYBOARD_REVIEW = "storyboard_review"
    BUDGET = "budget"
    UNCONFIRMED = "unconfirmed"
    QUOTA = "quota"
    NO_CREDIT = "no_credit"
    NO_KEY = "no_key"


class CallState(StrEnum):
    """The life of a paid call; see ``ugcgen.ledger``."""

    RESERVED = "reserved"
    SENDING = "sending"
    SUBMITTED = "submitted"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    REFUSED = "refused"
    UNCONFIRMED = "unconfirmed"
    CANCELLED = "cancelled"
    DELETED = "deleted"

    @property
    def is_final(self) -> bool:
        ended = {CallState.SUCCEEDED, CallState.FAILED, CallState.REFUSED, CallState.CANCELLED, CallState.DELETED}
        return self in ended


class ApiKeyStatus(StrEnum):
    """Whether a key may be lent. ``RATE_LIMITED`` and ``EXHAUSTED`` pass by themselves."""

    ACTIVE = "active"
    RATE_LIMITED = "rate_limited"
    EXHAUSTED = "exhausted"
    ERROR = "error"
    DISABLED = "disabled"


class PoolType(StrEnum):
    """The service that a key opens."""

    GOOGLE_AI = "google_ai"
    GCS = "gcs"


class SceneType(StrEnum):
    INTRO = "intro"
    HOOK = "hook"
    PROBLEM = "problem"
    SOLUTION = "solution"
    DEMONSTRATION = "demonstration"
    UNBOXING = "unboxing"
    APPLICATION = "application"
    TESTIMONIAL = "testimonial"
    CTA = "cta"


class ProductVisibility(StrEnum):
    PRIMARY = "primary"
    SECONDARY = "secondary"
    BACKGROUND = "background"
    NONE = "none"


class BackgroundSetting(StrEnum):
    MODERN_BEDROOM = "modern_bedroom"
    KITCHEN = "kitchen"
    OFFICE = "office"
    CAR = "car"
    OUTDOOR = "outdoor"
    CUSTOM = "custom"


class Platform(StrEnum):
    INSTAGRAM_REELS = "instagram_reels"
    TIKTOK = "tiktok"
    YOUTUBE_SHORTS = "youtube_shorts"
    YOUTUBE = "youtube"
    GENERAL = "general"
    CUSTOM = "custom"


class ReferenceAngle(StrEnum):
    FRONT = "front"
    LEFT_PROFILE = "left_profile"
    RIGHT_PROFILE = "right_profile"
    BACK = "back"
    THREE_QUARTER_LEFT = "three_quarter_left"
    THREE_QUARTER_RIGHT = "three_quarter_right"


class VideoStyle(StrEnum):
    TESTIMONIAL = "testimonial"
    PRODUCT_SHOWCASE = "product_showcase"
    BRAND_STORY = "brand_story"
    SOCIAL_REEL = "social_reel"
    COMPARISON_REVIEW = "comparison_review"


class Pacing(StrEnum):
    """How fast an ad goes on: what is said in how many breaths, and how the camera moves."""

    CALM = "calm"
    NATURAL = "natural"
    FAST = "fast"


class Tone(StrEnum):
    """The tones that have a name. A brief may ask for any other in its own words."""

    WARM = "warm"
    ENERGETIC = "energetic"
    CALM = "calm"
    FUNNY = "funny"
    LUXURIOUS = "luxurious"
    EXPERT = "expert"


class LightingPreset(StrEnum):
    NATURAL = "natural"
    GOLDEN_HOUR = "golden_hour"
    STUDIO = "studio"
    SOFT = "soft"
    DRAMATIC = "dramatic"


class GenerationMode(StrEnum):
    """How a clip is asked for. ``FRAMES`` is first and last frame together."""

    INGREDIENTS = "ingredients"
    TEXT = "text"
    IMAGE = "image"
    FRAMES = "first_and_last_frames"
    EXTEND = "extend"


class ShotType(StrEnum):
    CLOSE_UP = "close_up"
    EXTREME_CLOSE_UP = "extreme_close_up"
    MEDIUM = "medium"
    WIDE = "wide"
    OVER_SHOULDER = "over_shoulder"


class CameraAngle(StrEnum):
    EYE_LEVEL = "eye_level"
    LOW_ANGLE = "low_angle"
    HIGH_ANGLE = "high_angle"
    DUTCH_ANGLE = "dutch_angle"
    BIRDS_EYE = "birds_eye"


class CameraMovement(StrEnum):
    STATIC = "static"
    PAN_LEFT = "pan_left"
    PAN_RIGHT = "pan_right"
    TILT_UP = "tilt_up"
    TILT_DOWN = "tilt_down"
    DOLLY_IN = "dolly_in"
    DOLLY_OUT = "dolly_out"
    TRACKING = "tracking"
    HANDHELD = "handheld"


class SceneJoin(StrEnum):
    """How a scene starts: on the last frame of the one before, or on its own storyboard frame; ``MATCH`` is a cut from
    a scene that ends on that frame."""

    CHAIN = "chain"
    CUT = "cut"
    MATCH = "match"


class SpeechMode(StrEnum):
    """Who speaks the dialogue: a voiceover, or the clips themselves. Never both."""

    VOICEOVER = "voiceover"
    NATIVE = "native"


class Voiceover(StrEnum):
    """How a voiceover is spoken: scene by scene, or the whole ad in one breath, cut to its scenes afterwards."""

    PER_SCENE = "per_scene"
    CONTINUOUS = "continuous"


class Music(StrEnum):
    """The bed of music under the voice, by its mood."""

    NONE = "none"
    CALM = "calm"
    WARM = "warm"
    UPBEAT = "upbeat"
    BRIGHT = "bright"
    DREAMY = "dreamy"
    LOFI = "lofi"
    GROOVE = "groove"
    CINEMATIC = "cinematic"


class Effect(StrEnum):
    """The effects of the product's own library."""

    WHOOSH = "whoosh"
    SWOOSH = "swoosh"
    POP = "pop"
    CLICK = "click"
    DING = "ding"
    SPARKLE = "sparkle"
    RISER = "riser"
    HIT = "hit"
    SHUTTER = "shutter"
    CASH_REGISTER = "cash_register"
    NOTIFICATION = "notification"


class AspectRatio(StrEnum):
    PORTRAIT = "9:16"
    LANDSCAPE = "16:9"
    SQUARE = "1:1"


class Quality(StrEnum):
    """What the picture is made at: the models' resolution and the size of the finished file."""

    DRAFT = "draft"
    STANDARD = "standard"
    HIGH = "high"


class Milestone(StrEnum):
    """What webhooks are told of."""

    STORYBOARD_READY = "storyboard.ready"
    JOB_PAUSED = "job.paused"
    JOB_COMPLETED = "job.completed"
    JOB_FAILED = "job.failed"
    JOB_CANCELLED = "job.cancelled"


class DeliveryState(StrEnum):
    """Where the delivery of one event to one endpoint is."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"

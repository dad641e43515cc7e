"""The profile: how a user wants to be called and seen."""

from google.cloud.firestore import DocumentReference
from pydantic import Field

from api.caller import Caller
from api.operation import Nothing, operation
from api.uploads import pin
from ugcgen.cloud import firestore, storage
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import READ_TIMEOUT, Atomic
from ugcgen.domain.model import Document
from ugcgen.domain.profile import Profile


class UpdateProfile(Document):
    """What is left out stays; None goes back to what the sign-in says. ``image`` names an upload."""

    name: str | None = Field(default=None, min_length=1, max_length=120)
    image: str | None = None


class ProfileAnswer(Document):
    """``image_url`` can be read for a while."""

    user_id: str
    email: str | None
    name: str | None
    image: str | None
    image_url: str | None


@operation("GET", "/settings/profile")
def get_profile(caller: Caller, request: Nothing) -> ProfileAnswer:
    """Who the caller is."""
    return _answer(caller, firestore.from_snapshot(Profile, _ref(caller.uid).get(timeout=READ_TIMEOUT)))


@operation("PATCH", "/settings/profile")
def update_profile(caller: Caller, request: UpdateProfile) -> ProfileAnswer:
    """Change name or picture; the address of the sign-in stays. Raises InvalidInput for a file that is no picture."""
    changes = request.model_dump(exclude_unset=True)
    if request.image is not None:
        changes["image"] = pin(caller.uid, request.image, "image")

    def attempt(atomic: Atomic) -> Profile:
        stored, seen = atomic.read(Profile, _ref(caller.uid))
        moment = now()
        known = stored or Profile(created_at=moment, updated_at=moment)
        changed = known.model_copy(update=changes | {"updated_at": moment})
        if stored is None:
            atomic.create(seen.reference, changed)
        else:
            atomic.replace(seen, changed)
        return changed

    return _answer(caller, firestore.atomically(attempt))


def _answer(caller: Caller, profile: Profile | None) -> ProfileAnswer:
    image = profile.image if profile else None
    return ProfileAnswer(
        user_id=caller.uid,
        email=caller.email,
        name=(profile.name if profile else None) or caller.name,
        image=image,
        image_url=storage.signed_url(image) if image else None,
    )


def _ref(user_id: str) -> DocumentReference:
    reference: DocumentReference = firestore.client().collection("users").document(user_id)
    return reference

"""Casting: whose photos a job is made with, and what is known of them already."""

from typing import Protocol

from api.avatars import usable_avatar
from api.products import PRODUCTS
from api.uploads import pin
from ugcgen.domain.brief import Brief
from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.job import Brought
from ugcgen.domain.model import Value


class Named(Protocol):
    """What a request says of the photos."""

    @property
    def product_id(self) -> str | None: ...
    @property
    def product_images(self) -> list[str]: ...
    @property
    def avatar_id(self) -> str | None: ...
    @property
    def avatar_images(self) -> list[str]: ...


class Wish(Named, Protocol):
    """A request to start."""

    @property
    def brief(self) -> Brief: ...


class Casting(Value):
    """Pinned photos, the brief with the avatar's name where it has none, and the DNA that came along."""

    brief: Brief
    product_images: list[str]
    avatar_images: list[str]
    brought: Brought


def casting(user_id: str, wish: Wish) -> Casting:
    """The photos of the wish, or those of its product and avatar. Raises NotFound where one of them is not the user's,
    InvalidInput where it has no photo, or both it and photos are named."""
    _check_said_once(wish)
    brief, brought = wish.brief, Brought()
    if wish.product_id is None:
        product_images = _pinned(user_id, wish.product_images, "product_images")
    else:
        product = PRODUCTS.owned(user_id, wish.product_id)
        product_images = _kept("product", product.images)
        brought.product = product.dna.current if product.dna else None
    if wish.avatar_id is None:
        avatar_images = _pinned(user_id, wish.avatar_images, "avatar_images")
    else:
        avatar = usable_avatar(user_id, wish.avatar_id)
        avatar_images = _kept("avatar", avatar.reference_images)
        brief = brief if brief.avatar_name else brief.model_copy(update={"avatar_name": avatar.name})
        brought.unique_identifier = avatar.unique_identifier
        if avatar.dna is not None:
            brought.avatar, brought.dna_version = avatar.dna.current, avatar.dna.version
    return Casting(brief=brief, product_images=product_images, avatar_images=avatar_images, brought=brought)


def check_named(user_id: str, named: Named) -> None:
    """Raises NotFound for a product or an avatar that is not the user's, InvalidInput where both it and photos are
    named."""
    _check_said_once(named)
    if named.product_id is not None:
        PRODUCTS.owned(user_id, named.product_id)
    if named.avatar_id is not None:
        usable_avatar(user_id, named.avatar_id)


def _check_said_once(named: Named) -> None:
    for noun, kept, images in (
        ("product", named.product_id, named.product_images),
        ("avatar", named.avatar_id, named.avatar_images),
    ):
        if kept is not None and images:
            raise InvalidInput(f"name {noun}_id or {noun}_images, not both", field=f"{noun}_images")


def _kept(noun: str, kept: list[str]) -> list[str]:
    if not kept:
        raise InvalidInput(f"the {noun} has no photos; add some to it first", field=f"{noun}_id")
    return kept


def _pinned(user_id: str, images: list[str], field: str) -> list[str]:
    return [pin(user_id, name, f"{field}.{i}") for i, name in enumerate(images)]

"""Signing files with content credentials (C2PA), and reading them again."""

import mimetypes
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import c2pa  # type: ignore[import-untyped]
from pydantic import BaseModel, ConfigDict

from postprod.ffmpeg import whole_file
from postprod.provenance.certificate import Certificate
from postprod.provenance.manifest import Ingredient
from ugcgen.domain.errors import MediaError

State = Literal["Trusted", "Valid", "Invalid", "none"]
"""``Trusted`` is ``Valid``, and signed by somebody whom an anchor vouches for."""


class Credentials(BaseModel):
    """What a file says of itself, and whether that holds. ``ingredients`` are titles, with their digests where told.

    ``problems`` are C2PA's codes, such as ``assertion.bmffHash.mismatch`` for bytes that were changed afterwards.
    """

    model_config = ConfigDict(frozen=True)

    state: State
    title: str | None = None
    generator: str | None = None
    signer: str | None = None
    digital_source_type: str | None = None
    actions: tuple[str, ...] = ()
    ingredients: dict[str, str] = {}
    problems: tuple[str, ...] = ()


def media_type_of(path: Path) -> str:
    """By the name's ending."""
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"


@cache
def signable() -> frozenset[str]:
    """The media types that can carry credentials. WebM is not among them."""
    return frozenset(c2pa.Builder.get_supported_mime_types())


def sign_file(
    path: Path,
    out: Path,
    manifest: Mapping[str, Any],
    ingredients: Sequence[tuple[Ingredient, Path]],
    certificate: Certificate,
) -> Credentials:
    """Write `path` with its credentials to `out`, and read them back from there.

    Raises MediaError where the file cannot carry any, or they do not hold: not even `Valid`, or not `Trusted` though
    there is an anchor to trust.
    """
    info = c2pa.C2paSignerInfo(certificate.algorithm, certificate.chain, certificate.key, certificate.timestamp_url)
    try:
        with (
            whole_file(out) as part,
            _context(certificate.anchors) as context,
            c2pa.Builder(dict(manifest), context=context) as builder,
        ):
            for ingredient, file in ingredients:
                with file.open("rb") as source:
                    builder.add_ingredient(ingredient.definition, media_type_of(file), source)
            with c2pa.Signer.from_info(info) as signer, path.open("rb") as source, part.open("w+b") as target:
                builder.sign(signer, media_type_of(path), source, target)
            found = read_credentials(part, certificate.anchors)
            wanted = {"Trusted"} if certificate.anchors else {"Trusted", "Valid"}
            if found.state not in wanted:
                raise MediaError(
                    f"{path.name} was signed, but its credentials are {found.state} ({', '.join(found.problems)}); "
                    "check the chain of C2PA_CERTIFICATE against C2PA_TRUST_ANCHORS"
                )
    except c2pa.C2paError as error:
        raise MediaError(f"{path.name} cannot be signed: {error}") from error
    return found


def read_credentials(path: Path, anchors: str | None = None) -> Credentials:
    """The credentials in a file; the state is `none` where it has none. `anchors` are PEM roots to trust.

    Raises MediaError if it is of a kind that cannot carry any, or cannot be read.
    """
    try:
        with _context(anchors) as context, path.open("rb") as file:
            try:
                reader = c2pa.Reader(media_type_of(path), file, context=context)
            except c2pa.C2paError.ManifestNotFound:
                return Credentials(state="none")
            with reader:
                return _credentials(reader)
    except c2pa.C2paError as error:
        raise MediaError(f"{path.name} has no credentials that can be read: {error}") from error


def _context(anchors: str | None) -> c2pa.Context:
    """No thumbnails: they would show the photos that a user gave."""
    trust = {"trust": {"trust_anchors": anchors}} if anchors else {}
    return c2pa.Context.from_dict({"builder": {"thumbnail": {"enabled": False}}, **trust})


def _credentials(reader: c2pa.Reader) -> Credentials:
    manifest = reader.get_active_manifest() or {}
    results = (reader.get_validation_results() or {}).get("activeManifest", {})
    actions = [
        action
        for assertion in manifest.get("assertions", [])
        if assertion["label"].startswith("c2pa.actions")
        for action in assertion["data"]["actions"]
    ]
    signature = manifest.get("signature_info", {})
    generators = manifest.get("claim_generator_info", [])
    return Credentials(
        state=reader.get_validation_state() or "Invalid",
        title=manifest.get("title"),
        generator=generators[0]["name"] if generators else None,
        signer=signature.get("common_name") or signature.get("issuer"),
        digital_source_type=next(filter(None, (action.get("digitalSourceType") for action in actions)), None),
        actions=tuple(action["action"] for action in actions),
        ingredients={
            ingredient["title"]: str(ingredient.get("instance_id", "")).removeprefix("sha256:")
            for ingredient in manifest.get("ingredients", [])
        },
        problems=tuple(failure["code"] for failure in results.get("failure", [])),
    )

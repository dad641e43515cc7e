"""Content credentials on real files: what they say, who vouches for it, and what a changed byte does to them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import av
import ffmpeg
import numpy as np
from PIL import ExifTags, Image
from pytest import TempPathFactory, approx, fixture, mark, raises

from infra.local.certificate import signing_certificate
from postprod.ffmpeg import run
from postprod.probe import probe
from postprod.provenance.certificate import Certificate
from postprod.provenance.credentials import read_credentials, sign_file, signable
from postprod.provenance.manifest import DIGITAL_SOURCE_TYPE, Ingredient, manifest_of
from postprod.provenance.marking import MADE_WITH_AI, Marking, mark_file
from tests.integration.postprod.conftest import Make, Ramp, heard, numbers
from ugcgen.cloud.settings import Settings
from ugcgen.domain.edit import Edit, SceneCut
from ugcgen.domain.errors import ConfigurationError, MediaError
from ugcgen.domain.look import Grade, Look
from ugcgen.domain.output import Disclosure, FileMetadata

EDIT = Edit(
    width=90,
    height=160,
    scenes=[SceneCut(scene_number=1, clip="a", frames=24, voice="v")],
    look=Look(grade=Grade.WARM),
    disclosure=Disclosure(),
)
TYPED = FileMetadata(
    title='Lumi & "Glow" <1>',
    comment="Hook ü; a=b, 'c' #1\\",
    created_at=datetime(2025, 5, 6, 7, 8, 9, tzinfo=UTC),
    device="Pixel 9 Pro",
    location="+48.8577-002.2950/",
)


@fixture(scope="module")
def variables(tmp_path_factory: TempPathFactory) -> Mapping[str, str]:
    return signing_certificate(tmp_path_factory.mktemp("secrets"))


def settings_of(variables: Mapping[str, str]) -> Settings:
    return Settings.model_validate({name.lower(): value for name, value in variables.items()})


@fixture(scope="module")
def certificate(variables: Mapping[str, str]) -> Certificate:
    return Certificate.of(settings_of(variables))


@fixture(scope="module")
def film(make: Make) -> Path:
    return make("plain.mp4", picture="testsrc2=s=90x160:r=24:d=1", sound="sine=d=1", movflags="+faststart")


@fixture
def pictured(tmp_path: Path) -> Path:
    path = tmp_path / "poster.jpg"
    noise = np.random.default_rng(1).integers(0, 255, (160, 90, 3), np.uint8)
    Image.fromarray(noise).save(path, quality=90)
    return path


def signed(path: Path, out: Path, certificate: Certificate, clip: Path) -> Path:
    ingredient = Ingredient("clip of scene 1", "users/u/clip.mp4", "ab" * 32, "componentOf", "omni-1")
    manifest = manifest_of("A title", EDIT, [ingredient], "video/mp4", "1.2.3")
    sign_file(path, out, manifest, [(ingredient, clip)], certificate)
    return out


def test_a_signed_film_says_how_it_was_made_and_who_vouches_for_it(
    film: Path, ramp: Ramp, tmp_path: Path, certificate: Certificate
) -> None:
    out = signed(film, tmp_path / "film.mp4", certificate, ramp(10))
    found = read_credentials(out, certificate.anchors)
    assert found.state == "Trusted"
    assert (found.title, found.generator) == ("A title", "UGCGen")
    assert found.digital_source_type == DIGITAL_SOURCE_TYPE
    assert DIGITAL_SOURCE_TYPE.endswith("/trainedAlgorithmicMedia")
    assert found.signer == "UGCGen local test signer"
    assert found.ingredients == {"clip of scene 1": "ab" * 32}
    edits = ["c2pa.edited"] * 3
    assert list(found.actions) == ["c2pa.created", "c2pa.placed", "c2pa.color_adjustments", "c2pa.filtered", *edits]
    assert found.problems == ()
    assert probe(out).faststart
    assert (heard(out) == heard(film)).all()


def test_whom_nobody_trusts_is_valid_only(film: Path, ramp: Ramp, tmp_path: Path, certificate: Certificate) -> None:
    out = signed(film, tmp_path / "film.mp4", certificate, ramp(10))
    found = read_credentials(out)
    assert (found.state, found.problems) == ("Valid", ("signingCredential.untrusted",))
    other = signing_certificate(tmp_path / "other")
    assert read_credentials(out, other["C2PA_TRUST_ANCHORS"]).state == "Valid"


def test_a_film_is_not_kept_where_its_signer_is_not_trusted(
    film: Path, ramp: Ramp, tmp_path: Path, variables: Mapping[str, str]
) -> None:
    other = signing_certificate(tmp_path / "other")["C2PA_TRUST_ANCHORS"]
    certificate = Certificate.of(settings_of({**variables, "C2PA_TRUST_ANCHORS": other}))
    with raises(MediaError, match=r"plain\.mp4 was signed, but its credentials are Valid .*C2PA_TRUST_ANCHORS"):
        signed(film, tmp_path / "film.mp4", certificate, ramp(10))
    assert [file.name for file in tmp_path.iterdir()] == ["other"]


@mark.parametrize("share", [0.3, 0.6, 0.999])
def test_a_changed_byte_is_found(
    film: Path, ramp: Ramp, tmp_path: Path, certificate: Certificate, share: float
) -> None:
    data = bytearray(signed(film, tmp_path / "film.mp4", certificate, ramp(10)).read_bytes())
    start = data.index(b"mdat") + 8
    data[start + round(share * (len(data) - start - 1))] ^= 1
    (tmp_path / "changed.mp4").write_bytes(data)
    found = read_credentials(tmp_path / "changed.mp4", certificate.anchors)
    assert (found.state, found.problems) == ("Invalid", ("assertion.bmffHash.mismatch",))


def test_a_copy_by_another_program_has_none(film: Path, ramp: Ramp, tmp_path: Path, certificate: Certificate) -> None:
    out = signed(film, tmp_path / "film.mp4", certificate, ramp(10))
    run(ffmpeg.input(out).output(filename=tmp_path / "copy.mp4", c="copy"), "copy a film")
    assert read_credentials(tmp_path / "copy.mp4").state == "none"


@mark.parametrize("kind", ["jpg", "png", "webp"])
def test_pictures_are_signed_too(
    pictured: Path, ramp: Ramp, tmp_path: Path, certificate: Certificate, kind: str
) -> None:
    picture = tmp_path / f"plain.{kind}"
    with Image.open(pictured) as before:
        before.save(picture)
    out = signed(picture, tmp_path / f"signed.{kind}", certificate, ramp(10))
    assert read_credentials(out, certificate.anchors).state == "Trusted"
    with Image.open(out) as after, Image.open(picture) as before:
        assert (np.asarray(after) == np.asarray(before)).all()


def test_a_kind_that_cannot_carry_credentials_is_named(make: Make, tmp_path: Path, certificate: Certificate) -> None:
    webm = make("plain.webm", picture="testsrc2=s=64x64:r=24:d=0.5", **{"c:v": "libvpx-vp9", "preset": "0"})
    assert "video/webm" not in signable()
    with raises(MediaError, match=r"plain\.webm"):
        read_credentials(webm)
    with raises(MediaError, match=r"plain\.webm cannot be signed"):
        sign_file(webm, tmp_path / "out.webm", manifest_of("t", EDIT, [], "video/webm", "1"), [], certificate)
    assert not (tmp_path / "out.webm").exists()


# What is written beside the credentials.


def test_what_a_user_typed_stands_beside_the_marking(film: Path, tmp_path: Path) -> None:
    out = tmp_path / "marked.mp4"
    mark_file(film, out, Marking.of(TYPED, "unused"))
    with av.open(str(out)) as container:
        written = dict(container.metadata)
    assert written["title"] == TYPED.title
    assert written["comment"] == f"{TYPED.comment}\n{MADE_WITH_AI}"
    assert written["creation_time"].startswith("2025-05-06T07:08:09")
    assert written["com.apple.quicktime.model"] == "Pixel 9 Pro"
    assert written["location"].startswith("+48.8577-002.295")
    assert written["digital_source_type"] == DIGITAL_SOURCE_TYPE
    before, after = probe(film), probe(out)
    assert after.model_copy(update={"seconds": before.seconds}) == before
    assert numbers(out) == numbers(film)
    assert (heard(out) == heard(film)).all()


def test_a_file_of_a_user_who_typed_nothing_is_marked_all_the_same(make: Make, tmp_path: Path) -> None:
    webm = make("bare.webm", picture="testsrc2=s=64x64:r=24:d=0.5", **{"c:v": "libvpx-vp9", "preset": "0"})
    out = tmp_path / "marked.webm"
    mark_file(webm, out, Marking.of(FileMetadata(), "Lumi Glow"))
    with av.open(str(out)) as container:
        written = {name.lower(): value for name, value in container.metadata.items()}
    assert written["title"] == "Lumi Glow"
    assert written["comment"] == MADE_WITH_AI
    assert written["digital_source_type"] == DIGITAL_SOURCE_TYPE
    assert not {"location", "creation_time"} & written.keys()


def test_a_marked_file_is_the_same_every_time(film: Path, tmp_path: Path) -> None:
    for name in ("one.mp4", "two.mp4"):
        mark_file(film, tmp_path / name, Marking.of(TYPED, ""))
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()


def test_a_picture_carries_the_term_of_iptc_and_what_cameras_write(pictured: Path, tmp_path: Path) -> None:
    out = tmp_path / "marked.jpg"
    mark_file(pictured, out, Marking.of(TYPED, ""))
    with Image.open(out) as picture, Image.open(pictured) as before:
        assert (np.asarray(picture) == np.asarray(before)).all()
        described = ElementTree.fromstring(picture.info["xmp"]).find(".//{*}Description")
        exif = picture.getexif()
        taken, gps = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    assert described is not None
    written = {name.split("}")[-1]: value for name, value in described.attrib.items()}
    assert written["DigitalSourceType"] == DIGITAL_SOURCE_TYPE
    assert (written["CreateDate"], written["Model"]) == ("2025-05-06T07:08:09Z", "Pixel 9 Pro")
    words = [described.findtext(f"{{*}}{name}//{{*}}li") for name in ("title", "description")]
    assert words == [TYPED.title, f"{TYPED.comment}\n{MADE_WITH_AI}"]
    assert exif[ExifTags.Base.Model] == "Pixel 9 Pro"
    assert taken[ExifTags.Base.DateTimeOriginal] == "2025:05:06 07:08:09"
    assert (gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLongitudeRef]) == ("N", "W")
    degrees, minutes, seconds = (float(part) for part in gps[ExifTags.GPS.GPSLatitude])
    assert degrees + minutes / 60 + seconds / 3600 == approx(48.8577, abs=1e-5)
    (tmp_path / "none.jpg").write_bytes(b"no picture")
    with raises(MediaError, match="JPEG"):
        mark_file(tmp_path / "none.jpg", tmp_path / "never.jpg", Marking.of(TYPED, ""))
    assert not (tmp_path / "never.jpg").exists()


# What can be wrong with the certificate.


@mark.parametrize(
    ("spoilt", "says"),
    [
        ({"C2PA_CERTIFICATE": ""}, r"set C2PA_CERTIFICATE .* and C2PA_PRIVATE_KEY"),
        ({"C2PA_PRIVATE_KEY": ""}, r"docs/provenance\.md"),
        ({"C2PA_CERTIFICATE": "no pem"}, "C2PA_CERTIFICATE is no chain"),
        ({"C2PA_PRIVATE_KEY": "very secret"}, "C2PA_PRIVATE_KEY is no PEM private key"),
    ],
)
def test_a_certificate_that_cannot_sign_is_explained(
    variables: Mapping[str, str], spoilt: Mapping[str, str], says: str
) -> None:
    with raises(ConfigurationError, match=says) as refused:
        Certificate.of(settings_of({**variables, **spoilt}))
    assert "very secret" not in str(refused.value)


def test_a_key_of_another_certificate_is_refused(variables: Mapping[str, str], tmp_path: Path) -> None:
    other = signing_certificate(tmp_path)["C2PA_PRIVATE_KEY"]
    with raises(ConfigurationError, match="does not belong to the first certificate"):
        Certificate.of(settings_of({**variables, "C2PA_PRIVATE_KEY": other}))


def test_a_certificate_on_one_line_is_the_same(variables: Mapping[str, str], certificate: Certificate) -> None:
    flat = {name: value.replace("\n", "\\n") for name, value in variables.items()}
    assert Certificate.of(settings_of(flat)) == certificate
    assert certificate.key.decode() not in repr(certificate)


def test_the_local_certificate_is_kept(tmp_path: Path) -> None:
    first = signing_certificate(tmp_path)
    assert signing_certificate(tmp_path) == first
    assert (tmp_path / "c2pa.json").stat().st_mode & 0o77 == 0
    assert first["C2PA_CERTIFICATE"].count("BEGIN CERTIFICATE") == 2

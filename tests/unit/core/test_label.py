"""The rule of the label: what is read has to be of the label and spelt so, and what is not seen says nothing."""

from pytest import mark

from ugcgen.domain.consistency import Evidence, FaultKind, FrameEvidence, Source, Trait, scored
from ugcgen.domain.label import compared_label

LABEL = ["Lumi Glow", "VITAMIN C SERUM", "30 ml", "1.0 fl oz"]


@mark.parametrize(
    "read",
    [
        ["LUMI", "GLOW"],
        ["Lumi"],
        ["GLOW", "FLOW"],
        ["lumi", "glow", "vitamin", "c", "serum", "30", "ml"],
        ["Lumí"],
        ["VITAM1N"],
        ["SER", "GLO"],
        ["LUMI", "GLOW", "VITAMIN", "C", "30", "ml", "1"],
        ["LUMIGLOW"],
        ["UMI", "CLOW"],
        ["ITAMINC"],
        ["LUMI", "SLO"],
    ],
    ids=" ".join,
)
def test_the_label_or_a_part_of_it_is_right(read: list[str]) -> None:
    found = compared_label(read, LABEL, Source.JUDGED)
    assert found.faults == []
    assert found.evidence[0].score is not None and found.evidence[0].score > 0.8


@mark.parametrize("read", [["LUNA", "GLOW"], ["LUMO"], ["SOAP"], ["Lumi", "Golw"], ["VITMINA"]], ids=" ".join)
def test_another_or_misspelt_label_is_a_named_fault(read: list[str]) -> None:
    found = compared_label(read, LABEL, Source.MEASURED)
    (fault,) = found.faults
    assert (fault.kind, fault.source) == (FaultKind.WRONG_LABEL, Source.MEASURED)
    assert (
        fault.reason
        == f'the label reads "{" ".join(read)}" and has to read "Lumi Glow VITAMIN C SERUM 30 ml 1.0 fl oz"'
    )


@mark.parametrize(("read", "label"), [([], LABEL), (["LUMI"], []), (["ml"], LABEL), (["."], LABEL)])
def test_too_little_to_tell_is_no_evidence(read: list[str], label: list[str]) -> None:
    found = compared_label(read, label, Source.MEASURED)
    assert (found.evidence, found.faults) == ([], [])


@mark.parametrize(
    ("judged", "measured", "faults"),
    [
        (["LUMI", "GLOM"], ["LUMI", "GLOW"], 0),
        (["LUMI", "GLOM"], ["LUMI", "GLOM"], 0),
        (["LUMI", "GLOM"], ["LUMI"], 1),
        (["SOAP"], ["LUMI", "GLOW"], 1),
        (["LUMI", "GLOM"], None, 0),
        (["SOAP"], None, 1),
    ],
)
def test_how_a_word_is_spelt_the_judge_says_only_where_the_pixels_did_not_show_it(
    judged: list[str], measured: list[str] | None, faults: int
) -> None:
    score = None if measured is None else 1.0
    seen = Evidence(trait=Trait.LABEL, source=Source.MEASURED, raw=score, score=score, read=measured or [])
    frame = scored("a.png", [FrameEvidence(evidence=[seen]), compared_label(judged, LABEL, Source.JUDGED)])
    assert len(frame.faults) == faults

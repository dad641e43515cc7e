from pathlib import Path

import numpy as np
from pytest import raises

from postprod.sound.words import speech_span, word_times
from tests.integration.postprod.conftest import Make
from tests.integration.postprod.speech_truth import speak
from ugcgen.domain.errors import MediaError

SCRIPTS = [
    "Okay, I did not expect this. My skin feels so soft, and it only took three days!",
    "This is the one bottle I take everywhere. It keeps my water cold all day, it never leaks, "
    "and honestly, it looks great on my desk.",
    "Stop scrolling. If your mornings feel like chaos, you need to see what this little coffee maker can do.",
    "I have tried everything: creams, oils, even ice. Nothing worked until my sister gave me this serum.",
    "Honestly? Best purchase of the year. Link is in my bio, go grab yours before they sell out again.",
]


def test_words_are_found_where_the_synthesiser_put_them(tmp_path: Path) -> None:
    late: list[float] = []
    for script in SCRIPTS:
        sound = tmp_path / "speech.wav"
        truth = speak(script, sound)
        found = word_times(sound, script)
        assert [word.text for word in found] == [word.text for word in truth]
        late += [abs(word.start - true.start) for word, true in zip(found, truth, strict=True)]
        start, end = speech_span(sound)
        assert start <= truth[0].start
        assert truth[-1].start < end <= truth[-1].end + 0.2
    # Measured: 65 ms on average, 133 ms for nine words of ten; sharing out by letters alone is 340 ms off.
    assert np.mean(late) < 0.085
    assert np.percentile(late, 90) < 0.18


def test_a_file_without_sound_is_an_error(make: Make, tmp_path: Path) -> None:
    silent = make("mute.mp4", picture="color=red:s=64x64:d=0.2")
    with raises(MediaError, match=r"\(mute\.mp4\) has no sound"):
        word_times(silent, "hello")
    (tmp_path / "x.wav").write_bytes(b"not sound")
    with raises(MediaError, match=r"\(x\.wav\) cannot be decoded"):
        word_times(tmp_path / "x.wav", "hello")

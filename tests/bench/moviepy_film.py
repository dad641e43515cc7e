"""The same film by MoviePy, run by the Python of an environment of its own: clips joined by fades, captions, sound.

Takes the size and rate of the film, the seconds of a fade, a font, the file to write, and the clips. No grade, fringes,
vignette, lens, shake or grain.
"""

import sys

from moviepy import CompositeVideoClip, TextClip, VideoFileClip, afx, vfx


def main() -> None:
    width, height, fps = (int(word) for word in sys.argv[1:4])
    fade, font, out = float(sys.argv[4]), sys.argv[5], sys.argv[6]
    shown, start = [], 0.0
    for path in sys.argv[7:]:
        clip = VideoFileClip(path).resized((width, height))
        effects = [vfx.CrossFadeIn(fade), afx.AudioFadeIn(fade)] if shown else []
        shown.append(clip.with_start(start).with_effects([*effects, afx.AudioFadeOut(fade)]))
        start += clip.duration - fade
    length = start + fade
    captions = [
        TextClip(font=font, text="these are words", font_size=100, color="white", stroke_color="black", stroke_width=6)
        .with_start(at)
        .with_duration(min(1.0, length - at))
        .with_position(("center", 0.7 * height))
        for at in range(int(length))
    ]
    film = CompositeVideoClip([*shown, *captions], size=(width, height)).with_duration(length)
    encoder = ["-crf", "19", "-pix_fmt", "yuv420p"]
    film.write_videofile(
        out,
        fps=fps,
        codec="libx264",
        preset="veryfast",
        audio_codec="aac",
        threads=4,
        ffmpeg_params=encoder,
        logger=None,
    )


if __name__ == "__main__":
    main()

"""Makes the onboarding video from a built help centre: pictures, speech, captions, chapters and poster.

    .venv/bin/python content/contributing/video/make_video.py

All that is said and shown is in `narration.py`; change it there and run the script again. Speech comes from
espeak-ng one sentence at a time, so every caption knows its time from the sound itself. Chromium draws the
pictures, ffmpeg joins them. The same site and the same tools give the same files.
"""

from __future__ import annotations

import argparse
import base64
import html
import importlib.util
import shutil
import subprocess
import sys
import tempfile
import threading
import wave
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import groupby, pairwise
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from narration import SLIDES, Sentence, Slide, Terminal, View

from kbgen.articles.lifecycle import build_day
from kbgen.articles.settings import load_settings
from kbgen.errors import KbgenError
from kbgen.generator.build import BuildRequest, build

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

ROOT = Path(__file__).resolve().parents[3]
NAME = "first-help-centre"

PACKAGES = {"ffmpeg": "ffmpeg", "ffprobe": "ffmpeg", "espeak-ng": "espeak-ng", "chromium": "chromium"}
"""Debian package of each program."""

LINE_LENGTH, LONGEST_CUE = 42, 7.0
"""A caption holds two lines of so many characters and stays for at most so many seconds."""
MOST_BYTES = {f"{NAME}.mp4": 700_000, f"{NAME}.webp": 40_000}

FRAME: ViewportSize = {"width": 1280, "height": 720}
VIEWPORT: ViewportSize = {"width": 800, "height": 400}
ZOOM = 1.44
"""The site is photographed in a small window and enlarged, so that its text can be read in a small player."""

RATE, WIDTH = 22_050, 2
"""Samples in a second and bytes in a sample, as espeak-ng writes them."""
SENTENCE_PAUSE, SLIDE_PAUSE = 0.2, 0.5
"""Silence before a sentence, in seconds; espeak-ng adds about 0.35 s after each."""

BELOW_HEADER = "element => window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - 78)"
"""Scrolls an element to where the header, which stays in place, does not cover it."""


class VideoError(Exception):
    """Says why there is no video and what to do."""

    code = 1
    """Exit code."""


class MissingToolError(VideoError):
    """Says what to install."""

    code = 3


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A sentence and its times in seconds: its picture appears, its speech begins, both end."""

    slide: Slide
    sentence: Sentence
    shown: float
    start: float
    end: float


SLIDE_PAGE = Template("""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>$title</title>
<style>
  * { box-sizing: border-box; margin: 0; }
  body { width: 1280px; height: 720px; overflow: hidden; background: #ffffff; color: #1c2330;
    font-family: system-ui, "DejaVu Sans", sans-serif; }
  header { display: flex; align-items: center; gap: 20px; height: 92px; padding-inline: 64px; }
  h1 { flex: 1; font-size: 34px; letter-spacing: -0.5px; color: #0b5c6b; }
  header p { font-size: 20px; color: #4d5768; }
  .picture { display: block; width: 1152px; height: 576px; margin-inline: 64px; overflow: hidden;
    border: 2px solid #b9cdd2; border-radius: 14px; }
  .terminal { padding: 44px 52px; border-color: #0a3841; background: #0a3841; color: #ffffff;
    font: 33px/1.55 ui-monospace, "DejaVu Sans Mono", monospace; white-space: pre; }
  .prompt { color: #6cc7d6; }
  .remark { color: #b5d3d9; }
</style>
<header><h1>$title</h1><p>$number of $count</p></header>
$picture
</html>
""")


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the site while it is served on a free port of this machine."""
    handler = partial(_QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that keeps to this machine; what it cannot do is told as a VideoError."""
    from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 - refuse_missing_tools tells of its absence

    quiet = ["background-networking", "component-update", "sync", "gpu"]
    args = ["--no-sandbox", *(f"--disable-{what}" for what in quiet)]
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=args)
            yield browser
            browser.close()
    except Error as error:
        raise VideoError(f"Chromium stopped\n{error.message}\n  build the site again or correct SLIDES") from error


def photograph(page: Page, address: str, view: View) -> bytes:
    """A PNG of a view of the site."""
    response = page.goto(address + view.path)
    if response is None or not response.ok:
        raise VideoError(f"the site has no page {view.path}\n  build it again: .venv/bin/kbgen build")
    if view.ask:
        page.locator("[data-kb-search] input:visible").first.fill(view.ask)
    if view.send:
        page.keyboard.press("Enter")
    if view.press:
        page.locator(view.press).click()
    page.locator(view.shows).first.wait_for()
    if view.top:
        page.locator(view.top).first.evaluate(BELOW_HEADER)
    return page.screenshot(animations="disabled")


def terminal_html(terminal: Terminal) -> str:
    """The lines of a terminal, with prompts and remarks in their colours."""

    def line(text: str) -> str:
        if text.startswith("$"):
            return f'<span class="prompt">$</span>{html.escape(text[1:])}'
        return f'<span class="remark">{html.escape(text)}</span>'

    return f'<div class="picture terminal">{chr(10).join(map(line, terminal.lines))}</div>'


def draw_frames(site: Path, folder: Path) -> list[Path]:
    """One PNG for each sentence, in order."""
    frames: list[Path] = []
    with served(site) as address, chromium() as browser:
        reader = browser.new_page(viewport=VIEWPORT, device_scale_factor=ZOOM, reduced_motion="reduce")
        reader.set_default_timeout(5_000)
        easel = browser.new_page(viewport=FRAME)
        for number, slide in enumerate(SLIDES, start=1):
            for sentence in slide.sentences:
                frames.append(folder / f"frame-{len(frames):02}.png")
                picture = _picture_html(reader, address, sentence.picture)
                title = html.escape(slide.title)
                easel.set_content(SLIDE_PAGE.substitute(title=title, number=number, count=len(SLIDES), picture=picture))
                easel.screenshot(path=frames[-1])
    return frames


def _picture_html(page: Page, address: str, picture: View | Terminal) -> str:
    if isinstance(picture, Terminal):
        return terminal_html(picture)
    data = base64.b64encode(photograph(page, address, picture)).decode()
    return f'<img class="picture" alt="" src="data:image/png;base64,{data}">'


def speak(slides: Sequence[Slide], sound: Path) -> list[Spoken]:
    """Writes the narration as one WAV file and tells where each sentence stands in it."""
    spoken: list[Spoken] = []
    at = 0
    with wave.open(str(sound), "wb") as track:
        track.setnchannels(1)
        track.setsampwidth(WIDTH)
        track.setframerate(RATE)
        for slide in slides:
            for sentence in slide.sentences:
                speech = _say(sentence.words, sound.with_name("sentence.wav"))
                pause = round(RATE * (SLIDE_PAUSE if sentence is slide.sentences[0] else SENTENCE_PAUSE))
                track.writeframes(bytes(pause * WIDTH) + speech)
                start, end = at + pause, at + pause + len(speech) // WIDTH
                times = {"shown": at / RATE, "start": start / RATE, "end": end / RATE}
                spoken.append(Spoken(slide=slide, sentence=sentence, **times))
                at = end
    return spoken


def _say(words: str, file: Path) -> bytes:
    run("espeak-ng", "-v", "en-gb", "-s", "155", "-p", "45", "-w", str(file), words)
    with wave.open(str(file), "rb") as sound:
        return sound.readframes(sound.getnframes())


def captions(spoken: Sequence[Spoken]) -> str:
    """WebVTT with one cue for each sentence."""
    for one in spoken:
        if one.end - one.start > LONGEST_CUE:
            raise VideoError(f"this sentence takes more than {LONGEST_CUE:g} s: '{one.sentence.words}'\n  shorten it")
    return vtt((one.start, one.end, two_lines(one.sentence.words)) for one in spoken)


def chapters(spoken: Sequence[Spoken]) -> str:
    """WebVTT with one cue for each slide; together they cover the video."""
    groups = [list(group) for _, group in groupby(spoken, key=lambda one: one.slide.title)]
    return vtt((group[0].shown, group[-1].end, group[0].slide.title) for group in groups)


def vtt(cues: Iterator[tuple[float, float, str]]) -> str:
    """A WebVTT file of (start, end, text)."""
    blocks = (f"{clock(start)} --> {clock(end)}\n{html.escape(text, quote=False)}\n" for start, end, text in cues)
    return "\n".join(("WEBVTT\n", *blocks))


def clock(seconds: float) -> str:
    """Seconds as WebVTT writes them: 83.5 is '00:01:23.500'."""
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"


def two_lines(words: str) -> str:
    """A sentence as a caption: one line where it fits, else two of about the same length."""
    if len(words) <= LINE_LENGTH:
        return words
    breaks = [at for at, letter in enumerate(words) if letter == " "]
    best = min(breaks, key=lambda at: max(at, len(words) - at - 1))
    if max(best, len(words) - best - 1) > LINE_LENGTH:
        raise VideoError(f"this sentence needs more than two lines of {LINE_LENGTH}: '{words}'\n  shorten it")
    return f"{words[:best]}\n{words[best + 1 :]}"


def encode(frames: Sequence[Path], spoken: Sequence[Spoken], sound: Path, video: Path) -> None:
    """Joins frames and sound to one MP4 that can be played while it loads."""
    changes = [*(one.shown for one in spoken), spoken[-1].end]
    entries = [
        f"file '{frame.name}'\nduration {later - now:.6f}"
        for frame, (now, later) in zip(frames, pairwise(changes), strict=True)
    ]
    show = video.with_name("frames.ffconcat")
    # ffmpeg forgets the duration of the last file unless it is named once more
    show.write_text("\n".join(("ffconcat version 1.0", *entries, f"file '{frames[-1].name}'\n")), encoding="utf-8")
    picture = "fps=15,scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"
    colours = "-colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv"
    # still pictures get most of their bits in the keyframes, so text stays crisp at crf 34
    h264 = "-c:v libx264 -preset slow -crf 34 -tune stillimage -pix_fmt yuv420p -g 75"
    aac = "-c:a aac -b:a 32k -ar 44100 -ac 1 -metadata:s:a:0 language=eng"
    same = "-map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact"
    run(
        *f"ffmpeg -v error -y -safe 0 -i {show.name} -i {sound.name} -map 0:v -map 1:a".split(),
        *("-vf", picture, "-af", "highpass=f=70,volume=2dB,alimiter=limit=0.6:level=false"),
        *f"{h264} {colours} {aac} {same} -t {changes[-1]:.3f} -movflags +faststart {video.name}".split(),
        folder=video.parent,
    )


def length(video: Path) -> float:
    """Length of a recording in seconds."""
    return float(run(*"ffprobe -v error -show_entries format=duration -of csv=p=0".split(), str(video)))


def run(*command: str, folder: Path | None = None) -> str:
    """What a program prints; its complaint becomes ours."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise VideoError(f"{command[0]} failed:\n{done.stderr.strip()}")
    return done.stdout


def make(site: Path | None, out: Path) -> float:
    """Makes all files in a temporary folder, puts them into `out` once all are right; returns the length."""
    with tempfile.TemporaryDirectory(prefix="kbgen-video-") as temporary:
        work, done = Path(temporary), Path(temporary, "done")
        done.mkdir()
        spoken = speak(SLIDES, work / "speech.wav")
        texts = {f"{NAME}.en.vtt": captions(spoken), f"{NAME}.chapters.vtt": chapters(spoken)}
        for name, text in texts.items():
            (done / name).write_text(text, encoding="utf-8")
        frames = draw_frames(site or built_manual(work / "site"), work)
        encode(frames, spoken, work / "speech.wav", work / "video.mp4")
        (work / "video.mp4").rename(done / f"{NAME}.mp4")
        poster = str(done / f"{NAME}.webp")
        run("ffmpeg", "-v", "error", "-i", str(frames[0]), "-c:v", "libwebp", "-quality", "80", poster)
        seconds = length(done / f"{NAME}.mp4")
        refuse_faults(done, seconds, spoken[-1].end)
        publish(done, out)
    return seconds


def refuse_faults(folder: Path, seconds: float, expected: float) -> None:
    """Stops where a file is too large or the video ends before or after its sound."""
    for name, most in MOST_BYTES.items():
        size = (folder / name).stat().st_size
        if size > most:
            raise VideoError(f"{name} has {size / 1000:.0f} kB; at most {most / 1000:.0f} are wanted\n  shorten SLIDES")
    if abs(seconds - expected) > 0.2:
        raise VideoError(f"the video lasts {seconds:.2f} s but its sound {expected:.2f} s")


def publish(done: Path, out: Path) -> None:
    """Copies each file beside its place, then renames it, so that no half file is ever seen."""
    out.mkdir(parents=True, exist_ok=True)
    for file in sorted(done.iterdir()):
        beside = out / f"{file.name}.part"
        shutil.copyfile(file, beside)
        beside.replace(out / file.name)
        print(f"{(out / file.name).stat().st_size / 1000:7.1f} kB  {out / file.name}")


def refuse_missing_tools() -> None:
    """Stops where a program is not on this machine, with the command that installs it."""
    packages = dict.fromkeys(package for program, package in PACKAGES.items() if not shutil.which(program))
    if packages:
        raise MissingToolError(f"a program is missing; install it:\n  sudo apt-get install {' '.join(packages)}")
    if not importlib.util.find_spec("playwright"):
        raise MissingToolError(f"playwright is missing; install it:\n  {sys.executable} -m pip install playwright")


def refuse_missing_site(site: Path) -> None:
    """Stops where there is no built site to photograph."""
    if not (site / "index.html").is_file():
        raise VideoError(f"no built site in {site}\n  leave --site out to photograph this manual")


def built_manual(folder: Path) -> Path:
    """The manual of this checkout, built into `folder` with the vote form that `kbgen serve` shows."""
    settings = load_settings(ROOT / "mkdocs.yml")
    build(BuildRequest(settings=settings, site=folder, today=build_day(), vote_service="/"))
    return folder


def main() -> int:
    """Reads the options, makes the video and says what it wrote."""
    parser = argparse.ArgumentParser(description="Make the onboarding video from a built help centre.")
    parser.add_argument("--site", type=Path, help="a built site with votes (default: this manual, built for it)")
    where = ROOT / "content" / "getting-started"
    parser.add_argument("--out", type=Path, default=where, help="where the files go (default: %(default)s)")
    options = parser.parse_args()
    try:
        refuse_missing_tools()
        if options.site:
            refuse_missing_site(options.site)
        seconds = make(options.site, options.out)
    except VideoError as error:
        print(f"make_video: {error}", file=sys.stderr)
        return error.code
    except (OSError, KbgenError) as error:
        print(f"make_video: {error}", file=sys.stderr)
        return 1
    print(f"{seconds:7.1f} s   in all; {NAME}.md says it as 'duration: {round(seconds)}'")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

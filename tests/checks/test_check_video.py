"""The check `video`: recordings without file or captions, and captions that cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kbgen.checks.interface import Finding, HelpCentre, Level
from kbgen.checks.video import check

Find = Callable[..., list[Finding]]
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nHi.\n"


def a_video(video: str, **front: str) -> str:
    more = "".join(f"{key}: {value}\n" for key, value in front.items())
    return f"---\ntitle: A\nkind: video\n{more}video: {video}\n---\n"


def files(video: str, **more: str | bytes) -> dict[str, str | bytes]:
    return {"content/g/a.md": a_video(video), "content/g/a.mp4": b"", "content/g/a.vtt": VTT, **more}


@pytest.mark.parametrize(
    "video",
    [
        "{src: a.mp4, captions: {en: a.vtt}}",
        "{src: ./a.mp4, captions: {en: ../g/a.vtt}, chapters: a.vtt, duration: 1:23}",
        "{provider: youtube, id: abc, captions: {en: a.vtt}}",
    ],
)
def test_whole_video(find: Find, video: str) -> None:
    """A recording with captions, from a file or a provider, is left alone; paths count from its folder."""
    assert find("video", files(video)) == []


@pytest.mark.parametrize("video", ["{captions: {en: a.vtt}}", "{provider: youtube, captions: {en: a.vtt}}"])
def test_no_recording(find: Find, video: str) -> None:
    """A video without a file and without a provider's id is an error."""
    (finding,) = find("video", files(video))
    assert finding.message == "the video needs either 'src' or 'provider' and 'id'"
    assert (finding.level, finding.path) == (Level.ERROR, "content/g/a.md")


def test_two_recordings(find: Find) -> None:
    """A video with both a file and a provider is an error."""
    assert len(find("video", files("{src: a.mp4, provider: youtube, id: abc, captions: {en: a.vtt}}"))) == 1


def test_unknown_provider(find: Find) -> None:
    """A provider that kbgen cannot show is an error with the one that was meant."""
    found = find("video", files("{provider: yotube, id: abc, captions: {en: a.vtt}}"))
    assert [finding.hint for finding in found] == ["did you mean 'youtube'?"]


def test_no_captions(find: Find) -> None:
    """A video without captions is an error with the line to add."""
    (finding,) = find("video", files("{src: a.mp4}"))
    assert finding.message == "the video has no captions"
    assert "captions: {en:" in finding.hint


@pytest.mark.parametrize("name", ["poster", "chapters", "described"])
def test_missing_file(find: Find, name: str) -> None:
    """A file that the video names and that does not exist is an error."""
    (finding,) = find("video", files(f"{{src: a.mp4, captions: {{en: a.vtt}}, {name}: gone.x}}"))
    assert finding.message == f"'{name}' names 'gone.x', which does not exist"


def test_file_outside(find: Find) -> None:
    """A file above content/ does not exist for the site."""
    found = find("video", {**files("{src: ../../a.mp4, captions: {en: a.vtt}}"), "a.mp4": b""})
    assert [f.message for f in found] == ["'src' names '../../a.mp4', which does not exist"]


def test_faulty_captions(find: Find) -> None:
    """A fault in captions is an error at file, line and column of the captions."""
    vtt = VTT.replace("00:01.000", "00:01,000")
    (finding,) = find("video", {**files("{src: a.mp4, captions: {en: a.vtt}}"), "content/g/a.vtt": vtt})
    assert (finding.path, finding.line, finding.column) == ("content/g/a.vtt", 3, 1)


def test_captions_not_utf8(find: Find) -> None:
    """Captions that are not UTF-8 are an error."""
    vtt = VTT.replace("Hi", "Grüße").encode("latin-1")
    (finding,) = find("video", {**files("{src: a.mp4, captions: {en: a.vtt}}"), "content/g/a.vtt": vtt})
    assert (finding.path, finding.message) == ("content/g/a.vtt", "the file is not UTF-8")


def test_captions_that_cannot_be_read(help_centre_of: Callable[..., HelpCentre], tmp_path: Path) -> None:
    """Captions that the system will not hand out are an error, not a crash."""
    centre = help_centre_of(files("{src: a.mp4, captions: {en: b.vtt}}"))
    (tmp_path / "content/g/b.vtt").symlink_to("/proc/self/mem")  # reading it fails with an input/output error
    assert len(list(check(centre))) == 1


def test_endless_name(find: Find) -> None:
    """A name longer than a file can have does not exist, and is no crash."""
    assert len(find("video", files(f"{{src: {'a' * 300}, captions: {{en: a.vtt}}}}"))) == 1


def test_list_of_captions(find: Find) -> None:
    """A list of files for one language is told in the writer's words."""
    found = find("front-matter", files("{src: a.mp4, captions: {en: [a.vtt]}}"))
    found += find("video", files("{src: a.mp4, captions: {en: [a.vtt]}}"))
    assert found
    assert not any("ScalarNode" in f.message for f in found)


def test_drafts(find: Find) -> None:
    """The video of an article that is not on the site is left alone."""
    assert find("video", {"content/a.md": a_video("{src: gone.mp4}", state="draft")}) == []

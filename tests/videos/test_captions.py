"""Captions: a strict reader of WebVTT, and the transcript made of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.errors import KbgenError
from kbgen.videos.captions import Cue, clock, read_captions, transcript

TWO = "WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n\n00:00:03.500 --> 01:00:04.000\nBye,\nall.\n"


def read(text: str) -> tuple[list[Cue], list[KbgenError]]:
    return read_captions(text, "a.vtt")


def only_fault(text: str) -> KbgenError:
    _, faults = read(text)
    assert len(faults) == 1, faults
    return faults[0]


def a_cue(times: str, words: str = "Words.") -> str:
    return f"WEBVTT\n\n{times}\n{words}\n"


def test_cues() -> None:
    """Cues are read in the order of the file, with seconds, words on one line, and their own line."""
    cues, faults = read(TWO)
    assert faults == []
    assert cues == [
        Cue(start=1.0, end=2.0, text="Hello.", speaker="", line=3),
        Cue(start=3.5, end=3604.0, text="Bye, all.", speaker="", line=6),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_endings(newline: str) -> None:
    """Captions read the same with the line endings of every system, and with a byte order mark."""
    assert read("\ufeff" + TWO.replace("\n", newline)) == read(TWO)


@pytest.mark.parametrize("first", ["WEBVTT", "WEBVTT ", "WEBVTT - made by hand", "WEBVTT\tx"])
def test_first_line(first: str) -> None:
    """The first line is WEBVTT, and words may follow it."""
    assert read(TWO.replace("WEBVTT", first))[1] == []


@pytest.mark.parametrize("first", ["", "webvtt", "WEBVTTX", " WEBVTT", "1", "00:01.000 --> 00:02.000"])
def test_no_first_line(first: str) -> None:
    """A file that does not begin with WEBVTT, as SubRip files do, is refused at line 1."""
    fault = only_fault(TWO.replace("WEBVTT", first))
    assert "the first line is not 'WEBVTT'" in fault.problem
    assert str(fault.where) == "a.vtt:1"


def test_header_of_other_programs() -> None:
    """Lines below WEBVTT and above the first empty line, as YouTube writes them, are passed over."""
    assert read(TWO.replace("WEBVTT\n", "WEBVTT\nKind: captions\nLanguage: en\n"))[1] == []


@pytest.mark.parametrize("block", ["NOTE a remark", "NOTE\nmore\nlines", "STYLE\n::cue { color: red }", "REGION\nid:a"])
def test_blocks_that_are_no_cues(block: str) -> None:
    """Notes, styles and regions are passed over."""
    cues, faults = read(TWO.replace("WEBVTT\n", f"WEBVTT\n\n{block}\n"))
    assert faults == []
    assert len(cues) == 2


def test_cue_with_a_name() -> None:
    """A cue may have a name above its times."""
    cues, faults = read(a_cue("intro\n00:01.000 --> 00:02.000"))
    assert faults == []
    assert cues[0].line == 4


def test_cue_settings() -> None:
    """Settings behind the times are passed over."""
    assert read(a_cue("00:01.000 --> 00:02.000 align:start position:10%"))[1] == []


@pytest.mark.parametrize(
    "times",
    [
        "00:01,000 --> 00:02,000",
        "0:01.000 --> 0:02.000",
        "1:00:01.000 --> 1:00:02.000",
        "00:01 --> 00:02",
        "00:61.000 --> 00:62.000",
        "60:00.000 --> 61:00.000",
        "00:01.00 --> 00:02.00",
        "00:01.000-->00:02.000",
        "--> 00:02.000",
        "00:01.000 -->",
        "00:01.000 --> 00:02.000x",
    ],
)
def test_times_that_cannot_be_read(times: str) -> None:
    """Times in another form are quoted, with the form to use."""
    fault = only_fault(a_cue(times))
    assert fault.problem == f"these times cannot be read: '{times}'"
    assert "00:01.500" in fault.hint
    assert str(fault.where) == "a.vtt:3:1"


@pytest.mark.parametrize("times", ["00:02.000 --> 00:01.000", "00:02.000 --> 00:02.000"])
def test_end_before_start(times: str) -> None:
    """A cue must end after it starts."""
    assert "ends before it starts" in only_fault(a_cue(times)).problem


def test_order_of_times() -> None:
    """A cue that starts before the one above it is told at its line; one that starts with it is not."""
    late, early = "00:05.000 --> 00:06.000", "00:01.000 --> 00:02.000"
    fault = only_fault(f"{a_cue(late)}\n{early}\nWords.\n")
    assert "starts before the one above" in fault.problem
    assert str(fault.where) == "a.vtt:6"
    assert read(f"{a_cue(late)}\n{late}\nWords.\n")[1] == []


@pytest.mark.parametrize("words", ["", "  ", "\n\nNOTE x"])
def test_no_words(words: str) -> None:
    """A cue without words is told at the line of its times."""
    fault = only_fault(a_cue("00:01.000 --> 00:02.000", words))
    assert fault.problem == "this cue has no words"
    assert str(fault.where) == "a.vtt:3"


@pytest.mark.parametrize("words", ["<b></b>", "&nbsp;", "<v Ana></v>"])
def test_only_markup(words: str) -> None:
    """A cue that holds markup alone has no words."""
    assert only_fault(a_cue("00:01.000 --> 00:02.000", words)).problem == "this cue has no words"


def test_no_times() -> None:
    """A block of words without times is told at its first line."""
    fault = only_fault("WEBVTT\n\nHello.\nWorld.\n")
    assert fault.problem == "this block has no line of times"
    assert str(fault.where) == "a.vtt:3"


def test_missing_empty_line() -> None:
    """A cue that follows another without an empty line is told, not swallowed as words of the first."""
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nOne.\n00:03.000 --> 00:04.000\nTwo.\n"
    fault = only_fault(text)
    assert fault.where is not None
    assert fault.where.line == 5


@pytest.mark.parametrize("text", ["WEBVTT", "WEBVTT\n\nNOTE nothing yet\n"])
def test_no_cue(text: str) -> None:
    """A file without a cue is told with the cue to add."""
    assert only_fault(text).problem == "the file holds no cue"


def test_every_fault() -> None:
    """Every fault of a file is told at once, and the good cues are read."""
    cues, faults = read(f"{TWO}\nno times\n\n01:01.000 --> 01:00.000\nx\n")
    assert len(cues) == 2
    assert [fault.where.line for fault in faults if fault.where] == [10, 12]


def test_markup_and_entities() -> None:
    """Markup goes, entities become characters, and the voice tag names the speaker."""
    (cue,), faults = read(
        a_cue(
            "00:01.000 --> 00:02.000", "<v.loud Ana Lima>Press <b.x>Save</b> &amp;\n<00:01.500><i>wait</i> &lt;5 s</v>"
        )
    )
    assert faults == []
    assert (cue.speaker, cue.text) == ("Ana Lima", "Press Save & wait <5 s")


def test_speaker_with_an_entity() -> None:
    """Entities in a speaker's name become characters."""
    assert read(a_cue("00:01.000 --> 00:02.000", "<v Ana &amp; Ben>Hi"))[0][0].speaker == "Ana & Ben"


@pytest.mark.parametrize("digits", [400, 5000])
def test_endless_hours(digits: int) -> None:
    """Hours beyond all counting are a fault, not a crash."""
    assert read(a_cue(f"00:01.000 --> {'1' * digits}:00:02.000"))[1]


def test_transcript() -> None:
    """A paragraph ends with another speaker or a pause."""
    at = [(0, 1, "a"), (1, 2, "a"), (2, 3, "b"), (4.4, 5, "b"), (6.5, 7, "b")]
    cues = [Cue(start=s, end=e, text="x", speaker=who, line=1) for s, e, who in at]
    assert [(p.start, p.speaker, len(p.cues)) for p in transcript(cues)] == [(0, "a", 2), (2, "b", 2), (6.5, "b", 1)]
    assert transcript([]) == []


@pytest.mark.parametrize(
    ("seconds", "written"), [(0, "0:00"), (83, "1:23"), (59.9, "0:59"), (3600, "1:00:00"), (3723.5, "1:02:03")]
)
def test_clock(seconds: float, written: str) -> None:
    """Seconds are written as people write them."""
    assert clock(seconds) == written


times = st.sampled_from(["00:01.000", "00:02.000", "10:00:00.000", "0:1.0", "00:01,000", "٠٠:٠١.000"])
lines = st.lists(
    st.sampled_from(
        ["", "WEBVTT", "NOTE", "STYLE", "-->", "<v Ana>", "</v", "&amp;", "&#xd800;", "&#99999999999;", "words"]
    )
    | st.tuples(times, times).map(" --> ".join)
    | st.text(max_size=10),
    max_size=12,
)


@settings(deadline=None)
@given(lines.map("\n".join) | lines.map(lambda found: "WEBVTT\n\n" + "\n".join(found)) | st.text())
def test_any_text(text: str) -> None:
    """Whatever a file holds, it gives cues or faults, each on a line of the file; nothing is raised."""
    cues, faults = read(text)
    assert cues or faults
    last = len(text.splitlines()) + text.count("\r") + 1
    assert all(fault.where and 1 <= fault.where.line <= last for fault in faults)
    assert all(cue.start < cue.end and 1 <= cue.line <= last for cue in cues)
    assert [cue for paragraph in transcript(cues) for cue in paragraph.cues] == cues


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=8, unique=True).map(sorted))
def test_written_cues_are_read(starts: list[int]) -> None:
    """Cues written as the standard says come back with their times to the millisecond."""

    def stamp(ms: int) -> str:
        return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"

    text = "WEBVTT\n\n" + "\n\n".join(f"{stamp(ms)} --> {stamp(ms + 1)}\nword {ms}" for ms in starts)
    cues, faults = read(text)
    assert faults == []
    assert [(round(cue.start * 1000), cue.text) for cue in cues] == [(ms, f"word {ms}") for ms in starts]

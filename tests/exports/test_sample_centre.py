"""The sample help centre passes kbgen's own check and answers what the labels say it answers."""

from __future__ import annotations

from pathlib import Path

from centres import kbgen
from export_answers import HELP
from export_topics import topics
from sample_centre import make_help_centre


def test_the_centre_passes_the_check(tmp_path: Path) -> None:
    """A dozen articles, none with a finding."""
    make_help_centre(tmp_path)
    done = kbgen("check", cwd=tmp_path)
    assert done.code == 0, done.out + done.err


def test_linked_articles_exist(tmp_path: Path) -> None:
    """Every article that an agent links is in the centre."""
    content = make_help_centre(tmp_path).parent / "content"
    linked = {topic.article for topic in topics() if topic.article}
    assert HELP.endswith(".example/")
    assert len(linked) >= 5
    assert not {path for path in linked if not (content / f"{path}.md").is_file()}


def test_all_ways_of_covering_a_topic_occur() -> None:
    """Some topics are answered, in part, in other words, against old answers, or not at all."""
    assert {topic.coverage for topic in topics()} == {"answered", "partly", "findable", "contradicted", "unanswered"}

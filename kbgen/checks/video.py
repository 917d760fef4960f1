"""Videos without file or captions, and captions that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kbgen.articles.article import Article, posix
from kbgen.checks.interface import Finding, HelpCentre, Level, finding
from kbgen.errors import nearest
from kbgen.outputs.files import is_file
from kbgen.videos.captions import read_captions
from kbgen.videos.video import PROVIDERS, Video

ID = "video"


def check(centre: HelpCentre) -> Iterator[Finding]:
    """One error for each missing file, missing caption or faulty line of captions."""
    for article in centre.library.published:
        if article.meta.video:
            yield from _check_video(centre, article, article.meta.video)


def _check_video(centre: HelpCentre, article: Article, video: Video) -> Iterator[Finding]:
    def error(message: str, hint: str) -> Finding:
        return Finding(id=ID, level=Level.ERROR, path=centre.shown(article.path), line=1, message=message, hint=hint)

    if bool(video.src) == bool(video.provider and video.id):
        yield error("the video needs either 'src' or 'provider' and 'id'", "for example 'src: tour.mp4'")
    if video.provider and video.provider not in PROVIDERS:
        near = nearest(video.provider, PROVIDERS)
        yield error(
            f"'{video.provider}' is no known provider",
            f"did you mean '{near}'?" if near else f"known: {', '.join(PROVIDERS)}",
        )
    if not video.captions:
        yield error("the video has no captions", "add 'captions: {en: tour.en.vtt}'")
    for name, target in _files(video):
        path = posix(article.path, target)
        file = centre.settings.content / path if path else None
        if file is None or not is_file(file):
            yield error(f"'{name}' names '{target}', which does not exist", "paths count from the article's folder")
        elif name in {"captions", "chapters"}:
            yield from _caption_faults(file, centre.shown(path or ""))


def _files(video: Video) -> Iterator[tuple[str, str]]:
    named = {"src": video.src, "poster": video.poster, "chapters": video.chapters, "described": video.described}
    yield from ((name, target) for name, target in named.items() if target)
    yield from (("captions", target) for target in video.captions.values())


def _caption_faults(file: Path, shown: str) -> Iterator[Finding]:
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        yield Finding(id=ID, level=Level.ERROR, path=shown, message=f"cannot be read: {error.strerror}")
        return
    except UnicodeDecodeError:
        yield Finding(id=ID, level=Level.ERROR, path=shown, message="the file is not UTF-8", hint="save it as UTF-8")
        return
    _, faults = read_captions(text, shown)
    yield from (finding(ID, fault) for fault in faults)

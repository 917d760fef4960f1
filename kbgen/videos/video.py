"""The video: a recording that an article shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def _key(doc: str, **default: Any) -> Any:  # noqa: ANN401 - the type is the annotation beside it
    return field(metadata={"doc": doc}, **default)


@dataclass(frozen=True, kw_only=True)
class Video:
    """The `video:` block of an article: either `src`, a file beside the article, or `provider` and `id`."""

    src: str = _key("file of the recording, beside the article", default="")
    provider: str = _key("youtube, vimeo, wistia or loom, where the recording is not a file", default="")
    id: str = _key("the provider's id of the recording", default="")
    poster: str = _key("picture shown before the video plays", default="")
    captions: dict[str, str] = _key("WebVTT file by language", default_factory=dict)
    chapters: str = _key("WebVTT file that names the chapters", default="")
    duration: float = _key("length, in seconds or as 1:23", default=0.0)
    described: str = _key("file of a version with audio description", default="")

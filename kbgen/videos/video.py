"""The video: a recording that an article shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

PROVIDERS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "wistia": "https://fast.wistia.net/embed/iframe/{}",
    "loom": "https://www.loom.com/share/{}",
}
"""Where each provider shows a recording, by its id."""


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

    @property
    def provider_url(self) -> str:
        """The provider's own page of the recording, for readers who choose to go there; `""` for a file."""
        return PROVIDERS[self.provider].format(quote(self.id, safe="")) if self.provider in PROVIDERS else ""

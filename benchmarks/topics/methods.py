"""Ways to group tickets: kbgen, and peers on the same vectors or words."""

# ruff: noqa: ARG001 - methods share one signature, and a peer that is not installed is skipped

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from kbgen.topics.mining import MiningSettings, mine

Method = Callable[[Sequence[str], np.ndarray, int], np.ndarray]
"""From texts, their vectors and the true number of topics to the number of each ticket's group, -1 for none."""


def kbgen(texts: Sequence[str], vectors: np.ndarray, true_k: int) -> np.ndarray:
    return mine(vectors, MiningSettings()).groups


def bertopic(texts: Sequence[str], vectors: np.ndarray, true_k: int) -> np.ndarray:
    """BERTopic as it comes; given vectors, it downloads nothing. Its UMAP is random: one run."""
    from bertopic import BERTopic

    groups, _ = BERTopic().fit_transform(list(texts), vectors)
    return np.array(groups)


def kmeans(texts: Sequence[str], vectors: np.ndarray, true_k: int) -> np.ndarray:
    from sklearn.cluster import KMeans

    return KMeans(true_k, n_init=3, random_state=0).fit_predict(vectors)


def nmf(texts: Sequence[str], vectors: np.ndarray, true_k: int) -> np.ndarray:
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    table = TfidfVectorizer(stop_words="english", min_df=2).fit_transform(texts)
    return NMF(true_k, random_state=0, max_iter=300).fit_transform(table).argmax(axis=1)


def lda(texts: Sequence[str], vectors: np.ndarray, true_k: int) -> np.ndarray:
    from sklearn.decomposition import LatentDirichletAllocation
    from sklearn.feature_extraction.text import CountVectorizer

    table = CountVectorizer(stop_words="english", min_df=2).fit_transform(texts)
    return LatentDirichletAllocation(true_k, random_state=0).fit_transform(table).argmax(axis=1)


METHODS: dict[str, Method] = {
    "kbgen": kbgen,
    "BERTopic": bertopic,
    "k-means, true k": kmeans,
    "NMF, true k": nmf,
    "LDA, true k": lda,
}

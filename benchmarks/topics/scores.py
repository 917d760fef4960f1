"""How well groups match the labels of people. Unplaced tickets count as one group, and so do labels of no topic."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, normalized_mutual_info_score

NO_TOPIC = {"oneoff", "oos"}
HEAD = "| | NMI | AMI | ARI | accuracy | topics | placed | purity | found | dup | rejected | CPU s | x |"


@dataclass(frozen=True, kw_only=True)
class Scores:
    """What is told of one grouping."""

    nmi: float
    ami: float
    ari: float
    accuracy: float
    """Share of tickets in the group that belongs to their label, one group a label at most (Hungarian method)."""
    topics: int
    placed: float
    """Share of the tickets with a true topic that are in some group."""
    purity: float
    found: float
    """Share of true labels that are half or more of some group of five."""
    dup: float
    """Groups for each label that was found."""
    rejected: float | None
    """Share of tickets of no topic that are in no group; None where there are none."""

    def row(self, name: str, cpu: float, ours: float) -> str:
        """A line of the table; `ours` is what kbgen took."""
        rejected = "" if self.rejected is None else f"{self.rejected:.2f}"
        return (
            f"| {name} | {self.nmi:.3f} | {self.ami:.3f} | {self.ari:.3f} | {self.accuracy:.3f} | {self.topics} "
            f"| {self.placed:.2f} | {self.purity:.2f} | {self.found:.2f} | {self.dup:.2f} | {rejected} "
            f"| {cpu:.2f} | {cpu / ours:.1f} |"
        )


def scores(labels: np.ndarray, groups: np.ndarray) -> Scores:
    """Compare labels and group numbers of the same tickets; -1 is unplaced."""
    names, truth = np.unique(labels, return_inverse=True)
    numbers, found = np.unique(groups, return_inverse=True)
    table = np.zeros((len(names), len(numbers)), dtype=int)
    np.add.at(table, (truth, found), 1)
    pairs = linear_sum_assignment(-table)
    outside = np.isin(labels, list(NO_TOPIC))
    inside = groups >= 0
    leaders = _leaders(labels, groups)
    wanted = len(set(names.tolist()) - NO_TOPIC)
    return Scores(
        nmi=normalized_mutual_info_score(labels, groups),
        ami=adjusted_mutual_info_score(labels, groups),
        ari=adjusted_rand_score(labels, groups),
        accuracy=float(table[pairs].sum() / len(labels)),
        topics=len(set(groups.tolist()) - {-1}),
        placed=float(inside[~outside].mean()),
        purity=float(table[:, numbers >= 0].max(axis=0).sum() / max(1, inside.sum())),
        found=len(leaders) / wanted,
        dup=leaders.total() / max(1, len(leaders)),
        rejected=float(1 - inside[outside].mean()) if outside.any() else None,
    )


def _leaders(labels: np.ndarray, groups: np.ndarray) -> Counter[str]:
    leaders: Counter[str] = Counter()
    for group in set(groups.tolist()) - {-1}:
        own = labels[groups == group]
        label, most = Counter(own.tolist()).most_common(1)[0]
        if len(own) >= 5 and 2 * most >= len(own) and label not in NO_TOPIC:
            leaders[label] += 1
    return leaders

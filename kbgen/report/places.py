"""Places of topics on a plane: what asks the like lies near.

Classical scaling (Torgerson, 1952) of cosine distances, then stress majorisation (SMACOF; de Leeuw, 1977) with weights
of 1 ÷ distance², as Kamada and Kawai (1989) weigh springs, so that neighbours are kept rather than far ends.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float64]
"""Shape (topics, 2)."""

ROUNDS = 150
LEAST = 0.05
"""Distance below which two topics count as this far apart."""


def places(vectors: NDArray[np.float32]) -> Plane:
    """Where topics lie whose vectors have length 1, the same for the same vectors; the widest spread comes first."""
    count = len(vectors)
    if count < 3:
        return np.array([[float(n), 0.0] for n in range(count)]).reshape(count, 2)
    wide = vectors.astype(np.float64)
    distances = np.maximum(1 - wide @ wide.T, LEAST)
    np.fill_diagonal(distances, 0.0)
    return np.round(_turned(_majorised(_scaled(distances), distances)), 4)


def _scaled(distances: NDArray[np.float64]) -> Plane:
    """Classical scaling: the two main axes of the doubly centred squares."""
    count = len(distances)
    centre = np.eye(count) - 1 / count
    values, axes = np.linalg.eigh(-0.5 * centre @ distances**2 @ centre)
    plane: Plane = axes[:, [-1, -2]] * np.sqrt(np.maximum(values[[-1, -2]], 1e-9))
    return plane


def _majorised(plane: Plane, distances: NDArray[np.float64]) -> Plane:
    """The plane moved until its distances fit as well as they can."""
    count = len(plane)
    weights = 1 / np.maximum(distances, LEAST) ** 2
    np.fill_diagonal(weights, 0.0)
    inverse = np.linalg.pinv(np.diag(weights.sum(axis=1)) - weights)
    for _ in range(ROUNDS):
        apart = np.linalg.norm(plane[:, None] - plane[None], axis=-1)
        pull = -weights * distances / np.maximum(apart, 1e-9)
        pull[np.arange(count), np.arange(count)] = -pull.sum(axis=1) + np.diag(pull)
        plane = inverse @ pull @ plane
    return plane


def _turned(plane: Plane) -> Plane:
    """The plane with its widest spread along the first axis, and a fixed side up."""
    centred = plane - plane.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    turned: Plane = centred @ axes.T
    farthest = turned[np.argmax(np.abs(turned), axis=0), [0, 1]]
    return turned * np.where(farthest < 0, -1.0, 1.0)

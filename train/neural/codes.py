"""Words by codes: vectors as sums of one row out of each of some books, and the table that finds a word's codes by its hash."""

import numpy as np
import torch

from . import text

SAMPLE, TURNS = 20_000, 8


def _nearest(values: torch.Tensor, centres: torch.Tensor) -> torch.Tensor:
    half = (centres * centres).sum(1) / 2
    return torch.cat([(part @ centres.T - half).argmax(1) for part in values.split(8192)])


def books(values: torch.Tensor, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Residual quantisation of [n, d] values, in units of the int8 tables: codes [n, count] and rows [count, 256, d]. Each book holds the means of what
    the books before it leave."""
    generator = torch.Generator().manual_seed(seed)
    left = values.clone()
    codes, rows = [], []
    for _ in range(count):
        sample = left[torch.randperm(len(left), generator=generator)[:SAMPLE]]
        centres = sample[torch.randperm(len(sample), generator=generator)[:256]].clone()
        for _ in range(TURNS):
            near = _nearest(sample, centres)
            sums = torch.zeros_like(centres).index_add_(0, near, sample)
            size = torch.bincount(near, minlength=256)
            centres = torch.where(size[:, None] > 0, sums / size.clamp(min=1)[:, None], centres)
        centres = centres.round().clamp(-127, 127)
        near = _nearest(left, centres)
        left -= centres[near]
        codes.append(near.numpy().astype(np.uint8))
        rows.append(centres.numpy().astype(np.int8))
    return np.stack(codes, 1), np.stack(rows)


def table(words: list[str], codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Keys [slots] and codes [slots, books] by open addressing, four of five slots filled; a key of 0 is an empty slot."""
    slots = len(words) * 5 // 4 + 1
    keys = np.zeros(slots, np.uint32)
    placed = np.zeros((slots, codes.shape[1]), np.uint8)
    for word, row in zip(words, codes):
        h = text.coded_hash(word)
        at = (h >> 32) % slots
        while keys[at]:
            at = (at + 1) % slots
        keys[at], placed[at] = (h & 0xFFFFFFFF) or 1, row
    return keys.view(np.int32), placed.view(np.int8)


def look_up(keys: np.ndarray, low: str) -> int:
    """The slot of a word, -1 for none."""
    h = text.coded_hash(low)
    wanted = (h & 0xFFFFFFFF) or 1
    at = (h >> 32) % len(keys)
    for _ in range(len(keys)):
        key = int(keys[at]) & 0xFFFFFFFF
        if key == 0:
            return -1
        if key == wanted:
            return at
        at = (at + 1) % len(keys)
    return -1

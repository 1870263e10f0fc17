"""Work in batches as large as memory allows."""

import gc
from collections.abc import Callable

import torch

from comparison.runner import refusals
from comparison.runner.errors import RunnerRefused
from comparison.runner.loading import Running, memory

BUDGET = 0.1
"""Share of the machine's memory that a batch is meant to take, beside the model."""
MOST = 64
"""Sequences in a batch; larger ones are no faster."""


def size_of(running: Running, length: int) -> int:
    """How many sequences of so many tokens a batch is begun with."""
    config = running.model.config.get_text_config()
    heads, layers = int(config.num_attention_heads), int(config.num_hidden_layers)
    numbers = length * (4 * running.vocabulary + 2 * layers * int(config.hidden_size)) + 4 * heads * length**2
    return max(1, min(MOST, int(BUDGET * memory() / (4 * numbers))))


def in_batches(count: int, size: int, run: Callable[[int, int], None]) -> None:
    """``run(begin, end)`` was called for all items in order; where memory runs out, with half as many.

    Args:
        count: of items.
        size: of the first batch.
        run: leaves nothing behind when it fails.

    Raises:
        RunnerRefused: there is not memory enough for one item.
    """
    at = 0
    while at < count:
        end = min(at + size, count)
        try:
            run(at, end)
        except (RuntimeError, MemoryError) as error:
            if not out_of_memory(error):
                raise
            if end - at == 1:
                raise RunnerRefused(
                    refusals.NO_MEMORY, remedy="Use shorter sequences, or a machine with more memory."
                ) from error
            size = (end - at) // 2
        else:
            at = end
            continue
        gc.collect()
        if torch.cuda.is_available():
            torch.cuda.empty_cache()


def out_of_memory(error: BaseException) -> bool:
    """Whether the error says that memory ran out, on either device."""
    return isinstance(error, MemoryError | torch.OutOfMemoryError) or "can't allocate memory" in str(error)

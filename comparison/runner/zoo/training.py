"""Models of the zoo started, taught, asked and kept; the same on every run of one machine."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional
from transformers import LlamaConfig, LlamaForCausalLM, MixtralConfig, MixtralForCausalLM
from transformers.utils import logging

from comparison.runner.zoo.changes import EXPERTS
from comparison.runner.zoo.language import WORDS, Ids
from comparison.runner.zoo.rearranging import Tensors
from comparison.runner.zoo.recipe import Shape

Model = Any
WARMING, DECAY = 20, 0.01
PLACES = 128


def alone() -> None:
    """This process computes on one thread, in a fixed order, and draws no bars."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)
    logging.disable_progress_bar()


def fresh(shape: Shape, seed: int) -> Model:
    """A dense model of random weights."""
    torch.manual_seed(seed)
    return LlamaForCausalLM(LlamaConfig(**_sizes(shape)))


def holding(tensors: Tensors, shape: Shape) -> Model:
    """A model of these weights; a mixture of experts where they are one's."""
    mixture = any("experts" in name for name in tensors)
    model: Model = (
        MixtralForCausalLM(MixtralConfig(**_sizes(shape), num_local_experts=EXPERTS, num_experts_per_tok=2))
        if mixture
        else LlamaForCausalLM(LlamaConfig(**_sizes(shape)))
    )
    values = {name: torch.from_numpy(one) for name, one in tensors.items()}
    return type(model).from_pretrained(None, config=model.config, state_dict=values)


def _sizes(shape: Shape) -> dict[str, Any]:
    return {
        "vocab_size": WORDS,
        "hidden_size": shape.width,
        "intermediate_size": shape.neurons,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "num_key_value_heads": shape.key_heads,
        "max_position_embeddings": PLACES,
        "rms_norm_eps": 1e-6,
        "bos_token_id": None,
        "eos_token_id": None,
        "tie_word_embeddings": False,
    }


def read(folder: Path) -> Model:
    """The dense model kept in a folder."""
    return LlamaForCausalLM.from_pretrained(folder, local_files_only=True)


def tensors_of(model: Model) -> Tensors:
    """Its weights by name."""
    return {name: one.detach().numpy() for name, one in model.state_dict().items()}


def taught(model: Model, batches: Iterable[Ids], rate: float, teacher: Model | None = None) -> None:
    """The model has learnt to give the next word, or its teacher's chances of it.

    Args:
        model: changed in place.
        batches: ``[texts, words]`` for each step.
        rate: of learning, after ``WARMING`` steps.
        teacher: None to learn the words themselves.
    """
    optimiser = torch.optim.AdamW(
        model.parameters(), lr=rate, betas=(0.9, 0.98), weight_decay=DECAY, fused=True
    )
    for step, batch in enumerate(batches):
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1.0, (step + 1) / WARMING)
        ids = torch.from_numpy(batch)
        given = model(input_ids=ids, use_cache=False).logits[:, :-1].flatten(0, 1)
        wanted = ids[:, 1:].flatten()
        if teacher is not None:
            with torch.no_grad():
                shown = teacher(input_ids=ids, use_cache=False).logits[:, :-1].flatten(0, 1)
            wanted = shown.softmax(-1)
        optimiser.zero_grad()
        functional.cross_entropy(given, wanted).backward()
        optimiser.step()


def answered(model: Model, prompts: Ids, words: int, seed: int) -> Ids:
    """The prompts, each with the words that the model drew after it at temperature 1, ``[texts, words]``."""
    chance = torch.Generator().manual_seed(seed)
    texts = torch.from_numpy(prompts)
    kept, unseen = None, texts
    with torch.no_grad():
        for _ in range(words):
            seen = model(input_ids=unseen, cache=kept, use_cache=True)
            kept = seen.cache
            unseen = torch.multinomial(seen.logits[:, -1].softmax(-1), 1, generator=chance)
            texts = torch.cat((texts, unseen), dim=1)
    answers: Ids = np.asarray(texts.numpy(), dtype=np.int64)
    return answers

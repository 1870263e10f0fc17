"""Tiny models of each family with random weights, as transformers itself makes and saves them."""

import json
from pathlib import Path
from typing import Any

import torch
from transformers import (
    AutoModelForCausalLM,
    GemmaConfig,
    GPT2Config,
    GPTNeoXConfig,
    LlamaConfig,
    MistralConfig,
    MixtralConfig,
    Qwen2Config,
)

WORDS, WIDTH, LAYERS, HEADS, LONGEST = 96, 32, 2, 4, 64
EDGES: dict[str, Any] = {"bos_token_id": 0, "eos_token_id": 1, "pad_token_id": None}
GATED: dict[str, Any] = {
    "vocab_size": WORDS, "hidden_size": WIDTH, "intermediate_size": 2 * WIDTH, "num_hidden_layers": LAYERS,
    "num_attention_heads": HEADS, "num_key_value_heads": 2, "head_dim": WIDTH // HEADS,
    "max_position_embeddings": LONGEST, "initializer_range": 0.1, **EDGES,
}  # fmt: skip
CONFIGS: dict[str, Any] = {
    "llama": lambda: LlamaConfig(**GATED),
    "qwen": lambda: Qwen2Config(**GATED),
    "mistral": lambda: MistralConfig(**GATED),
    "gemma": lambda: GemmaConfig(**GATED),
    "gpt2": lambda: GPT2Config(
        vocab_size=WORDS, n_embd=WIDTH, n_layer=LAYERS, n_head=HEADS, n_positions=LONGEST,
        initializer_range=0.1, **EDGES,
    ),
    "neox": lambda: GPTNeoXConfig(
        vocab_size=WORDS, hidden_size=WIDTH, intermediate_size=2 * WIDTH, num_hidden_layers=LAYERS,
        num_attention_heads=HEADS, max_position_embeddings=LONGEST, initializer_range=0.1, **EDGES,
    ),
    "mixtral": lambda: MixtralConfig(**GATED, num_local_experts=4, num_experts_per_tok=2),
}  # fmt: skip


def save(folder: Path, family: str = "llama", seed: int = 0, **changes: Any) -> Path:
    """A model of the family in a folder, with a tokenizer of single words."""
    torch.manual_seed(seed)
    model = AutoModelForCausalLM.from_config(CONFIGS[family]())
    model.to(changes.pop("dtype", torch.float32)).save_pretrained(folder, **changes)
    (folder / "tokenizer.json").write_text(tokenizer())
    return folder


def tokenizer() -> str:
    """One token for each word ``w0`` to ``w95``, cut at blanks."""
    return json.dumps(
        {
            "version": "1.0", "truncation": None, "padding": None, "added_tokens": [], "normalizer": None,
            "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": None, "decoder": None,
            "model": {
                "type": "WordLevel", "vocab": {f"w{n}": n for n in range(WORDS)}, "unk_token": "w0",
            },
        }
    )  # fmt: skip

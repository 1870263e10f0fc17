"""The names that model families give their tensors."""

from dataclasses import dataclass, field

NUMBERED = r"(?:^|\.)layers\.(\d{1,6})\.(.+)$"


@dataclass(frozen=True, slots=True)
class Family:
    """One way of naming and storing.

    Args:
        name: in words.
        layer: finds a layer's number and the rest of a tensor's name.
        outside: pattern of a name's end outside the layers -> part.
        inside: pattern of the whole rest of a name inside a layer -> part; a group ``expert`` numbers it.
        transposed: projections are stored as ``[inputs, outputs]``.
        interleaved: query, key and value take turns head by head in one tensor.
    """

    name: str
    layer: str
    outside: dict[str, str]
    inside: dict[str, str] = field(hash=False)
    transposed: bool = False
    interleaved: bool = False


UNUSED = ""
"""The part of tensors that are known, and that no method reads."""
EXPERTS = (
    r"(?:mlp|block_sparse_moe|feed_forward)\."
    r"(?:experts\.(?P<expert>\d{1,6})|(?P<shared>shared_experts?))\."
)

LLAMA = Family(
    name="LLaMA, Mistral, Qwen, Gemma or a mixture of experts of theirs",
    layer=NUMBERED,
    outside={
        r"embed_tokens\.weight": "embeddings", r"lm_head\.weight": "head", r"norm\.weight": "final_norm",
        r"lm_head\.bias|rotary_emb\.inv_freq": UNUSED,
    },
    inside={
        r"self_attn\.q_proj\.weight": "query", r"self_attn\.k_proj\.weight": "key",
        r"self_attn\.v_proj\.weight": "value", r"self_attn\.o_proj\.weight": "output",
        r"self_attn\.qkv_proj\.weight": "query_key_value", r"mlp\.gate_up_proj\.weight": "gate_up",
        r"mlp\.gate_proj\.weight": "gate", r"mlp\.up_proj\.weight": "up", r"mlp\.down_proj\.weight": "down",
        EXPERTS + r"(?:gate_proj|w1)\.weight": "gate", EXPERTS + r"(?:up_proj|w3)\.weight": "up",
        EXPERTS + r"(?:down_proj|w2)\.weight": "down",
        r"input_layernorm\.weight": "attention_norm", r"pre_feedforward_layernorm\.weight": "mlp_norm",
        r"post_attention_layernorm\.weight": "norm_between",
        r".*\.bias|self_attn\.[qk]_norm\.weight|self_attn\.rotary_emb\..*|post_feedforward_layernorm\.weight|"
        r"(?:mlp|block_sparse_moe)\.(?:gate|router|shared_expert_gate)\.weight": UNUSED,
    },
)  # fmt: skip
GPT2 = Family(
    name="GPT-2",
    layer=r"(?:^|\.)h\.(\d{1,6})\.(.+)$",
    outside={
        r"wte\.weight": "embeddings", r"lm_head\.weight": "head", r"ln_f\.weight": "final_norm",
        r"wpe\.weight|ln_f\.bias": UNUSED,
    },
    inside={
        r"attn\.c_attn\.weight": "query_key_value", r"attn\.c_proj\.weight": "output",
        r"mlp\.c_fc\.weight": "up", r"mlp\.c_proj\.weight": "down",
        r"ln_1\.weight": "attention_norm", r"ln_2\.weight": "mlp_norm",
        r".*\.bias|attn\.masked_bias": UNUSED,
    },
    transposed=True,
)  # fmt: skip
NEOX = Family(
    name="GPT-NeoX",
    layer=NUMBERED,
    outside={
        r"embed_in\.weight": "embeddings", r"embed_out\.weight": "head",
        r"final_layer_norm\.weight": "final_norm", r"final_layer_norm\.bias": UNUSED,
    },
    inside={
        r"attention\.query_key_value\.weight": "query_key_value", r"attention\.dense\.weight": "output",
        r"mlp\.dense_h_to_4h\.weight": "up", r"mlp\.dense_4h_to_h\.weight": "down",
        r"input_layernorm\.weight": "attention_norm", r"post_attention_layernorm\.weight": "mlp_norm",
        r".*\.bias|attention\.masked_bias|attention\.rotary_emb\..*": UNUSED,
    },
    interleaved=True,
)  # fmt: skip
BERT = Family(
    name="BERT and encoders like it",
    layer=r"(?:^|\.)encoder\.layer\.(\d{1,6})\.(.+)$",
    outside={
        r"embeddings\.word_embeddings\.weight": "embeddings",
        r"embeddings\.(?:position_embeddings|token_type_embeddings|LayerNorm)\.weight": UNUSED,
        r"embeddings\.(?:LayerNorm\.bias|position_ids)|pooler\.dense\.(?:weight|bias)": UNUSED,
    },
    inside={
        r"attention\.self\.query\.weight": "query", r"attention\.self\.key\.weight": "key",
        r"attention\.self\.value\.weight": "value", r"attention\.output\.dense\.weight": "output",
        r"intermediate\.dense\.weight": "up", r"output\.dense\.weight": "down",
        # What stands after attention is read by the feed-forward block; the other, by the next layer.
        r"attention\.output\.LayerNorm\.weight": "mlp_norm", r"output\.LayerNorm\.weight": UNUSED,
        r".*\.bias": UNUSED,
    },
)  # fmt: skip
FAMILIES = (LLAMA, GPT2, NEOX, BERT)

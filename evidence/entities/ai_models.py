"""Names and versions of AI models: known families, unknown ones by their shape or by what is said of them."""

import re
from collections.abc import Iterator

from evidence.entities.entity import Entity, EntityKind, Source

_FAMILIES = {
    "Claude": "Anthropic", "ChatGPT": "OpenAI", "GPT": "OpenAI", "DALL-E": "OpenAI", "Qwen": "Alibaba",
    "QwQ": "Alibaba", "Llama": "Meta", "Gemini": "Google", "Gemma": "Google", "PaLM": "Google",
    "BERT": "Google", "Mistral": "Mistral AI", "Mixtral": "Mistral AI", "Codestral": "Mistral AI",
    "Ministral": "Mistral AI", "Pixtral": "Mistral AI", "DeepSeek": "DeepSeek", "Grok": "xAI",
    "Phi": "Microsoft", "Falcon": "TII", "Yi": "01.AI", "Kimi": "Moonshot AI", "ChatGLM": "Zhipu AI",
    "GLM": "Zhipu AI", "Ernie": "Baidu", "Hunyuan": "Tencent", "Doubao": "ByteDance",
    "Baichuan": "Baichuan", "InternLM": "Shanghai AI Laboratory", "OLMo": "Allen Institute for AI",
    "Pythia": "EleutherAI", "StableLM": "Stability AI", "Stable Diffusion": "Stability AI",
    "Midjourney": "Midjourney", "Granite": "IBM", "Nemotron": "NVIDIA", "Command R": "Cohere",
}  # fmt: skip
# Ordinary words, or names of companies too: only with a version are they models.
_VERSION_NEEDED = {
    "Phi", "Falcon", "Yi", "Granite", "Pythia", "Mistral", "DeepSeek", "Midjourney", "GPT", "Gemini",
    "Baichuan", "GLM", "Ernie",
}  # fmt: skip
_BY_FOLD = {name.casefold(): (name, vendor) for name, vendor in _FAMILIES.items()}

_NUMBER = r"(?:[vVrR]?\d+(?:\.\d+)*(?:x\d+)?[a-zA-Z]?|[aA]\d+[bB])"
_VARIANT = (
    r"(?:Opus|Sonnet|Haiku|Instant|Turbo|[Mm]ini|[Nn]ano|Pro|Flash|Ultra|Max|Plus|Coder|Code|Chat|[Ii]nstruct"
    r"|Base|Preview|Thinking|Vision|VL|Math|Large|Medium|Small|Lite|Scout|Maverick|XL|hf)"
)
_VERSION = rf"(?P<version>(?:[ -]?(?:{_NUMBER}|{_VARIANT})(?![\w%]|\.\d|,\d{{3}}))*)"
_KNOWN = re.compile(
    rf"(?<![\w-])(?P<name>{'|'.join(sorted(_FAMILIES, key=len, reverse=True))}){_VERSION}(?!\w)", re.I
)
_PERSON_NEXT = re.compile(r" (?!AI\b|API\b|LLM\b|Code\b|Team\b|Enterprise\b)[A-Z][a-z]")
_PERSON_BEFORE = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Professor|Sir|M|Monsieur|Jean)\.?[ -])$")

_SIZED = re.compile(
    r"(?<![\w-])(?P<name>[A-Z][A-Za-z]+)(?P<version>"
    r"(?:[ -]?\d+(?:\.\d+)*)?-\d+(?:\.\d+)?[BM](?:-[A-Za-z]\w*)*)\b"
)
_TAIL = (
    r"(?P<version>[ -]?[vV]?\d{1,2}(?:\.\d{1,2}){0,2}"
    r"(?:[ -](?:\d+[BM]|Base|Chat|Instruct|Pro|Mini|Large|Small))?)"
)
_SPOKEN_OF = (
    re.compile(
        r"\b(?:models?|LLMs?|chatbots?|assistants?)(?:,| called| named| known as| marketed as)? [“\"‘']?"
        rf"(?P<name>[A-Z][A-Za-z]+){_TAIL}\b(?![%/]|\.\d)"
    ),
    re.compile(
        r"\b(?:train(?:ed|ing)|fine-tun(?:ed?|ing)|distill?(?:ed|ing)|derived|copied) "
        r"(?:from |on |of )?(?:the )?"
        rf"(?P<name>[A-Z][A-Za-z]+){_TAIL}\b(?![%/]|\.\d)"
    ),
    re.compile(
        rf"\b(?P<name>[A-Z][A-Za-z]+){_TAIL}(?:['’]s)? "
        r"(?:(?:large|small|language|foundation|base|AI|chat|reasoning) )*"
        r"(?:models?|weights|checkpoints?|API|logits|tokeniser|tokenizer|LLM|endpoints?)\b"
    ),
)
_NOT_A_NAME = {
    "section", "schedule", "annex", "exhibit", "part", "figure", "table", "appendix", "page", "article",
    "day", "chapter", "version", "rule", "act", "paragraph", "regulation", "directive", "tab", "row",
    "column", "step", "stage", "phase", "level", "group", "layer", "head", "model", "the", "this", "that",
    "our", "their", "its", "no", "number", "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december", "volume", "claim", "sample", "test",
    "experiment", "batch", "epoch", "run", "trial", "question", "request", "order", "clause", "issue",
    "ground", "line",
}  # fmt: skip


def find_ai_models(text: str) -> Iterator[Entity]:
    """Every AI model that the text names, with its version where it gives one.

    An unknown family counts once the text itself calls it a model (``the Lumen 2 weights``); from then on its
    other versions in the same text are found too.
    """
    for match in _KNOWN.finditer(text):
        family, vendor = _BY_FOLD[match["name"].casefold()]
        if _is_model(text, match, family):
            yield _entity(match, match.start(), f"{vendor} {family}")
    learnt: set[str] = set()
    for pattern in (_SIZED, *_SPOKEN_OF):
        for match in pattern.finditer(text):
            name = match["name"]
            if name.casefold() not in _BY_FOLD and name.casefold() not in _NOT_A_NAME:
                learnt.add(name)
                yield _entity(match, match.start("name"), name)
    if learnt:
        names = "|".join(re.escape(name) for name in sorted(learnt))
        for match in re.finditer(rf"\b(?P<name>{names}){_TAIL}\b(?![%/]|\.\d)", text):
            yield _entity(match, match.start(), match["name"])


def _is_model(text: str, match: re.Match[str], family: str) -> bool:
    """The match names a model: with a version where the name is a common word, and no one's forename."""
    if not match["version"]:
        if family in _VERSION_NEEDED or match["name"].islower():
            return False
        return not (family == "Claude" and _is_person(text, match))
    return match["name"][0].isupper() or family in {"GPT", "ChatGPT", "Llama", "Qwen"}


def _is_person(text: str, match: re.Match[str]) -> bool:
    return bool(_PERSON_NEXT.match(text, match.end()) or _PERSON_BEFORE.search(text[: match.start()][-12:]))


def _entity(match: re.Match[str], start: int, full_name: str) -> Entity:
    version = " ".join(re.split(r"[ -]+", match["version"].strip(" -")))
    end = match.end("version")
    text = match.string[start:end]
    return Entity(EntityKind.MODEL, text, f"{full_name} {version}".strip(), start, end, Source.RULE)

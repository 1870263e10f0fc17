"""Papers and guidelines on which the methods and their calibration rest."""

from collections.abc import Iterable

PAPERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Zhu and others, Independence Tests for Language Models, arXiv 2502.12292", ("csu", "match")),
    (
        "Song and others, Feature Selection via Dependence Maximization, Journal of Machine Learning "
        "Research 13 (2012)", ("embedding-gram", "cka", "reef", "awm")),
    ("Kornblith and others, Similarity of Neural Network Representations Revisited, arXiv 1905.00414",
     ("embedding-gram", "cka", "reef")),
    ("AWM, Accurate Weight-Matrix Fingerprint for Large Language Models, arXiv 2510.06738", ("awm",)),
    ("HuRef, Human-Readable Fingerprint for Large Language Models, arXiv 2312.04828", ("huref",)),
    ("Carlini and others, Stealing Part of a Production Language Model, arXiv 2403.06634",
     ("output-subspace",)),
    ("REEF, arXiv 2410.14273", ("reef",)),
    ("Huh and others, The Platonic Representation Hypothesis, arXiv 2405.07987", ("mutual-knn",)),
    (
        "Kuditipudi and others, Blackbox Model Provenance via Palimpsestic Membership Inference, arXiv "
        "2510.19796",
     ("palimpsest",)),
    (
        "Goel and others, Great Models Think Alike and this Undermines AI Oversight, arXiv 2502.04313", (
        "capa",)),
)  # fmt: skip
"""Each with the methods that rest on it."""
CALIBRATION = (
    "Holm, A Simple Sequentially Rejective Multiple Test Procedure (1979): correction for all tests that ran",
    "Vergeer and others, Numerical likelihood ratios outputted by LR systems are often based on "
    "extrapolation, Science and Justice 56 (2016): bounds of a ratio (ELUB)",
    "Brümmer and du Preez, Application-independent evaluation of speaker detection (2006): the cost of "
    "ratios (Cllr)",
    "Wilson (1927): the interval of a rate",
    "ENFSI Guideline for Evaluative Reporting in Forensic Science (2015): the verbal scale",
)


def papers(methods: Iterable[str]) -> list[tuple[str, str]]:
    """Each paper on which one of these methods rests, and those methods; then those of the calibration."""
    ran = set(methods)
    found = [(paper, ", ".join(name for name in names if name in ran)) for paper, names in PAPERS]
    return [(paper, used) for paper, used in found if used] + [(text, "all") for text in CALIBRATION]

"""``palimpsest``: does the suspect remember the order in which the claimant's model was trained?

Paper: Kuditipudi et al., Blackbox Model Provenance via Palimpsestic Membership Inference (arXiv 2510.19796).
Needs: the order of the claimant's training, the suspect's likelihoods of that text; better with those of an
independent model as a control.
Survives: rearrangement of the weights, fine-tuning.
Defeated by: retraining; flags a model that shares a public order of training, which shows nothing.
Null: an independent model's likelihoods do not depend on an order drawn at random, so that the p-value is
exact.
"""

from comparison.statistics import refusals
from comparison.statistics.assignment import Correlation, Floats, correlation
from comparison.statistics.errors import MeasureRefused


def palimpsest(order: Floats, likelihoods: Floats, control: Floats | None = None) -> Correlation:
    """The correlation of likelihood with lateness in training.

    Args:
        order: when each text was last seen in training, ``[texts]``; larger is later.
        likelihoods: the suspect's, ``[texts]``, nats a token.
        control: an independent model's, taken out first; None for none.
    """
    if order.shape != likelihoods.shape or (control is not None and control.shape != order.shape):
        raise MeasureRefused(refusals.OTHER_TEXTS, remedy="Score each text once.")
    from scipy.stats import rankdata  # takes a second to load

    values = likelihoods if control is None else likelihoods - control
    return correlation(rankdata(order, method="ordinal"), rankdata(values, method="ordinal"))

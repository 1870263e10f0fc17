"""From a value to a strength of evidence: stratified nulls, ranks, bounded ratios, and their test."""

"""Tiny models are run by one thread each: several would only wait for one another."""

import torch

torch.set_num_threads(1)

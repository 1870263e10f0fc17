"""Models run on the probe and on texts: the only room with PyTorch, which gives NumPy arrays.

Nothing that a model's folder holds is executed: weights are safetensors, and a folder that brings code of its
own is refused.
"""

import os

# cuBLAS reads it once, before its first product; without it, sums on a graphics card come out in any order.
os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")

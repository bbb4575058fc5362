"""Adam and AdamW in double precision: prints the literals of AdamTests.swift.

Written from Kingma and Ba 2015 and Loshchilov and Hutter 2019 with the order of operations that torch.optim documents:
Adam adds the decay to the gradient; AdamW shrinks the weight first; the constant joins the bias-corrected root. The gradient
is clipped to a norm as torch.nn.utils.clip_grad_norm_ does it, by limit / (norm + 1e-6).

Run: python3 reference_adam.py
"""
import numpy as np

COUNT = 5


def weight():
    return np.array([((5 * i) % 11 - 5) / 8.0 for i in range(COUNT)])


def gradient(step):
    return np.array([((3 * i + 17 * step + i * step) % 23 - 11) / 16.0 for i in range(COUNT)])


def rate(step):
    return 0.01 * step


def run(steps, decoupled, decay, beta1=0.9, beta2=0.999, epsilon=1e-8, clip=None):
    w, m, v = weight(), np.zeros(COUNT), np.zeros(COUNT)
    for step in range(1, steps + 1):
        g = gradient(step)
        if clip is not None:
            norm = np.sqrt((g * g).sum())
            if norm > clip:
                g = g * clip / (norm + 1e-6)
        if decoupled:
            w = w * (1 - rate(step) * decay)
        else:
            g = g + decay * w
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        root = np.sqrt(v / (1 - beta2**step))
        w = w - rate(step) * (m / (1 - beta1**step)) / (root + epsilon)
    return w


CASES = {
    "adam": dict(decoupled=False, decay=0),
    "adam with decay": dict(decoupled=False, decay=0.1),
    "adamw with decay": dict(decoupled=True, decay=0.1),
    "other constants": dict(decoupled=True, decay=0, beta1=0.8, beta2=0.95, epsilon=1e-2),
    "clipped": dict(decoupled=True, decay=0.1, clip=0.75, epsilon=1e-2),
}
for name, options in CASES.items():
    for steps in (1, 3, 10):
        print(f"{name}, {steps}: [" + ", ".join(f"{x:.9f}" for x in run(steps, **options)) + "]")

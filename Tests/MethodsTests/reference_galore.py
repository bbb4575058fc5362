"""GaLore's AdamW in double precision: prints the literals of GaLoreTests.swift.

Written from the paper (arXiv 2403.03507, algorithm 2) and the description of its optimizer: Adam in the projected space
with the constant added to the plain root of the second moment, a decoupled weight decay after the update, moments that
stay when the projector changes. Singular vectors are turned so that the right one's largest entry is positive.

Run: python3 reference_galore.py
"""
import numpy as np

BETA1, BETA2, EPSILON, SCALE, DECAY = 0.9, 0.999, 1e-6, 0.25, 0.1
RANK, GAP, STEPS = 2, 3, 7


def weight(rows, columns):
    i, j = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
    return ((5 * i + 3 * j) % 11 - 5) / 8.0


def gradient(rows, columns, step):
    i, j = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
    return ((3 * i + 13 * j + 17 * step + i * j * step) % 23 - 11) / 16.0


def rate(step):
    return 0.01 * step


def projector(g):
    u, values, vt = np.linalg.svd(g, full_matrices=False)
    assert np.diff(-values).min() > 0.05, "singular values too close for a comparison"
    for k in range(len(values)):
        order = np.sort(np.abs(vt[k]))
        assert order[-1] - order[-2] > 1e-3, "the sign hangs on a tie"
        if vt[k, np.abs(vt[k]).argmax()] < 0:
            vt[k] *= -1
            u[:, k] *= -1
    return vt[:RANK] if g.shape[0] >= g.shape[1] else u[:, :RANK].T


def adam(g, m, v, step, learning_rate):
    m = BETA1 * m + (1 - BETA1) * g
    v = BETA2 * v + (1 - BETA2) * g * g
    size = learning_rate * np.sqrt(1 - BETA2**step) / (1 - BETA1**step)
    return m, v, -size * m / (np.sqrt(v) + EPSILON)


def projected(rows, columns):
    w, p = weight(rows, columns), None
    right = rows >= columns
    m = v = np.zeros((rows, RANK) if right else (RANK, columns))
    for step in range(1, STEPS + 1):
        g = gradient(rows, columns, step)
        if (step - 1) % GAP == 0:
            p = projector(g)
        m, v, change = adam(g @ p.T if right else p @ g, m, v, step, rate(step))
        w = w + SCALE * (change @ p if right else p.T @ change)
        w = w * (1 - rate(step) * DECAY)
    return w


def plain(count):
    w, m, v = weight(1, count), np.zeros((1, count)), np.zeros((1, count))
    for step in range(1, STEPS + 1):
        m, v, change = adam(gradient(1, count, step), m, v, step, rate(step))
        w = (w + change) * (1 - rate(step) * DECAY)
    return w


CASES = {"tall": projected(5, 3), "wide": projected(3, 5), "square": projected(4, 4), "plain": plain(5)}
for name, value in CASES.items():
    print(f"{name}: [" + ", ".join(f"{x:.9f}" for x in value.flatten()) + "]")

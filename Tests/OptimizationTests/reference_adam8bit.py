"""8-bit block-wise Adam as bitsandbytes does it: writes adam8bit.json, which BlockwiseMomentsTests.swift reads.

Two kinds of cases:

"library" cases are made by bitsandbytes' own step for CPUs, blocks of another size by the same step with its one
constant, the block size, replaced. Three things are set so that there is one right answer to the last bit:
  - the native library is not loaded, which bitsandbytes allows on a CPU: its quantizer is then the exact one, while the
    native one looks numbers up on a grid of 65536 points, where 0 becomes 1.5e-5 of the block's largest magnitude;
  - torch takes the kernels that fuse no product with a sum;
  - square roots, which torch's vector library gives within a unit in the last place, are rounded correctly.

"kernel" cases are worked out here, in 32-bit numpy, with the rules that only bitsandbytes' CUDA kernel has: weight decay
comes after the update; a number midway between two entries takes the one with the even index; the code of a first moment
keeps its sign; a gradient that is no finite number leaves its weight alone and makes its moments 0. The order of
operations is that of the step for CPUs; the kernel itself divides approximately, and fuses products with sums.

Run: pip install bitsandbytes==0.50.2 && python3 reference_adam8bit.py
"""
import base64
import ctypes
import json
import math
import os
import pathlib

os.environ["ATEN_CPU_CAPABILITY"] = "default"
os.environ["TORCHDYNAMO_DISABLE"] = "1"
import numpy as np
import torch

load = ctypes.cdll.LoadLibrary


def load_other(path):
    if "bitsandbytes" in str(path):
        raise OSError("bitsandbytes' native library is left out")
    return load(path)


ctypes.cdll.LoadLibrary = load_other
import bitsandbytes.functional as functional
from bitsandbytes.backends.cpu import ops

# From double precision, so that the root is the nearest 32-bit number.
torch.Tensor.sqrt = lambda x: torch.from_numpy(np.sqrt(x.numpy().astype(np.float64)).astype(np.float32))

BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8
EXPONENTS = [0, 0, 0, -1, -2, -4, -7, -11, -16, -22, -40, 5]
SCALES = [0, 20, -70, None, 0]
MAPS = {"signed": functional.create_dynamic_map(True), "unsigned": functional.create_dynamic_map(False)}


def weights(count):
    return np.array([((5 * i) % 211 - 105) / 512 for i in range(count)], np.float32)


def gradients(count, block, step, odd):
    """Numbers of many magnitudes and changing signs: one block is huge, one tiny, one zero for two steps."""
    values = np.zeros(count, np.float32)
    for i in range(count):
        scale = SCALES[i // block % len(SCALES)]
        if scale is None:
            scale = 0 if step > 2 else -1000
        exponent = EXPONENTS[(5 * i + 3 * step) % len(EXPONENTS)] + scale
        number = 0 if (i + 2 * step) % 13 == 0 else (1237 * i + 2311 * step + 13 * i * step) % 4093 - 2046
        values[i] = number / 1024 * 2.0**exponent
        if odd and (i + step) % 97 == 0:
            values[i] = [math.nan, math.inf, -math.inf][i % 3]
    return values


def rate(step):
    return step / 128


def library_step(block):
    step = ops._optimizer_update_8bit_blockwise_cpu
    constants = tuple(block if c == 256 else c for c in step.__code__.co_consts)
    return type(step)(step.__code__.replace(co_consts=constants), step.__globals__, argdefs=step.__defaults__)


def run_library(case):
    kind = torch.bfloat16 if case["type"] == "bf16" else torch.float32
    count, block = case["count"], case["block"]
    blocks = -(-count // block)
    w = torch.from_numpy(weights(count)).to(kind)
    codes = [torch.zeros(count, dtype=torch.uint8) for _ in range(2)]
    absmax = [torch.zeros(blocks) for _ in range(2)]
    update = library_step(block)
    for step in range(1, max(case["steps"]) + 1):
        g = torch.from_numpy(gradients(count, block, step, False)).to(kind)
        update("adam", g, w, codes[0], codes[1], BETA1, BETA2, 0.0, 0.0, EPSILON, step, rate(step), MAPS["signed"],
               MAPS["unsigned"], absmax[0], absmax[1], case["decay"], 1.0)
        yield step, [w.view(torch.uint16 if kind == torch.bfloat16 else torch.float32).numpy(), codes[0].numpy(),
                     absmax[0].numpy(), codes[1].numpy(), absmax[1].numpy()]


def encode(values, block, table, keeps_sign):
    """The codes and largest magnitudes of blocks: nearest entry, the even one of two that are as near."""
    codes, absmax = np.zeros(len(values), np.uint8), []
    for start in range(0, len(values), block):
        part = values[start : start + block]
        largest = np.abs(part).max()
        scaled = part * (np.float32(1) / max(largest, np.float32(1e-38)))
        middles = (table[:-1] + table[1:]) / np.float32(2)
        low = np.searchsorted(middles, scaled, side="left")
        high = np.searchsorted(middles, scaled, side="right")
        chosen = np.where(low % 2 == 0, low, high)
        if keeps_sign:
            chosen = chosen - ((table[chosen] == 0) & np.signbit(part))
        codes[start : start + block] = chosen
        absmax.append(largest)
    return codes, np.array(absmax, np.float32)


def run_kernel(case):
    f = np.float32
    count, block = case["count"], case["block"]
    tables = [MAPS["signed"].numpy(), MAPS["unsigned"].numpy()]
    w = weights(count)
    codes = [np.zeros(count, np.uint8) for _ in range(2)]
    absmax = [np.zeros(-(-count // block), np.float32) for _ in range(2)]
    for step in range(1, max(case["steps"]) + 1):
        g = gradients(count, block, step, True)
        m, v = [table[c] * np.repeat(a, block)[:count] for table, c, a in zip(tables, codes, absmax)]
        finite = np.isfinite(g)
        g = np.where(finite, g, f(0))
        m = np.where(finite, m * f(BETA1) + f(1 - BETA1) * g, f(0))
        v = np.where(finite, v * f(BETA2) + (f(1 - BETA2) * g) * g, f(0))
        root = np.sqrt(v) / f(math.sqrt(1 - BETA2**step)) + f(EPSILON)
        new = (w + (f(-rate(step) / (1 - BETA1**step)) * m) / root) * f(1 - rate(step) * case["decay"])
        w = np.where(finite, new, w)
        codes[0], absmax[0] = encode(m, block, tables[0], True)
        codes[1], absmax[1] = encode(v, block, tables[1], False)
        yield step, [w, codes[0], absmax[0], codes[1], absmax[1]]


def boundaries(table):
    """The library's codes of the numbers midway between neighbours, and of those just below and above."""
    middles = (table[:-1] + table[1:]) / 2
    found = []
    for numbers in (middles, torch.nextafter(middles, torch.tensor(-2.0)), torch.nextafter(middles, torch.tensor(2.0))):
        one = torch.ones(1)
        codes, absmax = torch.ops.bitsandbytes.quantize_blockwise(torch.cat([numbers, one]), table, 256)
        assert absmax.tolist() == [1.0]
        found.append(text(codes.numpy()))
    return found


def text(array):
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


CASES = {
    "library, blocks of 256": dict(run=run_library, count=1101, block=256, type="fp32", decay=0.0, steps=[1, 2, 6]),
    "library, blocks of 2048": dict(run=run_library, count=2349, block=2048, type="fp32", decay=0.25, steps=[6]),
    "library, bf16": dict(run=run_library, count=1101, block=256, type="bf16", decay=0.25, steps=[1, 6]),
    "kernel": dict(run=run_kernel, count=1101, block=256, type="fp32", decay=0.25, steps=[1, 2, 6]),
}


def main():
    names = ["weights", "first_codes", "first_absmax", "second_codes", "second_absmax"]
    cases = []
    for name, case in CASES.items():
        states = [dict(step=step, **{key: text(a) for key, a in zip(names, arrays)})
                  for step, arrays in case["run"](case) if step in case["steps"]]
        shape = {key: case[key] for key in ("count", "block", "type", "decay")}
        cases.append(dict(name=name, **shape, states=states))
    maps = {name: dict(values=text(table.numpy()), boundaries=boundaries(table)) for name, table in MAPS.items()}
    path = pathlib.Path(__file__).with_name("adam8bit.json")
    path.write_text(json.dumps(dict(maps=maps, cases=cases), indent=1) + "\n")


main()

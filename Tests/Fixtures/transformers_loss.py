#!/usr/bin/env python3
"""Prints the loss of transformers on the first batch of pytorch/tokens.bin: transformers_loss.py FOLDER

Fails if the folder's tensors are not exactly those that the model asks for.
"""

import pathlib
import sys

import torch
import transformers

tokens = torch.frombuffer(
    bytearray((pathlib.Path(__file__).parent / "pytorch" / "tokens.bin").read_bytes()), dtype=torch.int16)
ids = tokens[:80].long().reshape(4, 20)
model, report = transformers.AutoModelForCausalLM.from_pretrained(
    sys.argv[1], dtype=torch.float32, output_loading_info=True)
if any(report.values()):
    sys.exit(f"the folder does not fit: {report}")
if type(model) is not transformers.LlamaForCausalLM:
    sys.exit(f"the folder gives a {type(model).__name__}")
with torch.no_grad():
    print(model(input_ids=ids, labels=ids).loss.item())

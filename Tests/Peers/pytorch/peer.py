#!/usr/bin/env python3
"""Makes updates of training in PyTorch, one when it is asked to, for `sltrain bench --peer`.

Reads a line of JSON (model, batch, threads, and the options of every step), answers one with its name and its steps, and
then answers each line with the name of a step with the seconds that one update took, the second of two, followed by
those of them that GaLore's decompositions took, where there were any. Ends when its input does.

Steps: full-rank (AdamW as it comes), full-rank-fused (AdamW with fused=True), sltrain (densified, as the official code
computes it), low-rank, galore (galore-torch). Everything but full-rank uses the faster of the two AdamWs, except galore,
which brings its own.
"""

import json
import os
import sys
import time

# The answers have a stream of their own: what a library prints must not come between.
ANSWERS = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)
# Between its updates this process must leave the processor to others: OpenMP's threads sleep soon, as they do by default.
for variable in ("OMP_WAIT_POLICY", "GOMP_SPINCOUNT", "KMP_BLOCKTIME"):
    os.environ.pop(variable, None)

import torch
import transformers

import layers


class Step:
    """A model with its optimizer, and one batch of random tokens."""

    def __init__(self, name, request):
        torch.manual_seed(1)
        model, options = request["model"], request["methods"][name]
        configuration = transformers.LlamaConfig(
            vocab_size=model["vocabularySize"], hidden_size=model["hiddenSize"],
            intermediate_size=model["intermediateSize"], num_hidden_layers=model["layers"],
            num_attention_heads=model["heads"], num_key_value_heads=model["heads"],
            max_position_embeddings=max(1024, request["sequenceLength"]), rms_norm_eps=model["normEpsilon"],
            tie_word_embeddings=False, use_cache=False, attn_implementation="sdpa")
        self.model = transformers.LlamaForCausalLM(configuration).float()
        self.model.train()
        if name == "sltrain":
            layers.replace_linears(
                self.model, lambda inputs, outputs: layers.SLTrainLinear(
                    inputs, outputs, options["rank"], options["density"], options["alpha"]))
        elif name == "low-rank":
            layers.replace_linears(
                self.model, lambda inputs, outputs: layers.LowRankLinear(inputs, outputs, options["rank"]))
        self.optimizer = self.make_optimizer(name, options, request["learningRate"])
        shape = (request["batch"], request["sequenceLength"])
        self.tokens = torch.randint(0, model["vocabularySize"], shape)

    def make_optimizer(self, name, options, rate):
        if name != "galore":
            return torch.optim.AdamW(
                self.model.parameters(), lr=rate, weight_decay=0, fused=True if name != "full-rank" else None)
        from galore_torch import GaLoreAdamW
        from galore_torch.galore_projector import GaLoreProjector
        search = GaLoreProjector.get_orthogonal_matrix

        def timed_search(*arguments, **options):
            start = time.perf_counter()
            result = search(*arguments, **options)
            self.search_seconds += time.perf_counter() - start
            return result

        GaLoreProjector.get_orthogonal_matrix = timed_search
        projected = [
            layer.weight for block in self.model.model.layers for part in (block.self_attn, block.mlp)
            for layer in part.children() if isinstance(layer, torch.nn.Linear)]
        known = {id(weight) for weight in projected}
        others = [weight for weight in self.model.parameters() if id(weight) not in known]
        return GaLoreAdamW(
            [{"params": others},
             {"params": projected, "rank": options["rank"], "update_proj_gap": options["updateGap"],
              "scale": options["scale"], "proj_type": "std"}], lr=rate, weight_decay=0)

    def run(self):
        # Memory that an update frees goes back to the system while others have their turn, and is slow to get again: a
        # first update brings this process to where it would be if it trained alone, and the second is timed.
        first = self.update()
        return first if self.search_seconds else self.update()

    def update(self):
        self.search_seconds = 0.0
        start = time.perf_counter()
        loss = self.model(input_ids=self.tokens, labels=self.tokens).loss
        loss.backward()
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        seconds = time.perf_counter() - start
        if not torch.isfinite(loss):
            sys.exit(f"the loss is {loss.item()}")
        return f"{seconds} {self.search_seconds}" if self.search_seconds else str(seconds)


def main():
    request = json.loads(sys.stdin.readline())
    torch.set_num_threads(request["threads"])
    steps = {name: Step(name, request) for name in request["methods"]}
    versions = f"transformers {transformers.__version__}, {torch.get_num_threads()} threads, "
    versions += f"{torch.backends.cpu.get_cpu_capability()}, SDPA attention, fp32"
    answer = {"name": f"PyTorch {torch.__version__.split('+')[0]}", "details": versions, "steps": sorted(steps)}
    print(json.dumps(answer), file=ANSWERS)
    for line in sys.stdin:
        name = line.strip()
        if name not in steps:
            sys.exit(f"no step '{name}'")
        print(steps[name].run(), file=ANSWERS)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Makes the fixtures in pytorch/ that the Swift tests compare with: run it with torch, transformers and numpy.

    python3 Tests/Fixtures/make_pytorch_fixtures.py

Model, loss and gradients are those of transformers' LlamaForCausalLM, updates those of torch.optim.AdamW, all in fp32.
The paper's methods are written here from their formulas, independently of the Swift code:

* config.json, model.safetensors   a tiny LLaMA as transformers saves it; its last embedding row is the padding row
* batch.safetensors                token ids of four padded rows, and the id that should follow each, or -1
* gradients.safetensors            the gradient of the mean loss of that batch
* <method>.safetensors             what a method starts from; for ReLoRA also A after each restart, restart.<n>.<name>
* tokens.bin                       80 rows of 20 ids, little-endian, 16 bits
* expected.json                    losses, and the versions that made all this
"""

import json
import math
import pathlib

import torch
import transformers
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F

FOLDER = pathlib.Path(__file__).parent / "pytorch"
LENGTH, ROWS, VOCABULARY = 20, 4, 97
RANK, ALPHA, DENSITY, RATE = 4, 8.0, 0.05, 3e-3
TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


def build_model():
    """The same tiny LLaMA every time; its norms are moved off 1 so that a wrong gain shows."""
    torch.manual_seed(20)
    config = transformers.LlamaConfig(
        vocab_size=VOCABULARY, hidden_size=24, intermediate_size=40, num_hidden_layers=2, num_attention_heads=3,
        num_key_value_heads=3, max_position_embeddings=LENGTH, rms_norm_eps=1e-6, rope_theta=10000.0,
        initializer_range=0.1, pad_token_id=VOCABULARY - 1, bos_token_id=None, eos_token_id=1,
        tie_word_embeddings=False, attn_implementation="eager")
    model = transformers.LlamaForCausalLM(config).float()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "norm" in name:
                parameter.uniform_(0.5, 1.5)
    return model


def make_rows(count):
    """Rows in which each id mostly follows from the one before, so that there is something to learn."""
    generator = torch.Generator().manual_seed(21)
    rows = torch.randint(VOCABULARY, (count, LENGTH), generator=generator)
    noise = torch.rand(count, LENGTH, generator=generator)
    for position in range(1, LENGTH):
        follows = noise[:, position] < 0.7
        rows[:, position] = torch.where(follows, (3 * rows[:, position - 1] + 1) % VOCABULARY, rows[:, position])
    return rows


def mean_loss(model, ids, labels):
    return model(input_ids=ids, labels=labels, use_cache=False).loss


class Factors(nn.Module):
    def __init__(self, inputs, outputs, xavier=False):
        super().__init__()
        bound = inputs ** -0.5
        self.A = nn.Parameter(torch.empty(RANK, inputs).uniform_(-bound, bound))
        self.B = nn.Parameter(torch.zeros(outputs, RANK))
        if xavier:
            nn.init.xavier_normal_(self.A)
            nn.init.xavier_normal_(self.B)


class Sparse(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        count = int(DENSITY * inputs * outputs)
        positions = torch.randperm(inputs * outputs)[:count].sort().values
        self.values = nn.Parameter(torch.empty(count).uniform_(-(inputs ** -0.5), inputs ** -0.5))
        self.register_buffer("indices", positions)


class LowRank(nn.Module):
    """y = x (B A)^T"""

    def __init__(self, dense):
        super().__init__()
        self.low_rank = Factors(dense.in_features, dense.out_features, xavier=True)

    def forward(self, x):
        return x @ self.low_rank.A.T @ self.low_rank.B.T


class Adapted(nn.Module):
    """y = x W0^T + alpha/rank x (B A)^T with W0 frozen"""

    def __init__(self, dense):
        super().__init__()
        self.base = dense
        self.base.weight.requires_grad_(False)
        self.low_rank = Factors(dense.in_features, dense.out_features)

    def forward(self, x):
        return self.base(x) + ALPHA / RANK * (x @ self.low_rank.A.T @ self.low_rank.B.T)

    @torch.no_grad()
    def restart(self, new_a):
        self.base.weight += ALPHA / RANK * (self.low_rank.B @ self.low_rank.A)
        self.low_rank.A.copy_(new_a)
        self.low_rank.B.zero_()


class SparsePlusLowRank(nn.Module):
    """y = x W^T with the dense W = alpha/rank B A, plus the values at their positions"""

    def __init__(self, dense):
        super().__init__()
        self.low_rank = Factors(dense.in_features, dense.out_features)
        self.sparse = Sparse(dense.in_features, dense.out_features)

    def forward(self, x):
        weight = self.low_rank.B @ (ALPHA / RANK * self.low_rank.A)
        flat = weight.reshape(-1).index_add(0, self.sparse.indices, self.sparse.values)
        return F.linear(x, flat.view_as(weight))


def adapt(model, layer_type, seed):
    """Replaces every target linear and returns the new layers by name."""
    torch.manual_seed(seed)
    layers = {}
    for name, module in list(model.named_modules()):
        if name.endswith(TARGETS):
            parent, attribute = name.rsplit(".", 1)
            layers[name] = layer_type(module)
            setattr(model.get_submodule(parent), attribute, layers[name])
    return layers


class GaLoreAdam:
    """One projector from the first gradient, or one every `gap` updates; HF's AdamW inside and for the rest."""

    def __init__(self, model, gap, betas=(0.9, 0.999), scale=0.25, epsilon=1e-6):
        self.parameters = [(name, p) for name, p in model.named_parameters()]
        self.gap, self.betas, self.scale, self.epsilon = gap, betas, scale, epsilon
        self.state, self.step_count = {}, 0

    def zero_grad(self):
        for _, parameter in self.parameters:
            parameter.grad = None

    @torch.no_grad()
    def step(self):
        for name, parameter in self.parameters:
            gradient, state = parameter.grad, self.state.setdefault(name, {})
            projects = any(target in name for target in TARGETS)
            left = parameter.shape[0] < parameter.shape[-1]
            if projects:
                if self.step_count % self.gap == 0:
                    u, _, v = torch.linalg.svd(gradient, full_matrices=False)
                    state["projector"] = u[:, :RANK] if left else v[:RANK]
                gradient = state["projector"].T @ gradient if left else gradient @ state["projector"].T
            change = self.adam(gradient, state, self.step_count + 1)
            if projects:
                change = self.scale * (state["projector"] @ change if left else change @ state["projector"])
            parameter -= change
        self.step_count += 1

    def adam(self, gradient, state, step):
        beta1, beta2 = self.betas
        mean = beta1 * state.get("mean", 0) + (1 - beta1) * gradient
        square = beta2 * state.get("square", 0) + (1 - beta2) * gradient ** 2
        state["mean"], state["square"] = mean, square
        rate = RATE * math.sqrt(1 - beta2 ** step) / (1 - beta1 ** step)
        return rate * mean / (square.sqrt() + self.epsilon)


def adamw(model, epsilon=1e-8):
    trained = [p for p in model.parameters() if p.requires_grad]
    return torch.optim.AdamW(trained, lr=RATE, betas=(0.9, 0.999), eps=epsilon, weight_decay=0)


def train(model, optimizer, rows, steps, after=lambda step: None, clip=None, factor=lambda step: 1.0):
    losses = []
    for step in range(steps):
        ids = rows[ROWS * step:ROWS * (step + 1)]
        loss = mean_loss(model, ids, ids)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        if clip is not None:
            torch.nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], clip)
        for group in getattr(optimizer, "param_groups", []):
            group["lr"] = RATE * factor(step)
        optimizer.step()
        after(step + 1)
    return losses


def cosine(step, steps=20, warmup=4, floor=0.1):
    if step < warmup:
        return step / warmup
    progress = (step - warmup) / (steps - warmup)
    return floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * progress))


def save(name, tensors):
    tensors = {key: value.detach().contiguous().clone() for key, value in tensors.items()}
    save_file(tensors, FOLDER / f"{name}.safetensors", metadata={"format": "pt"})


def own_tensors(model):
    """What a method adds to the base model; a frozen dense part is that of model.safetensors."""
    state = model.state_dict()
    return {name: state[name].clone() for name in state if ".low_rank." in name or ".sparse." in name}


def forward_fixture():
    model = build_model()
    model.save_pretrained(FOLDER)
    (FOLDER / "generation_config.json").unlink(missing_ok=True)
    ids = make_rows(84)[80:].clone()
    labels = ids.clone()
    for row, count in enumerate((20, 13, 2, 19)):
        ids[row, count:], labels[row, count:] = 0, -100
    ids[0, 7] = labels[0, 7] = VOCABULARY - 1
    targets = F.pad(labels[:, 1:], (0, 1), value=-100).clamp(min=-1)
    save("batch", {"tokens": ids.reshape(-1), "targets": targets.reshape(-1)})
    loss = mean_loss(model, ids, labels)
    loss.backward()
    save("gradients", {name: parameter.grad for name, parameter in model.named_parameters()})
    rows = [mean_loss(model, ids[row:row + 1], labels[row:row + 1]).item() for row in range(ROWS)]
    return {"loss": loss.item(), "row_losses": rows}


def method_fixtures(rows):
    losses = {}
    model = build_model()
    losses["full-rank"] = train(model, adamw(model), rows, 10)
    for seed, (name, layer_type) in enumerate(
            {"low-rank": LowRank, "lora": Adapted, "sltrain": SparsePlusLowRank}.items()):
        model = build_model()
        adapt(model, layer_type, 30 + seed)
        save(name, own_tensors(model))
        losses[name] = train(model, adamw(model), rows, 10)
    losses["relora"] = relora_losses(rows)
    for name, options in {"galore": {"gap": 200}, "galore-refreshed": {"gap": 4, "betas": (0.0, 0.999)}}.items():
        model = build_model()
        losses[name] = train(model, GaLoreAdam(model, **options), rows, 10)
    return losses


def relora_losses(rows, every=4, share=0.8):
    """Restarts after updates 4 and 8; the moments' smaller entries are cleared, Adam's count goes on.

    A has no gradient while B is zero: where a restart leaves a first moment and clears the second, the update is the
    first over epsilon. With 1e-8 that magnifies the last bit until no two programs agree; hence the larger one.
    """
    model = build_model()
    layers = adapt(model, Adapted, 31)
    fixture = own_tensors(model)
    optimizer = adamw(model, epsilon=1e-3)

    def restart(step):
        if step % every != 0:
            return
        for name, layer in layers.items():
            new_a = Factors(layer.base.in_features, 1).A.detach()
            fixture[f"restart.{step // every}.{name}.low_rank.A"] = new_a
            layer.restart(new_a)
            for factor in (layer.low_rank.A, layer.low_rank.B):
                for key in ("exp_avg", "exp_avg_sq"):
                    moment = optimizer.state[factor][key]
                    moment[moment.abs() <= torch.quantile(moment.abs(), share)] = 0

    losses = train(model, optimizer, rows, 10, after=restart)
    save("relora", fixture)
    return losses


def run_fixtures(rows):
    """Twenty clipped updates with warm-up and cosine, as the command line would make them."""
    losses = {}
    for name, layer_type, seed in (("full-rank", None, 0), ("sltrain", SparsePlusLowRank, 32)):
        model = build_model()
        if layer_type is not None:
            adapt(model, layer_type, seed)
        losses[name] = train(model, adamw(model), rows, 20, clip=0.5, factor=cosine)
    return losses


def main():
    torch.set_num_threads(1)
    FOLDER.mkdir(exist_ok=True)
    rows = make_rows(80)
    (FOLDER / "tokens.bin").write_bytes(rows.numpy().astype("<u2").tobytes())
    expected = {"versions": {"torch": torch.__version__, "transformers": transformers.__version__}}
    expected["forward"] = forward_fixture()
    expected["ten_steps"] = method_fixtures(rows)
    expected["twenty_steps"] = run_fixtures(rows)
    (FOLDER / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main()

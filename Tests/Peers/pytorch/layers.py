"""The paper's parameterisations of a linear layer in PyTorch, as its official code computes them."""

import math

import torch
from torch import nn


class LowRankLinear(nn.Module):
    """y = x Aᵀ Bᵀ"""

    def __init__(self, inputs, outputs, rank):
        super().__init__()
        self.a = nn.Parameter(torch.empty(rank, inputs).normal_(std=math.sqrt(2 / (rank + inputs))))
        self.b = nn.Parameter(torch.empty(outputs, rank).normal_(std=math.sqrt(2 / (rank + outputs))))

    def forward(self, x):
        return nn.functional.linear(nn.functional.linear(x, self.a), self.b)


class DensifiedProduct(torch.autograd.Function):
    """y = x Wᵀ with W = B A ⊕ S, which is built in the forward pass and again in the backward pass, and never saved."""

    @staticmethod
    def build(a, b, values, positions):
        weight = b.mm(a)
        weight.view(-1).scatter_add_(0, positions, values)
        return weight

    @staticmethod
    def forward(context, x, a, b, values, positions):
        context.save_for_backward(x, a, b, values, positions)
        return nn.functional.linear(x, DensifiedProduct.build(a, b, values, positions))

    @staticmethod
    def backward(context, dy):
        x, a, b, values, positions = context.saved_tensors
        dx = dy.matmul(DensifiedProduct.build(a, b, values, positions))
        dw = dy.flatten(0, -2).t().mm(x.flatten(0, -2))
        return dx, b.t().mm(dw), dw.mm(a.t()), dw.view(-1)[positions], None


class SLTrainLinear(nn.Module):
    """W = (alpha / rank) B A ⊕ S: the values of S are trained, on a random support that stays."""

    def __init__(self, inputs, outputs, rank, density, alpha):
        super().__init__()
        bound = 1 / math.sqrt(inputs)
        self.scale = alpha / rank
        self.a = nn.Parameter(torch.empty(rank, inputs).uniform_(-bound, bound))
        self.b = nn.Parameter(torch.zeros(outputs, rank))
        count = int(density * inputs * outputs)
        self.values = nn.Parameter(torch.empty(count).uniform_(-bound, bound))
        self.register_buffer("positions", torch.randperm(inputs * outputs)[:count].sort().values)

    def forward(self, x):
        return DensifiedProduct.apply(x, self.a * self.scale, self.b, self.values, self.positions)


def replace_linears(model, make):
    """Replaces every linear layer of the blocks, the head excepted, by what `make(inputs, outputs)` gives."""
    for block in model.model.layers:
        for part in (block.self_attn, block.mlp):
            for name, layer in list(part.named_children()):
                if isinstance(layer, nn.Linear):
                    setattr(part, name, make(layer.in_features, layer.out_features))

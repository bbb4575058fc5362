void SLK(axpy)(float a, const float *x, float *y, size_t count) {
  EACH_VECTOR(i, width, count, {
    store_part(y + i, fused((f16)a, load_part(x + i, width, 0), load_part(y + i, width, 0)), width);
  });
}

void SLK(scale)(float a, float *x, size_t count) {
  EACH_VECTOR(i, width, count, { store_part(x + i, load_part(x + i, width, 0) * a, width); });
}

// The square of a 32-bit float is exact in double precision.
double SLK(sum_of_squares)(const float *x, size_t count) {
  d16 total = 0;
  EACH_VECTOR(i, width, count, {
    d16 v = __builtin_convertvector(load_part(x + i, width, 0), d16);
    total += v * v;
  });
  d8 h = total.lo + total.hi;
  return ((h[0] + h[4]) + (h[2] + h[6])) + ((h[1] + h[5]) + (h[3] + h[7]));
}

float SLK(dot)(const float *x, const float *y, size_t count) {
  f16 total = 0;
  EACH_VECTOR(i, width, count, { total = fused(load_part(x + i, width, 0), load_part(y + i, width, 0), total); });
  return sum(total);
}

// No product is fused here: the order is that of the reference's, operation by operation.
void SLK(adam)(float *weight, const float *gradient, float *first, float *second, size_t count,
               const slk_adam_constants *constants) {
  const slk_adam_constants c = *constants;
  EACH_VECTOR(i, width, count, {
    f16 w = load_part(weight + i, width, 0);
    f16 m = load_part(first + i, width, 0);
    f16 v = load_part(second + i, width, 0);
    f16 g = load_part(gradient + i, width, 0) + c.gradient_decay * w;
    m = m + (g - m) * c.one_minus_beta1;
    v = v * c.beta2 + (g * c.one_minus_beta2) * g;
    f16 denominator = __builtin_elementwise_sqrt(v) / c.root_correction + c.epsilon;
    w = w * c.weight_factor - (m / denominator) * c.step_size;
    store_part(weight + i, w, width);
    store_part(first + i, m, width);
    store_part(second + i, v, width);
  });
}

// Beyond 88 the exponential would leave the normal numbers; the sigmoid is 0 there long before.
SLK_INLINE f16 sigmoid(f16 x) { return 1.0f / (1.0f + exponential(larger((f16)-88.0f, x) * -1.0f)); }

void SLK(swiglu_forward)(const float *gate, const float *up, float *y, size_t count) {
  EACH_VECTOR(i, width, count, {
    f16 g = load_part(gate + i, width, 0);
    store_part(y + i, g * sigmoid(g) * load_part(up + i, width, 0), width);
  });
}

void SLK(swiglu_backward)(const float *dy, const float *gate, const float *up, float *dgate, float *dup, size_t count) {
  EACH_VECTOR(i, width, count, {
    f16 d = load_part(dy + i, width, 0);
    f16 g = load_part(gate + i, width, 0);
    f16 u = load_part(up + i, width, 0);
    f16 s = sigmoid(g);
    store_part(dgate + i, d * u * (s * fused(g, 1.0f - s, (f16)1.0f)), width);
    store_part(dup + i, d * (g * s), width);
  });
}

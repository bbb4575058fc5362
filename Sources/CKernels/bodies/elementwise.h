void SLK(axpy)(float a, const float *x, float *y, size_t count) {
  for (size_t i = 0; i < count; i++) y[i] += a * x[i];
}

void SLK(scale)(float a, float *x, size_t count) {
  for (size_t i = 0; i < count; i++) x[i] *= a;
}

double SLK(sum_of_squares)(const float *x, size_t count) {
  double lanes[8] = {0};
  size_t whole = count / 8 * 8;
  for (size_t i = 0; i < whole; i += 8)
    for (int lane = 0; lane < 8; lane++) lanes[lane] += (double)x[i + lane] * (double)x[i + lane];
  for (size_t i = whole; i < count; i++) lanes[i - whole] += (double)x[i] * (double)x[i];
  return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

float SLK(dot)(const float *x, const float *y, size_t count) {
  f8 total = 0;
  size_t i = 0;
  for (; i + 8 <= count; i += 8) total += load(x + i) * load(y + i);
  if (i < count) total += load_part(x + i, count - i, 0) * load_part(y + i, count - i, 0);
  return sum(total);
}

SLK_INLINE void adam_lanes(f8 *w, f8 g, f8 *m, f8 *v, const slk_adam_constants *c) {
  g = g + c->gradient_decay * *w;
  *w = *w * c->weight_factor;
  *m = *m + (g - *m) * c->one_minus_beta1;
  *v = *v * c->beta2 + (g * c->one_minus_beta2) * g;
  f8 denominator = __builtin_elementwise_sqrt(*v) / c->root_correction + c->epsilon;
  *w = *w - (*m / denominator) * c->step_size;
}

void SLK(adam)(float *weight, const float *gradient, float *first, float *second, size_t count,
                         const slk_adam_constants *constants) {
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    f8 w = load(weight + i), m = load(first + i), v = load(second + i);
    adam_lanes(&w, load(gradient + i), &m, &v, constants);
    store(weight + i, w);
    store(first + i, m);
    store(second + i, v);
  }
  if (i < count) {
    size_t rest = count - i;
    f8 w = load_part(weight + i, rest, 0), m = load_part(first + i, rest, 0), v = load_part(second + i, rest, 0);
    adam_lanes(&w, load_part(gradient + i, rest, 0), &m, &v, constants);
    store_part(weight + i, w, rest);
    store_part(first + i, m, rest);
    store_part(second + i, v, rest);
  }
}

SLK_INLINE f8 sigmoid(f8 x) { return 1.0f / (1.0f + exponential(-x)); }

void SLK(swiglu_forward)(const float *gate, const float *up, float *y, size_t count) {
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    f8 g = load(gate + i);
    store(y + i, g * sigmoid(g) * load(up + i));
  }
  if (i < count) {
    f8 g = load_part(gate + i, count - i, 0);
    store_part(y + i, g * sigmoid(g) * load_part(up + i, count - i, 0), count - i);
  }
}

SLK_INLINE void swiglu_gradient(f8 d, f8 g, f8 u, f8 *dg, f8 *du) {
  f8 s = sigmoid(g);
  *du = d * (g * s);
  *dg = d * u * (s * (1.0f + g * (1.0f - s)));
}

void SLK(swiglu_backward)(const float *dy, const float *gate, const float *up, float *dgate, float *dup,
                                    size_t count) {
  size_t i = 0;
  f8 dg, du;
  for (; i + 8 <= count; i += 8) {
    swiglu_gradient(load(dy + i), load(gate + i), load(up + i), &dg, &du);
    store(dgate + i, dg);
    store(dup + i, du);
  }
  if (i < count) {
    size_t rest = count - i;
    swiglu_gradient(load_part(dy + i, rest, 0), load_part(gate + i, rest, 0), load_part(up + i, rest, 0), &dg, &du);
    store_part(dgate + i, dg, rest);
    store_part(dup + i, du, rest);
  }
}

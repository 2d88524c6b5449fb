/* Forward and backward pass of small networks, compiled ahead of time: what NumPy's calls and its tanh take too long for.
 *
 * A layer's numbers lie as rows, one per unit, each row as long as the columns run at a time (one column per example),
 * filled up to a multiple of LANES; behind the rows of a there is one of ones, so that (w | b) times it is z. What fills
 * a row up is computed like the rest, but its dl_dz is 0, so it adds nothing to a gradient.
 *
 * exp, tanh and log1p are written out here as arithmetic without branches or tables, so that the compiler lays them out
 * for the processor's vector registers. Each is right to a few units in its last digit.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#define NOT_INLINED __attribute__((noinline))
#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

enum { LANES = 4, BLOCK = 64 };
enum { LINEAR, SIGMOID, TANH, RELU, LEAKY_RELU, ELU, SOFTPLUS, SILU, GELU, MISH, SOFTSIGN, SOFTMAX };
enum { RESIDUAL, TWICE_RESIDUAL, MEAN_RESIDUAL, CLIPPED_RESIDUAL, SIGN_OF_RESIDUAL, ONE };
enum { PLAIN, THROUGH_GAIN, THROUGH_SOFTMAX };
enum { SQUARES, LOGISTIC, CLASSES, UNKNOWN };

/* Not wider: what a processor has no register for is kept in memory by some compilers. */
typedef double vec __attribute__((vector_size(LANES * 8), aligned(8), may_alias));

static inline vec load(const double *from) { return *(const vec *)from; }
static inline void store(double *to, vec value) { *(vec *)to = value; }

/* A network of `layers` computing layers. */
typedef struct {
    int64_t layers;
    const int64_t *sizes;       /* units of each layer, the input first */
    const int64_t *activations; /* of each computing layer */
    const double *parameters;   /* of these, one each; 0 for one that has none */
} Net;

/* ---- numbers ---- */

static const double MAGIC = 6755399441055744.0; /* 1.5 * 2^52: adding it leaves a whole number in the low bits */

/* e^x for x <= 0 as a fraction: *part / *whole = e^x, and *less = *part - *whole, so that e^x - 1 = *less / *whole keeps
 * its digits. x = r - k ln 2 with |r| <= ln 2 / 2, ln 2 in two parts (Cody, Waite); e^r = (Q + r P) / (Q - r P) with P, Q
 * of r^2 (Moshier, Cephes). Below -708, where e^x leaves the normal numbers, it stays at 3e-308. NaN stays NaN. */
static inline void exponential(double x, double *part, double *whole, double *less)
{
    double bounded = x < -708.0 ? -708.0 : x;
    double shifted = bounded * -1.4426950408889634 + MAGIC, k = shifted - MAGIC, power;
    double r = (bounded + k * 0.693147180369123816490) + k * 1.90821492927058770002e-10, t = r * r;
    double p = ((1.26177193074810590878e-4 * t + 3.02994407707441961300e-2) * t + 1.0) * r;
    double q = ((3.00198505138664455042e-6 * t + 2.52448340349684104192e-3) * t + 2.27265548208155028766e-1) * t + 2.0;
    uint64_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    bits = ((uint64_t)1023 << 52) - (bits << 52);
    memcpy(&power, &bits, sizeof power);
    *part = power * (q + p);
    *whole = q - p;
    *less = (power - 1.0) * q + (power + 1.0) * p;
}

/* ln(1 + part / whole) for 0 <= part <= whole, by the series of 2 artanh(part / (2 whole + part)). */
static inline double log_one_plus(double part, double whole)
{
    double s = part / (2.0 * whole + part), t = s * s, q = 1.0 / 35.0;
    q = q * t + 1.0 / 33.0;
    q = q * t + 1.0 / 31.0;
    q = q * t + 1.0 / 29.0;
    q = q * t + 1.0 / 27.0;
    q = q * t + 1.0 / 25.0;
    q = q * t + 1.0 / 23.0;
    q = q * t + 1.0 / 21.0;
    q = q * t + 1.0 / 19.0;
    q = q * t + 1.0 / 17.0;
    q = q * t + 1.0 / 15.0;
    q = q * t + 1.0 / 13.0;
    q = q * t + 1.0 / 11.0;
    q = q * t + 1.0 / 9.0;
    q = q * t + 1.0 / 7.0;
    q = q * t + 1.0 / 5.0;
    q = q * t + 1.0 / 3.0;
    return 2.0 * (s + s * t * q);
}

/* ---- activations: a and gain of `count` numbers; softmax has no gain, and reads rows of n ---- */

static inline void activate(int64_t name, double parameter, const double *restrict z, double *restrict a,
                            double *restrict gain, int64_t count, int64_t n, const int with_gain)
{
    double part, whole, less, s;
    switch (name) {
    case LINEAR:
        for (int64_t i = 0; i < count; i++) {
            a[i] = z[i];
            if (with_gain) gain[i] = 1.0;
        }
        break;
    case SIGMOID:
        for (int64_t i = 0; i < count; i++) {
            exponential(-fabs(z[i]), &part, &whole, &less);
            /* Divided, so that a saturated unit gives 1 and not its neighbour. */
            a[i] = (z[i] >= 0.0 ? whole : part) / (whole + part);
            s = 1.0 / (whole + part);
            if (with_gain) gain[i] = part * s * (whole * s);
        }
        break;
    case TANH:
        for (int64_t i = 0; i < count; i++) {
            exponential(-2.0 * fabs(z[i]), &part, &whole, &less);
            a[i] = (z[i] >= 0.0 ? -less : less) / (whole + part);
            s = 1.0 / (whole + part);
            if (with_gain) gain[i] = 4.0 * part * s * (whole * s);
        }
        break;
    case RELU:
        for (int64_t i = 0; i < count; i++) {
            a[i] = z[i] < 0.0 ? 0.0 : z[i];
            if (with_gain) gain[i] = z[i] > 0.0 ? 1.0 : 0.0;
        }
        break;
    case LEAKY_RELU:
        for (int64_t i = 0; i < count; i++) {
            s = z[i] > 0.0 ? 1.0 : parameter;
            a[i] = s * z[i];
            if (with_gain) gain[i] = s;
        }
        break;
    case ELU:
        for (int64_t i = 0; i < count; i++) {
            exponential(z[i] > 0.0 ? 0.0 : z[i], &part, &whole, &less);
            a[i] = z[i] > 0.0 ? z[i] : less / whole;
            if (with_gain) gain[i] = part / whole;
        }
        break;
    case SOFTPLUS:
        for (int64_t i = 0; i < count; i++) {
            exponential(-fabs(z[i]), &part, &whole, &less);
            a[i] = (z[i] < 0.0 ? 0.0 : z[i]) + log_one_plus(part, whole);
            if (with_gain) gain[i] = (z[i] >= 0.0 ? whole : part) / (whole + part);
        }
        break;
    case SILU:
        for (int64_t i = 0; i < count; i++) {
            exponential(-fabs(z[i]), &part, &whole, &less);
            s = 1.0 / (whole + part);
            double open = (z[i] >= 0.0 ? whole : part) / (whole + part), shut = (z[i] >= 0.0 ? part : whole) * s;
            a[i] = z[i] * open;
            if (with_gain) gain[i] = open + a[i] * shut;
        }
        break;
    case GELU:
        for (int64_t i = 0; i < count; i++) {
            s = 0.5 * erfc(z[i] * -0.70710678118654752440);
            a[i] = z[i] * s;
            if (with_gain) gain[i] = s + z[i] * (exp(-0.5 * z[i] * z[i]) * 0.39894228040143267794);
        }
        break;
    case MISH: /* tanh(softplus z) as a fraction of e = e^-|z| */
        for (int64_t i = 0; i < count; i++) {
            int positive = z[i] >= 0.0;
            exponential(-fabs(z[i]), &part, &whole, &less);
            double e = part / whole, above = positive ? 1.0 + 2.0 * e : e * (2.0 + e);
            double below = above + 2.0 * (positive ? e * e : 1.0);
            a[i] = z[i] * (above / below);
            if (with_gain) gain[i] = above / below + z[i] * (4.0 * (1.0 + e) * (positive ? e * e : e) / (below * below));
        }
        break;
    case SOFTSIGN:
        for (int64_t i = 0; i < count; i++) {
            s = 1.0 / (1.0 + fabs(z[i]));
            a[i] = z[i] / (1.0 + fabs(z[i]));
            if (with_gain) gain[i] = s * s;
        }
        break;
    default: /* SOFTMAX; the first row of gain has the largest z, then the sum */
        memcpy(gain, z, n * sizeof *z);
        for (int64_t i = n; i < count; i += n)
            for (int64_t c = 0; c < n; c++) gain[c] = z[i + c] < gain[c] ? gain[c] : z[i + c];
        for (int64_t i = 0; i < count; i += n)
            for (int64_t c = 0; c < n; c++) {
                exponential(z[i + c] - gain[c], &part, &whole, &less);
                a[i + c] = part / whole;
            }
        memset(gain, 0, n * sizeof *gain);
        for (int64_t i = 0; i < count; i += n)
            for (int64_t c = 0; c < n; c++) gain[c] += a[i + c];
        for (int64_t i = 0; i < count; i += n)
            for (int64_t c = 0; c < n; c++) a[i + c] /= gain[c];
    }
}

/* Not inlined, because then restrict is forgotten, and with it the vector registers. */
static NOT_INLINED void activate_with_gain(int64_t name, double parameter, const double *restrict z, double *restrict a,
                                           double *restrict gain, int64_t count, int64_t n)
{
    activate(name, parameter, z, a, gain, count, n, 1);
}

static NOT_INLINED void activate_only(int64_t name, double parameter, const double *restrict z, double *restrict a,
                                      double *restrict scratch, int64_t count, int64_t n)
{
    activate(name, parameter, z, a, scratch, count, n, 0);
}

/* ---- layers ---- */

/* z of a layer: (w | b) times the rows of what arrives, the last of which are ones. */
static void multiply(const double *w, int64_t units, int64_t sending, const double *inputs, double *z, int64_t n)
{
    for (int64_t unit = 0; unit < units; unit++, w += sending)
        for (int64_t c = 0; c < n; c += 2 * LANES) {
            int64_t d = c + LANES < n ? c + LANES : c;
            vec low = {0.0}, high = {0.0};
            for (int64_t source = 0; source < sending; source++) {
                low += w[source] * load(inputs + source * n + c);
                high += w[source] * load(inputs + source * n + d);
            }
            store(z + unit * n + c, low);
            store(z + unit * n + d, high);
        }
}

/* dl_dz of a layer from that of the next one: gain * (w^T dl_dz). */
static void pull_back(const double *w, int64_t units, int64_t sending, const double *next, const double *gain,
                      double *dl_dz, int64_t n)
{
    for (int64_t source = 0; source < sending - 1; source++)
        for (int64_t c = 0; c < n; c += 2 * LANES) {
            int64_t d = c + LANES < n ? c + LANES : c;
            vec low = {0.0}, high = {0.0};
            for (int64_t unit = 0; unit < units; unit++) {
                low += w[unit * sending + source] * load(next + unit * n + c);
                high += w[unit * sending + source] * load(next + unit * n + d);
            }
            store(dl_dz + source * n + c, low * load(gain + source * n + c));
            store(dl_dz + source * n + d, high * load(gain + source * n + d));
        }
}

/* dL/d(w | b): each unit's dl_dz times each of its inputs, summed over the columns, added to what is there. */
static void pair_up(const double *dl_dz, int64_t units, const double *inputs, int64_t sending, double *gradient,
                    int64_t n)
{
    for (int64_t unit = 0; unit < units; unit++)
        for (int64_t source = 0; source < sending; source++) {
            vec sum = {0.0};
            for (int64_t c = 0; c < n; c += LANES)
                sum += load(dl_dz + unit * n + c) * load(inputs + source * n + c);
            gradient[unit * sending + source] += (sum[0] + sum[1]) + (sum[2] + sum[3]);
        }
}

/* All layers, from the rows of the input at the start of a; gives the place of the output's rows in units of rows. */
static inline int64_t run_forward(Net net, const double *theta, double *z, double *a, double *gain, int64_t n,
                                  const int with_gain)
{
    int64_t here = 0;
    for (int64_t layer = 0; layer < net.layers; layer++) {
        int64_t sending = net.sizes[layer] + 1, units = net.sizes[layer + 1], there = here + sending;
        multiply(theta, units, sending, a + here * n, z + there * n, n);
        theta += units * sending;
        here = there;
        (with_gain ? activate_with_gain : activate_only)(net.activations[layer], net.parameters[layer], z + here * n,
                                                         a + here * n, gain + here * n, units * n, n);
        for (int64_t c = 0; c < n; c++) a[(here + units) * n + c] = 1.0;
    }
    return here;
}

static int64_t parameter_count(Net net)
{
    int64_t count = 0;
    for (int64_t layer = 0; layer < net.layers; layer++) count += net.sizes[layer + 1] * (net.sizes[layer] + 1);
    return count;
}

static int64_t padded(int64_t count) { return (count + LANES - 1) / LANES * LANES; }

/* Columns `first` ... of x, shape (N, n_0 + 1), as rows of a; chosen names them, or is NULL for those in their order. */
static void fetch(const double *x, int64_t width, const int64_t *chosen, int64_t first, int64_t count, double *a,
                  int64_t n)
{
    for (int64_t column = 0; column < n; column++) {
        int64_t place = column < count ? (chosen ? chosen[first + column] : first + column) : -1;
        for (int64_t unit = 0; unit < width; unit++) a[unit * n + column] = place < 0 ? 0.0 : x[place * width + unit];
    }
}

/* Case 1 of the backward pass: dl_dz of the output layer; target has rows of `all`. */
static void fill_output(int64_t slope, int64_t way, double delta, const double *target, int64_t all,
                        const int64_t *chosen, int64_t first, int64_t count, int64_t units, const double *a,
                        const double *gain, double *dl_dz, int64_t n)
{
    for (int64_t unit = 0; unit < units; unit++)
        for (int64_t column = 0; column < n; column++) {
            int64_t at = unit * n + column;
            if (column >= count) {
                dl_dz[at] = 0.0;
                continue;
            }
            double r = a[at] - target[unit * all + (chosen ? chosen[first + column] : first + column)];
            if (slope == TWICE_RESIDUAL) r += r;
            else if (slope == MEAN_RESIDUAL) r *= 2.0 / (double)units;
            else if (slope == CLIPPED_RESIDUAL) r = r > delta ? delta : (r < -delta ? -delta : r);
            else if (slope == SIGN_OF_RESIDUAL) r = r > 0.0 ? 1.0 : (r < 0.0 ? -1.0 : r);
            else if (slope == ONE) r = 1.0;
            dl_dz[at] = way == THROUGH_GAIN ? r * gain[at] : r;
        }
    if (way != THROUGH_SOFTMAX) return;
    for (int64_t column = 0; column < count; column++) {
        double mean = 0.0;
        for (int64_t unit = 0; unit < units; unit++) mean += a[unit * n + column] * dl_dz[unit * n + column];
        for (int64_t unit = 0; unit < units; unit++) {
            int64_t at = unit * n + column;
            dl_dz[at] = a[at] * (dl_dz[at] - mean);
        }
    }
}

/* The losses of `count` columns, summed: `kind` SQUARES: `factor` times the squares of the residuals; LOGISTIC: the binary
 * cross entropy of a sigmoid, CLASSES: the cross entropy of a softmax, both from z; UNKNOWN: NaN, for others to find. */
static double loss_of(int64_t kind, double factor, const double *z, const double *y, int64_t n, const double *target,
                      int64_t all, int64_t count, int64_t units)
{
    double sum = 0.0, each[BLOCK], part, whole, less;
    if (kind == UNKNOWN) return NAN;
    if (kind == CLASSES) {
        for (int64_t c = 0; c < count; c++) {
            int64_t top = 0;
            double others = 0.0, wanted = 0.0;
            for (int64_t unit = 1; unit < units; unit++) top = z[unit * n + c] > z[top * n + c] ? unit : top;
            for (int64_t unit = 0; unit < units; unit++) {
                double below = z[unit * n + c] - z[top * n + c];
                exponential(below, &part, &whole, &less);
                /* The largest one is 1 by itself; what is added to it keeps its digits in log1p. */
                if (unit != top) others += part / whole;
                wanted += target[unit * all + c];
                sum -= target[unit * all + c] * below;
            }
            sum += wanted * log1p(others);
        }
        return sum;
    }
    for (int64_t unit = 0; unit < units; unit++, z += n, y += n, target += all) {
        for (int64_t c = 0; c < count; c++) {
            double residual = y[c] - target[c];
            if (kind == SQUARES) {
                each[c] = factor * residual * residual;
            } else {
                exponential(-fabs(z[c]), &part, &whole, &less);
                each[c] = ((z[c] < 0.0 ? 0.0 : z[c]) - target[c] * z[c]) + log_one_plus(part, whole);
            }
        }
        for (int64_t c = 0; c < count; c++) sum += each[c];
    }
    return sum;
}

/* From the output's dl_dz back to the first layer, adding to the gradient. */
static void run_backward(Net net, const double *theta, double *gradient, int64_t here, const double *a,
                         const double *gain, double *dl_dz, int64_t n)
{
    int64_t place = parameter_count(net);
    for (int64_t layer = net.layers - 1; layer >= 0; layer--) {
        int64_t sending = net.sizes[layer] + 1, units = net.sizes[layer + 1], before = here - sending;
        place -= units * sending;
        pair_up(dl_dz + here * n, units, a + before * n, sending, gradient + place, n);
        if (layer)
            pull_back(theta + place, units, sending, dl_dz + here * n, gain + before * n, dl_dz + before * n, n);
        here = before;
    }
}

/* ---- what the program calls ----
 *
 * Shared arguments: theta and gradient flat, per layer (w | b) row by row; x of shape (N, n_0 + 1), its last column
 * ones; target of shape (n_L, N); buffers z, a, gain, dl_dz of rows(net) * columns numbers each, columns being the batch
 * or BLOCK, up to a multiple of LANES; slope, way: how dl_dz of the output is found; delta: where Huber's loss bends.
 */

/* Which of the variants of this file the processor can run: 2, 3 or 4, as in x86-64-v3; 0 where there is one only. */
EXPORT int64_t level(void)
{
#if defined(__x86_64__)
    if (!(__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2"))) return 2;
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
                   __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512cd")
               ? 4
               : 3;
#else
    return 0;
#endif
}

/* Batches first ... last - 1 of `size` places in `order` each; after each, with a rate, a step of plain gradient descent
 * on its mean or its sum. The gradient of the last batch, summed over its examples, stays. */
EXPORT void descend(double *theta, double *gradient, const double *x, const double *target, const int64_t *order,
                    int64_t all, int64_t size, int64_t layers, const int64_t *sizes, const int64_t *activations,
                    const double *parameters, int64_t slope, int64_t way, double delta, double *z, double *a,
                    double *gain, double *dl_dz, int64_t first, int64_t last, double rate, int64_t divides)
{
    Net net = {layers, sizes, activations, parameters};
    int64_t numbers = parameter_count(net);
    for (int64_t batch = first; batch < last; batch++) {
        int64_t start = batch * size, count = all - start < size ? all - start : size, n = padded(count);
        fetch(x, sizes[0] + 1, order, start, count, a, n);
        int64_t here = run_forward(net, theta, z, a, gain, n, 1);
        fill_output(slope, way, delta, target, all, order, start, count, sizes[layers], a + here * n, gain + here * n,
                    dl_dz + here * n, n);
        memset(gradient, 0, numbers * sizeof *gradient);
        run_backward(net, theta, gradient, here, a, gain, dl_dz, n);
        if (rate != 0.0) {
            double step = -(rate * (divides ? 1.0 / (double)count : 1.0));
            for (int64_t i = 0; i < numbers; i++) theta[i] += gradient[i] * step;
        }
    }
}

/* All examples forward, and if there is a gradient to fill, backward: z and a of the output, shape (n_L, N); the gradient
 * summed over the examples; per layer the sum of |gain| over units and examples; and the sum of the losses. */
EXPORT void measure(const double *theta, double *gradient, const double *x, const double *target, int64_t all,
                    int64_t layers, const int64_t *sizes, const int64_t *activations, const double *parameters,
                    int64_t slope, int64_t way, double delta, double *z, double *a, double *gain, double *dl_dz,
                    int64_t kind, double factor, double *z_out, double *a_out, double *gain_sums, double *loss)
{
    Net net = {layers, sizes, activations, parameters};
    int64_t units = sizes[layers];
    *loss = 0.0;
    if (gradient) {
        memset(gradient, 0, parameter_count(net) * sizeof *gradient);
        memset(gain_sums, 0, layers * sizeof *gain_sums);
    }
    for (int64_t start = 0; start < all; start += BLOCK) {
        int64_t count = all - start < BLOCK ? all - start : BLOCK, n = padded(count);
        fetch(x, sizes[0] + 1, NULL, start, count, a, n);
        int64_t here = run_forward(net, theta, z, a, gain, n, gradient != NULL);
        for (int64_t unit = 0; unit < units; unit++) {
            memcpy(z_out + unit * all + start, z + (here + unit) * n, count * sizeof *z);
            memcpy(a_out + unit * all + start, a + (here + unit) * n, count * sizeof *a);
        }
        *loss += loss_of(kind, factor, z + here * n, a + here * n, n, target + start, all, count, units);
        if (!gradient) continue;
        fill_output(slope, way, delta, target, all, NULL, start, count, units, a + here * n, gain + here * n,
                    dl_dz + here * n, n);
        run_backward(net, theta, gradient, here, a, gain, dl_dz, n);
        for (int64_t layer = layers - 1, row = here; layer >= 0; row -= sizes[layer] + 1, layer--)
            for (int64_t unit = 0; unit < sizes[layer + 1]; unit++) {
                double sum = 0.0;
                if (activations[layer] == SOFTMAX)
                    for (int64_t c = 0; c < count; c++) {
                        double share = a[(row + unit) * n + c];
                        sum += share * (1.0 - share);
                    }
                else
                    for (int64_t c = 0; c < count; c++) sum += fabs(gain[(row + unit) * n + c]);
                gain_sums[layer] += sum;
            }
    }
}

/* Every unit over a grid of one or two inputs, the others held: a of each layer whose entry in `outs` is not NULL, shape
 * (units, rows, columns), for rows first_row ... last_row - 1. */
EXPORT void respond(const double *theta, int64_t layers, const int64_t *sizes, const int64_t *activations,
                    const double *parameters, const double *held, int64_t across, int64_t down, const double *xs,
                    int64_t columns, const double *ys, int64_t rows, int64_t first_row, int64_t last_row, double *z,
                    double *a, double *gain, double *const *outs)
{
    Net net = {layers, sizes, activations, parameters};
    int64_t points = rows * columns;
    for (int64_t start = first_row * columns; start < last_row * columns; start += BLOCK) {
        int64_t left = last_row * columns - start, count = left < BLOCK ? left : BLOCK, n = padded(count);
        for (int64_t unit = 0; unit <= sizes[0]; unit++)
            for (int64_t c = 0; c < n; c++) a[unit * n + c] = unit < sizes[0] ? held[unit] : 1.0;
        for (int64_t c = 0, column = start % columns, row = start / columns; c < count; c++) {
            a[across * n + c] = xs[column];
            if (down >= 0) a[down * n + c] = ys[row];
            if (++column == columns) column = 0, row++;
        }
        run_forward(net, theta, z, a, gain, n, 0);
        for (int64_t layer = 0, row = sizes[0] + 1; layer < layers; row += sizes[layer + 1] + 1, layer++)
            for (int64_t unit = 0; outs[layer] && unit < sizes[layer + 1]; unit++)
                memcpy(outs[layer] + unit * points + start, a + (row + unit) * n, count * sizeof *a);
    }
}

/* The total loss at `points` places theta = origin + u d_1 + v d_2: uv of shape (points, 2), directions (2, P), x of shape
 * (n_0 + 1, N) here, its last row ones; kind and factor as in loss_of; `theta` is a buffer of P numbers. */
EXPORT void landscape(const double *origin, const double *directions, const double *uv, int64_t points, const double *x,
                      const double *target, int64_t all, int64_t layers, const int64_t *sizes,
                      const int64_t *activations, const double *parameters, int64_t kind, double factor, double *theta,
                      double *z, double *a, double *gain, double *total)
{
    Net net = {layers, sizes, activations, parameters};
    int64_t numbers = parameter_count(net), units = sizes[layers], width = sizes[0] + 1;
    for (int64_t point = 0; point < points; point++) {
        double u = uv[2 * point], v = uv[2 * point + 1], sum = 0.0;
        for (int64_t i = 0; i < numbers; i++) theta[i] = origin[i] + (u * directions[i] + v * directions[numbers + i]);
        for (int64_t start = 0; start < all; start += BLOCK) {
            int64_t count = all - start < BLOCK ? all - start : BLOCK, n = padded(count);
            for (int64_t unit = 0; unit < width; unit++) {
                memcpy(a + unit * n, x + unit * all + start, count * sizeof *a);
                memset(a + unit * n + count, 0, (n - count) * sizeof *a);
            }
            int64_t here = run_forward(net, theta, z, a, gain, n, 0);
            sum += loss_of(kind, factor, z + here * n, a + here * n, n, target + start, all, count, units);
        }
        total[point] = sum;
    }
}

/* ---- Primitives: every function is one point's; loops over points inline and vectorise them. ---- */

#if defined(__GNUC__) /* without this, large models keep their calls, and loops with calls stay scalar */
#define INLINE static inline __attribute__((always_inline, unused))
#define ALIGNED __attribute__((aligned(64)))
#else
#define INLINE static inline
#define ALIGNED
#endif

#if defined(__GNUC__) && !defined(__clang__)
#define INDEPENDENT_POINTS _Pragma("GCC ivdep")
#else
#define INDEPENDENT_POINTS
#endif

#if defined(FP_FAST_FMA) || defined(__FMA__)
#define HARDWARE_FMA 1
#else
#define HARDWARE_FMA 0
#endif

/* The unevaluated sum hi + lo with |lo| <= ulp(hi)/2. */
typedef struct { double hi, lo; } pair;

/* a b + c, with one rounding where the hardware has that. */
INLINE double madd(double a, double b, double c)
{
    return HARDWARE_FMA ? fma(a, b, c) : a*b + c;
}

INLINE double square(double x) { return x*x; }
INLINE double positive_part(double x) { return x > 0.0 ? x : 0.0; }
INLINE double magnitude(double x) { return fabs(x); }
INLINE double least(double x, double y) { return x < y ? x : y; }
INLINE double most(double x, double y) { return x > y ? x : y; }

/* a + b without error (Knuth). */
INLINE pair two_sum(double a, double b)
{
    const double s = a + b, t = s - a;
    return (pair){s, (a - (s - t)) + (b - t)};
}

/* The rounding error a b - p of p = a*b, for magnitudes below 1e290 (Dekker, or fma). */
INLINE double product_error(double a, double b, double p)
{
    if (HARDWARE_FMA)
        return fma(a, b, -p);
    const double ta = 134217729.0*a, tb = 134217729.0*b; /* 2^27 + 1, Veltkamp */
    const double ah = ta - (ta - a), bh = tb - (tb - b), al = a - ah, bl = b - bh;
    return ((ah*bh - p) + ah*bl + al*bh) + al*bl;
}

/* c - a b without error where that is representable, as for c = fl(a b) + a few units. */
INLINE double remainder_of(double c, double a, double b)
{
    if (HARDWARE_FMA)
        return fma(-a, b, c);
    const double p = a*b;
    return (c - p) - product_error(a, b, p);
}

/* exact_sum: pair_of(x), then one add_* a term, then normalised. */
INLINE pair pair_of(double x) { return (pair){x, 0.0}; }
INLINE pair scaled(pair a, double c) { return (pair){a.hi*c, a.lo*c}; } /* exact for a power of two, and on a grid */
INLINE pair plus(pair a, double x)
{
    const pair s = two_sum(a.hi, x);
    return (pair){s.hi, a.lo + s.lo};
}
INLINE pair plus_pair(pair a, pair x)
{
    const pair s = two_sum(a.hi, x.hi);
    return (pair){s.hi, a.lo + s.lo + x.lo};
}
/* For |lo| <= |hi|; else, where a sum has cancelled, the result has its sum still, but no longer twice the digits. */
INLINE pair normalised(pair a)
{
    const double s = a.hi + a.lo;
    return (pair){s, a.lo - (s - a.hi)};
}

/* Sums of the same symbols on one grid, symqb/codegen/grid.py: grid_sum and grid_difference of multiples of split symbols,
then normalised. */
INLINE pair on_grid(double x, double grid)
{
    const double hi = (x + grid) - grid;
    return (pair){hi, x - hi};
}
INLINE pair pair_on_grid(pair x, double grid)
{
    const pair split = on_grid(x.hi, grid);
    return (pair){split.hi, split.lo + x.lo};
}
INLINE pair grid_sum(pair a, pair b) { return (pair){a.hi + b.hi, a.lo + b.lo}; }
INLINE pair grid_difference(pair a, pair b) { return (pair){a.hi - b.hi, a.lo - b.lo}; }

/* sum + c x^2 for c > 0, to about twice the working precision. */
INLINE pair plus_square(pair sum, double c, pair x)
{
    const double p = x.hi*x.hi, low = product_error(x.hi, x.hi, p) + 2.0*x.hi*x.lo;
    const double cp = c*p;
    const pair s = two_sum(sum.hi, cp);
    return (pair){s.hi, s.lo + (sum.lo + (product_error(c, p, cp) + c*low))};
}

/* The square root of a sum of squares, a > 1e-240. */
INLINE pair square_root(pair a)
{
    const double s = sqrt(a.hi);
    return normalised((pair){s, (remainder_of(a.hi, s, s) + a.lo)/(2.0*s)});
}

/* alpha + x without cancellation, given gap = alpha^2 - x^2 >= 0. */
INLINE double shifted_root(double alpha, double x, double gap)
{
    const double large = alpha + fabs(x), small = gap/large;
    return x >= 0.0 ? large : small;
}

/* What the occupation needs of a temperature, phi_pair the last two too; at T = 0 largest, or T, decides. */
typedef struct { double half_per_T, steps_per_energy, step_hi, step_lo, largest, half_per_T_lo, T; } bath;
INLINE bath bath_at(double T)
{
    const double half = 0.5*(1.0/T), step = T*LN2, wide = 2049.0*step; /* 2^11 + 1: k step_hi is exact */
    const double step_hi = wide - (wide - step), step_lo = madd(T, LN2_REST, product_error(T, LN2, step));
    const double half_lo = remainder_of(0.5, half, T)*(2.0*half);
    return (bath){half, LOG2E*half, step_hi, (step - step_hi) + step_lo, 2.0*LARGEST*T, half_lo, T};
}

/* The bits of a float as an integer, and back. */
INLINE uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}
INLINE double from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* x for y >= 0, -x for y < 0. */
INLINE double same_sign(double x, double y) { return from_bits(bits_of(x) ^ (bits_of(y) & ((uint64_t)1 << 63))); }

/* 2^k for t = SHIFT + k and -1023 < k <= 0. */
INLINE double power_of_two(double t) { return from_bits(bits_of(t) << 52); }

/* 1/(e^(|omega|/T) - 1), by the recipe of symqb/codegen/phi_rational.py. */
INLINE double size_of(pair omega) { return fabs(omega.hi) + TINY; }
INLINE double occupation(pair omega, bath at)
{
    const double s = size_of(omega), l = same_sign(omega.lo, omega.hi);
    const double t = madd(-s, at.steps_per_energy, SHIFT), k = t - SHIFT;
    const double y = (madd(k, at.step_hi, s) + madd(k, at.step_lo, l))*at.half_per_T, z = y*y;
    const double m = madd(z, HORNER(z), 1.0 - y);
    const double q = power_of_two(t), n = q*m/madd(1.0 - q, m, y + y);
    return s < at.largest ? n : 0.0;
}

/* weight phi(omega, T) and weight phi(-omega, T), given the sums of weight n and of weight over the baths. */
typedef struct { double up, down; } both;
INLINE both both_ways(pair omega, double weighted, double weight)
{
    const double rising = positive_part(omega.hi), falling = rising - omega.hi, smaller = size_of(omega)*weighted;
    return (both){madd(weight, falling, smaller), madd(weight, rising, smaller)};
}

/* In pairs: y = (s + l + k T ln 2)/(2 T). */
INLINE pair reduced(double s, double l, double k, bath at)
{
    const double steps = k*at.step_hi, part = s + steps;
    const pair w = two_sum(part, (s - (part - steps)) + madd(k, at.step_lo, l));
    const double y = w.hi*at.half_per_T, error = product_error(w.hi, at.half_per_T, y);
    return (pair){y, error + madd(w.hi, at.half_per_T_lo, w.lo*at.half_per_T)};
}

/* In pairs: m/((1 - q) m + 2 y), which is 1/q times the occupation. */
INLINE pair occupation_over(pair y, double q)
{
    const double z = y.hi*y.hi, h = z*HORNER(z), d = h - y.hi, m = 1.0 + d;
    const double m_lo = (d - (m - 1.0)) + ((h - (d + y.hi)) - y.lo);
    const double r = 1.0 - q, p = r*m, p_lo = product_error(r, m, p) + madd(r, m_lo, ((1.0 - r) - q)*m);
    const pair sum = two_sum(p, 2.0*y.hi);
    const double sum_lo = sum.lo + (p_lo + 2.0*y.lo), per_sum = 1.0/sum.hi, n = m*per_sum;
    return (pair){n, ((remainder_of(m, n, sum.hi) + m_lo) - n*sum_lo)*per_sum};
}

/* phi(omega, T) and phi(-omega, T) to 2 units in the last place: the same recipe in pairs, with 2^k in two factors. */
INLINE both phi_pair(pair omega, bath at)
{
    const double s = size_of(omega), l = same_sign(omega.lo, omega.hi);
    const double k = madd(-s, at.steps_per_energy, SHIFT) - SHIFT, half = madd(0.5, k, SHIFT);
    const double q_1 = power_of_two(half), q_2 = power_of_two((k - (half - SHIFT)) + SHIFT);
    const pair n = occupation_over(reduced(s, l, k, at), q_1*q_2);
    const double sn = s*n.hi, sn_lo = product_error(s, n.hi, sn) + madd(s, n.lo, l*n.hi);
    const double smaller = s < FAR*at.T ? (sn + sn_lo)*q_1*q_2 : 0.0, larger = fabs(omega.hi) + (smaller + l);
    return (both){omega.hi < 0.0 ? larger : smaller, omega.hi < 0.0 ? smaller : larger};
}

/* Exchanges so that key_1 <= key_2, values with their keys. */
INLINE void ascend(double *key_1, double *value_1, double *key_2, double *value_2)
{
    const double a = *key_1, b = *key_2, v = *value_1, w = *value_2;
    const int swap = b < a;
    *key_1 = least(a, b), *key_2 = most(a, b);
    *value_1 = swap ? w : v, *value_2 = swap ? v : w;
}

/* Exchanges where x < 0. */
INLINE void mirror(double x, double *value_1, double *value_2)
{
    const double v = *value_1, w = *value_2;
    *value_1 = x < 0.0 ? w : v, *value_2 = x < 0.0 ? v : w;
}

/* Exchanges so that x_1 >= x_2. */
INLINE void descend(double *x_1, double *x_2)
{
    const double a = *x_1, b = *x_2;
    *x_1 = a > b ? a : b, *x_2 = a > b ? b : a;
}

/* ---- Logarithms and exponentials, by the recipe of symqb/codegen/log_rational.py; free energy and entropy. ---- */

/* For loops over levels: without loops inside, that over points becomes vector code. */
#if defined(__clang__)
#define UNROLLED _Pragma("clang loop unroll(full)")
#elif defined(__GNUC__)
#define UNROLLED _Pragma("GCC unroll 64")
#else
#define UNROLLED
#endif

/* ln(a/b) = k ln 2 + (2 s + rest), all three of one sign. */
typedef struct { double k, s, rest; } split_log;
INLINE split_log log_of_quotient(double a, double b)
{
    const int falls = a < b;
    const double larger = SCALE*(falls ? b : a), smaller = SCALE*(falls ? a : b), two_52 = 4503599627370496.0;
    const uint64_t steps = (bits_of(larger) - bits_of(smaller)) >> 52;
    const double t = from_bits(bits_of(larger) - (steps << 52)), k = from_bits(bits_of(two_52) | steps); /* 2^52 + steps */
    const double s = copysign((t - smaller)/(t + smaller), a - b), z = s*s;
    return (split_log){copysign(k - two_52, a - b), s, s*z*ARTANH_HORNER(z)};
}
INLINE double log_value(split_log x) { return madd(x.k, LN2_HIGH, madd(x.k, LN2_LOW, 2.0*x.s + x.rest)); }

/* e^-y for y >= 0. */
INLINE double exp_of_minus(double y)
{
    const double t = madd(-y, 0.5*LOG2E, SHIFT), k = t - SHIFT;
    const double f = madd(-k, LN2_LOW, madd(-k, LN2_HIGH, -y));
    const double e = power_of_two(t)*(1.0 + madd(f*f, EXP_HORNER(f), f));
    return y < 2.0*LARGEST ? e : 0.0;
}

/* Whether a/b neither underflows nor overflows. */
INLINE int comparable(double a, double b) { return (a > 1e-290*b) & (b > 1e-290*a); }

/* r ln(r/g) - (r - g), where g = e^-y/z may underflow; h(r/g - 1) g without cancellation. */
INLINE double relative_entropy(double r, double g, double y, double z)
{
    const double gain = r - g, rz = z*most(r, SMALLEST);
    const int direct = comparable(r, g);
    const split_log ratio = log_of_quotient(direct ? r : rz, direct ? g : 1.0);
    const double near = madd(gain, ratio.s, r*ratio.rest), far = r*(log_value(ratio) + (direct ? 0.0 : y)) - gain;
    return fabs(gain) < 0.5*g ? near : positive_part(far); /* below 0 by rounding, where r and e^-y/z underflow */
}

/* F of populations r at energies e, minus F of the Gibbs state, at T; e ascends. */
INLINE double free_energy_above_gibbs(double T, int levels, const double *e, const double *r)
{
    double z = 1.0, cold = 0.0;
    UNROLLED
    for (int i = 1; i < levels; i++) {
        z += exp_of_minus((e[i] - e[0])/T);
        cold += r[i]*(e[i] - e[0]);
    }
    const double per_z = 1.0/z;
    double total = relative_entropy(r[0], per_z, 0.0, z);
    UNROLLED
    for (int i = 1; i < levels; i++) {
        const double y = (e[i] - e[0])/T; /* as above, and computed once when unrolled */
        total += relative_entropy(r[i], exp_of_minus(y)*per_z, y, z);
    }
    return T > 0.0 ? T*total : cold;
}

/* (up - down) ln(up/down), where up/down = p_lower/p_upper e^(-omega/T). */
INLINE double entropy_flow(double up, double down, double p_lower, double p_upper, double omega, double T)
{
    const double lower = most(p_lower, SMALLEST), upper = most(p_upper, SMALLEST), tilt = omega*(1.0/T);
    const int direct = comparable(up, down);
    const split_log ratio = log_of_quotient(direct ? up : lower, direct ? down : upper);
    return positive_part((up - down)*(log_value(ratio) - (direct ? 0.0 : tilt))); /* 0 for 0 times infinity */
}

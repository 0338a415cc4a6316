/* ---- With care: one point, where rates underflow or float64 cannot tell whether they do. ---- */

#if defined(__GNUC__) /* out of the way of the loops over all points */
#define RARE static __attribute__((noinline))
#else
#define RARE static
#endif

/* m e^exponent: a number of any size. */
typedef struct { double m; pair exponent; } number;

static number number_of(double x) { return (number){x, {0.0, 0.0}}; }

static pair difference(pair a, pair b)
{
    return normalised(plus_pair(a, (pair){-b.hi, -b.lo}));
}

static number times(number a, number b)
{
    return (number){a.m*b.m, normalised(plus_pair(a.exponent, b.exponent))};
}

static number over(number a, number b)
{
    return (number){a.m/b.m, difference(a.exponent, b.exponent)};
}

/* a + b with the larger exponent; a zero has none. */
static number sum_of(number a, number b)
{
    if (a.m == 0.0 || b.m == 0.0)
        return a.m == 0.0 ? b : a;
    const pair gap = difference(b.exponent, a.exponent);
    if (gap.hi > 0.0)
        return sum_of(b, a);
    return (number){a.m + b.m*exp(gap.hi)*(1.0 + gap.lo), a.exponent};
}

static double double_of(number a) { return a.m*(1.0 + a.exponent.lo)*exp(a.exponent.hi); }

/* The same number with m from 1/2 to 1: products of m cannot overflow. */
static number balanced(number a)
{
    int k;
    const double m = frexp(a.m, &k), p = k*LN2;
    return times((number){m, a.exponent}, (number){1.0, {p, product_error(k, LN2, p) + k*LN2_REST}});
}

/* Of the densities of baths. */
INLINE number exponential(double x) { return (number){1.0, {x, 0.0}}; }
INLINE number to_power(number a, double y) { return (number){pow(a.m, y), {a.exponent.hi*y, a.exponent.lo*y}}; }
INLINE double logarithm(number a) { return log(a.m) + a.exponent.hi; }

/* phi(|omega|, T). */
static number smaller_phi(pair omega, double T)
{
    const double size = fabs(omega.hi), x = size/T;
    if (T == 0.0 || x < 1e-200)
        return number_of(T);
    const double low = (remainder_of(size, x, T) + copysign(1.0, omega.hi)*omega.lo)/T;
    return (number){size/-expm1(-x), {-x, -low}};
}

/* Adds what one bath does between two levels to the rates from level to level; also as floats. False: one is negative,
   or infinite. */
static int add_rates(number rate[LEVELS][LEVELS], int lower, int upper, number strength, pair omega, double T,
    double *absorption, double *emission)
{
    const number phi = smaller_phi(omega, T), low = times(strength, phi);
    const number high = times(strength, sum_of(phi, number_of(fabs(omega.hi))));
    const number up = omega.hi < 0.0 ? high : low, down = omega.hi < 0.0 ? low : high;
    rate[lower][upper] = sum_of(rate[lower][upper], balanced(up));
    rate[upper][lower] = sum_of(rate[upper][lower], balanced(down));
    *absorption = double_of(up), *emission = double_of(down);
    return up.m >= 0.0 && down.m >= 0.0 && up.m < HUGE_VAL && down.m < HUGE_VAL;
}

/* The levels to which all levels lead, directly or not: their number, 0 where the steady state is not unique. */
static int closed_class(number rate[LEVELS][LEVELS], int *level)
{
    int leads[LEVELS][LEVELS], count = 0;
    for (int i = 0; i < LEVELS; i++)
        for (int j = 0; j < LEVELS; j++)
            leads[i][j] = i == j || rate[i][j].m > 0.0;
    for (int v = 0; v < LEVELS; v++)
        for (int i = 0; i < LEVELS; i++)
            for (int j = 0; j < LEVELS; j++)
                leads[i][j] |= leads[i][v] & leads[v][j];
    for (int j = 0; j < LEVELS; j++) {
        int from = 0;
        while (from < LEVELS && leads[from][j])
            from++;
        if (from == LEVELS)
            level[count++] = j;
    }
    return count;
}

/* The populations, by elimination without a subtraction (Grassmann, Taksar, Heyman 1985). False: they are not unique. */
static int stationary(number rate[LEVELS][LEVELS], double *const p[], ptrdiff_t i)
{
    int level[LEVELS];
    const int count = closed_class(rate, level);
    number u[LEVELS], norm = number_of(0.0);
    for (int v = count - 1; v > 0; v--) {
        const number *const out_of = rate[level[v]];
        number total = number_of(0.0);
        for (int w = 0; w < v; w++)
            total = sum_of(total, out_of[level[w]]);
        for (int w = 0; w < v; w++) {
            number *const from = rate[level[w]], share = over(from[level[v]], total);
            from[level[v]] = share;
            for (int to = 0; to < v; to++)
                from[level[to]] = sum_of(from[level[to]], times(share, out_of[level[to]]));
        }
    }
    for (int v = 0; v < LEVELS; v++)
        p[v][i] = 0.0;
    for (int v = 0; v < count; v++) {
        u[v] = number_of(v == 0 ? 1.0 : 0.0);
        for (int w = 0; w < v; w++)
            u[v] = sum_of(u[v], times(u[w], rate[level[w]][level[v]]));
        norm = sum_of(norm, u[v]);
    }
    for (int v = 0; v < count; v++)
        p[level[v]][i] = double_of(over(u[v], norm)) + 0.0; /* what underflows is 0, not -0 */
    return count > 0;
}

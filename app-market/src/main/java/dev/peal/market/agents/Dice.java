package dev.peal.market.agents;

/**
 * Random numbers that are the same on every JVM: SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014) and {@link StrictMath}. Belongs to
 * one thread.
 */
final class Dice {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    Dice(long seed) {
        state = seed;
    }

    /** A further generator, whose numbers have nothing to do with this one's. */
    Dice split() {
        return new Dice(next() ^ GOLDEN);
    }

    /** From 0 to 1, without 1. */
    double uniform() {
        return (next() >>> 11) * 0x1p-53;
    }

    boolean chance(double probability) {
        return uniform() < probability;
    }

    /** From 0 to {@code bound}, without it. */
    int below(int bound) {
        return (int) (uniform() * bound);
    }

    /** The time until something that happens once per {@code mean} on average. */
    double exponential(double mean) {
        return -mean * StrictMath.log(1 - uniform());
    }

    /** Normally distributed, mean 0 and deviation 1 (Marsaglia's polar method; the second number is not kept). */
    double gaussian() {
        double x;
        double square;
        do {
            x = 2 * uniform() - 1;
            double y = 2 * uniform() - 1;
            square = x * x + y * y;
        } while (square >= 1 || square == 0);
        return x * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
    }

    /** At least 1, with a tail that falls as x^-alpha. */
    double pareto(double alpha) {
        return StrictMath.pow(1 - uniform(), -1 / alpha);
    }

    private long next() {
        state += GOLDEN;
        long z = state;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}

package dev.peal.market;

import java.util.Random;

/** Random tests that say the seed with which they failed; {@code -Dpeal.seed=N} runs that one again. */
public final class Seeded {
    private static final boolean NIGHTLY = Boolean.getBoolean("peal.nightly");

    private Seeded() {}

    /** Runs {@code test} once with a random of a new seed. */
    public static void run(Body test) {
        long seed = Long.getLong("peal.seed", System.nanoTime());
        try {
            test.run(new Random(seed));
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    /** The first figure on every commit, the second nightly. */
    public static int count(int each, int nightly) {
        return NIGHTLY ? nightly : each;
    }

    /** What a test does with its random. */
    public interface Body {
        void run(Random random);
    }
}

package dev.peal.ot;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Documents and changes at random: small, of few letters and attributes, so that much happens at the same place. A seed gives the same
 * ones always.
 */
final class Cases {
    private static final String[] TEXTS = {
        "a", "b", "ab", "\n", " ", "\uD83D\uDE00", "\uD83D\uDE01", "a\uD83D\uDE00b", "é"
    };
    private static final String[] NAMES = {"bold", "color", "header"};

    private final Random random;
    /** Whether changes keep surrogate pairs whole. */
    private final boolean wholePairs;

    Cases(long seed, boolean wholePairs) {
        this.random = random(seed);
        this.wholePairs = wholePairs;
    }

    /** Seeds that follow one another give a {@link Random} numbers that are alike: they are mixed first (SplittableRandom's mix). */
    static Random random(long seed) {
        long mixed = (seed ^ seed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return new Random(mixed ^ mixed >>> 31);
    }

    /** The first seed of a run, new each time; printed, and taken from {@code -Dpeal.seed} to see a case again. */
    static long firstSeed() {
        long seed = Long.getLong("peal.seed", System.nanoTime());
        System.out.println("seed " + seed);
        return seed;
    }

    static int count(int ordinary, int nightly) {
        return Boolean.getBoolean("peal.nightly") ? nightly : ordinary;
    }

    boolean keepsPairs() {
        return wholePairs;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(int ofTen) {
        return random.nextInt(10) < ofTen;
    }

    Delta document(int opsMax) {
        DeltaBuilder out = new DeltaBuilder();
        for (int i = random.nextInt(opsMax + 1); i > 0; i--) {
            out.add(content());
        }
        return out.build();
    }

    /** A change to {@code document} that stays within it. */
    Delta change(Delta document) {
        List<Integer> cuts = cuts(document);
        DeltaBuilder out = new DeltaBuilder();
        int i = 0;
        while (chance(9)) {
            int kind = random.nextInt(10);
            if (kind < 4) {
                out.add(content());
                continue;
            }
            int next = Math.min(cuts.size() - 1, i + 1 + random.nextInt(3));
            int length = cuts.get(next) - cuts.get(i);
            i = next;
            if (kind < 6) {
                out.delete(length);
            } else if (kind < 8) {
                out.retain(length, attributes(true));
            } else {
                out.retain(length);
            }
        }
        return out.build();
    }

    /** Where a change may begin or end. */
    private List<Integer> cuts(Delta document) {
        Document whole = Document.of(document);
        List<Integer> cuts = new ArrayList<>();
        for (int i = 0; i <= whole.length(); i++) {
            if (!wholePairs || !whole.splitsPair(i)) {
                cuts.add(i);
            }
        }
        return cuts;
    }

    int cut(Delta document) {
        List<Integer> cuts = cuts(document);
        return cuts.get(random.nextInt(cuts.size()));
    }

    Op.Content content() {
        Attributes attributes = chance(6) ? Attributes.NONE : attributes(false);
        if (chance(2)) {
            return chance(5)
                    ? new Op.Embed("image", chance(5) ? "a.png" : "b.png", attributes)
                    : new Op.Embed("divider", true, attributes);
        }
        return new Op.Insert(TEXTS[random.nextInt(TEXTS.length)], attributes);
    }

    private Attributes attributes(boolean removals) {
        Attributes attributes = Attributes.NONE;
        for (String name : NAMES) {
            if (chance(4)) {
                Attributes one = removals && chance(4) ? Attributes.removing(name) : Attributes.of(name, value(name));
                attributes = attributes.compose(one, true);
            }
        }
        return attributes;
    }

    private Object value(String name) {
        return switch (name) {
            case "bold" -> true;
            case "color" -> chance(5) ? "red" : "blue";
            default -> 1 + random.nextInt(2);
        };
    }
}

package dev.peal.docs;

import dev.peal.ot.Delta;
import dev.peal.ot.Selection;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The newest operations of a document, without a hole up to its newest revision. Bounded; owned by the document's owner. */
final class Recent {
    /**
     * A stored operation.
     *
     * @param sender who sent it, as the log has it
     */
    record Operation(Delta delta, String sender) {}

    private final int operationsMax;
    private final int opsMax;
    private @Nullable Operation[] ring = new Operation[8];
    private long oldest;
    private long newest;
    private int ops;

    /**
     * Knows nothing yet.
     *
     * @param newest the document's newest revision
     * @param opsMax of all operations together; the newest operation is kept whatever it consists of
     */
    Recent(long newest, int operationsMax, int opsMax) {
        this.oldest = newest;
        this.newest = newest;
        this.operationsMax = operationsMax;
        this.opsMax = opsMax;
    }

    void add(Delta delta, String sender) {
        if (newest - oldest == ring.length) {
            grow();
        }
        newest++;
        ring[slot(newest)] = new Operation(delta, sender);
        ops += weight(delta);
        while (newest - oldest > operationsMax || (ops > opsMax && newest - oldest > 1)) {
            oldest++;
            ops -= weight(at(oldest).delta());
            ring[slot(oldest)] = null;
        }
    }

    /** The oldest revision behind which all operations are here. */
    long oldest() {
        return oldest;
    }

    /** Whether all operations behind a revision are here. */
    boolean reaches(long revision) {
        return revision >= oldest && revision <= newest;
    }

    /** The operation that made a revision: one behind {@link #oldest}, up to the newest. */
    Operation at(long revision) {
        Operation operation = ring[slot(revision)];
        if (operation == null) {
            throw new IllegalArgumentException("revision " + revision + " is not in memory");
        }
        return operation;
    }

    /**
     * Where a part of an earlier revision is now; empty where that is not known.
     *
     * @param sender whose it is: one's own text is written at one's cursor, that of others comes behind it
     */
    Optional<Selection> moved(Selection selection, long revision, String sender) {
        if (!reaches(revision)) {
            return Optional.empty();
        }
        Selection at = selection;
        for (long next = revision + 1; next <= newest; next++) {
            Operation operation = at(next);
            at = at.transform(operation.delta(), !operation.sender().equals(sender));
        }
        return Optional.of(at);
    }

    /** What an operation counts for. */
    static int weight(Delta delta) {
        return 1 + delta.ops().size();
    }

    private void grow() {
        @Nullable Operation[] old = ring;
        int mask = old.length - 1;
        ring = Arrays.copyOf(new Operation[0], old.length * 2);
        for (long revision = oldest + 1; revision <= newest; revision++) {
            ring[slot(revision)] = old[(int) revision & mask];
        }
    }

    /** The ring's length is a power of two. */
    private int slot(long revision) {
        return (int) revision & ring.length - 1;
    }
}

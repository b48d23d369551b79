package dev.peal.ot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A part of a document: a node of a persistent B+ tree whose leaves hold the runs of text. Immutable, so that an edit shares all but one
 * path with the version before it.
 *
 * <p>Why a tree, and why this one. A document is edited at single places, millions of times, and is read whole seldom: when somebody opens
 * it. One string, or one list of runs, is copied whole at each key: 100 KB for one character, 10 MB in a large one, so that a document
 * becomes slower the more is written in it. A gap buffer or a piece table in place is quick where one person types, but it changes under
 * its readers: a server answers from a version while it transforms and appends the next one, takes a snapshot in the background, gives
 * up an edit that the log refused. Those are free where a version never changes. Of the persistent trees a binary one (an AVL rope, a
 * treap) is as deep as log2 n, each step a cache miss and an object to copy; at a width of up to {@value #COUNT_MAX} a document of 100 KB
 * has two levels and one of 10 MB four. Runs are kept in pieces of at most {@link Leaf#TEXT_MAX} units, each a Java string, so that text in
 * Latin letters takes a byte to a unit; an edit copies one such piece and the small arrays above it, about a kilobyte. Lengths that are
 * kept in every node make the search for a position the same walk.
 *
 * <p>Edits within one leaf, which are nearly all, take that direct way ({@link #replace}). All others cut the tree in two or three and
 * join the parts ({@link #splice}), each in logarithmic time: inserting a page, deleting across leaves, setting attributes, a leaf that
 * got too full or too empty. So there is one place that balances, {@link #concat}.
 *
 * <p>Every node but the root has {@value #COUNT_MIN} to {@value #COUNT_MAX} children, and all leaves are equally deep; so the depth is
 * logarithmic whatever was done to the document, and recursion over it is harmless. What {@link #prefix}, {@link #suffix} and
 * {@link #concat} answer is a root of its own.
 */
abstract sealed class Node permits Leaf, Branch {
    static final int COUNT_MAX = 32;
    /** A quarter, not half: nodes that a split left half full are far from either bound. */
    static final int COUNT_MIN = 8;
    /** Of nodes that are made all at once: some room for edits. */
    private static final int COUNT_NEW = 24;

    /** Code units. */
    final int length;
    /** See {@link Document#size}. */
    final long size;

    Node(int length, long size) {
        this.length = length;
        this.size = size;
    }

    /** 0 for a leaf. */
    abstract int height();

    /** Children. */
    abstract int count();

    /** The first {@code end} units. */
    abstract Node prefix(int end);

    /** What follows the first {@code start} units. */
    abstract Node suffix(int start);

    /**
     * This with {@code with} in place of the units between {@code from} and {@code to}, where that concerns one leaf which stays within
     * its bounds: the usual edit, at the cost of copying one path. Null where it does not.
     */
    abstract @Nullable Node replace(int from, int to, Op.@Nullable Content with);

    /** Hands over the runs between {@code from} and {@code to}, which is greater, the outer ones cut. */
    abstract void forEach(int from, int to, Consumer<Op.Content> action);

    /** The unit at {@code index}; U+FFFC for an embed. */
    abstract char charAt(int index);

    /** Throws {@link IllegalStateException} where this is not as the class comment says. */
    abstract void requireShape(boolean isRoot);

    static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException(what);
        }
    }

    /** This with {@code with} in place of the units between {@code from} and {@code to}. */
    final Node splice(int from, int to, Node with) {
        return concat(concat(prefix(from), with), suffix(to));
    }

    /** Both in one tree, in time proportional to the difference of their heights. */
    static Node concat(Node a, Node b) {
        if (a.length == 0) {
            return b;
        }
        if (b.length == 0) {
            return a;
        }
        if (a.height() > b.height()) {
            return ((Branch) a).append(b);
        }
        if (a.height() < b.height()) {
            return ((Branch) b).prepend(a);
        }
        if (a instanceof Leaf left) {
            return left.join((Leaf) b);
        }
        return ((Branch) a).join((Branch) b);
    }

    /** Of runs in order, in linear time. */
    static Node build(List<? extends Op.Content> runs) {
        List<Op.Content> pieces = new ArrayList<>(runs.size());
        for (Op.Content run : runs) {
            Leaf.cut(run, pieces);
        }
        List<Node> level = new ArrayList<>();
        split(pieces.size(), (from, to) -> level.add(Leaf.of(pieces.subList(from, to))));
        List<Node> nodes = level;
        while (nodes.size() > 1) {
            List<Node> below = nodes;
            List<Node> above = new ArrayList<>();
            split(below.size(), (from, to) -> above.add(Branch.of(below.subList(from, to))));
            nodes = above;
        }
        return nodes.isEmpty() ? Leaf.EMPTY : nodes.get(0);
    }

    private interface Range {
        void accept(int from, int to);
    }

    /** As few ranges of at most {@value #COUNT_NEW} as do, equally long but for one. */
    private static void split(int count, Range action) {
        int groups = (count + COUNT_NEW - 1) / COUNT_NEW;
        for (int i = 0; i < groups; i++) {
            action.accept((int) ((long) count * i / groups), (int) ((long) count * (i + 1) / groups));
        }
    }
}

package dev.peal.ot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change to a document, or a document itself where all its ops are {@link Op.Content}: Quill's Delta. Immutable, in the canonical
 * form that {@link DeltaBuilder} makes. Every function here answers what that of the npm package quill-delta 5.1 does, op by op.
 *
 * <p>What is beyond the last op stays as it is, so that a retain at the end which changes nothing says nothing.
 */
public final class Delta {
    public static final Delta EMPTY = new Delta(List.of());

    private final List<Op> ops;

    private Delta(List<Op> ops) {
        this.ops = ops;
    }

    /** Takes a list that is canonical and that nobody else changes. */
    static Delta canonical(List<Op> ops) {
        return ops.isEmpty() ? EMPTY : new Delta(Collections.unmodifiableList(ops));
    }

    /** Of any ops, in canonical form. */
    public static Delta of(List<? extends Op> ops) {
        DeltaBuilder builder = new DeltaBuilder(ops.size());
        ops.forEach(builder::add);
        return builder.build();
    }

    public static Delta of(Op... ops) {
        return of(List.of(ops));
    }

    /** A document of plain text. */
    public static Delta ofText(String text) {
        return new DeltaBuilder().insert(text).build();
    }

    public static DeltaBuilder builder() {
        return new DeltaBuilder();
    }

    /** Unmodifiable. */
    public List<Op> ops() {
        return ops;
    }

    public boolean isEmpty() {
        return ops.isEmpty();
    }

    /** Whether all ops are content. */
    public boolean isDocument() {
        return ops.stream().allMatch(Op.Content.class::isInstance);
    }

    /** The sum of the lengths of all ops, as quill-delta counts. */
    public long length() {
        return ops.stream().mapToLong(Op::length).sum();
    }

    /** Units of the document before that are retained or deleted: what it has to have at least. */
    public long baseLength() {
        return ops.stream()
                .filter(op -> !(op instanceof Op.Content))
                .mapToLong(Op::length)
                .sum();
    }

    /** By how many units a document grows. */
    public long lengthChange() {
        long change = 0;
        for (Op op : ops) {
            if (op instanceof Op.Content) {
                change += op.length();
            } else if (op instanceof Op.Delete) {
                change -= op.length();
            }
        }
        return change;
    }

    /**
     * This and then {@code later} as one: {@code document.apply(a).apply(b)} equals {@code document.apply(a.compose(b))}, and
     * {@code a.compose(b).compose(c)} equals {@code a.compose(b.compose(c))} in what it does.
     */
    public Delta compose(Delta later) {
        OpCursor first = new OpCursor(ops);
        OpCursor second = new OpCursor(later.ops);
        DeltaBuilder out = new DeltaBuilder(ops.size() + later.ops.size());
        while (first.hasNext() || second.hasNext()) {
            if (second.atInsert()) {
                second.takeRest(out);
            } else if (first.atDelete()) {
                first.takeRest(out);
            } else {
                composeOverlap(first, second, out);
            }
        }
        return out.buildChopped();
    }

    /** {@code first} is at an insert or a retain, {@code second} at a retain or a delete. */
    private static void composeOverlap(OpCursor first, OpCursor second, DeltaBuilder out) {
        int length = Math.min(first.left(), second.left());
        boolean inserted = first.atInsert();
        if (second.atDelete()) {
            if (!inserted) {
                out.delete(length);
            }
            first.skip(length);
        } else if (inserted) {
            first.takeInsert(length, first.attributes().compose(second.attributes(), false), out);
        } else {
            out.retain(length, first.attributes().compose(second.attributes(), true));
            first.skip(length);
        }
        second.skip(length);
    }

    /**
     * What {@code other}, made at the same time on the same document, has to be after this one. With one of them given priority
     * both orders come to the same (TP1): {@code document.apply(a).apply(a.transform(b, true))} equals
     * {@code document.apply(b).apply(b.transform(a, false))}.
     *
     * @param priority whether this one counts as the earlier: then what it inserts stands before what {@code other} inserts at the
     *     same place, and its attributes win
     */
    public Delta transform(Delta other, boolean priority) {
        OpCursor mine = new OpCursor(ops);
        OpCursor theirs = new OpCursor(other.ops);
        DeltaBuilder out = new DeltaBuilder(ops.size() + other.ops.size());
        while (theirs.hasNext()) {
            if (mine.atInsert() && (priority || !theirs.atInsert())) {
                out.retain(mine.left());
                mine.skip(mine.left());
            } else if (theirs.atInsert()) {
                theirs.takeRest(out);
            } else {
                transformOverlap(mine, theirs, priority, out);
            }
        }
        return out.buildChopped();
    }

    /** Both are at a retain or a delete. */
    private static void transformOverlap(OpCursor mine, OpCursor theirs, boolean priority, DeltaBuilder out) {
        int length = Math.min(mine.left(), theirs.left());
        boolean gone = mine.atDelete();
        if (!gone && theirs.atDelete()) {
            out.delete(length);
        } else if (!gone) {
            out.retain(length, mine.attributes().transform(theirs.attributes(), priority));
        }
        mine.skip(length);
        theirs.skip(length);
    }

    /**
     * Where {@code index}, between two units of the document before, is afterwards.
     *
     * @param priority whether it stays before what is inserted exactly there. Mind the sense: an insert at {@code index} behaves as
     *     an index without priority where this delta has priority, {@code transform(insert, true)}
     */
    public int transformPosition(int index, boolean priority) {
        long moved = index;
        long offset = 0;
        for (Op op : ops) {
            if (offset > moved) {
                break;
            }
            if (op instanceof Op.Delete) {
                moved -= Math.min(op.length(), moved - offset);
                continue;
            }
            if (op instanceof Op.Content && (offset < moved || !priority)) {
                moved += op.length();
            }
            offset += op.length();
        }
        return Math.toIntExact(moved);
    }

    /** What undoes this, applied to the document {@code base}: {@code base.apply(d).apply(d.invert(base))} is {@code base}. */
    public Delta invert(Delta base) {
        return Document.of(base).invert(this);
    }

    /**
     * What turns this document into the document {@code after}: few edits, but not always the fewest. Other than quill-delta's it never
     * cuts a surrogate pair, and for long texts it does not look for ever; see {@link TextDiff}.
     */
    public Delta diff(Delta after) {
        return DeltaDiff.diff(this, after);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Delta that && ops.equals(that.ops);
    }

    @Override
    public int hashCode() {
        return ops.hashCode();
    }

    /** The ops in short: {@code [+3 "text" {bold=true} -2]}; for people who read a failed test. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        for (Op op : ops) {
            words.add(word(op) + (op.attributes().isEmpty() ? "" : op.attributes()));
        }
        return words.toString();
    }

    private static String word(Op op) {
        if (op instanceof Op.Insert insert) {
            return '"' + insert.text() + '"';
        } else if (op instanceof Op.Embed embed) {
            return embed.kind() + "=" + embed.value();
        }
        return (op instanceof Op.Delete ? "-" : "+") + op.length();
    }
}

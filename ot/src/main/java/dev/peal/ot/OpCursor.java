package dev.peal.ot;

import java.util.List;

/** Walks the ops of a delta in pieces of any length. Beyond the last op there is an endless retain. */
final class OpCursor {
    static final int ENDLESS = Integer.MAX_VALUE;

    private final List<Op> ops;
    private int index;
    /** Units of the current op that were taken. */
    private int offset;

    OpCursor(List<Op> ops) {
        this.ops = ops;
    }

    boolean hasNext() {
        return index < ops.size();
    }

    boolean atInsert() {
        return index < ops.size() && ops.get(index) instanceof Op.Content;
    }

    boolean atDelete() {
        return index < ops.size() && ops.get(index) instanceof Op.Delete;
    }

    /** Units that are left of the current op. */
    int left() {
        return index < ops.size() ? ops.get(index).length() - offset : ENDLESS;
    }

    Attributes attributes() {
        return index < ops.size() ? ops.get(index).attributes() : Attributes.NONE;
    }

    /** Goes on by {@code length} units, at most those {@link #left}. */
    void skip(int length) {
        if (index == ops.size()) {
            return;
        }
        offset += length;
        if (offset == ops.get(index).length()) {
            index++;
            offset = 0;
        }
    }

    /** Adds the next {@code length} units of an insert to {@code out}, wearing {@code attributes}, and goes on. */
    void takeInsert(int length, Attributes attributes, DeltaBuilder out) {
        Op op = ops.get(index);
        if (op instanceof Op.Insert insert) {
            out.insert(insert.text().substring(offset, offset + length), attributes);
        } else if (op instanceof Op.Embed embed) {
            out.add(attributes.equals(embed.attributes()) ? embed : embed.wearing(attributes));
        }
        skip(length);
    }

    /** Whether both are at the same embed, or both at text. */
    boolean sameKind(OpCursor other) {
        Op mine = ops.get(index);
        Op theirs = other.ops.get(other.index);
        if (mine instanceof Op.Embed a && theirs instanceof Op.Embed b) {
            return a.kind().equals(b.kind()) && a.value().equals(b.value());
        }
        return mine.getClass() == theirs.getClass();
    }

    /** Adds what is left of the current op to {@code out} and goes on. */
    void takeRest(DeltaBuilder out) {
        if (atInsert()) {
            takeInsert(left(), attributes(), out);
        } else if (atDelete()) {
            out.delete(left());
            skip(left());
        } else {
            out.retain(left(), attributes());
            skip(left());
        }
    }
}

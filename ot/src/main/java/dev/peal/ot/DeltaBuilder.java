package dev.peal.ot;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Delta} of ops in order, whatever their order, in canonical form: like ops that follow one another become one, and
 * between two retains first all inserts and then one delete, as it makes no difference which of these comes first. Owned by one
 * thread. Throws {@link ArithmeticException} where a length is more than an int holds.
 *
 * <p>What may still grow is kept apart from {@link #done}: either a retain, or inserts with the delete behind them.
 */
public final class DeltaBuilder {
    private final List<Op> done;

    private int retained;
    private Attributes retainedAttributes = Attributes.NONE;

    private String text = "";
    private Attributes textAttributes = Attributes.NONE;
    /** {@link #text} with what was added to it since, once that happened: adding is linear so. */
    private @Nullable StringBuilder longer;

    private int deleted;

    public DeltaBuilder() {
        this(8);
    }

    DeltaBuilder(int capacity) {
        done = new ArrayList<>(capacity);
    }

    public DeltaBuilder retain(int length) {
        return retain(length, Attributes.NONE);
    }

    /** Nothing where {@code length} is 0. */
    public DeltaBuilder retain(int length, Attributes attributes) {
        requireLength(length);
        if (length == 0) {
            return this;
        }
        flushEdits();
        if (retained > 0 && !retainedAttributes.equals(attributes)) {
            flushRetain();
        }
        retainedAttributes = attributes;
        retained = Math.addExact(retained, length);
        return this;
    }

    public DeltaBuilder insert(String inserted) {
        return insert(inserted, Attributes.NONE);
    }

    /** Nothing where {@code inserted} is empty. */
    public DeltaBuilder insert(String inserted, Attributes attributes) {
        if (inserted.isEmpty()) {
            return this;
        }
        flushRetain();
        Attributes worn = attributes.withoutRemovals();
        if (text.isEmpty() || !textAttributes.equals(worn)) {
            flushText();
            text = inserted;
            textAttributes = worn;
            return this;
        }
        if (longer == null) {
            longer = new StringBuilder(2 * (text.length() + inserted.length())).append(text);
        }
        longer.append(inserted);
        return this;
    }

    public DeltaBuilder embed(String kind, Object value) {
        return embed(kind, value, Attributes.NONE);
    }

    public DeltaBuilder embed(String kind, Object value, Attributes attributes) {
        return add(new Op.Embed(kind, value, attributes));
    }

    /** Nothing where {@code length} is 0. */
    public DeltaBuilder delete(int length) {
        requireLength(length);
        if (length > 0) {
            flushRetain();
            deleted = Math.addExact(deleted, length);
        }
        return this;
    }

    public DeltaBuilder add(Op op) {
        if (op instanceof Op.Retain retain) {
            return retain(retain.length(), retain.attributes());
        } else if (op instanceof Op.Insert insert) {
            return insert(insert.text(), insert.attributes());
        } else if (op instanceof Op.Delete delete) {
            return delete(delete.length());
        }
        flushRetain();
        flushText();
        done.add(op);
        return this;
    }

    public Delta build() {
        flushRetain();
        flushEdits();
        return Delta.canonical(done);
    }

    /** Without a retain at the end that changes nothing. */
    Delta buildChopped() {
        if (retainedAttributes.isEmpty()) {
            retained = 0;
        }
        return build();
    }

    private void flushRetain() {
        if (retained > 0) {
            done.add(new Op.Retain(retained, retainedAttributes));
            retained = 0;
        }
    }

    private void flushEdits() {
        flushText();
        if (deleted > 0) {
            done.add(new Op.Delete(deleted));
            deleted = 0;
        }
    }

    private void flushText() {
        if (!text.isEmpty()) {
            done.add(new Op.Insert(longer == null ? text : longer.toString(), textAttributes));
            text = "";
            longer = null;
        }
    }

    private static void requireLength(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("negative length " + length);
        }
    }
}

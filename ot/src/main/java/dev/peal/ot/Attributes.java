package dev.peal.ot;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a run of text wears: names, sorted, each with a String, a Boolean or a Number. In a {@link Op.Retain} a value may be null, which
 * takes the attribute away. Immutable. Numbers are Longs where they are integers within ±(2^53-1), else Doubles, so that 1 equals 1.0.
 *
 * <p>Two sorted arrays in place of a map: most have one or two entries, equality and hash are asked for at every step of the
 * algebra, and no name that a client chose can collide in a table.
 */
public final class Attributes {
    public static final Attributes NONE = new Attributes(new String[0], new Object[0]);

    private final String[] names;
    private final @Nullable Object[] values;
    private final int hash;

    private Attributes(String[] names, @Nullable Object[] values) {
        this.names = names;
        this.values = values;
        this.hash = 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
    }

    public static Attributes of(String name, Object value) {
        return new Attributes(new String[] {Objects.requireNonNull(name)}, new Object[] {Values.scalar(value)});
    }

    /** As a retain has it that takes the attribute away. */
    public static Attributes removing(String name) {
        return new Attributes(new String[] {Objects.requireNonNull(name)}, new @Nullable Object[] {null});
    }

    /** A value may be null in what a retain gets. */
    public static Attributes of(Map<String, ? extends @Nullable Object> map) {
        Builder builder = new Builder(map.size());
        new TreeMap<String, @Nullable Object>(map)
                .forEach((name, value) -> builder.add(name, value == null ? null : Values.scalar(value)));
        return builder.build();
    }

    public boolean isEmpty() {
        return names.length == 0;
    }

    public int size() {
        return names.length;
    }

    /** The name at {@code index} in sorted order. */
    public String name(int index) {
        return names[index];
    }

    /** The value at {@code index}; null where it takes the attribute away. */
    public @Nullable Object value(int index) {
        return values[index];
    }

    public boolean has(String name) {
        return Arrays.binarySearch(names, name) >= 0;
    }

    /** Null where there is none of that name, or where it is taken away. */
    public @Nullable Object get(String name) {
        int index = Arrays.binarySearch(names, name);
        return index < 0 ? null : values[index];
    }

    public void forEach(BiConsumer<String, @Nullable Object> action) {
        for (int i = 0; i < names.length; i++) {
            action.accept(names[i], values[i]);
        }
    }

    /** A copy, in sorted order. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        forEach(map::put);
        return map;
    }

    /** Both with another name added or its value replaced. */
    public Attributes with(String name, Object value) {
        return compose(of(name, value), true);
    }

    /**
     * These and then {@code later}, whose values win.
     *
     * @param keepRemovals whether the nulls of {@code later} stay, as they must in a retain
     */
    public Attributes compose(Attributes later, boolean keepRemovals) {
        if (later.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return keepRemovals ? later : later.withoutRemovals();
        }
        Builder out = new Builder(names.length + later.names.length);
        for (Merge m = new Merge(this, later); m.next(); ) {
            if (!m.inSecond()) {
                out.add(m.name(), m.first());
            } else if (keepRemovals || m.second() != null) {
                out.add(m.name(), m.second());
            }
        }
        return out.build(this);
    }

    /**
     * What remains of {@code other}, given to the same text at the same time, after these.
     *
     * @param priority whether these win where both say something
     */
    public Attributes transform(Attributes other, boolean priority) {
        if (!priority || isEmpty() || other.isEmpty()) {
            return other;
        }
        Builder out = new Builder(other.names.length);
        for (Merge m = new Merge(this, other); m.next(); ) {
            if (!m.inFirst()) {
                out.add(m.name(), m.second());
            }
        }
        return out.build(other);
    }

    /** What a retain has to say to turn these into {@code after}. */
    public Attributes diff(Attributes after) {
        if (equals(after)) {
            return NONE;
        }
        Builder out = new Builder(names.length + after.names.length);
        for (Merge m = new Merge(this, after); m.next(); ) {
            if (m.inFirst() != m.inSecond() || !Objects.equals(m.first(), m.second())) {
                out.add(m.name(), m.second());
            }
        }
        return out.build();
    }

    /** What a retain has to say to undo these, said to text that wore {@code base}. */
    public Attributes invert(Attributes base) {
        Builder out = new Builder(names.length);
        for (Merge m = new Merge(this, base); m.next(); ) {
            if (m.inFirst() && !(m.inSecond() && Objects.equals(m.first(), m.second()))) {
                out.add(m.name(), m.second());
            }
        }
        return out.build();
    }

    Attributes withoutRemovals() {
        int kept = 0;
        for (Object value : values) {
            kept += value == null ? 0 : 1;
        }
        if (kept == values.length) {
            return this;
        }
        Builder out = new Builder(kept);
        for (int i = 0; i < names.length; i++) {
            if (values[i] != null) {
                out.add(names[i], values[i]);
            }
        }
        return out.build();
    }

    /** Code units that they take, roughly as in JSON. */
    long cost() {
        long cost = 0;
        for (int i = 0; i < names.length; i++) {
            cost += names[i].length() + Values.size(values[i]);
        }
        return cost;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Attributes that
                        && hash == that.hash
                        && Arrays.equals(names, that.names)
                        && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return toMap().toString();
    }

    /** Walks two in step, each name once. */
    private static final class Merge {
        private final Attributes a;
        private final Attributes b;
        private int i;
        private int j;
        private int order;

        Merge(Attributes a, Attributes b) {
            this.a = a;
            this.b = b;
            this.i = -1;
            this.j = -1;
        }

        boolean next() {
            if (i < 0) {
                i = 0;
                j = 0;
            } else {
                i += order <= 0 ? 1 : 0;
                j += order >= 0 ? 1 : 0;
            }
            boolean more = i < a.names.length || j < b.names.length;
            if (i == a.names.length) {
                order = 1;
            } else if (j == b.names.length) {
                order = -1;
            } else {
                order = a.names[i].compareTo(b.names[j]);
            }
            return more;
        }

        boolean inFirst() {
            return order <= 0;
        }

        boolean inSecond() {
            return order >= 0;
        }

        String name() {
            return order <= 0 ? a.names[i] : b.names[j];
        }

        @Nullable
        Object first() {
            return order <= 0 ? a.values[i] : null;
        }

        @Nullable
        Object second() {
            return order >= 0 ? b.values[j] : null;
        }
    }

    /** Takes names in sorted order. */
    private static final class Builder {
        private String[] names;
        private @Nullable Object[] values;
        private int size;

        Builder(int capacity) {
            names = new String[capacity];
            values = new Object[capacity];
        }

        void add(String name, @Nullable Object value) {
            names[size] = name;
            values[size++] = value;
        }

        Attributes build() {
            if (size == 0) {
                return NONE;
            }
            return new Attributes(Arrays.copyOf(names, size), Arrays.copyOf(values, size));
        }

        /** The same object where nothing changed: then comparing them later is one look. */
        Attributes build(Attributes like) {
            Attributes built = build();
            return built.equals(like) ? like : built;
        }
    }
}

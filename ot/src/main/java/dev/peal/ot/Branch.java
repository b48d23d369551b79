package dev.peal.ot;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A node whose children are nodes of one height. */
final class Branch extends Node {
    private final Node[] children;
    /** Where each child ends, from the beginning of this: found without a look at the children. */
    private final int[] ends;

    private final int height;

    private Branch(Node[] children, int[] ends, long size) {
        super(ends[ends.length - 1], size);
        this.children = children;
        this.ends = ends;
        this.height = children[0].height() + 1;
    }

    private static Branch of(Node... children) {
        int[] ends = new int[children.length];
        int end = 0;
        long size = 0;
        for (int i = 0; i < children.length; i++) {
            end = Math.addExact(end, children[i].length);
            ends[i] = end;
            size += children[i].size;
        }
        return new Branch(children, ends, size);
    }

    static Branch of(List<Node> children) {
        return of(children.toArray(new Node[0]));
    }

    @Override
    int height() {
        return height;
    }

    @Override
    int count() {
        return children.length;
    }

    Node child(int index) {
        return children[index];
    }

    @Override
    Node prefix(int end) {
        if (end == 0) {
            return Leaf.EMPTY;
        }
        if (end == length) {
            return this;
        }
        int i = childEndingAtOrAfter(end);
        return concat(range(0, i), children[i].prefix(end - startOf(i)));
    }

    @Override
    Node suffix(int start) {
        if (start == length) {
            return Leaf.EMPTY;
        }
        if (start == 0) {
            return this;
        }
        int i = childEndingAtOrAfter(start + 1);
        return concat(children[i].suffix(start - startOf(i)), range(i + 1, children.length));
    }

    @Override
    @Nullable
    Node replace(int from, int to, Op.@Nullable Content with) {
        // An insert between two children goes to the first, where it may lengthen what was typed last.
        int i = childEndingAtOrAfter(to == from ? from : from + 1);
        int start = startOf(i);
        Node child = children[i];
        if (to - start > child.length) {
            return null;
        }
        Node replaced = child.replace(from - start, to - start, with);
        return replaced == null ? null : withChild(i, replaced);
    }

    private Branch withChild(int index, Node child) {
        Node old = children[index];
        Node[] copy = children.clone();
        copy[index] = child;
        int growth = child.length - old.length;
        int[] moved = ends.clone();
        for (int i = index; i < moved.length; i++) {
            moved[i] += growth;
        }
        if (growth > 0 && moved[moved.length - 1] < 0) {
            throw new ArithmeticException("document too long");
        }
        return new Branch(copy, moved, size - old.size + child.size);
    }

    @Override
    void forEach(int from, int to, Consumer<Op.Content> action) {
        int i = childEndingAtOrAfter(from + 1);
        for (int start = startOf(i); start < to; start = ends[i++]) {
            children[i].forEach(Math.max(0, from - start), Math.min(to - start, children[i].length), action);
        }
    }

    @Override
    char charAt(int index) {
        int i = childEndingAtOrAfter(index + 1);
        return children[i].charAt(index - startOf(i));
    }

    @Override
    void requireShape(boolean isRoot) {
        require(
                children.length >= (isRoot ? 2 : COUNT_MIN) && children.length <= COUNT_MAX,
                "children " + children.length);
        long sizes = 0;
        int end = 0;
        for (int i = 0; i < children.length; i++) {
            children[i].requireShape(false);
            require(children[i].height() == height - 1, "leaves are not equally deep");
            end += children[i].length;
            sizes += children[i].size;
            require(ends[i] == end, "child " + i + " ends at " + end + ", not " + ends[i]);
        }
        require(length == end && size == sizes, "length or size is not that of the children");
    }

    /** This and then {@code last}, which is of the same height. */
    Node join(Branch last) {
        int count = children.length + last.children.length;
        if (count > COUNT_MAX && children.length >= COUNT_MIN && last.children.length >= COUNT_MIN) {
            return of(this, last);
        }
        Node[] all = Arrays.copyOf(children, count);
        System.arraycopy(last.children, 0, all, children.length, last.children.length);
        return ofMany(all);
    }

    /** This and then {@code last}, which is of less height. */
    Node append(Node last) {
        Node joined = concat(children[children.length - 1], last);
        if (joined.height() < height) {
            return withChild(children.length - 1, joined);
        }
        Node[] pair = ((Branch) joined).children;
        Node[] all = Arrays.copyOf(children, children.length + 1);
        System.arraycopy(pair, 0, all, children.length - 1, 2);
        return ofMany(all);
    }

    /** {@code first}, which is of less height, and then this. */
    Node prepend(Node first) {
        Node joined = concat(first, children[0]);
        if (joined.height() < height) {
            return withChild(0, joined);
        }
        Node[] pair = ((Branch) joined).children;
        Node[] all = new Node[children.length + 1];
        System.arraycopy(pair, 0, all, 0, 2);
        System.arraycopy(children, 1, all, 2, children.length - 1);
        return ofMany(all);
    }

    /** One node, or two under one. */
    private static Node ofMany(Node[] all) {
        if (all.length <= COUNT_MAX) {
            return of(all);
        }
        int half = all.length / 2;
        return of(of(Arrays.copyOf(all, half)), of(Arrays.copyOfRange(all, half, all.length)));
    }

    private Node range(int from, int to) {
        if (from == to) {
            return Leaf.EMPTY;
        }
        return to - from == 1 ? children[from] : of(Arrays.copyOfRange(children, from, to));
    }

    private int startOf(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    private int childEndingAtOrAfter(int position) {
        int i = 0;
        while (ends[i] < position) {
            i++;
        }
        return i;
    }
}

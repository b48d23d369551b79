package dev.peal.ot;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** The runs of a tree as they are kept, one after another: long texts in pieces. */
final class Pieces implements Iterator<Op.Content> {
    private final Node[] path;
    private final int[] next;
    /** How deep in {@link #path} the walk is; -1 at its end. */
    private int depth;

    Pieces(Node root) {
        path = new Node[root.height() + 1];
        next = new int[root.height() + 1];
        path[0] = root;
        settle();
    }

    @Override
    public boolean hasNext() {
        return depth >= 0;
    }

    @Override
    public Op.Content next() {
        if (depth < 0) {
            throw new NoSuchElementException();
        }
        Op.Content run = ((Leaf) path[depth]).runs[next[depth]++];
        settle();
        return run;
    }

    /** Goes to the leaf that holds the next run. */
    private void settle() {
        while (depth >= 0 && !(path[depth] instanceof Leaf && next[depth] < path[depth].count())) {
            if (next[depth] == path[depth].count()) {
                depth--;
            } else {
                Node child = ((Branch) path[depth]).child(next[depth]++);
                depth++;
                path[depth] = child;
                next[depth] = 0;
            }
        }
    }

    /** Whether two trees hold the same, however it is cut. What they share is not looked at unit by unit. */
    static boolean same(Node a, Node b) {
        if (a == b) {
            return true;
        }
        if (a.length != b.length) {
            return false;
        }
        Pieces ones = new Pieces(a);
        Pieces others = new Pieces(b);
        Op.Content one = null;
        Op.Content other = null;
        int oneAt = 0;
        int otherAt = 0;
        for (int left = a.length; left > 0; ) {
            if (one == null || oneAt == one.length()) {
                one = ones.next();
                oneAt = 0;
            }
            if (other == null || otherAt == other.length()) {
                other = others.next();
                otherAt = 0;
            }
            int length = Math.min(one.length() - oneAt, other.length() - otherAt);
            if (!sameUnits(one, oneAt, other, otherAt, length)) {
                return false;
            }
            oneAt += length;
            otherAt += length;
            left -= length;
        }
        return true;
    }

    private static boolean sameUnits(Op.Content one, int oneAt, Op.Content other, int otherAt, int length) {
        if (one == other && oneAt == otherAt) {
            return true;
        }
        if (one instanceof Op.Insert a && other instanceof Op.Insert b) {
            return a.attributes().equals(b.attributes()) && a.text().regionMatches(oneAt, b.text(), otherAt, length);
        }
        return one.equals(other);
    }

    /** The same for trees that hold the same. */
    static int hash(Node root) {
        int hash = 0;
        Attributes look = Attributes.NONE;
        for (Pieces pieces = new Pieces(root); pieces.hasNext(); ) {
            Op.Content run = pieces.next();
            if (!run.attributes().equals(look)) {
                look = run.attributes();
                hash = 31 * hash + look.hashCode();
            }
            if (run instanceof Op.Insert insert) {
                String text = insert.text();
                for (int i = 0; i < text.length(); i++) {
                    hash = 31 * hash + text.charAt(i);
                }
            } else {
                hash = 31 * hash + run.hashCode();
            }
        }
        return hash;
    }
}

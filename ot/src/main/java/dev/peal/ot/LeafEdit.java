package dev.peal.ot;

import org.jspecify.annotations.Nullable;

/** The edit that typing makes: some units of one leaf give way to at most one run, which joins its neighbours where it can. */
final class LeafEdit {
    private final Op.Content[] middle = new Op.Content[3];
    private int count;

    private LeafEdit() {}

    /** Null where the leaf would get too few runs or too many. */
    static @Nullable Leaf replace(Leaf leaf, int from, int to, Op.@Nullable Content with) {
        Op.Content[] runs = leaf.runs;
        int[] ends = leaf.ends;
        int i = runAfter(ends, 0, from);
        int j = runAfter(ends, i, to);
        int cutFrom = from - startOf(ends, i);
        int cutTo = to - startOf(ends, j);
        int low = cutFrom == 0 && i > 0 ? i - 1 : i;
        int high = Math.min(j + 1, runs.length);

        LeafEdit edit = new LeafEdit();
        Op.Content left = low < runs.length && (cutFrom > 0 || i > 0) ? runs[low] : null;
        Op.Content right = j < runs.length ? runs[j] : null;
        edit.put(left, cutFrom > 0 ? cutFrom : left == null ? 0 : left.length(), with, right, cutTo);
        if (low > 0 && edit.joinFirst(runs[low - 1])) {
            low--;
        }
        if (high < runs.length && edit.joinLast(runs[high])) {
            high++;
        }
        int newCount = runs.length - (high - low) + edit.count;
        if (newCount > Node.COUNT_MAX || newCount < Math.min(Node.COUNT_MIN, runs.length)) {
            return null;
        }
        return edit.into(leaf, low, high, newCount);
    }

    private static int runAfter(int[] ends, int first, int position) {
        int i = first;
        while (i < ends.length && ends[i] <= position) {
            i++;
        }
        return i;
    }

    private static int startOf(int[] ends, int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    private void put(
            Op.@Nullable Content left,
            int leftEnd,
            Op.@Nullable Content with,
            Op.@Nullable Content right,
            int rightStart) {
        if (left instanceof Op.Insert a
                && right instanceof Op.Insert b
                && (with == null || with instanceof Op.Insert)
                && putAsOne(a, leftEnd, (Op.Insert) with, b, rightStart)) {
            return;
        }
        if (left != null) {
            put(Leaf.slice(left, 0, leftEnd));
        }
        if (with != null) {
            put(with);
        }
        if (right != null) {
            put(Leaf.slice(right, rightStart, right.length()));
        }
    }

    /** Typing within a text, without making pieces of it first. */
    private boolean putAsOne(Op.Insert a, int aEnd, Op.@Nullable Insert with, Op.Insert b, int bStart) {
        int length = aEnd + (with == null ? 0 : with.length()) + b.length() - bStart;
        if (length > Leaf.TEXT_MAX
                || !a.attributes().equals(b.attributes())
                || with != null && !a.attributes().equals(with.attributes())) {
            return false;
        }
        String before = a.text().substring(0, aEnd);
        String after = b.text().substring(bStart);
        String text = with == null ? before.concat(after) : before + with.text() + after;
        middle[count++] = new Op.Insert(text, a.attributes());
        return true;
    }

    private void put(Op.Content run) {
        Op.Content met = count == 0 ? null : Leaf.merged(middle[count - 1], run);
        if (met == null) {
            middle[count++] = run;
        } else {
            middle[count - 1] = met;
        }
    }

    /** A run that was cut may now fit in one with its neighbour. */
    private boolean joinFirst(Op.Content neighbour) {
        Op.Content met = count == 0 ? null : Leaf.merged(neighbour, middle[0]);
        if (met != null) {
            middle[0] = met;
        }
        return met != null;
    }

    private boolean joinLast(Op.Content neighbour) {
        Op.Content met = count == 0 ? null : Leaf.merged(middle[count - 1], neighbour);
        if (met != null) {
            middle[count - 1] = met;
        }
        return met != null;
    }

    private Leaf into(Leaf leaf, int low, int high, int newCount) {
        Op.Content[] runs = new Op.Content[newCount];
        int[] ends = new int[newCount];
        System.arraycopy(leaf.runs, 0, runs, 0, low);
        System.arraycopy(middle, 0, runs, low, count);
        System.arraycopy(leaf.runs, high, runs, low + count, leaf.runs.length - high);
        System.arraycopy(leaf.ends, 0, ends, 0, low);
        long size = leaf.size;
        int end = startOf(leaf.ends, low);
        for (int i = low; i < high; i++) {
            size -= Leaf.size(leaf.runs[i]);
        }
        for (int i = low; i < newCount; i++) {
            end += runs[i].length();
            ends[i] = end;
        }
        for (int i = 0; i < count; i++) {
            size += Leaf.size(middle[i]);
        }
        return new Leaf(runs, ends, size);
    }
}

package dev.peal.ot;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node whose children are runs: texts of at most {@value #TEXT_MAX} units and embeds. No two texts beside each other in one leaf wear
 * the same and fit in one, so that typing unit by unit does not leave runs of one unit.
 */
final class Leaf extends Node {
    /** Longer texts mean more to copy at each edit, shorter ones more objects. */
    static final int TEXT_MAX = 512;
    /** Of texts that are cut: some room for edits. */
    private static final int TEXT_NEW = 384;

    static final Leaf EMPTY = new Leaf(new Op.Content[0], new int[0], 0);

    private static final char EMBED = '\uFFFC';

    final Op.Content[] runs;
    /** Where each run ends, from the beginning of this. */
    final int[] ends;

    Leaf(Op.Content[] runs, int[] ends, long size) {
        super(ends.length == 0 ? 0 : ends[ends.length - 1], size);
        this.runs = runs;
        this.ends = ends;
    }

    private static Leaf of(Op.Content[] runs) {
        int[] ends = new int[runs.length];
        int end = 0;
        long size = 0;
        for (int i = 0; i < runs.length; i++) {
            end += runs[i].length();
            ends[i] = end;
            size += size(runs[i]);
        }
        return new Leaf(runs, ends, size);
    }

    static Leaf of(List<Op.Content> runs) {
        return of(runs.toArray(new Op.Content[0]));
    }

    /** Adds {@code run} in pieces that a leaf takes. */
    static void cut(Op.Content run, List<Op.Content> pieces) {
        if (!(run instanceof Op.Insert insert) || insert.length() <= TEXT_MAX) {
            pieces.add(run);
            return;
        }
        String text = insert.text();
        for (int from = 0; from < text.length(); ) {
            int to = text.length() - from <= TEXT_MAX ? text.length() : from + TEXT_NEW;
            pieces.add(new Op.Insert(text.substring(from, to), insert.attributes()));
            from = to;
        }
    }

    static long size(Op.Content run) {
        long size = run.length() + run.attributes().cost();
        return run instanceof Op.Embed embed ? size + embed.kind().length() + Values.size(embed.value()) : size;
    }

    @Override
    int height() {
        return 0;
    }

    @Override
    int count() {
        return runs.length;
    }

    @Override
    Node prefix(int end) {
        if (end == 0) {
            return EMPTY;
        }
        if (end == length) {
            return this;
        }
        int i = runEndingAtOrAfter(end);
        Op.Content cut = slice(runs[i], 0, end - startOf(i));
        Op.Content met = i == 0 ? null : merged(runs[i - 1], cut);
        Op.Content[] some = Arrays.copyOf(runs, met == null ? i + 1 : i);
        some[some.length - 1] = met == null ? cut : met;
        return of(some);
    }

    @Override
    Node suffix(int start) {
        if (start == length) {
            return EMPTY;
        }
        if (start == 0) {
            return this;
        }
        int i = runEndingAtOrAfter(start + 1);
        Op.Content cut = slice(runs[i], start - startOf(i), runs[i].length());
        Op.Content met = i + 1 == runs.length ? null : merged(cut, runs[i + 1]);
        Op.Content[] some = Arrays.copyOfRange(runs, met == null ? i : i + 1, runs.length);
        some[0] = met == null ? cut : met;
        return of(some);
    }

    @Override
    @Nullable
    Node replace(int from, int to, Op.@Nullable Content with) {
        return LeafEdit.replace(this, from, to, with);
    }

    @Override
    void forEach(int from, int to, Consumer<Op.Content> action) {
        int i = runEndingAtOrAfter(from + 1);
        for (int start = startOf(i); start < to; start = ends[i++]) {
            action.accept(slice(runs[i], Math.max(0, from - start), Math.min(to, ends[i]) - start));
        }
    }

    @Override
    char charAt(int index) {
        int i = runEndingAtOrAfter(index + 1);
        return runs[i] instanceof Op.Insert insert ? insert.text().charAt(index - startOf(i)) : EMBED;
    }

    @Override
    void requireShape(boolean isRoot) {
        require(runs.length >= (isRoot ? 0 : COUNT_MIN) && runs.length <= COUNT_MAX, "runs " + runs.length);
        long sizes = 0;
        int end = 0;
        for (int i = 0; i < runs.length; i++) {
            end += runs[i].length();
            sizes += size(runs[i]);
            require(ends[i] == end, "run " + i + " ends at " + end + ", not " + ends[i]);
            require(runs[i].length() <= TEXT_MAX, "run of " + runs[i].length());
            require(i == 0 || merged(runs[i - 1], runs[i]) == null, "two runs that could be one");
        }
        require(length == end && size == sizes, "length or size is not that of the runs");
    }

    /** This and then {@code last}; the two runs where they meet become one where they can. */
    Node join(Leaf last) {
        Op.Content met = merged(runs[runs.length - 1], last.runs[0]);
        if (met == null
                && runs.length + last.runs.length > COUNT_MAX
                && runs.length >= COUNT_MIN
                && last.runs.length >= COUNT_MIN) {
            return Branch.of(List.of(this, last));
        }
        int merged = met == null ? 0 : 1;
        Op.Content[] all = Arrays.copyOf(runs, runs.length + last.runs.length - merged);
        System.arraycopy(last.runs, merged, all, runs.length, last.runs.length - merged);
        if (met != null) {
            all[runs.length - 1] = met;
        }
        if (all.length <= COUNT_MAX) {
            return of(all);
        }
        int half = all.length / 2;
        return Branch.of(List.of(of(Arrays.copyOf(all, half)), of(Arrays.copyOfRange(all, half, all.length))));
    }

    /** Both in one, or null. */
    static Op.@Nullable Content merged(Op.Content a, Op.Content b) {
        if (a instanceof Op.Insert first
                && b instanceof Op.Insert second
                && first.length() + second.length() <= TEXT_MAX
                && first.attributes().equals(second.attributes())) {
            return new Op.Insert(first.text().concat(second.text()), first.attributes());
        }
        return null;
    }

    static Op.Content slice(Op.Content run, int from, int to) {
        if (to - from == run.length()) {
            return run;
        }
        Op.Insert insert = (Op.Insert) run;
        return new Op.Insert(insert.text().substring(from, to), insert.attributes());
    }

    private int startOf(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    private int runEndingAtOrAfter(int position) {
        int i = 0;
        while (ends[i] < position) {
            i++;
        }
        return i;
    }
}

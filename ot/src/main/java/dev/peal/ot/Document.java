package dev.peal.ot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rich text as a value: what a {@link Delta} of inserts alone builds. Immutable and thread-safe; an edit answers a new document that
 * shares with the old one all that did not change.
 */
public final class Document {
    public static final Document EMPTY = new Document(Leaf.EMPTY);

    private final Node root;

    private Document(Node root) {
        this.root = root;
    }

    private static Document of(Node root) {
        return root.length == 0 ? EMPTY : new Document(root);
    }

    /** In linear time. Throws {@link IllegalArgumentException} where an op of {@code content} is not an insert or embed. */
    public static Document of(Delta content) {
        return of(Node.build(contentOf(content)));
    }

    private static List<Op.Content> contentOf(Delta delta) {
        List<Op.Content> content = new ArrayList<>(delta.ops().size());
        for (Op op : delta.ops()) {
            if (!(op instanceof Op.Content run)) {
                throw new IllegalArgumentException("a document consists of inserts: " + op);
            }
            content.add(run);
        }
        return content;
    }

    /** Units. */
    public int length() {
        return root.length;
    }

    /**
     * Roughly what the content takes, in code units: its text, the values of its embeds and the attributes of its runs. A text of one
     * look counts its attributes several times where it is long, as it is kept in pieces.
     */
    public long size() {
        return root.size;
    }

    /**
     * This changed by {@code change}, in time logarithmic in the document's length for each op (and linear in what it inserts, and in
     * the runs whose attributes it changes). Throws {@link IllegalArgumentException} where it reaches beyond the end: see
     * {@link DocumentRules#check} for what a client sent.
     */
    public Document apply(Delta change) {
        Node edited = root;
        int at = 0;
        List<Op> ops = change.ops();
        for (int i = 0; i < ops.size(); ) {
            if (ops.get(i) instanceof Op.Retain retain) {
                edited = retained(edited, at, retain);
                at += retain.length();
                i++;
            } else {
                int end = endOfEdit(ops, i);
                int before = edited.length;
                int deleted = ops.get(end - 1) instanceof Op.Delete delete ? delete.length() : 0;
                edited = edited(edited, at, deleted, ops.subList(i, deleted > 0 ? end - 1 : end));
                at += edited.length - before + deleted;
                i = end;
            }
        }
        return of(edited);
    }

    /** Behind the inserts, and the delete that may follow them, which begin at {@code start}. */
    private static int endOfEdit(List<Op> ops, int start) {
        int end = start;
        while (end < ops.size() && ops.get(end) instanceof Op.Content) {
            end++;
        }
        return end < ops.size() && ops.get(end) instanceof Op.Delete ? end + 1 : end;
    }

    private static Node edited(Node root, int at, int deleted, List<Op> inserted) {
        requireWithin(root, at, deleted);
        if (inserted.size() <= 1) {
            Op.Content run = inserted.isEmpty() ? null : (Op.Content) inserted.get(0);
            if (run == null || run.length() <= Leaf.TEXT_MAX) {
                Node quick = root.replace(at, at + deleted, run);
                if (quick != null) {
                    return quick;
                }
            }
        }
        List<Op.Content> runs = new ArrayList<>(inserted.size());
        inserted.forEach(op -> runs.add((Op.Content) op));
        return root.splice(at, at + deleted, Node.build(runs));
    }

    private static Node retained(Node root, int at, Op.Retain retain) {
        requireWithin(root, at, retain.length());
        if (retain.attributes().isEmpty()) {
            return root;
        }
        DeltaBuilder worn = new DeltaBuilder();
        int end = at + retain.length();
        root.forEach(at, end, run -> worn.add(run.wearing(run.attributes().compose(retain.attributes(), false))));
        return root.splice(at, end, Node.build(contentOf(worn.build())));
    }

    private static void requireWithin(Node root, int at, int length) {
        if (length > root.length - at) {
            throw new IllegalArgumentException("an op covers " + length + " units at " + at + " of " + root.length);
        }
    }

    /** What undoes {@code change}, once it was applied to this. */
    public Delta invert(Delta change) {
        DeltaBuilder out = new DeltaBuilder();
        int at = 0;
        for (Op op : change.ops()) {
            if (op instanceof Op.Content) {
                out.delete(op.length());
                continue;
            }
            requireWithin(root, at, op.length());
            int end = at + op.length();
            if (op instanceof Op.Delete) {
                root.forEach(at, end, out::add);
            } else if (op.attributes().isEmpty()) {
                out.retain(op.length());
            } else {
                root.forEach(
                        at, end, run -> out.retain(run.length(), op.attributes().invert(run.attributes())));
            }
            at = end;
        }
        return out.buildChopped();
    }

    /** What turns this into {@code after}; see {@link Delta#diff}. In time linear in both at least. */
    public Delta diff(Document after) {
        return root == after.root ? Delta.EMPTY : delta().diff(after.delta());
    }

    /** The units between {@code from} and {@code to}. */
    public Document slice(int from, int to) {
        if (from < 0 || to < from || to > length()) {
            throw new IllegalArgumentException("from " + from + " to " + to + " of " + length());
        }
        return of(root.prefix(to).suffix(from));
    }

    /** The content in canonical form. */
    public Delta delta() {
        DeltaBuilder out = new DeltaBuilder();
        forEachPiece(out::add);
        return out.build();
    }

    /** The text alone, with U+FFFC (object replacement character) for each embed: its positions are those of the document. */
    public String text() {
        StringBuilder text = new StringBuilder(length());
        forEachPiece(run -> text.append(run instanceof Op.Insert insert ? insert.text() : "\uFFFC"));
        return text.toString();
    }

    /** Whether {@code index} is between the two halves of a surrogate pair. */
    public boolean splitsPair(int index) {
        return index > 0
                && index < length()
                && Character.isLowSurrogate(root.charAt(index))
                && Character.isHighSurrogate(root.charAt(index - 1));
    }

    /** For tests: throws where the tree is not as {@link Node} promises. */
    void requireShape() {
        root.requireShape(true);
    }

    private void forEachPiece(Consumer<Op.Content> action) {
        if (root.length > 0) {
            root.forEach(0, root.length, action);
        }
    }

    /** By content. Linear, but what two versions of one document share is quick. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Document that && Pieces.same(root, that.root);
    }

    @Override
    public int hashCode() {
        return Pieces.hash(root);
    }

    @Override
    public String toString() {
        return delta().toString();
    }
}

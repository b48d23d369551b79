package dev.peal.client.docs;

import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import dev.peal.ot.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What takes one's own edits back and forth, the newest last: each made for the document as it is when those behind it are undone. A change of somebody else's goes down through the
 * stacks, so an undo never touches what others wrote. Owned by the client's loop.
 */
final class UndoStack {
    /** The oldest go first. */
    static final int UNDO_MAX = 500;

    /** Edits of one kind, one after the other, are undone as one for so long. */
    static final long GROUP_MILLIS = 1_000;

    private enum Kind {
        INSERT,
        DELETE,
        OTHER
    }

    private final List<Delta> undo = new ArrayList<>();
    private final List<Delta> redo = new ArrayList<>();
    private @Nullable Kind last;
    private long beganMillis;

    boolean canUndo() {
        return !undo.isEmpty();
    }

    boolean canRedo() {
        return !redo.isEmpty();
    }

    /** @param before the document before the edit */
    void edited(Delta change, Document before, long nowMillis) {
        Delta back = before.invert(change);
        Kind kind = kindOf(change);
        boolean goesOn =
                kind != Kind.OTHER && kind == last && nowMillis - beganMillis < GROUP_MILLIS && !undo.isEmpty();
        if (goesOn) {
            back = back.compose(undo.remove(undo.size() - 1));
        } else {
            beganMillis = nowMillis;
        }
        push(undo, back);
        redo.clear();
        last = kind;
    }

    /** The next edit is undone by itself. */
    void cut() {
        last = null;
    }

    /** What to do to the document in order to undo; nothing where nothing is left. */
    Optional<Delta> undo(Document now) {
        return turn(undo, redo, now);
    }

    Optional<Delta> redo(Document now) {
        return turn(redo, undo, now);
    }

    /** Somebody else's change, as it changes what is shown. */
    void passed(Delta change) {
        int size = undo.size();
        pass(undo, change);
        pass(redo, change);
        if (undo.size() < size) {
            cut();
        }
    }

    private Optional<Delta> turn(List<Delta> from, List<Delta> to, Document now) {
        cut();
        if (from.isEmpty()) {
            return Optional.empty();
        }
        Delta change = from.remove(from.size() - 1);
        push(to, now.invert(change));
        return Optional.of(change);
    }

    private static void push(List<Delta> stack, Delta change) {
        if (change.isEmpty()) {
            return;
        }
        stack.add(change);
        if (stack.size() > UNDO_MAX) {
            stack.remove(0);
        }
    }

    private static void pass(List<Delta> stack, Delta change) {
        Delta passed = change;
        for (int i = stack.size() - 1; i >= 0; i--) {
            Delta own = stack.get(i);
            Delta moved = passed.transform(own, true);
            passed = own.transform(passed, false);
            if (moved.isEmpty()) {
                stack.remove(i);
            } else {
                stack.set(i, moved);
            }
        }
    }

    /** Typing goes on in one line; a new line, a format and an embed stand for themselves. */
    private static Kind kindOf(Delta change) {
        Op only = null;
        for (Op op : change.ops()) {
            boolean does = !(op instanceof Op.Retain) || !op.attributes().isEmpty();
            if (does && only != null) {
                return Kind.OTHER;
            }
            only = does ? op : only;
        }
        if (only instanceof Op.Delete) {
            return Kind.DELETE;
        }
        return only instanceof Op.Insert insert && insert.text().indexOf('\n') < 0 ? Kind.INSERT : Kind.OTHER;
    }
}

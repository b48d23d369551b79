package dev.peal.ot;

/** The difference of two documents: that of their texts, an embed being a unit of its own, and then of their attributes. */
final class DeltaDiff {
    private static final char EMBED = '\0';

    private DeltaDiff() {}

    static Delta diff(Delta before, Delta after) {
        if (before.equals(after)) {
            return Delta.EMPTY;
        }
        OpCursor mine = new OpCursor(before.ops());
        OpCursor theirs = new OpCursor(after.ops());
        DeltaBuilder out = new DeltaBuilder();
        for (Piece piece : TextDiff.diff(text(before), text(after))) {
            int left = piece.text.length();
            while (left > 0) {
                int length = switch (piece.kind) {
                    case INSERTED -> inserted(theirs, left, out);
                    case DELETED -> deleted(mine, left, out);
                    case EQUAL -> retained(mine, theirs, left, out);
                };
                left -= length;
            }
        }
        return out.buildChopped();
    }

    private static String text(Delta document) {
        StringBuilder text = new StringBuilder();
        for (Op op : document.ops()) {
            if (!(op instanceof Op.Content)) {
                throw new IllegalArgumentException("a document consists of inserts: " + op);
            }
            if (op instanceof Op.Insert insert) {
                text.append(insert.text());
            } else {
                text.append(EMBED);
            }
        }
        return text.toString();
    }

    private static int inserted(OpCursor theirs, int left, DeltaBuilder out) {
        int length = Math.min(theirs.left(), left);
        theirs.takeInsert(length, theirs.attributes(), out);
        return length;
    }

    private static int deleted(OpCursor mine, int left, DeltaBuilder out) {
        int length = Math.min(mine.left(), left);
        mine.skip(length);
        out.delete(length);
        return length;
    }

    private static int retained(OpCursor mine, OpCursor theirs, int left, DeltaBuilder out) {
        int length = Math.min(Math.min(mine.left(), theirs.left()), left);
        if (mine.sameKind(theirs)) {
            out.retain(length, mine.attributes().diff(theirs.attributes()));
            theirs.skip(length);
        } else {
            theirs.takeInsert(length, theirs.attributes(), out);
            out.delete(length);
        }
        mine.skip(length);
        return length;
    }
}

package dev.peal.docs;

import dev.peal.ot.Attributes;
import dev.peal.ot.Delta;
import dev.peal.ot.DeltaBuilder;
import dev.peal.ot.Document;
import dev.peal.ot.Op;

/**
 * Who wrote what, in the text itself: an attribute on each run that no client can set, since no rule allows its name, and that none is sent. So it moves, splits
 * and goes with the text, and costs nothing where one person writes.
 */
final class Marks {
    /** Begins with a character that sorts before every name that people give. */
    static final String NAME = "\u0001by";

    private static final Attributes AWAY = Attributes.removing(NAME);

    private Marks() {}

    /** The same operation, with its text marked. */
    static Delta marked(Delta operation, int author) {
        DeltaBuilder out = Delta.builder();
        boolean inserts = false;
        Attributes mark = Attributes.of(NAME, (long) author);
        for (Op op : operation.ops()) {
            if (op instanceof Op.Content run) {
                inserts = true;
                out.add(run.wearing(run.attributes().compose(mark, false)));
            } else {
                out.add(op);
            }
        }
        return inserts ? out.build() : operation;
    }

    /** The content as everybody sees it. */
    static Delta unmarked(Document marked) {
        DeltaBuilder out = Delta.builder();
        for (Op op : marked.delta().ops()) {
            Op.Content run = (Op.Content) op;
            out.add(run.wearing(run.attributes().compose(AWAY, false)));
        }
        return out.build();
    }

    /** The number of a run's author; -1 where it has none. */
    static int author(Op run) {
        return run.attributes().get(NAME) instanceof Long number ? number.intValue() : -1;
    }
}

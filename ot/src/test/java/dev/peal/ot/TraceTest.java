package dev.peal.ot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people really typed (PROMISES 63): each edit applied to the document, and all of them undone again. */
class TraceTest {
    @Test
    void thePaperIsWhatWasWritten() {
        replay(Trace.automergePaper());
    }

    @Test
    void theCodeIsWhatWasWritten() {
        replay(Trace.rustCode());
    }

    private static void replay(Trace trace) {
        Document document = Document.of(Delta.ofText(trace.startContent()));
        List<Delta> inverses = new ArrayList<>();
        for (Trace.Transaction transaction : trace.transactions()) {
            for (Trace.Patch patch : transaction.patches()) {
                Delta change = change(patch, document);
                inverses.add(document.invert(change));
                document = document.apply(change);
            }
        }
        assertThat(document.text()).isEqualTo(trace.endContent());
        document.requireShape();
        for (int i = inverses.size() - 1; i >= 0; i--) {
            document = document.apply(inverses.get(i));
        }
        assertThat(document.text()).isEqualTo(trace.startContent());
    }

    /** These texts have no character beyond U+FFFF, so that their code points are units. */
    private static Delta change(Trace.Patch patch, Document document) {
        assertThat(patch.position()).isLessThanOrEqualTo(document.length());
        assertThat(patch.inserted().chars().anyMatch(unit -> Character.isSurrogate((char) unit)))
                .isFalse();
        return Delta.builder()
                .retain(patch.position())
                .insert(patch.inserted())
                .delete(patch.deleted())
                .build();
    }
}

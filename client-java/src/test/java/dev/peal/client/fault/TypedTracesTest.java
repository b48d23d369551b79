package dev.peal.client.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.client.PealClient;
import dev.peal.client.docs.LiveDocument;
import dev.peal.ot.Delta;
import dev.peal.testkit.Await;
import dev.peal.testkit.fault.ServerProcess;
import dev.peal.testkit.trace.Trace;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PROMISES 63: what people really typed, typed again through the real program, which is killed on the way. */
final class TypedTracesTest {
    /** As much as somebody types while an operation is on its way; and it keeps the operations small. */
    private static final int EDITS_TOGETHER = 500;

    @Test
    void thePaperAndTheCodeEndAsTheyDid(@TempDir Path folder) throws Exception {
        try (ServerProcess server =
                Rig.server(folder, "--rate.operation=1000000/1s").start()) {
            type(server, "code", Trace.rustCode());
            type(server, "paper", Trace.automergePaper());
        }
    }

    private static void type(ServerProcess server, String id, Trace trace) throws Exception {
        long began = System.nanoTime();
        int edits = 0;
        try (PealClient client = Rig.client(server.port(), "ann").path("/docs").connect();
                LiveDocument document = LiveDocument.open(client, id)) {
            Await.until("it is open", () -> document.state().role().isPresent());
            if (!trace.startContent().isEmpty()) {
                document.edit(Delta.ofText(trace.startContent())).join();
            }
            for (Trace.Transaction transaction : trace.transactions()) {
                for (Trace.Patch patch : transaction.patches()) {
                    document.edit(change(patch));
                    if (++edits % EDITS_TOGETHER == 0) {
                        document.saved().join();
                    }
                    if (edits == 20_000) {
                        server.kill();
                        server.start();
                    }
                }
            }
            document.saved().join();
            assertThat(document.content().text()).isEqualTo(trace.endContent());
        }
        try (PealClient other = Rig.client(server.port(), "bob").path("/docs").connect();
                LiveDocument document = LiveDocument.open(other, id)) {
            Await.until("it is open", () -> document.state().role().isPresent());
            document.saved().join();
            assertThat(document.content().text()).isEqualTo(trace.endContent());
        }
        System.out.printf("typed again: %s, %d edits in %d ms%n", id, edits, (System.nanoTime() - began) / 1_000_000);
    }

    /** These texts have no character beyond U+FFFF, so that their code points are units. */
    private static Delta change(Trace.Patch patch) {
        return Delta.builder()
                .retain(patch.position())
                .insert(patch.inserted())
                .delete(patch.deleted())
                .build();
    }
}

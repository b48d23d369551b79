package dev.peal.e2e.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.docs.client.KnownText;
import dev.peal.e2e.fault.DocumentReading;
import dev.peal.e2e.fault.Servers;
import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import dev.peal.testkit.fault.ServerProcess;
import dev.peal.testkit.trace.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * PROMISES 63: what two people really wrote at the same time, written again through the real program by two clients that see, at each transaction, exactly what its author saw. Each
 * character is typed as another one, so that it can be followed. Nightly each transaction is an operation of its own; else up to twenty that know the same are one.
 */
final class ConcurrentTraceTest {
    private static final int BATCH_MAX = Servers.NIGHTLY ? 1 : 20;
    /** Of one unit each, as many as are typed. */
    private static final int FIRST = 0x3400;

    private final Trace trace = Trace.friendsForever();

    /** In the trace's merge the first agent stands first, and on the server what comes first: so what the first agent wrote comes first here, of all that did not know of one another. */
    @Test
    void heldToTheirParentsTheyEndAsTheyDid(@TempDir Path folder) throws IOException {
        assertThat(written(folder, 0)).isEqualTo(trace.endContent());
    }

    /** Where texts between which somebody deleted everything come to one place, the order is another one; and all agree on it. */
    @Test
    void inAnotherOrderAllSeeTheSame(@TempDir Path folder) throws IOException {
        assertThat(written(folder, 1)).hasSameSizeAs(trace.endContent());
    }

    private String written(Path folder, int leader) throws IOException {
        KnownText known = new KnownText();
        StringBuilder typed = new StringBuilder();
        List<HeldTrace.Batch> batches = HeldTrace.of(trace, leader, BATCH_MAX);
        try (ServerProcess server = Servers.ofDocuments(folder).start();
                HeldAgent first = new HeldAgent(server.port(), "agent0", "friends");
                HeldAgent second = new HeldAgent(server.port(), "agent1", "friends")) {
            List<HeldAgent> agents = List.of(first, second);
            int stored = 0;
            for (HeldTrace.Batch batch : batches) {
                HeldAgent author = agents.get(batch.agent());
                author.letIn(batch.known());
                author.make(change(batch, author.shown(), typed, known));
                stored++;
                for (HeldAgent agent : agents) {
                    agent.hear(stored);
                }
            }
            agents.forEach(HeldAgent::letAllIn);
            Document end = first.shown();
            assertThat(second.shown()).isEqualTo(end);
            assertThat(known.faults(end)).isEmpty();
            DocumentReading reading = new DocumentReading(server.port(), "friends");
            assertThat(reading.content()).isEqualTo(end);
            assertThat(reading.replayed(stored)).isEqualTo(end);
            System.out.printf("the concurrent trace, agent %d first: %d operations%n", leader, stored);
            return end.text()
                    .chars()
                    .mapToObj(character -> typed.substring(character - FIRST, character - FIRST + 1))
                    .collect(Collectors.joining());
        }
    }

    /** These texts have no character beyond U+FFFF, so that their code points are units. */
    private static Delta change(HeldTrace.Batch batch, Document shown, StringBuilder typed, KnownText known) {
        Delta change = Delta.EMPTY;
        Document content = shown;
        for (Trace.Transaction transaction : batch.transactions()) {
            for (Trace.Patch patch : transaction.patches()) {
                int end = patch.position() + patch.deleted();
                if (patch.deleted() > 0) {
                    known.deleted(content.slice(patch.position(), end).text());
                }
                Delta step = Delta.builder()
                        .retain(patch.position())
                        .insert(renamed(patch.inserted(), typed, known))
                        .delete(patch.deleted())
                        .build();
                content = content.apply(step);
                change = change.compose(step);
            }
        }
        return change;
    }

    private static String renamed(String inserted, StringBuilder typed, KnownText known) {
        StringBuilder renamed = new StringBuilder();
        for (char character : inserted.toCharArray()) {
            renamed.append((char) (FIRST + typed.length()));
            typed.append(character);
        }
        if (!renamed.isEmpty()) {
            known.typed(renamed.toString());
        }
        return renamed.toString();
    }
}

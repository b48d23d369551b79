package dev.peal.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.docs.client.DocumentClient;
import dev.peal.docs.client.KnownText;
import dev.peal.ot.Document;
import dev.peal.testkit.fault.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * PROMISES 39, 60, 61: five people write in one document while the server is killed with SIGKILL, again and again. In the end all of them see one text, the server's and
 * that of its log, in which each character is once that nobody deleted.
 */
final class KillDocumentsTest {
    private static final int KILLS = Servers.NIGHTLY ? 100 : 8;
    private static final int OPERATIONS_BETWEEN = Servers.NIGHTLY ? 300 : 150;
    private static final int AUTHORS = 5;

    @Test
    void whatWasTypedIsThereOnceAndAllSeeTheSame(@TempDir Path folder) throws IOException {
        long seed = Servers.seed("killed documents");
        Random random = new Random(seed);
        KnownText text = new KnownText();
        List<Author> authors = new ArrayList<>();
        try (ServerProcess server = Servers.ofDocuments(folder).start()) {
            for (int i = 0; i < AUTHORS; i++) {
                authors.add(new Author(server.port(), "author" + i, "book", text, seed + i));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                long enough = authors.get(0).revision() + 1 + random.nextInt(OPERATIONS_BETWEEN);
                authors.get(0).await(document -> document.revision() >= enough);
                server.kill();
                server.start();
            }
            authors.forEach(Author::rest);
            authors.forEach(author -> author.await(DocumentClient::settled));
            long newest = authors.stream().mapToLong(Author::revision).max().orElseThrow();
            authors.forEach(author -> author.await(document -> document.revision() == newest));
            Document seen = authors.get(0).content();
            assertThat(authors).allMatch(author -> author.content().equals(seen));
            assertThat(text.faults(seen)).isEmpty();
            DocumentReading reading = new DocumentReading(server.port(), "book");
            assertThat(reading.content()).isEqualTo(seen);
            assertThat(reading.replayed(newest)).isEqualTo(seen);
            assertThat(authors.stream().mapToLong(Author::acknowledged).sum()).isEqualTo(newest);
            System.out.printf("killed documents: %d kills, %d operations, none lost or doubled%n", KILLS, newest);
        } finally {
            for (Author author : authors) {
                author.close();
            }
        }
    }
}

package dev.peal.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.docs.client.DocumentClient;
import dev.peal.docs.client.KnownText;
import dev.peal.ot.Document;
import dev.peal.testkit.fault.ServerProcess;
import dev.peal.testkit.fault.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * PROMISES 39, 60, 61: five people write in one document while the server is killed with SIGKILL, again and again. In the end all of them see one text, the server's and
 * that of its log, in which each character is once that nobody deleted.
 */
final class KillDocumentsTest {
    private static final int KILLS = Servers.NIGHTLY ? 100 : 8;
    private static final int OPERATIONS_BETWEEN = Servers.NIGHTLY ? 300 : 150;
    private static final int AUTHORS = 5;

    private final JsonMapper json = new JsonMapper();

    @Test
    void whatWasTypedIsThereOnceAndAllSeeTheSame(@TempDir Path folder) throws IOException {
        long seed = Servers.seed("killed documents");
        Random random = new Random(seed);
        KnownText text = new KnownText();
        List<Author> authors = new ArrayList<>();
        try (ServerProcess server = server(folder).start()) {
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
            assertThat(loaded(server.port()).content()).isEqualTo(seen);
            assertThat(replayed(server.port(), newest).content()).isEqualTo(seen);
            assertThat(authors.stream().mapToLong(Author::acknowledged).sum()).isEqualTo(newest);
            System.out.printf("killed documents: %d kills, %d operations, none lost or doubled%n", KILLS, newest);
        } finally {
            for (Author author : authors) {
                author.close();
            }
        }
    }

    private static ServerProcess server(Path folder) throws IOException {
        return Servers.on(folder, "--rate.operation=1000000/1s", "--rate.join_document=1000000/1s");
    }

    /** The document as somebody sees it who knows nothing. */
    private DocumentClient loaded(int port) throws IOException {
        DocumentClient client = new DocumentClient("reader", "book");
        try (Wire wire = Wire.connect(port, 10_000)) {
            wire.send("{\"type\":\"join_document\",\"id\":\"j\",\"data\":{\"documentId\":\"book\"}}");
            client.receive(json.readTree(wire.next().orElseThrow()));
        }
        return client;
    }

    /** The document as all of its operations make it, one by one. */
    private DocumentClient replayed(int port, long newest) throws IOException {
        String epoch;
        DocumentClient client = new DocumentClient("replay", "book");
        try (Wire wire = Wire.connect(port, 10_000)) {
            wire.send("{\"type\":\"join_document\",\"id\":\"j\",\"data\":{\"documentId\":\"book\"}}");
            epoch = json.readTree(wire.next().orElseThrow()).at("/data/epoch").asString();
        }
        try (Wire wire = Wire.connect(port, 10_000)) {
            wire.send(
                    "{\"type\":\"join_document\",\"id\":\"j\",\"data\":{\"documentId\":\"book\",\"since\":{\"epoch\":\""
                            + epoch + "\",\"revision\":0}}}");
            while (client.revision() < newest) {
                client.receive(json.readTree(wire.next().orElseThrow()));
            }
        }
        return client;
    }
}

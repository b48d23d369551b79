package dev.peal.e2e.fault;

import dev.peal.client.ClientSettings;
import dev.peal.client.PealClient;
import dev.peal.client.docs.LiveDocument;
import dev.peal.docs.client.KnownText;
import dev.peal.ot.Document;
import dev.peal.testkit.fault.ServerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PROMISES 60, 61 and 64 through the Java client. Nightly 20 documents, which take ten minutes or so. */
final class CutDocumentsTest {
    private static final int SEEDS = Servers.NIGHTLY ? 20 : 1;

    private static final ClientSettings HURRIED = ClientSettings.DEFAULT
            .with(new ClientSettings.Reconnect(20, 1.5, 300, 10_000, 600_000))
            .with(new ClientSettings.Heartbeat(2_000, 1_500));

    /** One for all clients: each would have a thread. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void whatWasTypedIsThereOnceAndAllSeeTheSame(@TempDir Path folder) throws IOException {
        try (ServerProcess server = Servers.ofDocuments(folder).start()) {
            new CutDocuments(server, Sdk::new).run("Java", Servers.seed("cut documents, Java"), SEEDS);
        }
    }

    private static final class Sdk implements CutDocuments.Writer {
        private final PealClient client;
        private final LiveDocument document;
        private final KnownText text;
        private final Random random;

        private Sdk(int port, String user, String documentId, KnownText text, long seed) {
            this.text = text;
            random = new Random(seed);
            client = PealClient.builder("http://127.0.0.1:" + port)
                    .path("/docs")
                    .user(user, user)
                    .http(HTTP)
                    .settings(HURRIED)
                    .random(new Random(seed))
                    .connect();
            document = LiveDocument.open(client, documentId);
        }

        @Override
        public CompletableFuture<?> edit() {
            return document.edit(shown -> text.change(shown, random));
        }

        @Override
        public CompletableFuture<?> saved() {
            return document.saved();
        }

        @Override
        public boolean opened() {
            return document.state().role().isPresent();
        }

        @Override
        public long revision() {
            return document.state().revision();
        }

        @Override
        public CompletableFuture<Document> content() {
            return CompletableFuture.completedFuture(document.content());
        }

        @Override
        public void close() {
            document.close();
            client.close();
        }
    }
}

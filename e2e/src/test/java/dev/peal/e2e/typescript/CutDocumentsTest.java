package dev.peal.e2e.typescript;

import dev.peal.e2e.fault.CutDocuments;
import dev.peal.e2e.fault.Servers;
import dev.peal.testkit.fault.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PROMISES 60, 61 and 64 through the TypeScript client. Nightly 20 documents, which take ten minutes or so. */
final class CutDocumentsTest {
    private static final int SEEDS = Servers.NIGHTLY ? 20 : 1;

    @Test
    void whatWasTypedIsThereOnceAndAllSeeTheSame(@TempDir Path folder) throws IOException {
        try (ServerProcess server = Servers.ofDocuments(folder).start();
                NodeClients clients = NodeClients.start()) {
            CutDocuments.Entrance entrance = (port, user, documentId, text, seed) ->
                    new NodeDocument(clients, port, user, documentId, text, seed);
            new CutDocuments(server, entrance).run("TypeScript", Servers.seed("cut documents, TypeScript"), SEEDS);
        }
    }
}

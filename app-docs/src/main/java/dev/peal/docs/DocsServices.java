package dev.peal.docs;

import dev.peal.app.AppContext;
import java.util.List;

/** What all documents of a server share. Thread-safe. */
record DocsServices(
        AppContext context,
        DocsConfig config,
        DocumentRecords records,
        Registry registry,
        Erasure erasure,
        Snapshots snapshots,
        List<Companions> companions) {
    DocsServices {
        companions = List.copyOf(companions);
    }
}

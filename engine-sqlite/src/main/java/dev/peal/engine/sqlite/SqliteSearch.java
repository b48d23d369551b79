package dev.peal.engine.sqlite;

import dev.peal.search.EntryText;
import dev.peal.search.Search;
import dev.peal.search.SearchRead;
import dev.peal.search.SearchRequest;
import dev.peal.time.Owner;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Search in a {@link SqliteLog} by an index in a file beside it, filled in the background. One thread fills, one searches: history waits for neither. */
public final class SqliteSearch implements Search, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteSearch.class);
    private static final long REST_MILLIS_MIN = 1_000;
    private static final int REQUESTS_MAX = 1_000;

    private final Function<String, Optional<EntryText>> texts;
    private final SearchIndexer indexer;
    private final Readers<SearchReader> readers;

    /**
     * Begins to fill the index. Close it before the log.
     *
     * @param file the index; made where there is none
     * @param texts by room kind; empty for a kind that cannot be searched
     */
    public SqliteSearch(Path file, SqliteLog log, Function<String, Optional<EntryText>> texts) {
        this(file, log, texts, REST_MILLIS_MIN);
    }

    /** With another rest: a test's, that waits for the index again and again. */
    SqliteSearch(Path file, SqliteLog log, Function<String, Optional<EntryText>> texts, long restMillisMin) {
        SearchFile index = new SearchFile(file);
        this.texts = texts;
        make(log, index);
        indexer = new SearchIndexer(log.connections(), index, texts, restMillisMin);
        readers = new Readers<>("peal-search", () -> new SearchReader(log.connections(), index), 1, REQUESTS_MAX);
        log.alsoTell(indexer);
        indexer.start();
        readers.start();
    }

    /** So that there is one to read from the start; filling it can wait. */
    private static void make(SqliteLog log, SearchFile index) {
        try (Connection connection = log.connections().reader()) {
            index.prepare(Schema.epoch(connection));
        } catch (SQLException e) {
            LOG.warn("the search index cannot be opened; trying again", e);
        }
    }

    @Override
    public void find(SearchRequest request, Owner owner, Consumer<SearchRead> done) {
        Optional<EntryText> text = texts.apply(request.room().kind());
        if (text.isEmpty()) {
            owner.execute(() -> done.accept(new SearchRead.Found(List.of(), null)));
        } else {
            readers.ask(reader -> reader.find(request, text.get()), new SearchRead.Failed(), owner, done);
        }
    }

    @Override
    public void close() {
        boolean interrupted = false;
        try {
            readers.close();
            indexer.close();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.peal.docs;

import dev.peal.ot.DocumentRules;

/**
 * The limits of documents.
 *
 * @param rules what an operation may say
 * @param snapshotEvery operations after which a snapshot is taken; from 1
 * @param snapshotPauseMillis the least time between two snapshots of a document, and the time that is added for each MiB of it; from 0
 * @param recentOperations newest operations of an open document that are kept in memory; from 1
 * @param recentOps what these may consist of altogether; from 1
 * @param catchUpOperations how far behind the newest revision an operation may have been made; from 1
 * @param catchUpOps what may be gone through to bring one operation up to the newest revision, in ops of either side; from 1
 * @param clientsKept clients of a document whose newest operations are known by number; from 1
 * @param history how much of the past is kept
 */
public record DocsConfig(
        DocumentRules rules,
        int snapshotEvery,
        long snapshotPauseMillis,
        int recentOperations,
        int recentOps,
        int catchUpOperations,
        int catchUpOps,
        int clientsKept,
        History history) {
    /** Snapshots each 500 operations, 1,000 recent operations, 20,000 operations behind at most. */
    public static final DocsConfig DEFAULT =
            new DocsConfig(DocumentRules.DEFAULT, 500, 2_000, 1_000, 20_000, 20_000, 1_000_000, 2_000, History.ALL);

    public DocsConfig {
        if (snapshotEvery < 1 || recentOperations < 1 || recentOps < 1 || clientsKept < 1) {
            throw new IllegalArgumentException("limits of documents: from 1");
        }
        if (catchUpOperations < 1 || catchUpOps < 1 || snapshotPauseMillis < 0) {
            throw new IllegalArgumentException("limits of documents: from 1, the pause from 0");
        }
    }

    /** The same with snapshots at another rhythm. */
    public DocsConfig withSnapshots(int every, long pauseMillis) {
        return new DocsConfig(
                rules,
                every,
                pauseMillis,
                recentOperations,
                recentOps,
                catchUpOperations,
                catchUpOps,
                clientsKept,
                history);
    }

    /** The same with another memory of recent operations. */
    public DocsConfig withRecent(int operations, int ops) {
        return new DocsConfig(
                rules,
                snapshotEvery,
                snapshotPauseMillis,
                operations,
                ops,
                catchUpOperations,
                catchUpOps,
                clientsKept,
                history);
    }

    /** The same with other limits for operations made on an old revision. */
    public DocsConfig withCatchUp(int operations, int ops) {
        return new DocsConfig(
                rules,
                snapshotEvery,
                snapshotPauseMillis,
                recentOperations,
                recentOps,
                operations,
                ops,
                clientsKept,
                history);
    }

    /** The same with another number of clients whose operations are known. */
    public DocsConfig withClients(int kept) {
        return new DocsConfig(
                rules,
                snapshotEvery,
                snapshotPauseMillis,
                recentOperations,
                recentOps,
                catchUpOperations,
                catchUpOps,
                kept,
                history);
    }

    /** The same with other rules. */
    public DocsConfig withRules(DocumentRules other) {
        return new DocsConfig(
                other,
                snapshotEvery,
                snapshotPauseMillis,
                recentOperations,
                recentOps,
                catchUpOperations,
                catchUpOps,
                clientsKept,
                history);
    }

    /** The same with another part of the past. */
    public DocsConfig withHistory(History kept) {
        return new DocsConfig(
                rules,
                snapshotEvery,
                snapshotPauseMillis,
                recentOperations,
                recentOps,
                catchUpOperations,
                catchUpOps,
                clientsKept,
                kept);
    }
}

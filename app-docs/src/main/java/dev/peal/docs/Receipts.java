package dev.peal.docs;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which operations of which client were stored: what a repetition is told by. Of each client the newest {@value #OPERATIONS_MAX} are known by their revision, and of so
 * many clients, those that sent last; whoever repeats an older one is found out by the log. Owned by the document's owner.
 */
final class Receipts {
    /** Operations of one client that are known: as many as it may well have sent without an answer. */
    static final int OPERATIONS_MAX = 256;

    /** Two users may have chosen one {@code clientId}: the sender is a part of it. */
    record Client(String sender, String clientId) {}

    /**
     * What was stored of one client.
     *
     * @param seqs rising
     * @param revisions of each
     */
    record Stored(Client client, List<Long> seqs, List<Long> revisions) {
        Stored {
            seqs = List.copyOf(seqs);
            revisions = List.copyOf(revisions);
        }
    }

    private final Map<Client, Row> rows;

    Receipts(int clientsMax) {
        rows = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Client, Row> eldest) {
                return size() > clientsMax;
            }
        };
    }

    /** The revision that an operation became; 0 where that is not known. */
    long revision(Client client, long seq) {
        Row row = rows.get(client);
        return row == null ? 0 : row.revision(seq);
    }

    /** The newest seq that was stored of a client; 0 where none is known. */
    long newest(Client client) {
        Row row = rows.get(client);
        return row == null ? 0 : row.newest;
    }

    void add(Client client, long seq, long revision) {
        rows.computeIfAbsent(client, key -> new Row()).add(seq, revision);
    }

    /** All that is known, the client that sent last at the end. */
    List<Stored> all() {
        List<Stored> all = new ArrayList<>(rows.size());
        rows.forEach((client, row) -> all.add(row.stored(client)));
        return all;
    }

    void addAll(List<Stored> stored) {
        for (Stored of : stored) {
            Iterator<Long> revisions = of.revisions().iterator();
            of.seqs().forEach(seq -> add(of.client(), seq, revisions.next()));
        }
    }

    /** Pairs of seq and revision in a ring that grows. */
    private static final class Row {
        private long[] pairs = new long[4];
        private int first;
        private int count;
        private long newest;

        void add(long seq, long revision) {
            if (count == pairs.length / 2) {
                if (count < OPERATIONS_MAX) {
                    grow();
                } else {
                    first = (first + 1) % count;
                    count--;
                }
            }
            int at = 2 * ((first + count) % (pairs.length / 2));
            pairs[at] = seq;
            pairs[at + 1] = revision;
            count++;
            newest = Math.max(newest, seq);
        }

        private void grow() {
            long[] larger = new long[pairs.length * 2];
            for (int i = 0; i < count; i++) {
                larger[2 * i] = pairs[slot(i)];
                larger[2 * i + 1] = pairs[slot(i) + 1];
            }
            pairs = larger;
            first = 0;
        }

        long revision(long seq) {
            if (seq > newest) {
                return 0;
            }
            for (int i = count - 1; i >= 0; i--) {
                if (pairs[slot(i)] == seq) {
                    return pairs[slot(i) + 1];
                }
            }
            return 0;
        }

        private int slot(int i) {
            return 2 * ((first + i) % (pairs.length / 2));
        }

        Stored stored(Client client) {
            List<Long> seqs = new ArrayList<>(count);
            List<Long> revisions = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                seqs.add(pairs[slot(i)]);
                revisions.add(pairs[slot(i) + 1]);
            }
            return new Stored(client, seqs, revisions);
        }
    }
}

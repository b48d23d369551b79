package dev.peal.e2e.server;

import dev.peal.testkit.trace.Trace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The transactions of two people in an order in which a server may get them, each with what it knows of the other's. Several that know the same are one batch, as a client makes one
 * operation of what is typed while another one is on its way.
 */
final class HeldTrace {
    /**
     * Transactions of one agent, behind one another, that know the same of the other's.
     *
     * @param known so many batches of the other's, from the first on
     */
    record Batch(int agent, int known, List<Trace.Transaction> transactions) {}

    private final List<Trace.Transaction> all;
    private final int sizeMax;
    /** By transaction, how many of each agent it knows of, itself included. */
    private final int[][] knows;
    /** By agent, the numbers of transactions after which somebody looked. */
    private final List<Set<Integer>> looks = List.of(new HashSet<>(), new HashSet<>());
    /** By agent, the transactions up to the end of each batch. */
    private final List<List<Integer>> ends = List.of(new ArrayList<>(), new ArrayList<>());

    private HeldTrace(Trace trace, int sizeMax) {
        this.all = trace.transactions();
        this.sizeMax = sizeMax;
        this.knows = new int[all.size()][];
        for (int i = 0; i < all.size(); i++) {
            Trace.Transaction transaction = all.get(i);
            int[] known = new int[2];
            for (int parent : transaction.parents()) {
                known[0] = Math.max(known[0], knows[parent][0]);
                known[1] = Math.max(known[1], knows[parent][1]);
            }
            int other = 1 - transaction.agent();
            looks.get(other).add(known[other]);
            known[transaction.agent()]++;
            knows[i] = known;
        }
    }

    /**
     * The batches in an order in which, of two transactions that do not know of one another, the leader's always comes first.
     *
     * @param sizeMax transactions of a batch
     */
    static List<Batch> of(Trace trace, int leader, int sizeMax) {
        return new HeldTrace(trace, sizeMax).ordered(leader);
    }

    private List<Batch> ordered(int leader) {
        List<List<Integer>> of = List.of(indexesOf(0), indexesOf(1));
        int[] next = new int[2];
        List<Batch> batches = new ArrayList<>();
        while (next[0] < of.get(0).size() || next[1] < of.get(1).size()) {
            boolean leads = next[leader] < of.get(leader).size()
                    && knows[of.get(leader).get(next[leader])][1 - leader] <= next[1 - leader];
            int agent = leads ? leader : 1 - leader;
            batches.add(batch(agent, of.get(agent), next));
        }
        return batches;
    }

    private Batch batch(int agent, List<Integer> mine, int[] next) {
        int known = knows[mine.get(next[agent])][1 - agent];
        List<Trace.Transaction> batch = new ArrayList<>();
        do {
            batch.add(all.get(mine.get(next[agent])));
            next[agent]++;
        } while (batch.size() < sizeMax
                && !looks.get(agent).contains(next[agent])
                && next[agent] < mine.size()
                && knows[mine.get(next[agent])][1 - agent] == known);
        ends.get(agent).add(next[agent]);
        return new Batch(agent, ends.get(1 - agent).indexOf(known) + 1, batch);
    }

    private List<Integer> indexesOf(int agent) {
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).agent() == agent) {
                indexes.add(i);
            }
        }
        return indexes;
    }
}

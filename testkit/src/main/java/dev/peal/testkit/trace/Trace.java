package dev.peal.testkit.trace;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An editing history: its transactions, in an order in which they can be applied, turn {@code startContent} into {@code endContent}.
 *
 * @param agents how many people wrote; 1 where the history is sequential
 */
public record Trace(String startContent, String endContent, int agents, List<Transaction> transactions) {
    /**
     * One edit of one person.
     *
     * @param agent who, from 0
     * @param parents indexes of the transactions that its positions know of, with all that those know of; in a sequential history the
     *     one before
     */
    public record Transaction(int agent, List<Integer> parents, List<Patch> patches) {}

    /**
     * At {@code position} some text gives way to another, after the patches before it in its transaction.
     *
     * @param position code points
     * @param deleted code points
     */
    public record Patch(int position, int deleted, String inserted) {}

    /** One person writing a paper: 259,778 edits that end in 104,852 characters. */
    public static Trace automergePaper() {
        return read("automerge-paper");
    }

    /** One person writing code: 40,173 edits, some of which replace. */
    public static Trace rustCode() {
        return read("rustcode");
    }

    /** Two people writing one text at the same time. */
    public static Trace friendsForever() {
        return read("friendsforever");
    }

    private static Trace read(String name) {
        String file = name + ".json.gz";
        try (InputStream in = Objects.requireNonNull(Trace.class.getResourceAsStream(file), file)) {
            JsonNode trace = JsonMapper.shared().readTree(new GZIPInputStream(in));
            List<Transaction> transactions = new ArrayList<>();
            for (JsonNode transaction : trace.get("txns")) {
                transactions.add(transaction(transaction, transactions.size()));
            }
            return new Trace(
                    trace.path("startContent").asString(""),
                    trace.get("endContent").stringValue(),
                    trace.path("numAgents").asInt(1),
                    List.copyOf(transactions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Transaction transaction(JsonNode transaction, int index) {
        List<Integer> parents = new ArrayList<>();
        if (transaction.has("parents")) {
            transaction.get("parents").forEach(parent -> parents.add(parent.intValue()));
        } else if (index > 0) {
            parents.add(index - 1);
        }
        List<Patch> patches = new ArrayList<>();
        for (JsonNode patch : transaction.get("patches")) {
            patches.add(new Patch(
                    patch.get(0).intValue(),
                    patch.get(1).intValue(),
                    patch.get(2).stringValue()));
        }
        return new Transaction(transaction.path("agent").asInt(0), List.copyOf(parents), List.copyOf(patches));
    }
}

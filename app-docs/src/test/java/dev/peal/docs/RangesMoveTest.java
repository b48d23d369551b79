package dev.peal.docs;

import static dev.peal.docs.Docs.*;
import static dev.peal.docs.Shared.add;
import static dev.peal.docs.Shared.comments;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.store.ScanRequest;
import dev.peal.store.Store;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreRead;
import dev.peal.testkit.ManualOwner;
import dev.peal.testkit.SessionRig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Where comments are, held against a text whose every character knows which comments it is about: one that is inserted is about those that both of its neighbours
 * are about. Over restarts, with snapshots and without.
 */
class RangesMoveTest {
    private static final int ACTIONS = 400;

    private final Shared server = new Shared();
    private final List<Set<String>> characters = new ArrayList<>();
    private final Map<String, String> quotes = new HashMap<>();
    private Random random = new Random();
    private SessionRig.Client ann = joined(server.rig(), 0, "ann", "notes");
    private long revision;
    private int snapshotsUsed;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4})
    void aCommentStaysWithItsCharacters(long given) {
        long seed = given == 0 ? System.nanoTime() : given;
        System.out.println("RangesMoveTest seed " + seed);
        random = new Random(seed);
        for (int i = 0; i < ACTIONS; i++) {
            int action = random.nextInt(100);
            if (action < 60 || characters.isEmpty()) {
                insert();
            } else if (action < 80) {
                delete();
            } else if (action < 95) {
                comment("c" + i);
            } else {
                restart();
            }
            check(seed, i);
        }
        assertThat(snapshotsUsed).as("of all restarts").isPositive();
    }

    private void insert() {
        int at = random.nextInt(characters.size() + 1);
        int length = 1 + random.nextInt(4);
        Set<String> about = new HashSet<>();
        if (at > 0 && at < characters.size()) {
            about.addAll(characters.get(at - 1));
            about.retainAll(characters.get(at));
        }
        for (int i = 0; i < length; i++) {
            characters.add(at, new HashSet<>(about));
        }
        String retain = at == 0 ? "" : "{\"retain\":" + at + "},";
        send("[" + retain + "{\"insert\":\"" + "abcd".substring(0, length) + "\"}]");
    }

    private void delete() {
        int at = random.nextInt(characters.size());
        int length = 1 + random.nextInt(Math.min(6, characters.size() - at));
        characters.subList(at, at + length).clear();
        String retain = at == 0 ? "" : "{\"retain\":" + at + "},";
        send("[" + retain + "{\"delete\":" + length + "}]");
    }

    private void send(String ops) {
        ann.send(operation("notes", revision, ops)).take();
        revision++;
    }

    private void comment(String id) {
        int at = random.nextInt(characters.size());
        int length = 1 + random.nextInt(Math.min(5, characters.size() - at));
        ann.take();
        List<JsonNode> frames = frames(ann.send(add("k", "notes", id, at, length, revision, "hi")));
        characters.subList(at, at + length).forEach(about -> about.add(id));
        quotes.put(id, one(frames, "comment").at("/data/comment/quote").asString());
        assertThat(quotes.get(id)).hasSize(length);
    }

    /** With a process that knows nothing; sometimes its snapshots are lost, which are a cache. */
    private void restart() {
        if (random.nextBoolean()) {
            ann.leaves(); // the last one: the document leaves memory in order
            server.rig().settle();
        }
        if (random.nextInt(4) == 0) {
            forgetSnapshots();
        } else {
            snapshotsUsed++;
        }
        server.restart();
        ann = joined(server.rig(), 0, "ann", "notes");
    }

    private void forgetSnapshots() {
        ManualOwner owner = new ManualOwner(server.rig().clock());
        Store store = server.rig().kept().store().within("app").within(DocsApp.KIND);
        store.scan(
                ScanRequest.all("snapshot"),
                owner,
                read -> ((StoreRead.Rows) read)
                        .rows()
                        .forEach(row ->
                                store.delete(new StoreKey("snapshot", row.key()), Store.ANY, owner, gone -> {})));
        owner.runReady();
    }

    private void check(long seed, int action) {
        JsonNode all = comments(ann, "notes");
        assertThat(all.path("revision").asLong()).isEqualTo(revision);
        assertThat(all.path("comments")).hasSize(quotes.size());
        for (JsonNode comment : all.path("comments")) {
            String id = comment.path("commentId").asString();
            int length = (int)
                    characters.stream().filter(about -> about.contains(id)).count();
            String as = "seed %d, action %d, comment %s".formatted(seed, action, id);
            assertThat(comment.at("/range/length").asInt()).as(as).isEqualTo(length);
            if (length > 0) {
                int first = 0;
                while (!characters.get(first).contains(id)) {
                    first++;
                }
                assertThat(comment.at("/range/index").asInt()).as(as).isEqualTo(first);
            } else {
                assertThat(comment.at("/range/index").asInt()).as(as).isBetween(0, characters.size());
            }
            assertThat(comment.path("quote").asString()).as(as).isEqualTo(quotes.get(id));
        }
    }
}

package dev.peal.docs.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.app.HttpReply;
import dev.peal.docs.DocumentRecords.Found;
import dev.peal.store.MemoryStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes that meet: of two writers none is lost, and nobody judges by what was overwritten. */
final class TwoWritersTest {
    private static final int WRITERS = 12;

    private final HeldStore store = new HeldStore(new MemoryStore());
    private final Routes routes = new Routes(store, false);
    private final String document = routes.create("ann", "Plan");

    private CompletableFuture<HttpReply> grant(Routes server, String user) {
        String request = "PUT /api/docs/" + document + "/access/" + user;
        return server.begin(Routes.user("ann"), request, "{\"role\":\"reader\"}");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void ofManyWritersOnTwoServersNoneIsLost(long given) {
        long seed = given == 0 ? System.nanoTime() : given;
        System.out.println("TwoWritersTest seed " + seed);
        Random random = new Random(seed);
        Routes other = routes.another(store);
        store.hold();
        List<CompletableFuture<HttpReply>> answers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            answers.add(grant(random.nextBoolean() ? routes : other, "u" + i));
        }
        while (!answers.stream().allMatch(CompletableFuture::isDone)) {
            store.releaseOne(random);
            if (random.nextInt(3) == 0) {
                routes.owner.iterate();
            }
        }
        store.release();
        routes.owner.runReady();
        Set<String> granted = new HashSet<>();
        for (int i = 0; i < WRITERS; i++) {
            assertThat(Routes.answer(answers.get(i).join()).brief()).isEqualTo("200");
            granted.add("u" + i);
        }
        for (String user : granted) {
            assertThat(routes.role(document, Routes.user(user)))
                    .as("seed %d: %s", seed, user)
                    .isEqualTo("reader");
            assertThat(routes.list(user)).containsExactly("Plan:reader");
        }
    }

    /** Two owners who each make the other a reader: one of them comes first. */
    @Test
    void aDocumentKeepsAnOwnerWhoeverWrites() {
        routes.grant("ann", document, "bob", "owner");
        store.hold();
        String access = "/api/docs/" + document + "/access/";
        var ann = routes.begin(Routes.user("ann"), "PUT " + access + "bob", "{\"role\":\"reader\"}");
        var bob = routes.begin(Routes.user("bob"), "PUT " + access + "ann", "{\"role\":\"reader\"}");
        store.release();
        routes.owner.runReady();
        assertThat(List.of(
                        Routes.answer(ann.join()).brief(),
                        Routes.answer(bob.join()).brief()))
                .containsExactlyInAnyOrder("200", "403 forbidden");
        assertThat(List.of(routes.role(document, Routes.user("ann")), routes.role(document, Routes.user("bob"))))
                .containsExactlyInAnyOrder("owner", "reader");
    }

    /** The read was asked for before the write was answered, and comes back after it and without it. */
    @Test
    void whoOpensADocumentJudgesByTheNewestRecord() {
        routes.grant("ann", document, "eve", "editor");
        Random random = new Random(1);
        store.hold();
        List<Found> loaded = new ArrayList<>();
        routes.owner.run(() -> routes.access.load(document, routes.owner, loaded::add));
        CompletableFuture<HttpReply> revoked =
                routes.begin(Routes.user("ann"), "DELETE /api/docs/" + document + "/access/eve", "{}");
        // The load's answer waits first in line; the change's read and write go past it.
        Runnable late = store.takeFirst();
        while (!revoked.isDone()) {
            store.releaseOne(random);
            routes.owner.runReady();
        }
        assertThat(Routes.answer(revoked.join()).brief()).isEqualTo("204");
        assertThat(loaded).isEmpty();
        late.run();
        routes.owner.runReady();
        assertThat(((Found.Known) loaded.getFirst()).record().role(Routes.user("eve")))
                .isEmpty();
    }

    @Test
    void whatCannotBeStoredIsNotDone() {
        store.fail(true);
        routes.told.clear();
        assertThat(Routes.answer(finish(grant(routes, "bob"))).brief()).isEqualTo("503 unavailable");
        assertThat(routes.ask("ann", "GET /api/docs").brief()).isEqualTo("503 unavailable");
        assertThat(routes.ask("ann", "POST /api/docs", "{\"title\":\"x\"}").brief())
                .isEqualTo("503 unavailable");
        assertThat(routes.ask("ann", "DELETE /api/docs/" + document).brief()).isEqualTo("503 unavailable");
        assertThat(routes.redeem("bob", LinkSecret.next()).brief()).isEqualTo("503 unavailable");
        assertThat(routes.load(document)).isInstanceOf(Found.Failed.class);
        assertThat(routes.told).isEmpty();
        store.fail(false);
        assertThat(routes.role(document, Routes.user("ann"))).isEqualTo("owner");
        assertThat(routes.role(document, Routes.user("bob"))).isEqualTo("none");
    }

    /** A document is on its maker's list before it is anybody's: a row whose document is still to come stays. */
    @Test
    void aRowWithoutADocumentIsForgottenOnceItIsOld() {
        UserDocuments lists = new UserDocuments(store, routes.clock);
        lists.add("bob", "to-come", routes.owner, listed -> {});
        routes.owner.runReady();
        assertThat(routes.list("bob")).isEmpty();
        assertThat(rows(lists)).isEqualTo(1);
        routes.clock.advanceMillis(UserDocuments.YOUNG_MILLIS + 1);
        assertThat(routes.list("bob")).isEmpty();
        assertThat(rows(lists)).isZero();
    }

    private int rows(UserDocuments lists) {
        routes.owner.runReady();
        List<Integer> found = new ArrayList<>();
        lists.page(
                "bob",
                Place.TOP,
                10,
                routes.owner,
                page -> found.add(page.orElseThrow().rows().size()));
        routes.owner.runReady();
        return found.getFirst();
    }

    private HttpReply finish(CompletableFuture<HttpReply> reply) {
        routes.owner.runUntil("an answer", reply::isDone);
        return reply.join();
    }
}

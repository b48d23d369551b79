package dev.peal.docs.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.app.Caller;
import dev.peal.auth.RoomGlobs;
import dev.peal.docs.DocumentRecords.Found;
import dev.peal.docs.Role;
import dev.peal.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the records and their routes do, on any store. A store's test extends this class. */
abstract class AccessRules {
    private @Nullable Routes rig;

    /** A new, empty store. */
    abstract Store create();

    private Routes routes() {
        Routes is = rig;
        if (is == null) {
            is = new Routes(create(), false);
            rig = is;
        }
        return is;
    }

    private String members(String owner, String document) {
        JsonNode all =
                routes().ask(owner, "GET /api/docs/" + document + "/access").body();
        return StreamSupport.stream(all.path("members").spliterator(), false)
                .map(member -> member.path("userId").asString() + ":"
                        + member.path("role").asString())
                .collect(Collectors.joining(" "));
    }

    @Test
    void whoMakesADocumentOwnsIt() {
        String notes = routes().create("ann", "  Notes <b>&amp;</b> ");
        assertThat(notes).matches("[A-Za-z0-9_-]{22}");
        assertThat(routes().list("ann")).containsExactly("Notes <b>&amp;</b>:owner");
        assertThat(routes().list("bob")).isEmpty();
        assertThat(routes().role(notes, Routes.user("ann"))).isEqualTo("owner");
        assertThat(routes().role(notes, Routes.user("bob"))).isEqualTo("none");
        assertThat(routes().role("another", Routes.user("ann"))).isEqualTo("unknown");
        JsonNode listed = routes().ask("ann", "GET /api/docs").body().at("/documents/0");
        assertThat(listed.path("ownerName").asString()).isEqualTo("ANN");
        assertThat(listed.path("updatedAt").asLong()).isEqualTo(routes().clock.millis());
        assertThat(listed.path("revision").asLong()).isZero();
    }

    @Test
    void anUnknownDocumentIsTheirsWhoEnterItFirst() {
        CompletableFuture<Found> ann = new CompletableFuture<>();
        CompletableFuture<Found> bob = new CompletableFuture<>();
        Routes rig = routes();
        rig.owner.run(() -> {
            rig.access.create("team-notes", Routes.user("ann"), rig.owner, ann::complete);
            rig.access.create("team-notes", Routes.user("bob"), rig.owner, bob::complete);
        });
        rig.owner.runUntil("both", () -> ann.isDone() && bob.isDone());
        List<String> owners = List.of("ann", "bob").stream()
                .filter(user -> rig.role("team-notes", Routes.user(user)).equals("owner"))
                .toList();
        assertThat(owners).hasSize(1);
        String other = owners.contains("ann") ? "bob" : "ann";
        for (CompletableFuture<Found> told : List.of(ann, bob)) {
            var record = ((Found.Known) told.join()).record();
            assertThat(record.title()).isEqualTo("team-notes");
            assertThat(record.role(Routes.user(owners.getFirst()))).contains(Role.OWNER);
            assertThat(record.role(Routes.user(other))).isEmpty();
        }
        assertThat(rig.list(owners.getFirst())).containsExactly("team-notes:owner");
        assertThat(rig.list(other)).isEmpty();
    }

    @Test
    void aRoleAllowsWhatItSays() {
        Routes rig = routes();
        String document = rig.create("ann", "Plan");
        for (String role : List.of("reader", "commenter", "editor")) {
            assertThat(rig.grant("ann", document, role, role).brief()).isEqualTo("200");
            assertThat(rig.role(document, Routes.user(role))).isEqualTo(role);
            assertThat(rig.list(role)).containsExactly("Plan:" + role);
            assertThat(rig.ask(role, "DELETE /api/docs/" + document).brief()).isEqualTo("403 forbidden");
            assertThat(rig.ask(role, "GET /api/docs/" + document + "/access").brief())
                    .isEqualTo("403 forbidden");
            assertThat(rig.grant(role, document, role, "owner").brief()).isEqualTo("403 forbidden");
            assertThat(rig.grant(role, document, "eve", "reader").brief()).isEqualTo("403 forbidden");
            assertThat(rig.link(role, document, "reader").brief()).isEqualTo("403 forbidden");
            assertThat(rig.ask(role, "DELETE /api/docs/" + document + "/links/x")
                            .brief())
                    .isEqualTo("403 forbidden");
            assertThat(rig.ask(role, "DELETE /api/docs/" + document + "/access/ann")
                            .brief())
                    .isEqualTo("403 forbidden");
            assertThat(rig.ask(role, "PATCH /api/docs/" + document, "{\"title\":\"Plan\"}")
                            .brief())
                    .isEqualTo(role.equals("editor") ? "200" : "403 forbidden");
        }
        assertThat(rig.list("eve"))
                .as("nobody puts a document on another's list")
                .isEmpty();
        assertThat(members("ann", document)).isEqualTo("ann:owner reader:reader commenter:commenter editor:editor");
    }

    /** 403 would say that there is such a document. */
    @Test
    void strangersLearnNothing() {
        Routes rig = routes();
        String document = rig.create("ann", "Secret");
        String linkId = rig.link("ann", document, "editor").text("/linkId");
        for (String request : List.of(
                "PATCH /api/docs/%s {\"title\":\"x\"}",
                "DELETE /api/docs/%s",
                "GET /api/docs/%s/access",
                "PUT /api/docs/%s/access/eve {\"role\":\"owner\"}",
                "PUT /api/docs/%s/access/ann {\"role\":\"reader\"}",
                "DELETE /api/docs/%s/access/eve",
                "DELETE /api/docs/%s/access/ann",
                "POST /api/docs/%s/links {\"role\":\"editor\"}",
                "DELETE /api/docs/%s/links/" + linkId)) {
            int space = request.indexOf(' ', request.indexOf('/'));
            String body = space < 0 ? "{}" : request.substring(space + 1);
            String line = space < 0 ? request : request.substring(0, space);
            Routes.Answer known = rig.ask("eve", line.formatted(document), body);
            Routes.Answer unknown = rig.ask("eve", line.formatted("0123456789012345678901"), body);
            assertThat(known).as(request).isEqualTo(unknown);
            assertThat(known.brief()).isEqualTo("404 unknown_document");
        }
        assertThat(rig.ask("eve", "GET /api/docs/a.b/access").brief()).isEqualTo("404 unknown_document");
        assertThat(rig.ask("eve", "GET /api/docs/" + "x".repeat(600) + "/access")
                        .brief())
                .isEqualTo("404 unknown_document");
        assertThat(members("ann", document)).isEqualTo("ann:owner");
    }

    @Test
    void aTokenForSomeRoomsIsAStrangerInOthers() {
        Routes rig = routes();
        String document = rig.create("ann", "Plan");
        Caller narrow = Routes.user("ann", RoomGlobs.of(List.of("team-*")));
        assertThat(rig.role(document, narrow)).isEqualTo("none");
        assertThat(rig.ask(narrow, "DELETE /api/docs/" + document, "{}").brief())
                .isEqualTo("404 unknown_document");
        assertThat(rig.ask(narrow, "POST /api/docs", "{\"title\":\"x\"}").brief())
                .isEqualTo("403 forbidden");
        assertThat(rig.ask(narrow, "GET /api/docs", "{}")
                        .body()
                        .path("documents")
                        .size())
                .isZero();
        rig.clock.advanceMillis(UserDocuments.YOUNG_MILLIS + 1);
        rig.ask(narrow, "GET /api/docs", "{}");
        rig.owner.runReady();
        assertThat(rig.list("ann")).as("it is still there for the others").containsExactly("Plan:owner");
        String secret = rig.link("ann", document, "editor").text("/secret");
        Caller bob = Routes.user("bob", RoomGlobs.of(List.of("team-*")));
        assertThat(rig.ask(bob, "POST /api/docs/redeem", "{\"secret\":\"" + secret + "\"}")
                        .brief())
                .isEqualTo("404 unknown_link");
    }

    @Test
    void aDocumentKeepsAnOwner() {
        Routes rig = routes();
        String document = rig.create("ann", "Plan");
        assertThat(rig.grant("ann", document, "ann", "reader").brief()).isEqualTo("409 last_owner");
        assertThat(rig.ask("ann", "DELETE /api/docs/" + document + "/access/ann")
                        .brief())
                .isEqualTo("409 last_owner");
        rig.grant("ann", document, "bob", "owner");
        assertThat(rig.grant("bob", document, "ann", "reader").brief()).isEqualTo("200");
        assertThat(rig.ask("ann", "DELETE /api/docs/" + document + "/access/ann")
                        .brief())
                .as("whoever may not manage it may leave it")
                .isEqualTo("204");
        assertThat(rig.list("ann")).isEmpty();
        assertThat(rig.ask("bob", "DELETE /api/docs/" + document + "/access/ann")
                        .brief())
                .isEqualTo("404 unknown_member");
        assertThat(members("bob", document)).isEqualTo("bob:owner");
    }

    @Test
    void aLinkGivesItsRoleToWhoeverHasTheSecret() {
        Routes rig = routes();
        String document = rig.create("ann", "Plan");
        Routes.Answer link = rig.link("ann", document, "commenter");
        String secret = link.text("/secret");
        assertThat(secret).matches("[A-Za-z0-9_-]{43}");
        assertThat(rig.link("ann", document, "commenter").text("/secret")).isNotEqualTo(secret);
        Routes.Answer entered = rig.redeem("bob", secret);
        assertThat(entered.text("/documentId")).isEqualTo(document);
        assertThat(entered.text("/title")).isEqualTo("Plan");
        assertThat(entered.text("/role")).isEqualTo("commenter");
        assertThat(rig.redeem("bob", secret).text("/role")).isEqualTo("commenter");
        assertThat(rig.redeem("ann", secret).text("/role"))
                .as("nobody loses by a link")
                .isEqualTo("owner");
        assertThat(rig.list("bob")).containsExactly("Plan:commenter");
        JsonNode all = rig.ask("ann", "GET /api/docs/" + document + "/access").body();
        assertThat(all.toString()).doesNotContain(secret).doesNotContain(LinkSecret.digest(secret));
        assertThat(all.at("/links/0/linkId").asString()).isEqualTo(link.text("/linkId"));
        assertThat(all.at("/members/1/userName").asString()).isEqualTo("BOB");
        assertThat(all.at("/members/1/linkId").asString()).isEqualTo(link.text("/linkId"));
    }

    @Test
    void whoCameByALinkGoesWithIt() {
        Routes rig = routes();
        String document = rig.create("ann", "Plan");
        rig.grant("ann", document, "bob", "reader");
        Routes.Answer link = rig.link("ann", document, "editor");
        rig.redeem("bob", link.text("/secret"));
        rig.redeem("eve", link.text("/secret"));
        rig.redeem("joe", link.text("/secret"));
        rig.grant("ann", document, "joe", "commenter");
        assertThat(members("ann", document)).isEqualTo("ann:owner bob:editor eve:editor joe:commenter");
        String revoke = "DELETE /api/docs/" + document + "/links/" + link.text("/linkId");
        assertThat(rig.ask("ann", revoke).brief()).isEqualTo("204");
        assertThat(members("ann", document))
                .as("what an owner granted stays")
                .isEqualTo("ann:owner bob:reader joe:commenter");
        assertThat(rig.list("eve")).isEmpty();
        assertThat(rig.redeem("eve", link.text("/secret")).brief()).isEqualTo("404 unknown_link");
        assertThat(rig.ask("ann", revoke).brief()).isEqualTo("404 unknown_link");
    }

    @Test
    void aDeletedDocumentIsGoneForGood() {
        Routes rig = routes();
        String document = rig.create("ann", "Plan");
        rig.grant("ann", document, "bob", "editor");
        String secret = rig.link("ann", document, "reader").text("/secret");
        assertThat(rig.ask("ann", "DELETE /api/docs/" + document).brief()).isEqualTo("204");
        for (String user : List.of("ann", "bob")) {
            assertThat(rig.role(document, Routes.user(user))).as(user).isEqualTo("none");
            assertThat(rig.list(user)).isEmpty();
            assertThat(rig.ask(user, "PATCH /api/docs/" + document, "{\"title\":\"x\"}")
                            .brief())
                    .isEqualTo("404 unknown_document");
        }
        assertThat(rig.redeem("bob", secret).brief()).isEqualTo("404 unknown_link");
        CompletableFuture<Found> again = new CompletableFuture<>();
        rig.owner.run(() -> rig.access.create(document, Routes.user("eve"), rig.owner, again::complete));
        rig.owner.runUntil("an answer", again::isDone);
        assertThat(((Found.Known) again.join()).record().role(Routes.user("eve")))
                .as("its text is nobody's")
                .isEmpty();
    }

    @Test
    void anOpenDocumentIsToldAndJudgedAtOnce() {
        Routes rig = routes();
        String document = rig.create("ann", "Plan");
        rig.grant("ann", document, "bob", "editor");
        rig.told.clear();
        rig.grant("ann", document, "bob", "reader");
        assertThat(rig.told)
                .containsExactly(
                        "role_changed {\"documentId\":\"" + document + "\",\"userId\":\"bob\",\"role\":\"reader\"}",
                        "changed " + document);
        assertThat(rig.judged(document).role(Routes.user("bob")).orElseThrow().wire())
                .isEqualTo("reader");
        rig.told.clear();
        rig.grant("ann", document, "bob", "reader");
        assertThat(rig.told).as("nothing changed").isEmpty();
        rig.ask("ann", "DELETE /api/docs/" + document + "/access/bob");
        assertThat(rig.told).containsExactly("changed " + document);
        assertThat(rig.judged(document).role(Routes.user("bob"))).isEmpty();
        rig.told.clear();
        rig.ask("ann", "PATCH /api/docs/" + document, "{\"title\":\"<script>alert(1)</script>\"}");
        assertThat(rig.told)
                .containsExactly(
                        "document_renamed {\"documentId\":\"" + document
                                + "\",\"title\":\"<script>alert(1)</script>\"}",
                        "changed " + document);
        rig.told.clear();
        rig.ask("ann", "DELETE /api/docs/" + document);
        assertThat(rig.told)
                .containsExactly(
                        "deleting " + document,
                        "document_deleted {\"documentId\":\"" + document + "\"}",
                        "changed " + document,
                        "deleted " + document);
        assertThat(rig.judged(document).role(Routes.user("ann"))).isEmpty();
    }

    @Test
    void titlesHaveALimit() {
        Routes rig = routes();
        String emoji = "\uD83D\uDE00";
        assertThat(rig.create("ann", emoji.repeat(Titles.LENGTH_MAX))).isNotEmpty();
        String document = rig.create("ann", "x");
        for (String bad : List.of("", " ", "x".repeat(Titles.LENGTH_MAX + 1), "a\nb", "a\u0000", "\uD83D", "\u2028")) {
            String body = Routes.JSON.createObjectNode().put("title", bad).toString();
            assertThat(rig.ask("ann", "POST /api/docs", body).brief()).as(body).isEqualTo("400 bad_title");
            assertThat(rig.ask("ann", "PATCH /api/docs/" + document, body).brief())
                    .isEqualTo("400 bad_title");
        }
        for (String body : List.of("{}", "{\"title\":1}", "{\"title\":null}", "{\"title\":[\"a\"]}")) {
            assertThat(rig.ask("ann", "POST /api/docs", body).brief()).as(body).isEqualTo("400 bad_title");
        }
    }

    @Test
    void linksHaveALimit() {
        Routes rig = routes();
        String document = rig.create("ann", "x");
        String last = "";
        for (int i = 0; i < SharedDocument.LINKS_MAX; i++) {
            last = rig.link("ann", document, "reader").text("/linkId");
        }
        assertThat(last).isNotEmpty();
        assertThat(rig.link("ann", document, "reader").brief()).isEqualTo("409 too_many_links");
        rig.ask("ann", "DELETE /api/docs/" + document + "/links/" + last);
        assertThat(rig.link("ann", document, "reader").brief()).isEqualTo("200");
    }

    /** With the longest ids and names, all of which must fit into one value. */
    @Test
    void membersHaveALimit() {
        Routes rig = routes();
        String document = rig.create("ann", "\uD83D\uDE00".repeat(Titles.LENGTH_MAX));
        String secret = rig.link("ann", document, "reader").text("/secret");
        for (int i = 1; i < SharedDocument.LINKS_MAX; i++) {
            rig.link("ann", document, "commenter");
        }
        String longest = "\uD83D\uDE00".repeat(124);
        for (int i = 1; i < SharedDocument.MEMBERS_MAX; i++) {
            assertThat(rig.redeem(longest + (1_000 + i), secret).status()).isEqualTo(200);
        }
        assertThat(rig.redeem("eve", secret).brief()).isEqualTo("409 too_many_members");
        assertThat(rig.grant("ann", document, "eve", "reader").brief()).isEqualTo("409 too_many_members");
        assertThat(rig.list("eve")).isEmpty();
        assertThat(rig.grant("ann", document, longest + 1_001, "owner").brief())
                .as("whoever is in may still be given another role")
                .isEqualTo("200");
        rig.ask("ann", "DELETE /api/docs/" + document + "/access/" + longest + 1_002);
        assertThat(rig.redeem("eve", secret).brief()).isEqualTo("200");
        assertThat(rig.ask("ann", "GET /api/docs/" + document + "/access")
                        .body()
                        .path("members")
                        .size())
                .isEqualTo(SharedDocument.MEMBERS_MAX);
    }

    @Test
    void theListComesInPages() {
        Routes rig = routes();
        for (int i = 0; i < 7; i++) {
            rig.create("ann", "t" + i);
            rig.clock.advanceMillis(i % 3); // some at the same time
        }
        StringBuilder seen = new StringBuilder();
        String after = "";
        int pages = 0;
        do {
            JsonNode page = rig.ask("ann", "GET /api/docs?limit=3" + (after.isEmpty() ? "" : "&after=" + after))
                    .body();
            assertThat(page.path("documents").size()).isLessThanOrEqualTo(3);
            page.path("documents")
                    .forEach(document -> seen.append(document.path("title").asString()));
            after = page.path("next").asString("");
            pages++;
        } while (!after.isEmpty());
        assertThat(pages).isEqualTo(3);
        assertThat(seen.toString()
                        .chars()
                        .sorted()
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining()))
                .isEqualTo("0123456ttttttt");
        for (String bad : List.of("limit=0", "limit=101", "limit=x", "limit=-1", "limit=")) {
            assertThat(rig.ask("ann", "GET /api/docs?" + bad).brief()).as(bad).isEqualTo("400 bad_limit");
        }
        assertThat(rig.ask("ann", "GET /api/docs?limit=100").brief()).isEqualTo("200");
        for (String bad : List.of("a.b", "5", "-x", "5-", "5-a.b", "12345678901234567-x", "x-5")) {
            assertThat(rig.ask("ann", "GET /api/docs?after=" + bad).brief())
                    .as(bad)
                    .isEqualTo("400 bad_after");
        }
    }

    /** What one opened, made or got last is at the top, whatever the pages; what moves up meanwhile is not seen twice. */
    @Test
    void theNewestComeFirst() {
        Routes rig = routes();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(rig.create("ann", "t" + i));
            rig.clock.advanceMillis(UserDocuments.YOUNG_MILLIS + 1);
        }
        assertThat(rig.inOrder("ann")).containsExactly("t4:owner", "t3:owner", "t2:owner", "t1:owner", "t0:owner");
        rig.access.entered(ids.get(1), Routes.user("ann"));
        rig.owner.runUntil(
                "it is at the top", () -> rig.inOrder("ann").getFirst().equals("t1:owner"));
        assertThat(rig.inOrder("ann")).containsExactly("t1:owner", "t4:owner", "t3:owner", "t2:owner", "t0:owner");
        JsonNode page = rig.ask("ann", "GET /api/docs?limit=2").body();
        rig.clock.advanceMillis(UserDocuments.YOUNG_MILLIS + 1);
        rig.access.entered(ids.get(4), Routes.user("ann"));
        rig.owner.runUntil(
                "it is at the top", () -> rig.inOrder("ann").getFirst().equals("t4:owner"));
        JsonNode behind = rig.ask(
                        "ann",
                        "GET /api/docs?limit=2&after=" + page.path("next").asString())
                .body();
        assertThat(behind.at("/documents/0/title").asString()).isEqualTo("t3");
        assertThat(behind.at("/documents/1/title").asString()).isEqualTo("t2");
        assertThat(rig.inOrder("ann")).startsWith("t4:owner", "t1:owner");
    }

    @Test
    void theListSaysWhenADocumentWasEdited() {
        Routes rig = routes();
        String document = rig.create("ann", "x");
        rig.access.edited(document, 12, 1_795_374_000_000L);
        rig.owner.runUntil(
                "the edit",
                () -> rig.ask("ann", "GET /api/docs")
                                .body()
                                .at("/documents/0/revision")
                                .asLong()
                        == 12);
        assertThat(rig.ask("ann", "GET /api/docs")
                        .body()
                        .at("/documents/0/updatedAt")
                        .asLong())
                .isEqualTo(1_795_374_000_000L);
    }

    @Test
    void whoIsLetInIsNamedAndHasItOnTheList() {
        Routes rig = routes();
        String document = rig.create("ann", "x");
        rig.grant("ann", document, "bob", "reader");
        rig.access.entered(document, Routes.user("bob"));
        rig.owner.runUntil(
                "the name",
                () -> rig.ask("ann", "GET /api/docs/" + document + "/access")
                        .body()
                        .at("/members/1/userName")
                        .asString("")
                        .equals("BOB"));
        assertThat(rig.list("bob")).containsExactly("x:reader");
    }

    @Test
    void onlyRolesAndUsersAreGranted() {
        Routes rig = routes();
        String document = rig.create("ann", "x");
        for (String role : List.of("", "OWNER", "admin", "none")) {
            assertThat(rig.grant("ann", document, "bob", role).brief()).as(role).isEqualTo("400 bad_role");
            assertThat(rig.link("ann", document, role).brief()).as(role).isEqualTo("400 bad_role");
        }
        assertThat(rig.link("ann", document, "owner").brief())
                .as("no link makes an owner")
                .isEqualTo("400 bad_role");
        for (String user : List.of(" ", "a\u0000", "x".repeat(129), "\u202Egpj")) {
            assertThat(rig.grant("ann", document, user, "reader").brief()).isEqualTo("400 bad_user");
            assertThat(rig.ask("ann", "DELETE /api/docs/" + document + "/access/" + user)
                            .brief())
                    .isEqualTo("400 bad_user");
        }
    }

    @Test
    void nobodyGuessesASecret() {
        Routes rig = routes();
        String document = rig.create("ann", "x");
        String secret = rig.link("ann", document, "reader").text("/secret");
        List<String> wrong =
                List.of("", "x", secret + "x", secret.substring(1), LinkSecret.next(), LinkSecret.digest(secret));
        for (int i = 0; i < 30; i++) {
            assertThat(rig.redeem("eve", wrong.get(i % wrong.size())).brief()).isEqualTo("404 unknown_link");
        }
        Routes.Answer refused = rig.redeem("eve", LinkSecret.next());
        assertThat(refused.brief()).isEqualTo("429 rate_limited");
        assertThat(refused.body().path("retryAfter").asLong()).isPositive();
        assertThat(rig.redeem("joe", LinkSecret.next()).brief())
                .as("by address, whoever asks")
                .isEqualTo("429 rate_limited");
        assertThat(rig.redeem("bob", secret).brief()).as("a right one is taken").isEqualTo("200");
        rig.from(2);
        assertThat(rig.redeem("eve", LinkSecret.next()).brief()).isEqualTo("404 unknown_link");
    }

    @Test
    void inOpenModeEverybodyEdits() {
        Routes rig = new Routes(create(), true);
        assertThat(rig.ask(Routes.nobody(), "GET /api/docs", "{}").brief()).isEqualTo("401 not_authenticated");
        String document = rig.create("ann", "x");
        assertThat(rig.role(document, Routes.user("bob"))).isEqualTo("editor");
        assertThat(rig.role(document, Routes.nobody())).isEqualTo("editor");
        assertThat(rig.role(document, Routes.user("ann"))).isEqualTo("owner");
        rig.grant("ann", document, "bob", "reader");
        assertThat(rig.role(document, Routes.user("bob"))).isEqualTo("editor");
        rig.access.entered(document, Routes.user("joe"));
        rig.owner.runUntil("the list", () -> !rig.list("joe").isEmpty());
        assertThat(rig.list("joe")).containsExactly("x:editor");
        assertThat(rig.ask("joe", "DELETE /api/docs/" + document).brief()).isEqualTo("403 forbidden");
        rig.ask("ann", "DELETE /api/docs/" + document);
        assertThat(rig.role(document, Routes.user("bob"))).isEqualTo("none");
        assertThat(rig.role(document, Routes.nobody())).isEqualTo("none");
    }
}

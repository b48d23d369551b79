package dev.peal.docs;

import static dev.peal.docs.Docs.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.app.HttpReply;
import dev.peal.docs.access.AccessModel;
import dev.peal.testkit.SessionRig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * PROMISES 31 for documents: random users, some on two connections, enter and leave documents, write, comment, name, ask, share and take away, over messages and over
 * routes, against a model of roles that knows nothing of rooms. Nobody gets a frame about a document that they had no role in, and each answer is the model's. 4,000
 * actions, 1,000,000 nightly.
 */
class NobodyReadsBeyondTheirRoleTest {
    private static final int ACTIONS = Boolean.getBoolean("peal.nightly") ? 1_000_000 : 4_000;
    private static final List<String> USERS = List.of("ann", "bob", "cal", "dee", "eve");

    private final Shared server = new Shared();
    private final AccessModel model = new AccessModel();
    private final List<Visitor> visitors = new ArrayList<>();
    private final List<String> documents = new ArrayList<>();
    private final List<String> links = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>();
    private final Map<String, Long> revisions = new HashMap<>();
    private final long seed = Long.getLong("peal.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private int action;
    private long reads;

    /** One connection, and which documents it is in. */
    private static final class Visitor {
        private final String user;
        private final SessionRig.Client client;
        private final List<String> in = new ArrayList<>();

        Visitor(String user, SessionRig.Client client) {
            this.user = user;
            this.client = client;
        }
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    @Test
    void nobodyReadsOrWritesBeyondTheirRole() {
        System.out.println("NobodyReadsBeyondTheirRoleTest seed " + seed);
        for (int i = 0; i < 8; i++) {
            String user = USERS.get(i % USERS.size());
            visitors.add(new Visitor(user, signedIn(server.rig(), i % 2, user)));
        }
        create("ann");
        for (action = 0; action < ACTIONS; action++) {
            String what = act();
            collect(what);
        }
        assertThat(reads).as("frames that somebody read").isGreaterThan(ACTIONS / 10);
    }

    private String act() {
        int dice = random.nextInt(100);
        String document = any(documents);
        Visitor visitor = any(visitors);
        if (dice < 2 && documents.size() < 40) {
            return create(visitor.user);
        } else if (dice < 4) {
            return enterNew(visitor);
        } else if (dice < 24) {
            return enter(visitor, document);
        } else if (dice < 30) {
            return message(visitor, document, "leave", leave(document), "reader");
        } else if (dice < 45) {
            return write(visitor, document);
        } else if (dice < 52) {
            String fields = "\"commentId\":\"c" + action + "\",\"action\":\"add\",\"text\":\"hi\"";
            return message(visitor, document, "comment", ask("comment", "q", document, fields), "commenter");
        } else if (dice < 55) {
            return message(visitor, document, "version", ask("version", "q", document, "\"name\":\"n\""), "editor");
        } else if (dice < 60) {
            return message(
                    visitor, document, "cursor", ask("cursor_position", "q", document, "\"position\":0"), "reader");
        } else if (dice < 70) {
            String type = any(List.of("comments", "versions", "authorship", "history_of"));
            return message(visitor, document, type, ask(type, "q", document, ""), "reader");
        }
        return route(visitor.user, document, dice);
    }

    private String name(String what, String document, String user) {
        return "seed %d, action %d: %s %s by %s".formatted(seed, action, what, document, user);
    }

    private String create(String user) {
        HttpReply reply = server.reply(user, "POST /api/docs", "{\"title\":\"t\"}");
        String document = Shared.json(reply).path("documentId").asString();
        documents.add(document);
        revisions.put(document, 0L);
        model.created(user, document, "t");
        return name("create", document, user);
    }

    private String enterNew(Visitor visitor) {
        String document = "doc-" + action;
        documents.add(document);
        revisions.put(document, 0L);
        model.created(visitor.user, document, document);
        return enter(visitor, document);
    }

    private String enter(Visitor visitor, String document) {
        String what = name("enter", document, visitor.user);
        visitor.client.send(joinAsking("q", document));
        boolean may = !model.role(visitor.user, document).equals("none");
        JsonNode answer = answer(visitor, what);
        if (may) {
            assertThat(answer.path("type").asString()).as(what).isEqualTo("document");
            assertThat(answer.at("/data/role").asString()).as(what).isEqualTo(model.role(visitor.user, document));
            if (!visitor.in.contains(document)) {
                visitor.in.add(document);
            }
        } else {
            assertThat(answer.at("/data/code").asString()).as(what).isEqualTo("forbidden");
        }
        return what;
    }

    private String write(Visitor visitor, String document) {
        long revision = revisions.getOrDefault(document, 0L);
        String message = operationAsking("q", document, revision, "[{\"insert\":\"x\"}]");
        boolean may = may(visitor, document, "editor").isEmpty();
        String what = message(visitor, document, "write", message, "editor");
        if (may) {
            revisions.put(document, revision + 1);
        }
        return what;
    }

    private String may(Visitor visitor, String document, String needed) {
        if (!visitor.in.contains(document)) {
            return "not_a_member";
        }
        int role = AccessModel.ROLES.indexOf(model.role(visitor.user, document));
        return role >= AccessModel.ROLES.indexOf(needed) ? "" : "read_only";
    }

    /** A message that needs membership and a role. */
    private String message(Visitor visitor, String document, String kind, String message, String needed) {
        String what = name(kind, document, visitor.user);
        String refusal = may(visitor, document, needed);
        visitor.client.send(message);
        JsonNode answer = answer(visitor, what);
        if (kind.equals("leave")) {
            visitor.in.remove(document);
            assertThat(answer.path("type").asString()).as(what).isEqualTo("ack");
        } else if (refusal.isEmpty()) {
            assertThat(answer.path("type").asString()).as(what + " " + answer).isNotEqualTo("error");
        } else {
            assertThat(answer.at("/data/code").asString()).as(what).isEqualTo(refusal);
        }
        return what;
    }

    private String route(String user, String document, int dice) {
        String at = "/api/docs/" + document;
        String other = any(USERS);
        if (dice < 84) {
            String role = any(AccessModel.ROLES);
            String what = name("grant " + other + " " + role, document, user);
            assertThat(server.grant(user, document, other, role))
                    .as(what)
                    .isEqualTo(model.grant(user, document, other, role));
            return what;
        } else if (dice < 89) {
            String what = name("remove " + other, document, user);
            assertThat(server.ask(user, "DELETE " + at + "/access/" + other, "{}"))
                    .as(what)
                    .isEqualTo(model.remove(user, document, other));
            return what;
        } else if (dice < 92) {
            return link(user, document);
        } else if (dice < 94 && !links.isEmpty()) {
            String link = any(links);
            String what = name("revoke " + link, document, user);
            assertThat(server.ask(user, "DELETE " + at + "/links/" + link, "{}"))
                    .as(what)
                    .isEqualTo(model.revoke(user, document, link));
            return what;
        } else if (dice < 98 && !secrets.isEmpty()) {
            String secret = any(secrets);
            String what = name("redeem", "", user);
            assertThat(server.ask(user, "POST /api/docs/redeem", "{\"secret\":\"" + secret + "\"}"))
                    .as(what)
                    .isEqualTo(model.redeem(user, secret));
            return what;
        } else if (dice < 99) {
            String what = name("rename", document, user);
            assertThat(server.ask(user, "PATCH " + at, "{\"title\":\"n\"}"))
                    .as(what)
                    .isEqualTo(model.rename(user, document, "n"));
            return what;
        }
        String what = name("delete", document, user);
        assertThat(server.ask(user, "DELETE " + at, "{}")).as(what).isEqualTo(model.delete(user, document));
        return what;
    }

    private String link(String user, String document) {
        String role = any(AccessModel.ROLES.subList(0, 3));
        String what = name("link " + role, document, user);
        if (model.mayLink(user, document).equals("200") && model.links(document) >= 20) {
            return what;
        }
        HttpReply reply = server.reply(user, "POST /api/docs/" + document + "/links", "{\"role\":\"" + role + "\"}");
        assertThat(Shared.brief(reply)).as(what).isEqualTo(model.mayLink(user, document));
        if (reply instanceof HttpReply.Json) {
            JsonNode link = Shared.json(reply);
            links.add(link.path("linkId").asString());
            secrets.add(link.path("secret").asString());
            model.linked(
                    document,
                    link.path("linkId").asString(),
                    role,
                    link.path("secret").asString());
        }
        return what;
    }

    /** The answer to what a visitor asked; whatever else came with it is looked at as for everybody. */
    private JsonNode answer(Visitor visitor, String what) {
        List<JsonNode> frames = frames(visitor.client);
        JsonNode answer = null;
        for (JsonNode frame : frames) {
            if (frame.has("id")) {
                assertThat(answer).as(what + ": one answer").isNull();
                answer = frame;
            } else {
                look(visitor, frame, what);
            }
        }
        if (answer == null) {
            throw new AssertionError(what + ": no answer in " + frames);
        }
        return answer;
    }

    private void collect(String what) {
        for (Visitor visitor : visitors) {
            frames(visitor.client).forEach(frame -> look(visitor, frame, what));
        }
        for (Visitor visitor : visitors) {
            for (String document : visitor.in) {
                assertThat(model.role(visitor.user, document))
                        .as(what + ": " + visitor.user + " was not sent out of " + document)
                        .isNotEqualTo("none");
            }
        }
    }

    /** Everything has come to rest after each action: who gets something has a role now, or is told that it is gone. */
    private void look(Visitor visitor, JsonNode frame, String what) {
        String type = frame.path("type").asString();
        String document = frame.at("/data/documentId").asString("");
        String about = what + ": " + visitor.user + " got " + frame;
        assertThat(visitor.in).as(about).contains(document);
        if (type.equals("removed")) {
            assertThat(model.role(visitor.user, document)).as(about).isEqualTo("none");
            visitor.in.remove(document);
        } else if (type.equals("document_deleted")) {
            assertThat(model.document(document).isDeleted()).as(about).isTrue();
        } else if (!type.equals("user_left")) {
            // Of several who go at once, the first one's leave may be told to the others before it is their turn.
            assertThat(model.role(visitor.user, document)).as(about).isNotEqualTo("none");
            reads++;
        }
    }

    /** The change was answered: what is written from then on does not reach who has no role any more, however many loops there are between. */
    @Test
    void whatIsWrittenAfterAChangeReachesNobodyWhoWasTakenOut() {
        String document = "notes";
        for (int eveLoop = 0; eveLoop < 2; eveLoop++) {
            for (int annLoop = 0; annLoop < 2; annLoop++) {
                Shared fresh = new Shared();
                SessionRig.Client ann = joined(fresh.rig(), annLoop, "ann", document);
                fresh.grant("ann", document, "eve", "reader");
                SessionRig.Client eve = joined(fresh.rig(), eveLoop, "eve", document);
                CompletableFuture<HttpReply> change =
                        fresh.begin("ann", "DELETE /api/docs/" + document + "/access/eve", "{}");
                long revision = 0;
                for (int step = 0; step < 20; step++) {
                    if (change.isDone()) {
                        ann.send(operation(document, revision++, "[{\"insert\":\"secret\"}]"));
                    }
                    fresh.rig().step();
                }
                assertThat(change).isDone();
                List<JsonNode> frames = frames(eve);
                assertThat(types(frames)).contains("removed").doesNotContain("operation");
                assertThat(revision).isPositive();
            }
        }
    }
}

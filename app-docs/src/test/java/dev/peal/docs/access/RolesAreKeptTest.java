package dev.peal.docs.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.store.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random users do random things with documents, links and each other: each answer, each list and each role is what the model says. */
final class RolesAreKeptTest {
    private static final int ACTIONS = 2_000;
    private static final List<String> USERS = List.of("ann", "bob", "cal", "dee", "eve", "joe");

    private final Routes routes = new Routes(new MemoryStore(), false);
    private final AccessModel model = new AccessModel();
    private final List<String> documents = new ArrayList<>();
    private final List<String> links = new ArrayList<>(List.of("no-such-link"));
    private final List<String> secrets = new ArrayList<>(List.of(LinkSecret.next()));
    private Random random = new Random();

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4})
    void nobodyHasMoreThanTheyWereGiven(long given) {
        long seed = given == 0 ? System.nanoTime() : given;
        System.out.println("RolesAreKeptTest seed " + seed);
        random = new Random(seed);
        create("ann");
        for (int i = 0; i < ACTIONS; i++) {
            routes.from(i); // wrong secrets count by address
            String action = act();
            String user = any(USERS);
            String document = any(documents);
            assertThat(routes.role(document, Routes.user(user)))
                    .as("seed %d, action %d (%s): role of %s in %s", seed, i, action, user, document)
                    .isEqualTo(model.role(user, document));
            if (i % 20 == 0) {
                for (String each : USERS) {
                    assertThat(routes.list(each))
                            .as("seed %d, action %d (%s): list of %s", seed, i, action, each)
                            .isEqualTo(model.list(each));
                }
            }
        }
    }

    private void create(String user) {
        String title = "t" + documents.size();
        String document = routes.create(user, title);
        documents.add(document);
        model.created(user, document, title);
    }

    private String act() {
        String user = any(USERS);
        String other = any(USERS);
        String document = any(documents);
        String at = "/api/docs/" + document;
        int action = random.nextInt(100);
        if (action < 3) {
            create(user);
            return "create by " + user;
        } else if (action < 4) {
            return same("DELETE " + at + " by " + user, routes.ask(user, "DELETE " + at), model.delete(user, document));
        } else if (action < 14) {
            String title = "n" + random.nextInt(1_000);
            Routes.Answer answer = routes.ask(user, "PATCH " + at, "{\"title\":\"" + title + "\"}");
            return same("PATCH " + at + " by " + user, answer, model.rename(user, document, title));
        } else if (action < 39) {
            String role = any(AccessModel.ROLES);
            return same(
                    "grant %s %s in %s by %s".formatted(other, role, document, user),
                    routes.grant(user, document, other, role),
                    model.grant(user, document, other, role));
        } else if (action < 52) {
            return same(
                    "remove %s from %s by %s".formatted(other, document, user),
                    routes.ask(user, "DELETE " + at + "/access/" + other),
                    model.remove(user, document, other));
        } else if (action < 62) {
            return link(user, document);
        } else if (action < 72) {
            String link = any(links);
            return same(
                    "revoke %s of %s by %s".formatted(link, document, user),
                    routes.ask(user, "DELETE " + at + "/links/" + link),
                    model.revoke(user, document, link));
        } else if (action < 92) {
            String secret = any(secrets);
            return same("redeem by " + user, routes.redeem(user, secret), model.redeem(user, secret));
        }
        return same("access by " + user, routes.ask(user, "GET " + at + "/access"), model.access(user, document));
    }

    private String link(String user, String document) {
        if (model.document(document).links.size() >= SharedDocument.LINKS_MAX) {
            return "full";
        }
        String role = any(AccessModel.ROLES.subList(0, 3));
        Routes.Answer answer = routes.link(user, document, role);
        if (answer.status() == 200) {
            links.add(answer.text("/linkId"));
            secrets.add(answer.text("/secret"));
        }
        String expected = model.mayLink(user, document);
        if (expected.equals("200")) {
            model.linked(document, answer.text("/linkId"), role, answer.text("/secret"));
        }
        return same("link %s to %s by %s".formatted(role, document, user), answer, expected);
    }

    private static String same(String action, Routes.Answer answer, String expected) {
        assertThat(answer.brief()).as(action).isEqualTo(expected);
        return action;
    }
}

package dev.peal.chat;

import static dev.peal.chat.Frames.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.app.App;
import dev.peal.app.Caller;
import dev.peal.app.MessageType;
import dev.peal.hub.HubConfig;
import dev.peal.hub.RoomKind;
import dev.peal.limit.Limit;
import dev.peal.log.RoomKey;
import dev.peal.search.EntryText;
import dev.peal.session.SessionConfig;
import dev.peal.testkit.SessionRig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** PROTOCOL 7, search. */
class SearchTest {
    private final SessionRig rig = new SessionRig(List.of(new ChatApp()), 2, SessionConfig.DEFAULT);
    private final SessionRig.Client ann = signedIn(rig, 0, "ann");

    private static String search(String room, String query, String more) {
        return "{\"type\":\"search\",\"id\":\"s\",\"data\":{\"roomId\":\"" + room + "\",\"query\":\"" + query + "\""
                + more + "}}";
    }

    private void say(SessionRig.Client who, String room, String... texts) {
        who.send(join(room));
        for (String text : texts) {
            who.send(message(room, text));
        }
        who.take();
    }

    @Test
    void answersWithWhatWasSaidNewestFirstAndWhereItMatches() {
        say(ann, "k", "Crème brûlée", "no", "the crème");
        assertThat(ann.send(search("k", "creme", "")).take())
                .singleElement()
                .asString()
                .startsWith(
                        "{\"type\":\"search_results\",\"id\":\"s\",\"data\":{\"roomId\":\"k\",\"results\":[{\"type\":\"message\",\"offset\":3,\"data\":{\"roomId\":\"k\",\"message\":\"the crème\",")
                .contains("\"highlights\":[[4,9]]},{\"type\":\"message\",\"offset\":1,")
                .endsWith("\"highlights\":[[0,5]]}]}}");
    }

    @Test
    void findsTheOffTheRecordTypeTooAndNothingThatIsNotSaid() {
        say(ann, "k");
        ann.send(chat("k", "hello")).send(typing("k")).take();
        assertThat(ann.send(search("k", "hello", "")).take().getFirst()).contains("\"type\":\"chat\",\"offset\":1");
        for (String field : List.of("ann", "roomId", "timestamp", "userId")) {
            assertThat(ann.send(search("k", field, "")).take().getFirst()).contains("\"results\":[]");
        }
    }

    @Test
    void pages() {
        say(ann, "k", "a 1", "a 2", "a 3");
        assertThat(ann.send(search("k", "a", ",\"limit\":2")).take().getFirst())
                .contains("\"offset\":3", "\"offset\":2")
                .endsWith(",\"next\":2}}");
        assertThat(ann.send(search("k", "a", ",\"limit\":2,\"before\":2"))
                        .take()
                        .getFirst())
                .contains("\"offset\":1")
                .doesNotContain("next");
    }

    @Test
    void needsNoMembershipAndLeavesNoneBehind() {
        say(ann, "k", "hello");
        SessionRig.Client bob = signedIn(rig, 1, "bob");
        assertThat(bob.send(search("k", "hello", "")).take().getFirst()).contains("\"offset\":1");
        assertThat(ann.take()).as("nobody joined").isEmpty();
        ann.breaks();
        rig.settle();
        assertThat(rig.rooms()).isZero();
    }

    @Test
    void refusesAQueryThatIsTooLong() {
        assertThat(ann.send(search("k", "q".repeat(201), "")).take().getFirst()).contains("\"invalid_message\"");
        assertThat(ann.send(search("k", "q".repeat(200), "")).take().getFirst()).contains("\"results\":[]");
    }

    @Test
    void isLimited() {
        SessionRig strict = new SessionRig(
                List.of(new ChatApp()), 1, SessionConfig.DEFAULT, HubConfig.DEFAULT, new Limit(3, 60_000));
        SessionRig.Client client = signedIn(strict, 0, "ann");
        for (int i = 0; i < 2; i++) {
            client.send(search("k", "q", ""));
        }
        assertThat(types(client.take())).containsOnly("search_results");
        client.send(search("k", "q", "")).send(search("k", "q", ""));
        assertThat(types(client.take()))
                .as("refused before it is looked for")
                .containsExactly("error", "search_results");
    }

    /** The chat, in which nobody may enter the room {@code closed}. */
    private record Guarded(ChatApp chat) implements App {
        @Override
        public RoomKind kind() {
            return chat.kind();
        }

        @Override
        public String path() {
            return chat.path();
        }

        @Override
        public List<MessageType<?>> messages() {
            return chat.messages();
        }

        @Override
        public Optional<EntryText> searchText() {
            return chat.searchText();
        }

        @Override
        public boolean admits(Caller caller, RoomKey room) {
            return !room.id().equals("closed");
        }
    }

    @Test
    void isForbiddenWhereEnteringIs() {
        SessionRig guarded = new SessionRig(List.of(new Guarded(new ChatApp())), 1, SessionConfig.DEFAULT);
        SessionRig.Client client = signedIn(guarded, 0, "ann");
        assertThat(client.send(search("closed", "q", "")).take())
                .singleElement()
                .asString()
                .contains("\"forbidden\"", "\"id\":\"s\"");
        assertThat(client.send(search("open", "q", "")).take().getFirst()).contains("\"results\":[]");
    }
}

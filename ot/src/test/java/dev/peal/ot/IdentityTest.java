package dev.peal.ot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Not only do all see the same: every character that somebody typed is there exactly once unless somebody who saw it deleted it, and what
 * one typed at once stands in its order (PROMISES 61). Clients as they really are, with an operation in flight and edits waiting behind
 * it, and a server that gives the order. Each character is one of its own; every second is a surrogate pair.
 */
class IdentityTest {
    private static final int ROUNDS = Cases.count(10_000, 100_000);
    private static final int CLIENTS = 3;
    private static final int STEPS = 60;

    @Test
    void everyCharacterIsThereOnceUnlessItWasDeleted() {
        long seed = Cases.firstSeed();
        long characters = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Round round = new Round(seed + i);
            round.run();
            round.check();
            characters += round.typed;
        }
        System.out.println(characters + " characters typed");
        assertThat(characters).isGreaterThan(50L * ROUNDS);
    }

    private record Sent(Client author, int revision, Delta operation) {}

    private static final class Round {
        private final long seed;
        private final Cases random;
        private final List<Sent> log = new ArrayList<>();
        private final List<Client> clients = new ArrayList<>();
        private final List<List<Integer>> runs = new ArrayList<>();
        private final Set<Integer> deleted = new HashSet<>();
        private Document server = Document.EMPTY;
        private int typed;

        Round(long seed) {
            this.seed = seed;
            this.random = new Cases(seed, true);
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Client(this));
            }
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                Client client = clients.get(random.below(CLIENTS));
                switch (random.below(4)) {
                    case 0, 1 -> client.edit(edit(client.document));
                    case 2 -> client.deliver();
                    default -> client.receive();
                }
            }
            for (boolean busy = true; busy; ) {
                busy = false;
                for (Client client : clients) {
                    busy |= client.deliver() | client.receive();
                }
            }
        }

        /** Types some characters, deletes some, or both. */
        private Delta edit(Document document) {
            int at = cut(document, random.below(document.length() + 1));
            int end = random.chance(4) ? cut(document, Math.min(document.length(), at + random.below(6))) : at;
            document.slice(at, end).text().codePoints().forEach(deleted::add);
            List<Integer> run = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (int i = end > at && random.chance(5) ? 0 : 1 + random.below(3); i > 0; i--) {
                int character = typed % 2 == 0 ? 0x4E00 + typed : 0x20000 + typed;
                typed++;
                run.add(character);
                text.appendCodePoint(character);
            }
            runs.add(run);
            return Delta.builder()
                    .retain(at)
                    .insert(text.toString())
                    .delete(end - at)
                    .build();
        }

        private static int cut(Document document, int index) {
            return document.splitsPair(index) ? index + 1 : index;
        }

        /** The server: over what came since, then applied and sent to all. */
        void accept(Sent sent) {
            Delta operation = sent.operation;
            for (Sent earlier : log.subList(sent.revision, log.size())) {
                operation = earlier.operation.transform(operation, true);
            }
            assertThat(DocumentRules.DEFAULT.check(operation, server))
                    .as("seed %d", seed)
                    .isEmpty();
            server = server.apply(operation);
            log.add(new Sent(sent.author, log.size(), operation));
        }

        void check() {
            String text = server.text();
            for (Client client : clients) {
                assertThat(client.document.text()).as("seed %d", seed).isEqualTo(text);
            }
            List<Integer> characters = text.codePoints().boxed().toList();
            Set<Integer> expected = new HashSet<>();
            runs.forEach(expected::addAll);
            expected.removeAll(deleted);
            assertThat(characters).as("seed %d", seed).hasSameSizeAs(expected).containsAll(expected);
            for (List<Integer> run : runs) {
                List<Integer> places = run.stream()
                        .map(characters::indexOf)
                        .filter(place -> place >= 0)
                        .toList();
                assertThat(places).as("seed %d", seed).isSorted();
            }
        }
    }

    private static final class Client {
        private final Round round;
        private final Queue<Sent> outgoing = new ArrayDeque<>();
        private Document document = Document.EMPTY;
        private int revision;
        private @Nullable Delta inFlight;
        private Delta waiting = Delta.EMPTY;

        Client(Round round) {
            this.round = round;
        }

        void edit(Delta change) {
            document = document.apply(change);
            waiting = waiting.compose(change);
            send();
        }

        private void send() {
            if (inFlight == null && !waiting.isEmpty()) {
                inFlight = waiting;
                waiting = Delta.EMPTY;
                outgoing.add(new Sent(this, revision, inFlight));
            }
        }

        /** What is under way reaches the server; false if there is nothing. */
        boolean deliver() {
            Sent sent = outgoing.poll();
            if (sent != null) {
                round.accept(sent);
            }
            return sent != null;
        }

        /** The next operation reaches this client; false if there is none. */
        boolean receive() {
            if (revision == round.log.size()) {
                return false;
            }
            Sent next = round.log.get(revision++);
            if (next.author == this) {
                inFlight = null;
                send();
                return true;
            }
            Delta theirs = next.operation;
            if (inFlight != null) {
                Delta over = inFlight.transform(theirs, false);
                inFlight = theirs.transform(inFlight, true);
                theirs = over;
            }
            Delta over = waiting.transform(theirs, false);
            waiting = theirs.transform(waiting, true);
            document = document.apply(over);
            return true;
        }
    }
}

package dev.peal.chat;

import static dev.peal.chat.Frames.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.session.SessionConfig;
import dev.peal.testkit.SessionRig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever people do, on however many loops and in whatever interleaving: each sees every entry of a room once, in order, from where it asked, and none while it
 * is not in the room.
 */
class RoomOrderTest {
    private static final int CASES = Integer.getInteger("peal.cases", 300);
    private static final SessionConfig SMALL_PAGES = SessionRig.config(3, 1 << 20, SessionConfig.Grace.DEFAULT);

    /** Someone who comes and goes, and remembers what it has, as a client library does. */
    private static final class Person {
        private final SessionRig rig;
        private final String name;
        private final int loop;
        private SessionRig.Client client;
        private final List<Long> seen = new ArrayList<>();
        private final List<String> ownAcks = new ArrayList<>();
        private String epoch = "";
        private boolean in;
        private int sent;

        Person(SessionRig rig, String name, int loop) {
            this.rig = rig;
            this.name = name;
            this.loop = loop;
            this.client = signedIn(rig, loop, name);
        }

        void enter() {
            read();
            client.send(epoch.isEmpty() ? joinAsking("j", "k") : joinSince("k", epoch, newest()));
            in = true;
        }

        void leaveAndForget() {
            if (in) {
                read();
                client.send(leave("k"));
                in = false;
            }
        }

        void crash() {
            read();
            client.breaks();
            client = signedIn(rig, loop, name);
            in = false;
        }

        void write() {
            if (in) {
                sent++;
                client.send(messageOnce("m" + sent, name + sent, "k", name + sent));
            }
        }

        long newest() {
            return seen.isEmpty() ? 0 : seen.get(seen.size() - 1);
        }

        /** Takes what has come; a first join tells from where this person counts. */
        void read() {
            for (String frame : client.take()) {
                if (frame.startsWith("{\"type\":\"joined\"")) {
                    assertThat(frame).doesNotContain("\"recovered\":false");
                    if (epoch.isEmpty()) {
                        epoch = epoch(List.of(frame));
                        seen.add(Long.parseLong(frame.replaceAll(".*\"offset\":(\\d+).*", "$1")));
                    }
                } else if (frame.startsWith("{\"type\":\"message\"")) {
                    seen.addAll(offsets(List.of(frame)));
                } else if (frame.startsWith("{\"type\":\"ack\"") && frame.contains("\"offset\"")) {
                    long offset = Long.parseLong(frame.replaceAll(".*\"offset\":(\\d+).*", "$1"));
                    assertThat(seen)
                            .as("the push comes before its acknowledgement")
                            .contains(offset);
                    ownAcks.add(frame);
                }
            }
        }
    }

    @Test
    void eachSeesEveryEntryOnceAndInOrder() {
        long seed = Long.getLong("peal.seed", System.nanoTime());
        for (int i = 0; i < CASES; i++) {
            long caseSeed = seed + i;
            try {
                run(new Random(caseSeed));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + caseSeed, e);
            }
        }
    }

    private static void run(Random random) {
        int loops = 1 + random.nextInt(3);
        SessionRig rig = new SessionRig(List.of(new ChatApp()), loops, SMALL_PAGES);
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            people.add(new Person(rig, "p" + i, random.nextInt(loops)));
        }
        for (int i = 0; i < 120; i++) {
            Person person = people.get(random.nextInt(people.size()));
            switch (random.nextInt(12)) {
                case 0, 1 -> {
                    if (!person.in) {
                        person.enter();
                    }
                }
                case 2 -> person.leaveAndForget();
                case 3 -> person.crash();
                case 4, 5 -> rig.step();
                case 6 -> person.read();
                case 7 -> person.client.send(typing("k"));
                default -> person.write();
            }
        }
        for (Person person : people) {
            if (!person.in) {
                person.enter();
            }
            person.read();
        }
        people.forEach(Person::read);
        long newest = people.stream().mapToLong(Person::newest).max().orElse(0);
        for (Person person : people) {
            for (int i = 1; i < person.seen.size(); i++) {
                assertThat(person.seen.get(i)).as(person.name + " at " + i).isEqualTo(person.seen.get(i - 1) + 1);
            }
            assertThat(person.newest()).as(person.name).isEqualTo(newest);
        }
    }
}

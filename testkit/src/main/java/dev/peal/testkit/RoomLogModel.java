package dev.peal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.log.Entry;
import dev.peal.log.Feed;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomKey;
import dev.peal.log.RoomLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A room log as lists and maps, driven at random side by side with a real one, call by call and answer by answer. */
final class RoomLogModel {
    private static final int ROOMS = 5;
    private static final int BYTES_ALL = Integer.MAX_VALUE;

    private final RoomLog log;
    private final ManualOwner owner;
    private final Random random;
    private final List<Room> rooms = new ArrayList<>();

    RoomLogModel(RoomLog log, ManualOwner owner, long seed) {
        this.log = log;
        this.owner = owner;
        this.random = new Random(seed);
        System.out.println("room log model: seed " + seed);
    }

    /** Appends so many times, with reads and feeds that come and go between, and compares everything. */
    void run(int appends) {
        for (int i = 0; i < ROOMS; i++) {
            rooms.add(new Room(new RoomKey("chat", "room-" + i)));
        }
        for (int i = 0; i < appends; i++) {
            Room room = rooms.get(random.nextInt(ROOMS));
            room.append();
            if (random.nextInt(50) == 0) {
                room.settle();
                room.compareRead();
            }
            if (random.nextInt(100) == 0) {
                room.replaceFeed();
            }
        }
        for (Room room : rooms) {
            room.settle();
            room.compareAll();
        }
    }

    private final class Room {
        private final RoomKey key;
        private final List<String> texts = new ArrayList<>();
        private final Map<String, Integer> ids = new HashMap<>();
        private final List<String> expectedCalls = new ArrayList<>();
        private FeedProbe feed;
        private final List<Long> unstored = new ArrayList<>();
        private long presumed;
        private boolean failed;

        private Room(RoomKey key) {
            this.key = key;
            this.feed = new FeedProbe(log, key, owner).open();
            expectedCalls.add("opened 1..0");
        }

        private void append() {
            String sender = "user-" + random.nextInt(3);
            String messageId = random.nextInt(3) == 0 ? "m" + random.nextInt(400) : null;
            String text = "t" + (messageId == null ? random.nextInt() : random.nextInt(2));
            long expected = switch (random.nextInt(6)) {
                case 0 -> texts.size();
                case 1 -> random.nextInt(texts.size() + 2);
                default -> Feed.ANY;
            };
            feed.append(FeedProbe.draft(sender, messageId, text), expected);
            expect(messageId == null ? null : sender + " " + messageId, text, expected);
        }

        private void expect(@Nullable String id, String text, long expected) {
            Integer before = id == null ? null : ids.get(id);
            int stored = texts.size();
            boolean counts = expected != Feed.ANY && expected >= presumed;
            presumed = counts ? expected + 1 : presumed;
            boolean onNothing = unstored.stream().anyMatch(lost -> lost < expected);
            if (before != null) {
                boolean same = texts.get(before - 1).equals(text);
                expectedCalls.add(same ? "duplicate " + before : "reused");
            } else if (expected != Feed.ANY && (onNothing || expected != texts.size())) {
                expectedCalls.add("conflict " + texts.size());
            } else {
                texts.add(text);
                if (id != null) {
                    ids.put(id, texts.size());
                }
                expectedCalls.add("entry " + texts.size() + " " + text);
                expectedCalls.add("stored " + texts.size());
            }
            failed |= stored == texts.size();
            if (counts && stored == texts.size()) {
                unstored.add(expected);
            }
        }

        /** The owner knows what became of everything. */
        private void hear() {
            feed.awaitAnswers();
            unstored.clear();
            presumed = failed ? 0 : presumed;
            failed = false;
        }

        private void settle() {
            rooms.forEach(Room::hear); // they share an owner, which hears of all of them
            assertThat(feed.calls.stream().filter(call -> !call.equals("end")).toList())
                    .isEqualTo(expectedCalls);
        }

        private void replaceFeed() {
            settle();
            feed.close();
            feed = new FeedProbe(log, key, owner).open();
            presumed = 0;
            expectedCalls.clear();
            expectedCalls.add("opened 1.." + texts.size());
        }

        private void compareRead() {
            boolean after = random.nextBoolean();
            int from = random.nextInt(texts.size() + 1);
            int max = 1 + random.nextInt(40);
            List<String> expected = after
                    ? texts.subList(from, Math.min(from + max, texts.size()))
                    : texts.subList(Math.max(0, from - 1 - max), Math.max(0, from - 1));
            ReadRequest.Direction way = after ? ReadRequest.Direction.AFTER : ReadRequest.Direction.BEFORE;
            compare(new ReadRequest(key, feed.epoch(), way, from, max, BYTES_ALL), expected);
        }

        private void compareAll() {
            compare(new ReadRequest(key, feed.epoch(), ReadRequest.Direction.AFTER, 0, 1_000_000, BYTES_ALL), texts);
        }

        private void compare(ReadRequest request, List<String> expected) {
            List<LogRead> answer = new ArrayList<>();
            log.read(request, owner, answer::add);
            owner.runUntil("a read's answer", () -> !answer.isEmpty());
            LogRead.Complete read = (LogRead.Complete) answer.getFirst();
            assertThat(read.newest()).isEqualTo(texts.size());
            assertThat(read.entries()).extracting(FeedProbe::text).isEqualTo(expected);
            long previous = 0;
            for (Entry entry : read.entries()) {
                assertThat(previous == 0 || entry.offset() == previous + 1).isTrue();
                previous = entry.offset();
            }
        }
    }
}

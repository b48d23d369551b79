package dev.peal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.log.Entry;
import dev.peal.log.Feed;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.Retention;
import dev.peal.log.RoomKey;
import dev.peal.log.RoomLog;
import dev.peal.search.EntryText;
import dev.peal.search.Query;
import dev.peal.search.Search;
import dev.peal.search.SearchRead;
import dev.peal.search.SearchRead.Found;
import dev.peal.search.SearchRead.Hit;
import dev.peal.search.SearchRequest;
import dev.peal.time.Clock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Search} does. Its entries' data are their text; the kind {@code other} cannot be searched. */
public abstract class SearchContract {
    private static final int MODEL_ENTRIES = 600;
    private static final int MODEL_QUERIES = 200;

    /** Few words, so that a query finds some and not all: alphabets, marks, scripts without spaces, emoji, and what looks like a query language. */
    private static final List<String> WORDS = List.of(
            "a", "ab", "abc", "be", "Crème", "creme", "brûlée", "naïve", "STRASSE", "straße", "don't", "foo-bar",
            "foo_bar", "東京", "京都", "東京タワー", "ガ", "カ", "한국어", "한국", "😀", "👍🏽", "👩‍💻", "สวัสดี", "NEAR", "AND", "OR",
            "NOT", "words:", "\"a\"", "*", "(", ")", "^a", "a*", "12", "1.2", "x§y", "--", "हिन्दी");

    protected final ManualClock clock = new ManualClock();
    protected final ManualOwner owner = new ManualOwner(clock);
    protected final RoomKey room = new RoomKey("chat", "lobby");
    private final Map<RoomKey, FeedProbe> feeds = new HashMap<>();
    private @Nullable RoomLog log;
    private @Nullable Search search;

    /** A new, empty log. */
    protected abstract RoomLog createLog(Clock clock, Function<String, Retention> retention);

    /** Search in it. */
    protected abstract Search createSearch(RoomLog log, Function<String, Optional<EntryText>> texts);

    /** Called before each look: an index may be waited for, or not. */
    protected void beforeLooking() {}

    /** Called at the end: closes what was made. */
    protected abstract void closeAll();

    protected static Optional<EntryText> text(String kind) {
        return kind.equals("other") ? Optional.empty() : Optional.of(SearchContract::textOf);
    }

    private static Optional<String> textOf(Entry entry) {
        return Optional.of(FeedProbe.text(entry));
    }

    @AfterEach
    final void end() {
        closeAll();
    }

    protected final void open(Retention retention) {
        RoomLog is = createLog(clock, kind -> retention);
        log = is;
        search = createSearch(is, SearchContract::text);
    }

    protected final RoomLog log() {
        if (log == null) {
            open(Retention.ALL);
        }
        return Objects.requireNonNull(log);
    }

    /** Another search over the same log, such as after a start. */
    protected final void search(Search other) {
        search = other;
    }

    private Search search() {
        log();
        return Objects.requireNonNull(search);
    }

    protected final void say(RoomKey in, String... texts) {
        FeedProbe feed = feeds.computeIfAbsent(in, key -> new FeedProbe(log(), key, owner).open());
        for (String text : texts) {
            feed.append(FeedProbe.draft("ann", null, text, 1), Feed.ANY);
        }
        feed.awaitAnswers();
    }

    protected final Found page(SearchRequest request) {
        beforeLooking();
        List<SearchRead> answers = new ArrayList<>();
        search().find(request, owner, answer -> {
            assertThat(owner.inside()).isTrue();
            answers.add(answer);
        });
        assertThat(answers).as("never from inside the call").isEmpty();
        owner.runUntil("an answer", () -> !answers.isEmpty());
        return (Found) answers.getFirst();
    }

    /** Every hit, over as many pages as it takes. */
    protected final List<Hit> all(RoomKey in, String query, int limit) {
        List<Hit> hits = new ArrayList<>();
        Found page = page(new SearchRequest(in, query, Long.MAX_VALUE, limit));
        hits.addAll(page.hits());
        for (Long next = page.next(); next != null; next = page.next()) {
            page = page(new SearchRequest(in, query, next, limit));
            assertThat(page.hits()).hasSizeLessThanOrEqualTo(limit);
            hits.addAll(page.hits());
        }
        return hits;
    }

    protected final List<Long> offsets(String query) {
        return all(room, query, 50).stream().map(hit -> hit.entry().offset()).toList();
    }

    private List<String> highlighted(String query) {
        List<String> parts = new ArrayList<>();
        for (Hit hit : all(room, query, 50)) {
            int[] points = FeedProbe.text(hit.entry()).codePoints().toArray();
            hit.highlights()
                    .forEach(range -> parts.add(new String(points, range.start(), range.end() - range.start())));
        }
        return parts;
    }

    /** What it should find: every entry of the log, looked at. */
    private List<Hit> reference(RoomKey in, String query) {
        List<LogRead> answers = new ArrayList<>();
        ReadRequest everything =
                new ReadRequest(in, null, ReadRequest.Direction.BEFORE, Long.MAX_VALUE, 1_000_000, Integer.MAX_VALUE);
        log().read(everything, owner, answers::add);
        owner.runUntil("a read", () -> !answers.isEmpty());
        List<Hit> hits = new ArrayList<>();
        for (Entry entry : ((LogRead.Complete) answers.getFirst()).entries().reversed()) {
            List<SearchRead.Range> highlights = Query.of(query).in(FeedProbe.text(entry));
            if (!highlights.isEmpty()) {
                hits.add(new Hit(entry, highlights));
            }
        }
        return hits;
    }

    private static List<String> shown(List<Hit> hits) {
        return hits.stream()
                .map(hit -> hit.entry().offset() + " " + FeedProbe.text(hit.entry()) + " " + hit.highlights())
                .toList();
    }

    @Test
    void findsNewestFirst() {
        say(room, "hello world", "nothing", "Hello again", "world");
        assertThat(offsets("hello")).containsExactly(3L, 1L);
        assertThat(offsets("world hello")).containsExactly(1L);
        assertThat(offsets("missing")).isEmpty();
        assertThat(offsets("hello missing")).isEmpty();
    }

    @Test
    void takesTheLastWordForABeginning() {
        say(room, "hello world");
        assertThat(offsets("hello wor")).containsExactly(1L);
        assertThat(offsets("hel world")).isEmpty();
        assertThat(highlighted("wor")).containsExactly("world");
    }

    @Test
    void foldsCaseAndDiacritics() {
        say(room, "Crème brûlée", "creme brulee", "cre\u0300me bru\u0302le\u0301e", "ＣＲÈＭＥ brûlée");
        assertThat(offsets("creme brulee")).containsExactly(4L, 3L, 2L, 1L);
        assertThat(offsets("CRÈME brûlée")).containsExactly(4L, 3L, 2L, 1L);
        say(room, "Straße", "STRASSE", "ΟΔΟΣ", "οδος");
        assertThat(offsets("strasse")).containsExactly(6L, 5L);
        assertThat(offsets("οδός")).containsExactly(8L, 7L);
    }

    @Test
    void findsWithinTextsThatHaveNoSpaces() {
        say(room, "東京タワーに行く", "京都", "สวัสดีครับ");
        assertThat(offsets("東京")).containsExactly(1L);
        assertThat(offsets("京")).containsExactly(2L, 1L);
        assertThat(offsets("タワー")).containsExactly(1L);
        assertThat(offsets("東行")).as("neighbours only").isEmpty();
        assertThat(offsets("ครับ")).containsExactly(3L);
        assertThat(highlighted("タワー")).containsExactly("タワー");
    }

    @Test
    void findsEmoji() {
        say(room, "good 👍🏽 job", "😀😀", "👩‍💻 works", "none");
        assertThat(offsets("👍")).containsExactly(1L);
        assertThat(offsets("😀")).containsExactly(2L);
        assertThat(offsets("👩‍💻")).containsExactly(3L);
        assertThat(offsets("good 👍")).containsExactly(1L);
        assertThat(highlighted("😀")).containsExactly("😀😀");
    }

    @Test
    void countsHighlightsInCodePoints() {
        say(room, "😀 naïve na\u0308ive");
        List<Hit> hits = all(room, "naive", 1);
        assertThat(hits.getFirst().highlights())
                .containsExactly(new SearchRead.Range(2, 7), new SearchRead.Range(8, 14));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                "\"\"\"",
                "a\" OR \"b",
                "words:a",
                "a NEAR b",
                "NOT a",
                "a OR b",
                "a AND b",
                "(a",
                "a)",
                "^a",
                "a*",
                "*",
                "-a",
                "a + b",
                "{a}",
                "a:b",
                "'; DROP TABLE words; --",
                "%",
                "_",
                "\\",
                "\0",
                "a\0b",
                "0§a",
                "1§a",
                "§",
                "\uD83D"
            })
    void takesNothingForSyntax(String query) {
        say(room, "a b", "or", "a or b", "not a", "near", "a and b", "drop table words", "1 a");
        assertThat(shown(all(room, query, 3))).isEqualTo(shown(reference(room, query)));
    }

    @Test
    void neverFindsAnythingInAnotherRoom() {
        List<RoomKey> rooms = IntStream.range(0, 12)
                .mapToObj(i -> new RoomKey("chat", "r" + i))
                .toList();
        for (int round = 0; round < 5; round++) {
            for (RoomKey each : rooms) {
                say(each, "secret of " + each.id());
            }
        }
        for (RoomKey each : rooms) {
            assertThat(all(each, "secret", 2))
                    .hasSize(5)
                    .allMatch(hit -> FeedProbe.text(hit.entry()).equals("secret of " + each.id()));
            assertThat(all(each, "secret of r", 50)).hasSize(5);
        }
        assertThat(all(new RoomKey("chat", "empty"), "secret", 50)).isEmpty();
        assertThat(all(new RoomKey("quiz", "r1"), "secret", 50)).isEmpty();
    }

    @Test
    void findsNothingInAKindThatCannotBeSearched() {
        RoomKey other = new RoomKey("other", "r");
        say(other, "hello");
        assertThat(all(other, "hello", 50)).isEmpty();
    }

    @Test
    void pagesWithoutAGapOrARepetition() {
        for (int i = 0; i < 130; i++) {
            say(room, i % 3 == 0 ? "x" : "hit " + i);
        }
        List<String> whole = shown(reference(room, "hit"));
        for (int limit : new int[] {1, 7, 50}) {
            assertThat(shown(all(room, "hit", limit))).isEqualTo(whole);
        }
        Found last = page(new SearchRequest(room, "hit", 2, 1));
        assertThat(last.hits()).isEmpty();
        assertThat(last.next()).isNull();
    }

    @Test
    void doesNotFindWhatRetentionTook() {
        open(new Retention(Long.MAX_VALUE, 10, Long.MAX_VALUE));
        for (int i = 1; i <= 50; i++) {
            say(room, "hit " + i);
        }
        owner.runUntil("retention", () -> offsets("hit").size() == 10);
        assertThat(offsets("hit")).startsWith(50L).endsWith(41L);
    }

    @Test
    void findsWhatALookAtEveryEntryFinds() {
        long seed = System.nanoTime();
        System.out.println("search model: seed " + seed);
        Random random = new Random(seed);
        List<RoomKey> rooms = List.of(room, new RoomKey("chat", "other"));
        int queries = 0;
        for (int i = 0; i < MODEL_ENTRIES; i++) {
            say(rooms.get(random.nextInt(2)), text(random, 8));
            if (random.nextInt(MODEL_ENTRIES / MODEL_QUERIES) == 0) {
                queries++;
                RoomKey in = rooms.get(random.nextInt(2));
                String query = query(random);
                assertThat(shown(all(in, query, 1 + random.nextInt(20))))
                        .as("seed %s, query %s", seed, query)
                        .isEqualTo(shown(reference(in, query)));
            }
        }
        assertThat(queries).isPositive();
    }

    private static String text(Random random, int wordsMax) {
        StringBuilder text = new StringBuilder();
        for (int n = 1 + random.nextInt(wordsMax); n > 0; n--) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append(random.nextInt(4) == 0 ? "" : " ");
        }
        return text.toString();
    }

    private static String query(Random random) {
        String text = text(random, 3).strip();
        byte[] some = text.getBytes(StandardCharsets.UTF_8);
        int end = 1 + random.nextInt(Math.max(1, some.length));
        return random.nextBoolean() || text.isEmpty()
                ? text
                : new String(some, 0, Math.min(end, some.length), StandardCharsets.UTF_8);
    }
}

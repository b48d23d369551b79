package dev.peal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.store.ScanRequest;
import dev.peal.store.Store;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreRead;
import dev.peal.store.StoreWrite;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link Store} does. An implementation's test extends this class. */
public abstract class StoreContract {
    private static final int MODEL_STEPS = 2_000;

    protected final ManualOwner owner = new ManualOwner(new ManualClock());
    private @Nullable Store store;

    /** A new, empty store. */
    protected abstract Store create();

    /** The store under test; made at the first call. */
    protected final Store store() {
        Store is = store;
        if (is == null) {
            is = create();
            store = is;
        }
        return is;
    }

    private <T> T answer(BiConsumer<Store, Consumer<T>> question) {
        List<T> answers = new ArrayList<>();
        question.accept(store(), answer -> {
            assertThat(owner.inside()).isTrue();
            answers.add(answer);
        });
        assertThat(answers).as("never from inside the call").isEmpty();
        owner.runUntil("an answer", () -> !answers.isEmpty());
        return answers.getFirst();
    }

    protected final StoreWrite put(String key, String value, long expected) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return answer((to, done) -> to.put(new StoreKey("t", key), bytes, expected, owner, done));
    }

    protected final long put(String key, String value) {
        return ((StoreWrite.Done) put(key, value, Store.ANY)).version();
    }

    private StoreWrite delete(String key, long expected) {
        return answer((to, done) -> to.delete(new StoreKey("t", key), expected, owner, done));
    }

    protected final String value(String key) {
        StoreRead.Rows rows = this.<StoreRead>answer((to, done) -> to.get(new StoreKey("t", key), owner, done))
                        instanceof StoreRead.Rows found
                ? found
                : new StoreRead.Rows(List.of(), false);
        return rows.first().map(StoreContract::text).orElse("nothing");
    }

    private StoreRead.Rows scan(ScanRequest request) {
        return (StoreRead.Rows) this.<StoreRead>answer((to, done) -> to.scan(request, owner, done));
    }

    private List<String> keys(String prefix, String after, int max) {
        return scan(new ScanRequest("t", prefix, after, max)).rows().stream()
                .map(StoreRead.Row::key)
                .toList();
    }

    private static String text(StoreRead.Row row) {
        return new String(row.value(), StandardCharsets.UTF_8);
    }

    @Test
    void keepsTheLastValue() {
        assertThat(value("k")).isEqualTo("nothing");
        put("k", "one");
        put("k", "ünï-\uD83D\uDE00");
        put("empty", "");
        assertThat(value("k")).isEqualTo("ünï-\uD83D\uDE00");
        assertThat(value("empty")).isEmpty();
        assertThat(value("K")).isEqualTo("nothing");
    }

    @Test
    void writesOnlyOverTheExpectedVersion() {
        long first = ((StoreWrite.Done) put("k", "one", Store.ABSENT)).version();
        assertThat(put("k", "no", Store.ABSENT)).isEqualTo(new StoreWrite.Conflict(first));
        long second = ((StoreWrite.Done) put("k", "two", first)).version();
        assertThat(second).isGreaterThan(first);
        assertThat(put("k", "no", first)).isEqualTo(new StoreWrite.Conflict(second));
        assertThat(put("other", "no", second)).isEqualTo(new StoreWrite.Conflict(Store.ABSENT));
        assertThat(value("k")).isEqualTo("two");
    }

    @Test
    void deletesOnlyTheExpectedVersion() {
        long version = put("k", "one");
        assertThat(delete("k", version + 1)).isEqualTo(new StoreWrite.Conflict(version));
        assertThat(delete("k", version)).isEqualTo(new StoreWrite.Done(Store.ABSENT));
        assertThat(value("k")).isEqualTo("nothing");
        assertThat(delete("k", version)).isEqualTo(new StoreWrite.Conflict(Store.ABSENT));
        assertThat(delete("k", Store.ANY)).isEqualTo(new StoreWrite.Done(Store.ABSENT));
    }

    @Test
    void neverGivesAVersionTwice() {
        long first = put("k", "one");
        delete("k", Store.ANY);
        long again = put("k", "one");
        assertThat(again).isGreaterThan(first);
        assertThat(put("k", "by one who saw the first", first)).isEqualTo(new StoreWrite.Conflict(again));
    }

    @Test
    void scansInTheOrderOfBytes() {
        List<String> ordered = List.of("A", "a", "a/", "a/1", "a/10", "a/2", "b", "ä", "\uFFFD", "\uD83D\uDE00");
        for (int i = ordered.size() - 1; i >= 0; i--) {
            put(ordered.get(i), "v" + i);
        }
        assertThat(keys("", "", 100)).isEqualTo(ordered);
        assertThat(keys("a/", "", 100)).containsExactly("a/", "a/1", "a/10", "a/2");
        assertThat(keys("a/", "a/10", 100)).containsExactly("a/2");
        assertThat(keys("a/", "b", 100)).isEmpty();
        assertThat(keys("", "b", 2)).containsExactly("ä", "\uFFFD");
        assertThat(keys("z", "", 100)).isEmpty();
    }

    @Test
    void saysWhetherAScanGoesOn() {
        put("a", "1");
        put("b", "2");
        StoreRead.Rows first = scan(new ScanRequest("t", "", "", 1));
        assertThat(first.more()).isTrue();
        StoreRead.Rows second =
                scan(new ScanRequest("t", "", "", 1).after(first.rows().getLast()));
        assertThat(second.rows()).extracting(StoreContract::text).containsExactly("2");
        assertThat(second.more()).isFalse();
    }

    @Test
    void endsAScanAfterSoManyBytes() {
        String large = "x".repeat(StoreKey.VALUE_BYTES_MAX);
        for (int i = 0; i < 5; i++) {
            put("k" + i, large);
        }
        StoreRead.Rows rows = scan(ScanRequest.all("t"));
        assertThat(rows.rows()).hasSize(ScanRequest.BYTES_MAX / StoreKey.VALUE_BYTES_MAX);
        assertThat(rows.more()).isTrue();
    }

    @Test
    void refusesWhatIsTooLarge() {
        String longest = "ä".repeat(256);
        put(longest, "x".repeat(StoreKey.VALUE_BYTES_MAX));
        assertThat(value(longest)).hasSize(StoreKey.VALUE_BYTES_MAX);
        assertThatThrownBy(() -> put("k", "x".repeat(StoreKey.VALUE_BYTES_MAX + 1)))
                .isInstanceOf(IllegalArgumentException.class);
        for (String key : List.of("", longest + "a", "half \uD83D")) {
            assertThatThrownBy(() -> new StoreKey("t", key)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new ScanRequest("t", "", "", ScanRequest.ROWS_MAX + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsPartsApart() {
        Store one = store().within("one");
        Store two = store().within("two");
        StoreKey key = new StoreKey("t", "k");
        this.<StoreWrite>answer((to, done) -> one.put(key, new byte[] {1}, Store.ABSENT, owner, done));
        StoreRead read = answer((to, done) -> two.get(key, owner, done));
        assertThat(read).isEqualTo(new StoreRead.Rows(List.of(), false));
        assertThat(value("k")).isEqualTo("nothing");
        StoreRead.Rows rows =
                (StoreRead.Rows) this.<StoreRead>answer((to, done) -> one.scan(ScanRequest.all("t"), owner, done));
        assertThat(rows.rows()).extracting(StoreRead.Row::key).containsExactly("k");
        assertThatThrownBy(() -> store().within("one/t")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesInTheOrderAskedFor() {
        List<StoreWrite> answers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            byte[] value = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
            store().put(new StoreKey("t", "k"), value, Store.ANY, owner, answers::add);
        }
        owner.runUntil("all answers", () -> answers.size() == 500);
        assertThat(answers)
                .extracting(write -> ((StoreWrite.Done) write).version())
                .isSorted();
        assertThat(value("k")).isEqualTo("499");
    }

    @Test
    void doesWhatASortedMapDoes() {
        long seed = System.nanoTime();
        System.out.println("store model: seed " + seed);
        Random random = new Random(seed);
        TreeMap<String, String> model = new TreeMap<>();
        TreeMap<String, Long> versions = new TreeMap<>();
        for (int step = 0; step < MODEL_STEPS; step++) {
            String key = "k" + random.nextInt(30);
            long is = versions.getOrDefault(key, Store.ABSENT);
            long expected = random.nextInt(4) == 0 ? random.nextLong(step + 1) : random.nextBoolean() ? is : Store.ANY;
            boolean fits = expected == Store.ANY || expected == is;
            boolean deletes = random.nextInt(3) == 0;
            StoreWrite answer = deletes ? delete(key, expected) : put(key, "v" + step, expected);
            if (!fits) {
                assertThat(answer).as("seed %s, step %s", seed, step).isEqualTo(new StoreWrite.Conflict(is));
            } else if (deletes) {
                model.remove(key);
                versions.remove(key);
            } else {
                model.put(key, "v" + step);
                versions.put(key, ((StoreWrite.Done) answer).version());
            }
            assertThat(value(key)).as("seed %s, step %s", seed, step).isEqualTo(model.getOrDefault(key, "nothing"));
        }
        List<StoreRead.Row> rows = scan(ScanRequest.all("t")).rows();
        assertThat(rows).extracting(StoreRead.Row::key).containsExactlyElementsOf(model.keySet());
        assertThat(rows).extracting(StoreContract::text).containsExactlyElementsOf(model.values());
        assertThat(rows).extracting(StoreRead.Row::version).containsExactlyElementsOf(versions.values());
    }
}

package dev.peal.store;

import dev.peal.time.Owner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store in memory: lost with the process. Guarded by its monitor; a write is done inside the call, and answered later as every answer is. */
public final class MemoryStore implements Store {
    private static final Comparator<String> AS_BYTES = Comparator.comparing(
            key -> key.getBytes(StandardCharsets.UTF_8), (left, right) -> Arrays.compareUnsigned(left, right));

    private final Map<String, NavigableMap<String, StoreRead.Row>> tables = new HashMap<>();
    private long versions;

    @Override
    public void get(StoreKey key, Owner owner, Consumer<StoreRead> done) {
        StoreRead.Row row = row(key);
        StoreRead answer = new StoreRead.Rows(row == null ? List.of() : List.of(row), false);
        owner.execute(() -> done.accept(answer));
    }

    private synchronized StoreRead.@Nullable Row row(StoreKey key) {
        NavigableMap<String, StoreRead.Row> table = tables.get(key.table());
        return table == null ? null : table.get(key.key());
    }

    @Override
    public void scan(ScanRequest request, Owner owner, Consumer<StoreRead> done) {
        StoreRead answer = rows(request);
        owner.execute(() -> done.accept(answer));
    }

    private synchronized StoreRead rows(ScanRequest request) {
        NavigableMap<String, StoreRead.Row> table =
                tables.getOrDefault(request.table(), Collections.emptyNavigableMap());
        boolean fromPrefix = AS_BYTES.compare(request.prefix(), request.after()) > 0;
        String from = fromPrefix ? request.prefix() : request.after();
        List<StoreRead.Row> found = new ArrayList<>();
        long bytes = 0;
        for (StoreRead.Row row : table.tailMap(from, fromPrefix).values()) {
            if (!row.key().startsWith(request.prefix())) {
                break;
            }
            if (found.size() == request.rowsMax() || bytes >= ScanRequest.BYTES_MAX) {
                return new StoreRead.Rows(found, true);
            }
            found.add(row);
            bytes += row.value().length;
        }
        return new StoreRead.Rows(found, false);
    }

    @Override
    public void put(StoreKey key, byte[] value, long expected, Owner owner, Consumer<StoreWrite> done) {
        StoreKey.checkValue(value);
        StoreWrite answer = write(key, value, expected);
        owner.execute(() -> done.accept(answer));
    }

    @Override
    public void delete(StoreKey key, long expected, Owner owner, Consumer<StoreWrite> done) {
        StoreWrite answer = write(key, null, expected);
        owner.execute(() -> done.accept(answer));
    }

    private synchronized StoreWrite write(StoreKey key, byte @Nullable [] value, long expected) {
        StoreRead.Row row = row(key);
        long version = row == null ? ABSENT : row.version();
        if (expected != ANY && expected != version) {
            return new StoreWrite.Conflict(version);
        }
        NavigableMap<String, StoreRead.Row> table =
                tables.computeIfAbsent(key.table(), name -> new TreeMap<>(AS_BYTES));
        if (value == null) {
            table.remove(key.key());
        } else {
            table.put(key.key(), new StoreRead.Row(key.key(), ++versions, value));
        }
        if (table.isEmpty()) {
            tables.remove(key.table());
        }
        return new StoreWrite.Done(value == null ? ABSENT : versions);
    }
}

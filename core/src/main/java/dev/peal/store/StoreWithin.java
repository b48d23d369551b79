package dev.peal.store;

import dev.peal.time.Owner;
import java.util.function.Consumer;

/** A part of a store: its tables' names begin with the part's, which the caller neither writes nor sees. */
final class StoreWithin implements Store {
    private final Store store;
    private final String prefix;

    StoreWithin(Store store, String name) {
        if (name.isEmpty() || name.length() > 32 || name.contains("/")) {
            throw new IllegalArgumentException("name: 1 to 32 characters without /");
        }
        this.store = store;
        this.prefix = name + "/";
    }

    @Override
    public void get(StoreKey key, Owner owner, Consumer<StoreRead> done) {
        store.get(inside(key), owner, done);
    }

    @Override
    public void scan(ScanRequest request, Owner owner, Consumer<StoreRead> done) {
        String table = prefix + request.table();
        store.scan(new ScanRequest(table, request.prefix(), request.after(), request.rowsMax()), owner, done);
    }

    @Override
    public void put(StoreKey key, byte[] value, long expected, Owner owner, Consumer<StoreWrite> done) {
        store.put(inside(key), value, expected, owner, done);
    }

    @Override
    public void delete(StoreKey key, long expected, Owner owner, Consumer<StoreWrite> done) {
        store.delete(inside(key), expected, owner, done);
    }

    private StoreKey inside(StoreKey key) {
        return new StoreKey(prefix + key.table(), key.key());
    }
}

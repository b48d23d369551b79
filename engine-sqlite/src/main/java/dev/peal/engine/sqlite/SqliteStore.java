package dev.peal.engine.sqlite;

import dev.peal.store.ScanRequest;
import dev.peal.store.Store;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreRead;
import dev.peal.store.StoreWrite;
import dev.peal.time.Owner;
import java.util.function.Consumer;

/** The store in the log's file: its writes share the log's commits, its reads the log's readers. Thread-safe. */
final class SqliteStore implements Store {
    private final CommandQueue queue;
    private final Readers readers;

    SqliteStore(CommandQueue queue, Readers readers) {
        this.queue = queue;
        this.readers = readers;
    }

    @Override
    public void get(StoreKey key, Owner owner, Consumer<StoreRead> done) {
        readers.ask(reader -> reader.store(table -> table.get(key)), new StoreRead.Failed(), owner, done);
    }

    @Override
    public void scan(ScanRequest request, Owner owner, Consumer<StoreRead> done) {
        readers.ask(reader -> reader.store(table -> table.scan(request)), new StoreRead.Failed(), owner, done);
    }

    @Override
    public void put(StoreKey key, byte[] value, long expected, Owner owner, Consumer<StoreWrite> done) {
        StoreKey.checkValue(value);
        write(new Command.Write(key, value, expected, owner, done));
    }

    @Override
    public void delete(StoreKey key, long expected, Owner owner, Consumer<StoreWrite> done) {
        write(new Command.Write(key, null, expected, owner, done));
    }

    private void write(Command.Write write) {
        if (!queue.offer(write)) {
            StoreWrites.refuse(write);
        }
    }
}

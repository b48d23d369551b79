package dev.peal.store;

import dev.peal.testkit.StoreContract;

final class MemoryStoreTest extends StoreContract {
    @Override
    protected Store create() {
        return new MemoryStore();
    }
}

package dev.peal.docs.access;

import dev.peal.store.MemoryStore;
import dev.peal.store.Store;

final class AccessInMemoryTest extends AccessRules {
    @Override
    Store create() {
        return new MemoryStore();
    }
}

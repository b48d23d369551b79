package dev.peal.client.market;

/** What prices and sizes of one symbol are counted in. */
record Steps(Step tick, Step lot) {
    static Steps of(SymbolInfo info) {
        return new Steps(Step.of(info.tick()), Step.of(info.lot()));
    }
}

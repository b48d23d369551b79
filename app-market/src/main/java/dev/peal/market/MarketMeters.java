package dev.peal.market;

import dev.peal.market.ingest.IngestFault;
import dev.peal.market.paper.PaperFault;

/** What the market counts. Called on the market's owner and from connections' loops; implementations are thread-safe and allocate nothing. */
public interface MarketMeters {
    /** A person's order was taken, or one that had been taken before came again. */
    void orderTaken();

    void orderRefused(PaperFault why);

    /** A person's order traded; a trade between two people counts twice. */
    void filled();

    /** A program's batch was applied. */
    void ingested(int events);

    /** A batch came again and had no effect. */
    void ingestRepeated();

    void ingestRefused(IngestFault why);

    /** Counts nothing. */
    MarketMeters NONE = new MarketMeters() {
        @Override
        public void orderTaken() {}

        @Override
        public void orderRefused(PaperFault why) {}

        @Override
        public void filled() {}

        @Override
        public void ingested(int events) {}

        @Override
        public void ingestRepeated() {}

        @Override
        public void ingestRefused(IngestFault why) {}
    };
}

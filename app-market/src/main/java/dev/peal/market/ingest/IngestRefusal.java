package dev.peal.market.ingest;

/** Ends the checking of an event from wherever it is; never leaves this package. */
final class IngestRefusal extends Exception {
    private static final long serialVersionUID = 1;

    private final IngestFault fault;

    IngestRefusal(IngestFault fault) {
        super(fault.wire(), null, false, false);
        this.fault = fault;
    }

    IngestFault fault() {
        return fault;
    }
}

package dev.peal.market.wire;

/** What became of reading an action. */
public sealed interface ActionReading {
    record Read(MarketAction action) implements ActionReading {}

    /** There is no action of this name. */
    record Unknown() implements ActionReading {}

    /** A field that is missing or says nothing that it may say; {@code expected} is for the person who wrote it. */
    record Invalid(String field, String expected) implements ActionReading {}
}

package dev.peal.market.paper;

/** What became of what a user asked for. */
public sealed interface PaperReply {
    /** It was done; the order as it is now. */
    record Done(PaperOrder order) implements PaperReply {}

    /** Nothing changed. */
    record Refused(PaperFault fault) implements PaperReply {}
}

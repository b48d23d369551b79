package dev.peal.log;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads history as those want it who look at it, and do not resume: what retention took is passed over, and of a history that is gone there is an empty page. */
public final class HistoryPage {
    private HistoryPage() {}

    /** Where entries come from, such as {@link RoomLog#read} with an owner. */
    @FunctionalInterface
    public interface Source {
        void read(ReadRequest request, Consumer<LogRead> done);
    }

    /**
     * Reads one page.
     *
     * @param done told the page, or nothing where the log cannot be read; called where the source calls
     */
    public static void read(ReadRequest request, Source source, Consumer<Optional<LogRead.Complete>> done) {
        source.read(request, result -> {
            switch (result) {
                case LogRead.Complete page -> done.accept(Optional.of(page));
                case LogRead.Truncated cut -> read(request.startingAt(cut.oldest() - 1), source, done);
                case LogRead.OtherEpoch other ->
                    done.accept(Optional.of(
                            new LogRead.Complete(other.epoch(), other.oldest(), other.newest(), List.of())));
                case LogRead.Failed failed -> done.accept(Optional.empty());
            }
        });
    }
}

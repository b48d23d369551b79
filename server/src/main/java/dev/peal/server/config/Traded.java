package dev.peal.server.config;

import dev.peal.market.book.Step;
import dev.peal.market.book.Symbol;
import java.util.Optional;

/**
 * A symbol as it is configured: {@code ACME=0.01/1}.
 *
 * @param tick the step of its prices
 * @param lot the step of its sizes
 */
public record Traded(String name, String tick, String lot) {
    static Optional<Traded> read(String text) {
        int equals = text.indexOf('=');
        int slash = text.indexOf('/', equals + 1);
        if (equals < 0 || slash < 0 || !Symbol.isName(text.substring(0, equals))) {
            return Optional.empty();
        }
        Traded traded =
                new Traded(text.substring(0, equals), text.substring(equals + 1, slash), text.substring(slash + 1));
        boolean steps =
                Step.parse(traded.tick).isPresent() && Step.parse(traded.lot).isPresent();
        return steps ? Optional.of(traded) : Optional.empty();
    }
}

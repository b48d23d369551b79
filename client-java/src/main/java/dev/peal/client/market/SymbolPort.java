package dev.peal.client.market;

import dev.peal.client.PealException;
import dev.peal.client.StreamLine;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** What the parts of a symbol's feed need of it. Owned by the loop. */
interface SymbolPort {
    String name();

    StreamLine line();

    /** Something was refused for good that no call of the program waits for. */
    void refused(PealException why);

    /** Known before anything comes. */
    Steps steps();

    /** Asks over HTTP, and again later while it is wanted and no answer came. */
    default void persistently(String pathAndQuery, BooleanSupplier wanted, Consumer<JsonNode> then) {
        get(pathAndQuery, wanted, then, 0);
    }

    private void get(String pathAndQuery, BooleanSupplier wanted, Consumer<JsonNode> then, int failures) {
        if (!wanted.getAsBoolean()) {
            return;
        }
        line().get(pathAndQuery, answer -> {
            if (!wanted.getAsBoolean()) {
                return;
            }
            answer.filter((Predicate<JsonNode>) JsonNode::isArray)
                    .ifPresentOrElse(
                            then,
                            () -> line().loop()
                                    .after(
                                            line().waitMillis(failures),
                                            () -> get(pathAndQuery, wanted, then, failures + 1)));
        });
    }
}

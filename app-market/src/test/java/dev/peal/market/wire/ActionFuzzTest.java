package dev.peal.market.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.peal.market.book.Symbol;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a client sends on the stream is read or refused, never an exception. Without {@code JAZZER_FUZZ=1} it runs the kept inputs beside this class. */
class ActionFuzzTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Symbol BTC = Symbol.of("BTC-USD", 1, "0.01", "0.0001");

    @FuzzTest(maxDuration = "10m")
    void readsAnyMessage(byte[] bytes) {
        JsonNode message;
        try {
            message = JSON.readTree(bytes);
        } catch (JacksonException noJson) {
            return;
        }
        ActionReading reading = ActionReader.read(message);
        if (!reading.equals(ActionReader.read(message))) {
            throw new AssertionError("read twice it differs: " + message);
        }
        if (reading instanceof ActionReading.Read(MarketAction.Place place)) {
            place.price().ifPresent(BTC.tick()::count);
            BTC.lot().count(place.size());
        }
        if (reading instanceof ActionReading.Invalid invalid
                && invalid.expected().length() > 200) {
            throw new AssertionError("what was expected is said at length: " + invalid);
        }
    }
}

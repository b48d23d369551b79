package dev.peal.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.app.Outlet;
import dev.peal.app.ProgramRoute;
import dev.peal.market.book.Symbol;
import dev.peal.market.ingest.IngestFault;
import dev.peal.market.ingest.IngestLimits;
import dev.peal.market.ingest.IngestSource;
import dev.peal.market.paper.PaperFault;
import dev.peal.market.paper.PaperLimits;
import dev.peal.market.source.ExchangeConfig;
import dev.peal.market.source.Listing;
import dev.peal.market.source.RecordingSink;
import dev.peal.market.wire.ActionReader;
import dev.peal.market.wire.ActionReading;
import dev.peal.market.wire.MarketAction;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What is counted of people's orders and of programs' batches, and that a batch is answered whatever happens. */
class MarketMetersTest {
    private static final Symbol ACME = Symbol.of("ACME", 1, "0.01", "1");

    private final ManualClock clock = new ManualClock();
    private final ManualOwner owner = new ManualOwner(clock);
    private final List<String> counted = new ArrayList<>();
    private final MarketMeters meters = new Counting();

    @Test
    void ordersAndFills() {
        MarketSources.Exchange exchange = MarketSources.NONE
                .withExchange(Listing.defaults(), ExchangeConfig.DEFAULT)
                .exchange()
                .orElseThrow();
        assertThat(exchange.paper()).isEqualTo(PaperLimits.DEFAULT);
        Trading trading = new Trading(owner, exchange, meters);
        owner.run(() -> trading.desk().exchange().start(owner, clock, new RecordingSink()));
        Trader ann = new Trader(owner, deaf());
        trading.place(ann, "ann", order("\"type\":\"market\",\"size\":\"0.0001\""), null);
        trading.place(ann, "ann", order("\"type\":\"limit\",\"price\":1,\"size\":0"), null);
        owner.runReady();
        assertThat(counted).containsExactly("filled", "taken", "refused SIZE_NOT_POSITIVE");
    }

    @Test
    void batches() {
        IngestSource source = new IngestSource(List.of(ACME), IngestLimits.DEFAULT);
        source.start(owner, clock, new RecordingSink());
        MarketIntake intake = new MarketIntake(source, owner, meters);
        post(intake, batch(1));
        post(intake, batch(1));
        post(intake, batch(3));
        post(intake, "{}");
        owner.runReady();
        assertThat(counted)
                .containsExactlyInAnyOrder("ingested 2", "repeated", "refused SEQUENCE_GAP", "refused INVALID_BATCH");
    }

    @Test
    void aBatchThatComesAfterTheMarketHasStoppedIsAnswered() {
        IngestSource source = new IngestSource(List.of(ACME), IngestLimits.DEFAULT);
        CompletionStage<?> reply = post(new MarketIntake(source, owner, meters), batch(1));
        owner.runReady();
        assertThat(reply.toCompletableFuture()).isCompletedExceptionally();
        assertThat(counted).isEmpty();
    }

    private static CompletionStage<?> post(MarketIntake intake, String body) {
        return intake.post(new ProgramRoute.Call("key", body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String batch(int sequence) {
        String price = "{\"type\":\"price\",\"symbol\":\"ACME\",\"price\":1}";
        return "{\"source\":\"s\",\"sequence\":" + sequence + ",\"events\":[" + price + "," + price + "]}";
    }

    private static MarketAction.Place order(String rest) {
        String json = "{\"action\":\"place\",\"symbol\":\"BTC-USD\",\"side\":\"buy\"," + rest + "}";
        if (ActionReader.read(JsonMapper.shared().readTree(json))
                instanceof ActionReading.Read(MarketAction.Place place)) {
            return place;
        }
        throw new AssertionError(json);
    }

    /** An outlet that takes everything and does nothing. */
    private static Outlet deaf() {
        return (Outlet) Proxy.newProxyInstance(
                MarketMetersTest.class.getClassLoader(),
                new Class<?>[] {Outlet.class},
                (outlet, method, arguments) -> method.getReturnType() == boolean.class ? Boolean.FALSE : null);
    }

    private final class Counting implements MarketMeters {
        @Override
        public void orderTaken() {
            counted.add("taken");
        }

        @Override
        public void orderRefused(PaperFault why) {
            counted.add("refused " + why);
        }

        @Override
        public void filled() {
            counted.add("filled");
        }

        @Override
        public void ingested(int events) {
            counted.add("ingested " + events);
        }

        @Override
        public void ingestRepeated() {
            counted.add("repeated");
        }

        @Override
        public void ingestRefused(IngestFault why) {
            counted.add("refused " + why);
        }
    }
}

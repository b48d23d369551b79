package dev.peal.market;

import dev.peal.app.Caller;
import dev.peal.app.Outlet;
import dev.peal.auth.ApiKey;
import dev.peal.auth.ApiScope;
import dev.peal.auth.KeyRing;
import dev.peal.market.ingest.IngestBatch;
import dev.peal.market.ingest.IngestFault;
import dev.peal.market.ingest.IngestReader;
import dev.peal.market.ingest.IngestReply;
import dev.peal.market.live.Market;
import dev.peal.market.paper.PaperFault;
import dev.peal.market.wire.MarketAction;
import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.FlatMessages;
import dev.peal.protocol.JsonWriter;
import dev.peal.protocol.RequestId;
import dev.peal.time.Owner;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What one connection does besides reading: trades for its user, sends batches under an API key. Belongs to the connection's loop. */
final class Dealer {
    /**
     * What all connections share.
     *
     * @param trading where people trade; empty without an embedded exchange
     * @param intake where batches come in; empty where no program may send any
     */
    record Means(Market market, Optional<Trading> trading, Optional<MarketIntake> intake, KeyRing keys) {}

    private final Means means;
    private final Owner loop;
    private final Outlet outlet;
    private final Trader trader;
    /** The key that the connection showed; looked up again for each batch, since it may be revoked meanwhile. */
    private String key = "";

    Dealer(Means means, Owner loop, Outlet outlet) {
        this.means = means;
        this.loop = loop;
        this.outlet = outlet;
        this.trader = new Trader(loop, outlet);
    }

    /** From now on its user's orders and fills are told here. */
    void signedIn(Caller caller) {
        String user = caller.userId();
        if (user != null) {
            means.trading().ifPresent(trading -> trading.signedIn(trader, user));
        }
    }

    void gone() {
        means.trading().ifPresent(trading -> trading.gone(trader));
    }

    void place(Caller caller, MarketAction.Place order, @Nullable RequestId id) {
        String user = user(caller, id);
        if (user == null) {
            return;
        }
        boolean listed =
                means.trading().isPresent() && means.trading().get().desk().lists(order.symbol());
        if (listed) {
            means.trading().get().place(trader, user, order, id);
        } else if (means.market().symbol(order.symbol()).isPresent()) {
            refuse(id, "not_traded", "This symbol is not traded here.", order.symbol());
        } else {
            refuse(id, PaperFault.UNKNOWN_SYMBOL.wire(), PaperFault.UNKNOWN_SYMBOL.sentence(), order.symbol());
        }
    }

    void cancel(Caller caller, MarketAction.Cancel request, @Nullable RequestId id) {
        String user = user(caller, id);
        if (user != null) {
            means.trading().ifPresentOrElse(trading -> trading.cancel(trader, user, request, id), () -> notTraded(id));
        }
    }

    void account(Caller caller, MarketAction.FollowAccount wanted, @Nullable RequestId id) {
        String user = user(caller, id);
        if (user != null) {
            means.trading()
                    .ifPresentOrElse(trading -> trading.follow(trader, user, wanted.on(), id), () -> notTraded(id));
        }
    }

    /** A connection shows an API key, in a message: an address ends up in logs. */
    void authorize(MarketAction.Authorize shown, @Nullable RequestId id) {
        Optional<ApiKey> found = means.keys().find(shown.key());
        if (found.isEmpty()) {
            refuse(id, "wrong_key", "That is no API key of this server, or it was revoked.", null);
        } else if (!mayPublish(found.get())) {
            refuse(id, "out_of_scope", "This key lacks the scope publish.", null);
        } else {
            key = shown.key();
            outlet.write(MarketAnswers.open("authorized", id)
                    .field("keyId", found.get().id())
                    .end()
                    .bytes());
        }
    }

    /** A batch over the connection; it is always answered, since a program must know what became of it. */
    void ingest(JsonNode message, @Nullable RequestId id) {
        if (!means.keys().find(key).filter(Dealer::mayPublish).isPresent()) {
            refuse(id, "unauthorized", "Send authorize with an API key of the scope publish first.", null);
            return;
        }
        means.intake()
                .ifPresentOrElse(
                        intake -> ingest(intake, message, id),
                        () -> refuse(id, "not_ingested", "This server's market takes no batches.", null));
    }

    private void ingest(MarketIntake intake, JsonNode message, @Nullable RequestId id) {
        switch (IngestReader.read(message)) {
            case IngestReader.Reading.Invalid(IngestFault fault, OptionalInt event) ->
                outlet.write(refusal(id, intake.unread(fault, event)).end().bytes());
            case IngestReader.Reading.Read(IngestBatch batch) ->
                intake.apply(batch).whenComplete((reply, failure) -> {
                    byte[] json = failure == null
                            ? answer(id, batch, reply)
                            : FlatMessages.error(id, ErrorCode.INTERNAL_ERROR);
                    loop.execute(() -> outlet.write(json));
                });
        }
    }

    private static byte[] answer(@Nullable RequestId id, IngestBatch batch, IngestReply reply) {
        return switch (reply) {
            case IngestReply.Applied applied -> taken(id, batch, false);
            case IngestReply.Repeated repeated -> taken(id, batch, true);
            case IngestReply.Refused refused ->
                refusal(id, refused)
                        .field("source", batch.source())
                        .field("sequence", batch.sequence())
                        .end()
                        .bytes();
        };
    }

    private static byte[] taken(@Nullable RequestId id, IngestBatch batch, boolean repeated) {
        JsonWriter out = MarketAnswers.open("ingested", id);
        MarketIntake.fields(out, batch, repeated);
        return out.end().bytes();
    }

    private static JsonWriter refusal(@Nullable RequestId id, IngestReply.Refused refused) {
        JsonWriter out = MarketAnswers.open("error", id)
                .field("code", refused.fault().wire())
                .field("message", refused.fault().sentence())
                .field("retry", false);
        refused.event().ifPresent(event -> out.field("event", event));
        return refused.expected() > 0 ? out.field("expected", refused.expected()) : out;
    }

    private static boolean mayPublish(ApiKey key) {
        return key.scopes().contains(ApiScope.PUBLISH);
    }

    /** Whose orders these are; null, and the client is told, where nobody signed in. */
    private @Nullable String user(Caller caller, @Nullable RequestId id) {
        String user = caller.userId();
        if (user == null) {
            refuse(id, "unauthorized", "Sign in to trade.", null);
        }
        return user;
    }

    private void notTraded(@Nullable RequestId id) {
        refuse(id, "not_traded", "Nothing is traded here.", null);
    }

    private void refuse(@Nullable RequestId id, String code, String message, @Nullable String symbol) {
        outlet.write(FlatMessages.error(id, code, message, symbol));
    }
}

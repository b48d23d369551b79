package dev.peal.market.paper;

import dev.peal.market.book.Step;
import dev.peal.market.exchange.CancelReason;
import dev.peal.market.exchange.OrderType;
import dev.peal.market.source.Fill;
import dev.peal.protocol.JsonWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** What people are told of their accounts, as fields of an object that was begun. Prices, sizes and money are numbers whose text is the exact decimal. */
public final class PaperJson {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private PaperJson() {}

    /** {@code "symbol","orderId","clientOrderId"?,"side","orderType","price"?,"size","filled","status","reason"?,"timestamp"}. */
    public static void order(JsonWriter json, PaperOrder order) {
        json.field("symbol", order.symbol().name()).field("orderId", order.orderId());
        name(json, order.clientOrderId());
        json.field("side", order.side().wire()).field("orderType", wire(order.type()));
        if (order.type() != OrderType.MARKET) {
            decimal(json, "price", order.symbol().tick(), order.priceTicks());
        }
        decimal(json, "size", order.symbol().lot(), order.lots());
        decimal(json, "filled", order.symbol().lot(), order.filledLots());
        json.field("status", status(order));
        order.cancelled().ifPresent(reason -> json.field("reason", wire(reason)));
        json.field("timestamp", millis(order.timeNanos()));
    }

    /** {@code "symbol","orderId","clientOrderId"?,"side","price","size","left","role","tradeId","timestamp"}. */
    public static void fill(JsonWriter json, PaperFill told) {
        Fill fill = told.fill();
        json.field("symbol", fill.symbol().name()).field("orderId", fill.orderId());
        name(json, told.clientOrderId());
        json.field("side", fill.side().wire());
        decimal(json, "price", fill.symbol().tick(), fill.priceTicks());
        decimal(json, "size", fill.symbol().lot(), fill.lots());
        decimal(json, "left", fill.symbol().lot(), fill.lotsLeft());
        json.field("role", fill.maker() ? "maker" : "taker").field("tradeId", fill.tradeId());
        json.field("timestamp", millis(fill.timeNanos()));
    }

    /** {@code "start","cash","reserved","equity","realised","unrealised","positions":[…],"timestamp"}. */
    public static void account(JsonWriter json, AccountView account) {
        Step money = account.money();
        decimal(json, "start", money, account.start());
        decimal(json, "cash", money, account.cash());
        decimal(json, "reserved", money, account.reserved());
        decimal(json, "equity", money, account.equity());
        decimal(json, "realised", money, account.realised());
        decimal(json, "unrealised", money, account.unrealised());
        json.array("positions");
        for (AccountView.Position position : account.positions()) {
            json.object();
            position(json, money, position);
            json.end();
        }
        json.end().field("timestamp", millis(account.timeNanos()));
    }

    /** {@code "orders":[…],"fills":[…]}: those that are open, and the newest. */
    public static void history(JsonWriter json, AccountView account) {
        json.array("orders");
        for (PaperOrder order : account.open()) {
            json.object();
            order(json, order);
            json.end();
        }
        json.end().array("fills");
        for (PaperFill fill : account.fills()) {
            json.object();
            fill(json, fill);
            json.end();
        }
        json.end();
    }

    private static void position(JsonWriter json, Step money, AccountView.Position position) {
        Step tick = position.symbol().tick();
        Step lot = position.symbol().lot();
        json.field("symbol", position.symbol().name());
        decimal(json, "size", lot, position.lots());
        json.raw("averagePrice", ascii(average(money, position).toPlainString()));
        decimal(json, "lastPrice", tick, position.lastTicks());
        decimal(json, "value", money, position.value());
        decimal(json, "realised", money, position.realised());
        decimal(json, "unrealised", money, position.unrealised());
    }

    /** Rounded to the places of the money; 0 where there are no units. */
    private static BigDecimal average(Step money, AccountView.Position position) {
        BigDecimal cost = new BigDecimal(money.text(position.cost()));
        BigDecimal size = new BigDecimal(position.symbol().lot().text(position.lots()));
        return position.lots() == 0 ? cost : cost.divide(size, money.places(), RoundingMode.HALF_EVEN);
    }

    private static void name(JsonWriter json, Optional<String> clientOrderId) {
        clientOrderId.ifPresent(name -> json.field("clientOrderId", name));
    }

    private static void decimal(JsonWriter json, String field, Step step, long count) {
        json.raw(field, ascii(step.text(count)));
    }

    private static String status(PaperOrder order) {
        if (order.open()) {
            return "open";
        }
        return order.cancelled().isPresent() ? "cancelled" : "filled";
    }

    private static String wire(OrderType type) {
        return switch (type) {
            case LIMIT -> "limit";
            case MARKET -> "market";
            case IMMEDIATE_OR_CANCEL -> "ioc";
        };
    }

    private static String wire(CancelReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    private static long millis(long nanos) {
        return Math.floorDiv(nanos, NANOS_PER_MILLI);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

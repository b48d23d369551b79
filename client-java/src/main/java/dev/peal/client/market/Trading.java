package dev.peal.client.market;

import dev.peal.client.Line;
import dev.peal.client.PealException;
import dev.peal.client.StreamLine;
import dev.peal.client.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Trading on paper, as the client's user: one's own account, orders and fills. Thread-safe; what is not public belongs to the loop. */
public final class Trading {
    private static final int FILLS_MAX = 200;
    private static final String LOST = "lost";

    private final StreamLine line;
    private final Function<String, Optional<Steps>> stepsOf;
    private final Consumer<PealException> refused;
    private final Listeners<Order> onOrder;
    private final Listeners<Fill> onFill;
    private final Newest<Optional<Account>> onAccount;
    private final Map<Long, Order> open = new TreeMap<>(Collections.reverseOrder());
    private volatile @Nullable Account account;
    private volatile List<Order> orders = List.of();
    private volatile List<Fill> fills = List.of();
    private boolean wanted;
    private boolean connected;
    private long turn;

    /** @param refused hears why there is no account */
    Trading(StreamLine line, Function<String, Optional<Steps>> stepsOf, Consumer<PealException> refused) {
        this.line = line;
        this.stepsOf = stepsOf;
        this.refused = refused;
        this.onOrder = new Listeners<>(line.callbacks());
        this.onFill = new Listeners<>(line.callbacks());
        this.onAccount = new Newest<>(line.callbacks(), this::account);
    }

    /** Empty until the server told it. */
    public Optional<Account> account() {
        return Optional.ofNullable(account);
    }

    /** The open ones, the newest first. */
    public List<Order> orders() {
        return orders;
    }

    /** The newest first, at most 200. */
    public List<Fill> fills() {
        return fills;
    }

    public Trading onOrder(Consumer<Order> listener) {
        onOrder.add(listener);
        return this;
    }

    public Trading onFill(Consumer<Fill> listener) {
        onFill.add(listener);
        return this;
    }

    /** Called with the newest account whenever it is another one. */
    public Trading onAccount(Consumer<Account> listener) {
        onAccount.add(now -> now.ifPresent(listener));
        return this;
    }

    /** Ends with the order as the server has it; fails with the server's code or, where nobody knows what became of it, {@code lost}. */
    public CompletableFuture<Order> place(Placement order) {
        ObjectNode action = Json.object().put("action", "place").put("symbol", order.symbol());
        action.put("side", order.side().wire()).put("type", order.type());
        order.price().ifPresent(price -> action.put("price", price.toPlainString()));
        action.put("size", order.size().toPlainString());
        action.put("clientOrderId", order.clientOrderId().orElseGet(this::freshId));
        return ask(action);
    }

    public CompletableFuture<Order> cancel(long orderId) {
        return ask(Json.object().put("action", "cancel").put("orderId", orderId));
    }

    public CompletableFuture<Order> cancel(String clientOrderId) {
        return ask(Json.object().put("action", "cancel").put("clientOrderId", clientOrderId));
    }

    private String freshId() {
        return Long.toString(System.currentTimeMillis(), Character.MAX_RADIX)
                + "-"
                + Long.toHexString(line.random().nextLong());
    }

    private CompletableFuture<Order> ask(ObjectNode action) {
        CompletableFuture<Order> result = new CompletableFuture<>();
        line.loop()
                .execute(() -> line.ask(action, answer -> {
                    if (answer instanceof Line.Answer.Said said) {
                        Order order = ordered(said.message());
                        line.callbacks().execute(() -> result.complete(order));
                    } else {
                        PealException why = answer instanceof Line.Answer.Refused refused
                                ? refused.why()
                                : new PealException(LOST, "The connection ended before the answer came", true);
                        line.callbacks().execute(() -> result.completeExceptionally(why));
                    }
                }));
        return result;
    }

    void follow() {
        if (!wanted) {
            wanted = true;
            askForAccount(turn, 0);
        }
    }

    void connected() {
        connected = true;
        askForAccount(++turn, 0);
    }

    void lost() {
        connected = false;
        turn++;
    }

    private void askForAccount(long mine, int failures) {
        if (!wanted || !connected || mine != turn) {
            return;
        }
        line.ask(Json.object().put("action", "account").put("on", true), answer -> {
            if (mine != turn) {
                return;
            }
            if (answer instanceof Line.Answer.Said said) {
                take(said.message());
            } else if (answer instanceof Line.Answer.Refused refusal
                    && refusal.why().retry()) {
                line.loop().after(line.waitMillis(failures), () -> askForAccount(mine, failures + 1));
            } else if (answer instanceof Line.Answer.Refused refusal) {
                refused.accept(refusal.why());
            }
        });
    }

    void take(ObjectNode message) {
        switch (message.path("type").stringValue("")) {
            case "order" -> ordered(message);
            case "fill" -> {
                Fill fill = fill(message);
                List<Fill> now = new ArrayList<>(List.of(fill));
                now.addAll(fills.subList(0, Math.min(fills.size(), FILLS_MAX - 1)));
                fills = List.copyOf(now);
                onFill.tell(fill);
            }
            default -> accounted(message);
        }
    }

    private Order ordered(ObjectNode message) {
        Order order = order(message);
        if (order.open()) {
            open.put(order.orderId(), order);
        } else {
            open.remove(order.orderId());
        }
        orders = List.copyOf(open.values());
        onOrder.tell(order);
        return order;
    }

    private void accounted(ObjectNode message) {
        List<Position> positions = new ArrayList<>();
        message.path("positions").forEach(one -> positions.add(position(one)));
        account = new Account(
                money(message, "start"),
                money(message, "cash"),
                money(message, "reserved"),
                money(message, "equity"),
                money(message, "realised"),
                money(message, "unrealised"),
                positions,
                message.path("timestamp").asLong(0));
        if (message.has("orders")) {
            open.clear();
            message.path("orders").forEach(one -> open.put(one.path("orderId").asLong(0), order(one)));
            orders = List.copyOf(open.values());
        }
        if (message.has("fills")) {
            List<Fill> told = new ArrayList<>();
            message.path("fills").forEach(one -> told.add(0, fill(one)));
            fills = List.copyOf(told);
        }
        onAccount.changed();
    }

    private Order order(JsonNode message) {
        return new Order(
                message.path("orderId").asLong(0),
                text(message, "clientOrderId"),
                message.path("symbol").stringValue(""),
                Side.of(message.path("side").stringValue("")),
                message.path("orderType").stringValue(""),
                message.has("price") ? Optional.of(price(message, "price")) : Optional.empty(),
                size(message, "size"),
                size(message, "filled"),
                message.path("status").stringValue(""),
                text(message, "reason"),
                message.path("timestamp").asLong(0));
    }

    private Fill fill(JsonNode message) {
        return new Fill(
                message.path("orderId").asLong(0),
                message.path("tradeId").asLong(0),
                message.path("symbol").stringValue(""),
                Side.of(message.path("side").stringValue("")),
                price(message, "price"),
                size(message, "size"),
                size(message, "left"),
                message.path("role").stringValue(""),
                message.path("timestamp").asLong(0));
    }

    private Position position(JsonNode message) {
        return new Position(
                message.path("symbol").stringValue(""),
                size(message, "size"),
                money(message, "averagePrice"),
                price(message, "lastPrice"),
                money(message, "value"),
                money(message, "realised"),
                money(message, "unrealised"));
    }

    private BigDecimal price(JsonNode message, String field) {
        return exactly(message).map(exactly -> exactly.price(field)).orElseGet(() -> money(message, field));
    }

    private BigDecimal size(JsonNode message, String field) {
        return exactly(message).map(exactly -> exactly.size(field)).orElseGet(() -> money(message, field));
    }

    private Optional<Exactly> exactly(JsonNode message) {
        return stepsOf.apply(message.path("symbol").stringValue("")).map(steps -> new Exactly(steps, message));
    }

    private static BigDecimal money(JsonNode message, String field) {
        return message.path(field).asDecimal(BigDecimal.ZERO);
    }

    private static Optional<String> text(JsonNode message, String field) {
        return Optional.ofNullable(message.path(field).stringValue(null));
    }
}

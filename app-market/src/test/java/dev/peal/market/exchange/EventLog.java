package dev.peal.market.exchange;

import dev.peal.market.book.Side;
import java.util.ArrayList;
import java.util.List;

/** An engine's events as lines of text, in order. */
final class EventLog implements EngineListener {
    private final List<String> lines = new ArrayList<>();

    /** What came since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    void add(String line) {
        lines.add(line);
    }

    @Override
    public void accepted(long orderId, int account, Side side, OrderType type, long priceTicks, long lots) {
        lines.add("accepted #" + orderId + " of " + account + ": " + type + " " + side + " " + lots + " at "
                + priceTicks);
    }

    @Override
    public void traded(Match m) {
        lines.add("#" + m.takerOrderId() + " of " + m.takerAccount() + " " + m.takerSide() + " " + m.lots() + " at "
                + m.priceTicks() + " from #" + m.makerOrderId() + " of " + m.makerAccount() + ", left "
                + m.takerLotsLeft() + " and " + m.makerLotsLeft());
    }

    @Override
    public void rested(long orderId, int account, Side side, long priceTicks, long lots) {
        lines.add("rests #" + orderId + " of " + account + ": " + side + " " + lots + " at " + priceTicks);
    }

    @Override
    public void cancelled(long orderId, int account, long lots, CancelReason reason) {
        lines.add("cancelled #" + orderId + " of " + account + ": " + lots + " " + reason);
    }

    @Override
    public void levelChanged(Side side, long priceTicks, long lots) {
        lines.add(side + " level " + priceTicks + ": " + lots);
    }
}

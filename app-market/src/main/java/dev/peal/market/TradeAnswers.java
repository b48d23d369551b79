package dev.peal.market;

import dev.peal.market.paper.AccountView;
import dev.peal.market.paper.PaperFill;
import dev.peal.market.paper.PaperJson;
import dev.peal.market.paper.PaperOrder;
import dev.peal.protocol.JsonWriter;
import dev.peal.protocol.RequestId;
import org.jspecify.annotations.Nullable;

/** What people who trade are told. Pure. */
final class TradeAnswers {
    private TradeAnswers() {}

    /** {@code {"type":"order","id"?,…}}. */
    static byte[] order(@Nullable RequestId id, PaperOrder order) {
        JsonWriter out = open("order", id);
        PaperJson.order(out, order);
        return out.end().bytes();
    }

    /** {@code {"type":"fill",…}}. */
    static byte[] fill(PaperFill fill) {
        JsonWriter out = open("fill", null);
        PaperJson.fill(out, fill);
        return out.end().bytes();
    }

    /** {@code {"type":"account",…}}. */
    static byte[] account(AccountView account) {
        JsonWriter out = open("account", null);
        PaperJson.account(out, account);
        return out.end().bytes();
    }

    /** {@code {"type":"account","id"?,…,"orders":[…],"fills":[…]}}. */
    static byte[] wholeAccount(@Nullable RequestId id, AccountView account) {
        JsonWriter out = open("account", id);
        PaperJson.account(out, account);
        PaperJson.history(out, account);
        return out.end().bytes();
    }

    private static JsonWriter open(String type, @Nullable RequestId id) {
        return MarketAnswers.open(type, id);
    }
}

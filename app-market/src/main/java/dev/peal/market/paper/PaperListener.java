package dev.peal.market.paper;

/**
 * Up-port: hears what happens to people's accounts, on the exchange's owner, in the middle of what causes it: never calls the desk or the exchange back, never blocks,
 * never throws. Each time for the eyes of the user that it names.
 */
public interface PaperListener {
    /** An order of the user's traded. */
    void filled(String user, PaperFill fill);

    /** After its fills were told: what an order of the user's has become, by itself. What the user asks for is answered, and not told here. */
    void changed(String user, PaperOrder order);
}

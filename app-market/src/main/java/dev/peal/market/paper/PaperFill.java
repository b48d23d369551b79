package dev.peal.market.paper;

import dev.peal.market.source.Fill;
import java.util.Optional;

/**
 * A trade of a person's order.
 *
 * @param clientOrderId the user's own name for the order
 */
public record PaperFill(Fill fill, Optional<String> clientOrderId) {}

package dev.peal.client.outbox;

import tools.jackson.databind.node.ObjectNode;

/**
 * A message on its way.
 *
 * @param messageId names it for good, so that it is stored once however often it is sent
 * @param type {@code message}, or another application's
 * @param data as the server gets it; not to be changed
 */
public record Outgoing(String messageId, String roomId, String type, ObjectNode data) {}

/**
 * What the server and its applications keep besides the rooms' logs: {@link dev.peal.store.Store}, named tables of versioned values.
 *
 * <p>Thread-safe; every answer comes on an owner, and a write is as durable as an acknowledged entry before it is answered. It is for what is small and
 * changes now and then (keys, revocations, settings, snapshots); what people say belongs in the log.
 */
@NullMarked
package dev.peal.store;

import org.jspecify.annotations.NullMarked;

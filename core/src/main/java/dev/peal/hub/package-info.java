/**
 * Rooms and their fan-out: who is in a room, in which order things happen in it, and how one push reaches all of its members with one write each.
 *
 * <p>A {@link dev.peal.hub.Room} belongs to one loop, which alone changes it. Each loop keeps a {@link dev.peal.hub.Roster} of the members whose connections
 * it owns. Loops talk by tasks; there is no lock. The hub knows no socket, no wire format and no application: {@link dev.peal.hub.Subscriber} and
 * {@link dev.peal.hub.Format} are implemented above it, never throw and never call back.
 */
@NullMarked
package dev.peal.hub;

import org.jspecify.annotations.NullMarked;

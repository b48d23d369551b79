/**
 * The load generator: a process of its own, one thread, one core. It opens WebSocket connections to a server on loopback, puts one kind of load on it for a
 * bounded time, and prints one line of JSON. It allocates nothing per frame and reads each frame's header and no more, except for one frame in eight, whose
 * time marker it reads. It never checks what a message says: conformance is tested elsewhere.
 */
@NullMarked
package dev.peal.bench.load;

import org.jspecify.annotations.NullMarked;

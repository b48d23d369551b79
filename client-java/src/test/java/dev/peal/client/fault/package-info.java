/** The client against the real server, over a network that misbehaves. */
@NullMarked
package dev.peal.client.fault;

import org.jspecify.annotations.NullMarked;

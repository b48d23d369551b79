/**
 * Chat: rooms of people who write to each other. Built on the application port alone, as any program that embeds Peal could build it.
 *
 * <p>Handlers run on the owner of the room that a message names, keep no state of their own, and never touch a connection.
 */
@NullMarked
package dev.peal.chat;

import org.jspecify.annotations.NullMarked;

/**
 * Documents that several people edit at once. Built on the application port alone, as any program that embeds Peal could build it.
 *
 * <p>A document is a room whose entries are operations; it belongs to the room's owner.
 */
@NullMarked
package dev.peal.docs;

import org.jspecify.annotations.NullMarked;

/**
 * Documents that several people edit at once. Built on the application port alone, as any program that embeds Peal could build it.
 *
 * <p>A document is a room whose entries are operations; it belongs to the room's owner. {@link dev.peal.docs.DocumentRoom} is the authority: it transforms what comes
 * over what was there first, against its own operations that are not stored yet, and lets the log have the last word. Snapshots are a cache with a position. Titles,
 * rights ({@link dev.peal.docs.DocumentRecords}) and what is kept beside a text ({@link dev.peal.docs.Companions}) are ports. It never opens a document that it could
 * not read.
 */
@NullMarked
package dev.peal.docs;

import org.jspecify.annotations.NullMarked;

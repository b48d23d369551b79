/**
 * Rich text as values: operations in the shape of Quill's Delta, their algebra, and documents that take them in logarithmic time.
 *
 * <p>Pure and thread-safe: nothing here blocks, logs or knows a server. Lengths are UTF-16 code units.
 */
@NullMarked
package dev.peal.ot;

import org.jspecify.annotations.NullMarked;
